"""Flow: a move is made, stored, told to agents, and carried through.

Rule: a move is stored before anything is done about it, over the very row it was made from; whoever was overtaken looks
again and decides anew. If the process dies after the commit, the deeds are in the ticket, and whoever finds it due does
them; done twice they are done once. What the bot has to say is said before somebody comes in, so nothing of it follows
a person. Called by all who change tickets: listening.py, dispatch.py, ticking.py and board.py.
"""

from collections.abc import Callable

import structlog

from teahouse.desk.moves import SEAT, Moves
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.desk.voice import Voice
from teahouse.model import events
from teahouse.model.desk import Agent, Deed, Step, Ticket
from teahouse.model.errors import Code, Problem, StoreUnavailable

_log = structlog.get_logger("teahouse.desk")

TRIES = 10
"""So often somebody may be overtaken before they are told to come back."""

_NOT_TOLD = frozenset({"answered", "carried", "forgiven", "heard", "postponed", "replied"})
"""What agents are not told of: it changes nothing for them, or they hear it in the conversation."""

Move = Callable[[Moves, Ticket], Step | None]


class Flow:
    """`tell` tells one user of an event, `stirred` is told that somebody may be free, or wait."""

    def __init__(
        self,
        ports: DeskPorts,
        staff: StaffBook,
        voice: Voice,
        tell: Callable[[str, events.AnyEvent], None],
    ) -> None:
        self._tickets = ports.tickets
        self._clock = ports.clock
        self._staff = staff
        self._voice = voice
        self._tell = tell
        self.stirred: Callable[[], None] = lambda: None

    async def moves(self, ticket: Ticket, by: str = "") -> Moves:
        return Moves(await self._staff.team(ticket.team), self._clock.now(), by)

    async def ticket(self, id_: str) -> Ticket:
        """`not_found`."""
        found = await self._tickets.ticket(id_)
        if found is None:
            raise Problem(Code.NOT_FOUND, f"there is no ticket {id_[:80]!r}")
        return found

    async def move(self, id_: str, by: str, how: Move) -> Ticket:
        """Make a move of the ticket as it is then; the ticket it becomes. Raises Problem where it cannot be made."""
        for _ in range(TRIES):
            ticket = await self.ticket(id_)
            step = how(await self.moves(ticket, by), ticket)
            if step is None:
                return ticket
            if await self.commit(step):
                return step.ticket
        raise busy()

    async def commit(self, step: Step, agent: Agent | None = None) -> bool:
        """Store a step, and do what follows from it. False: somebody was faster, and nothing happened."""
        if not await self._tickets.commit([step], agent):
            return False
        if agent is not None:
            self._staff.agents[agent.user] = agent
        self.told(step)
        await self.carry(step.ticket)
        if step.event.kind not in _NOT_TOLD:
            self.stirred()
        return True

    def told(self, step: Step) -> None:
        """Agents hear of what happens, once, if they are connected; what they missed they ask for."""
        ticket, event = step.ticket, step.event
        if event.kind in _NOT_TOLD:
            return
        news = events.Desk(
            event.kind,
            ticket.id,
            ticket.team,
            ticket.state,
            event.at,
            ticket.conversation,
            ticket.agent,
            event.by,
            event.text,
        )
        for agent in self._staff.in_team(ticket.team):
            self._tell(agent.user, news)

    async def carry(self, ticket: Ticket) -> None:
        """Do the deeds of a ticket, as far as that can be done now."""
        for _ in range(TRIES):
            if not ticket.deeds:
                return
            done = await self._do_all(ticket)
            if not done:
                return
            step = (await self.moves(ticket)).carried(ticket, done)
            if await self._tickets.commit([step]):
                return
            ticket = await self._again(await self.ticket(ticket.id))

    async def _again(self, ticket: Ticket) -> Ticket:
        """Somebody was faster: whom we brought in or out may be wrong by now."""
        for _ in range(TRIES):
            await self._do(ticket, Deed("", SEAT))
            now = await self.ticket(ticket.id)
            if now.revision == ticket.revision:
                break
            ticket = now
        return ticket

    async def _do_all(self, ticket: Ticket) -> frozenset[str]:
        """The keys of what was done: in order, up to the first that has to wait."""
        done: set[str] = set()
        for deed in ticket.deeds:
            if not await self._do(ticket, deed):
                break
            done.add(deed.key)
        return frozenset(done)

    async def _do(self, ticket: Ticket, deed: Deed) -> bool:
        """Whether it is done, or never can be."""
        try:
            if deed.text == SEAT:
                await self._voice.seat(ticket)
            else:
                await self._voice.say(ticket.conversation, deed.key, deed.text)
        except StoreUnavailable as error:
            _log.warning("a deed waits for the store", ticket=ticket.id, reason=str(error))
            return False
        except Problem as problem:
            _log.warning("a deed could not be done", ticket=ticket.id, reason=str(problem))
            return not problem.retry
        return True


def busy() -> Problem:
    return Problem(Code.UNAVAILABLE, "others are changing this ticket; try again shortly", 1000)
