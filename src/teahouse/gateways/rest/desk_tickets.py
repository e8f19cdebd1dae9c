"""The desk over REST, for agents: the queue, and what is done with tickets."""

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from msgspec.structs import asdict

from teahouse.desk.desk import Desk
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.model.commands import Limit, Seq
from teahouse.model.desk import Agent, AgentStatus, Ticket, TicketQuery, TicketState
from teahouse.model.errors import Code
from teahouse.model.results import HistoryPage, Result

Id = Annotated[str, Meta(min_length=1, max_length=80)]
Word = Annotated[str, Meta(max_length=80)]
State = Literal["bot", "queued", "ringing", "owned", "message", "resolved", "closed"]
Label = Annotated[str, Meta(min_length=1, max_length=40)]
_END = 2**53


class Looked(Struct, frozen=True):
    """`queue`: in the order in which they are served, not newest first. `before` is the id of the last ticket of the
    page before."""

    team: Word = ""
    state: Annotated[list[State], Meta(max_length=7)] = []
    agent: Word = ""
    visitor: Word = ""
    label: Word = ""
    before: Word = ""
    queue: bool = False
    limit: Limit = 50


class After(Struct, frozen=True):
    after: Annotated[int, Meta(ge=0, le=_END)] = 0


class Before(Struct, frozen=True):
    before: Seq | None = None
    limit: Limit = 50


class Taking(Struct, frozen=True):
    """`force` is for supervisors: whosever it is, and over one's capacity."""

    force: bool = False


class Transfer(Struct, frozen=True):
    """Without `team` it stays with this one. `skill` is what an agent has to have; `why` is for the record."""

    team: Word = ""
    skill: Word = ""
    why: Annotated[str, Meta(max_length=500)] = ""


class Whisper(Struct, frozen=True):
    text: Annotated[str, Meta(min_length=1, max_length=4000)]


class Watching(Struct, frozen=True):
    on: bool = True


class Marks(Struct, frozen=True):
    """What is left out stays as it is."""

    labels: Annotated[list[Label], Meta(max_length=20)] | UnsetType = UNSET
    priority: Annotated[int, Meta(ge=0, le=9)] | UnsetType = UNSET


class Status(Struct, frozen=True):
    status: Literal["online", "away", "offline"]


class TicketRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    """A ticket. Times are milliseconds UTC, 0 where it has not happened: `queued` is since when it waits, `handed` when
    a person was first wanted, `replied` when one first answered, `waiting` since when the visitor waits for that.
    `deadline` is when something happens by itself."""

    id: str
    team: str
    conversation: str
    visitor: str
    state: str
    agent: str
    subject: str
    skill: str
    language: str
    priority: int
    opened: int
    changed: int
    deadline: int
    queued: int
    handed: int
    waiting: int
    replied: int
    resolved: int
    closed: int
    breaches: int
    rating: int
    comment: str
    watchers: tuple[str, ...]
    labels: tuple[str, ...]
    slots: dict[str, str]


class TicketList(Result, frozen=True, omit_defaults=False):
    tickets: tuple[TicketRow, ...]
    more: bool


class EventRow(Struct, frozen=True):
    """`by` is a user; `desk` is the bot, and empty a timer."""

    number: int
    at: int
    kind: str
    by: str
    text: str


class EventList(Result, frozen=True, omit_defaults=False):
    events: tuple[EventRow, ...]


class VisitorRow(Result, frozen=True, omit_defaults=False):
    """`external` is what the host site calls them, if it signed that. `tickets` are all of theirs, newest first."""

    id: str
    nick: str
    name: str
    contact: str
    external: str
    language: str
    created: int
    data: dict[str, str]
    tickets: tuple[TicketRow, ...]


class AgentRow(Result, frozen=True, omit_defaults=False, kw_only=True):
    user: str
    nick: str
    teams: tuple[str, ...]
    skills: tuple[str, ...]
    capacity: int
    supervisor: bool
    status: str


