"""Listening: what visitors and agents say, and what that makes of a ticket.

Rule: the log is the truth, and the ticket says how far it was heard; each message is one step from there, stored over
the ticket it was made from. So a message is taken into account once, whichever nodes hear of it and however often, and
while a person owns the ticket nothing the bot thought of can be stored. Called by the job that is written with each
message (engine/beside.py), and by ticking.py for those whose job was lost.
"""

import asyncio

import msgspec
import structlog

from teahouse.desk.flow import TRIES, Flow, busy
from teahouse.desk.fresh import ticket_id
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.model.desk import DESK, Step, Ticket, TicketState, Visitor
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.jobs import Job
from teahouse.ports.answers import Answers, Asked, Reply

_log = structlog.get_logger("teahouse.desk")

KIND = "desk"
"""The kind of the jobs that follow what is said to the desk."""

_END = 2**53
_PAGE = 50
_SUBJECT = 120


class _Content(msgspec.Struct):
    body: dict[str, object] = msgspec.field(default_factory=dict)


_content = msgspec.json.Decoder(_Content).decode


class Listening:
    def __init__(
        self, ports: DeskPorts, staff: StaffBook, flow: Flow, answers: Answers, answer_s: float
    ) -> None:
        self._ports = ports
        self._staff = staff
        self._flow = flow
        self._answers = answers
        self._answer_s = answer_s

    async def hear(self, job: Job) -> None:
        """Do a job: somebody said something."""
        await self.listen(job.conversation)

    async def listen(self, conversation: str) -> None:
        """Take into account all that was said and was not yet."""
        overtaken = 0
        while (said := await self._next(conversation)) is not None:
            ticket, visitor, entry = said
            step = await self._step(ticket, visitor, entry)
            if not await self._flow.commit(step):
                overtaken += 1
                if overtaken >= TRIES:
                    raise busy()

    async def _next(self, conversation: str) -> tuple[Ticket | None, Visitor, Entry] | None:
        """The first message that was not heard, and the open ticket it belongs to, if there is one."""
        visitor = await self._ports.visitors.within(conversation)
        if visitor is None:
            return None
        ticket = await self._ports.tickets.latest(conversation)
        heard = ticket.heard if ticket is not None else 0
        is_open = ticket is not None and ticket.is_open
        while page := await self._ports.log.read(conversation, heard, _END, _PAGE):
            for entry in page:
                mine = entry.sender == visitor.id
                if entry.kind is Kind.MESSAGE and (mine or (is_open and entry.sender != DESK)):
                    return (ticket if is_open else None), visitor, entry
            heard = page[-1].seq
        return None

    async def _step(self, ticket: Ticket | None, visitor: Visitor, entry: Entry) -> Step:
        if ticket is None:
            return await self._open(visitor, entry)
        moves = await self._flow.moves(ticket, entry.sender)
        if entry.sender != visitor.id:
            return moves.replied(ticket, entry.seq, entry.at)
        if ticket.state is not TicketState.BOT:
            return moves.visited(ticket, entry.seq, entry.at)
        reply = await self._reply(ticket, text_of(entry))
        return (await self._flow.moves(ticket, DESK)).answered(ticket, entry.seq, reply)

    async def _open(self, visitor: Visitor, entry: Entry) -> Step:
        """A new matter. What was said is answered in the next step, as everything after it."""
        team = await self._staff.team(visitor.team)
        ticket = Ticket(
            id=ticket_id(),
            team=visitor.team,
            conversation=visitor.conversation,
            visitor=visitor.id,
            opened=entry.at,
            heard=entry.seq - 1,
            subject=text_of(entry)[:_SUBJECT],
            language=visitor.language or team.language,
        )
        return (await self._flow.moves(ticket, visitor.id)).opened(ticket)

    async def _reply(self, ticket: Ticket, text: str) -> Reply:
        """What the bot has to say; if it does not say it in time, a person is asked."""
        asked = Asked(ticket.team, text, ticket.language, ticket.context, ticket.slots)
        try:
            async with asyncio.timeout(self._answer_s):
                return await self._answers.reply(asked)
        except StoreUnavailable:
            raise
        except Exception:
            _log.exception("the bot has no answer", ticket=ticket.id)
            return Reply("handoff", context=ticket.context)


def text_of(entry: Entry) -> str:
    """What a message says, as far as it says it in words."""
    body = _content(entry.content).body
    said = body.get("text") or body.get("caption") or body.get("name") or ""
    return said if isinstance(said, str) else ""