class DeskTickets:
    def __init__(self, desk: Desk) -> None:
        self._board = desk.board

    @operation("GET /desk/me")
    async def me(self, call: Call) -> AgentRow:
        """Oneself as an agent."""
        return agent_row(await self._board.agent(call.user))

    @operation("PUT /desk/me", example={"status": "online"})
    async def turn(self, call: Call, body: Status) -> AgentRow:
        """One's status: who is online, and connected, is asked to take tickets."""
        return agent_row(await self._board.turn(call.user, AgentStatus(body.status)))

    @operation("GET /desk/tickets")
    async def tickets(self, call: Call, query: Looked) -> TicketList:
        """The tickets of one's teams."""
        wanted = TicketQuery(
            team=query.team,
            states=tuple(TicketState(state) for state in query.state),
            agent=query.agent,
            visitor=query.visitor,
            label=query.label,
            before=query.before,
            by_queue=query.queue,
            limit=query.limit + 1,
        )
        found = await self._board.tickets(call.user, wanted)
        rows = tuple(ticket_row(ticket) for ticket in found[: query.limit])
        return TicketList(rows, len(found) > query.limit)

    @operation("GET /desk/tickets/{ticket}")
    async def one(self, call: Call, ticket: Id) -> TicketRow:
        """One ticket of one's teams."""
        return ticket_row(await self._board.ticket(call.user, ticket))

    @operation("PATCH /desk/tickets/{ticket}", example={"labels": ["vip"], "priority": 1})
    async def mark(self, call: Call, ticket: Id, body: Marks) -> TicketRow:
        """Labels and priority; who has a higher one is served first."""
        found = await self._board.ticket(call.user, ticket)
        if body.labels is not UNSET:
            found = await self._board.label(call.user, ticket, body.labels)
        if body.priority is not UNSET:
            found = await self._board.prioritise(call.user, ticket, body.priority)
        return ticket_row(found)

    @operation("GET /desk/tickets/{ticket}/events")
    async def events(self, call: Call, ticket: Id, query: After) -> EventList:
        """The record of a ticket, in order, up to 500 at once; whispers among agents (`note`) are in it."""
        found = await self._board.events(call.user, ticket, query.after)
        return EventList(tuple(EventRow(e.number, e.at, e.kind, e.by, e.text) for e in found))

    @operation("GET /desk/tickets/{ticket}/visitor")
    async def visitor(self, call: Call, ticket: Id) -> VisitorRow:
        """Who asks, and what else they came for."""
        visitor, tickets = await self._board.visitor(call.user, ticket)
        return VisitorRow(
            visitor.id,
            visitor.nick,
            visitor.name,
            visitor.contact,
            visitor.external,
            visitor.language,
            visitor.created,
            visitor.data,
            tuple(ticket_row(one) for one in tickets),
        )

    @operation("GET /desk/tickets/{ticket}/messages")
    async def messages(self, call: Call, ticket: Id, query: Before) -> HistoryPage:
        """What was said, also before one is in the conversation."""
        return await self._board.read(call.user, ticket, query.before, query.limit)

    @operation("POST /desk/tickets/{ticket}/accept", refuses=(Code.CONFLICT,))
    async def accept(self, call: Call, ticket: Id) -> TicketRow:
        """Take the ticket one is asked to take."""
        return ticket_row(await self._board.accept(call.user, ticket))

    @operation("POST /desk/tickets/{ticket}/decline", refuses=(Code.CONFLICT,))
    async def decline(self, call: Call, ticket: Id) -> TicketRow:
        """Let somebody else take it."""
        return ticket_row(await self._board.decline(call.user, ticket))

    @operation("POST /desk/tickets/{ticket}/take", refuses=(Code.CONFLICT,), example={"force": False})
    async def take(self, call: Call, ticket: Id, body: Taking) -> TicketRow:
        """Take a ticket out of the queue, or as a supervisor from somebody else."""
        return ticket_row(await self._board.take(call.user, ticket, body.force))

    @operation("POST /desk/tickets/{ticket}/transfer", refuses=(Code.CONFLICT,), example={"skill": "refunds"})
    async def transfer(self, call: Call, ticket: Id, body: Transfer) -> TicketRow:
        """Pass a ticket on, to another team or to those with a skill."""
        moved = await self._board.transfer(call.user, ticket, body.team, body.skill, body.why)
        return ticket_row(moved)

    @operation("POST /desk/tickets/{ticket}/resolve", refuses=(Code.CONFLICT,))
    async def resolve(self, call: Call, ticket: Id) -> TicketRow:
        """It is done. The visitor may rate it, or write again."""
        return ticket_row(await self._board.resolve(call.user, ticket))

    @operation(
        "POST /desk/tickets/{ticket}/whispers", 201, example={"text": "Careful: it is the third time."}
    )
    async def whisper(self, call: Call, ticket: Id, body: Whisper) -> TicketRow:
        """A note that only agents see."""
        return ticket_row(await self._board.whisper(call.user, ticket, body.text))

    @operation("POST /desk/tickets/{ticket}/watch", refuses=(Code.CONFLICT,), example={"on": True})
    async def watch(self, call: Call, ticket: Id, body: Watching) -> TicketRow:
        """Come into a conversation beside its agent, or leave it; by supervisors."""
        return ticket_row(await self._board.watch(call.user, ticket, body.on))


def ticket_row(ticket: Ticket) -> TicketRow:
    given = {**asdict(ticket), "state": ticket.state.value}
    return TicketRow(**{name: given[name] for name in TicketRow.__struct_fields__})


def agent_row(agent: Agent) -> AgentRow:
    return msgspec.convert(asdict(agent), AgentRow)
