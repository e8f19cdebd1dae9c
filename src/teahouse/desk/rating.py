"""Rating: what visitors see of their ticket, and what they say of how it went. Called by REST."""

from msgspec import Struct

from teahouse.desk.flow import Flow
from teahouse.desk.hours import is_open
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.model.desk import Ticket, TicketQuery, TicketState, Visitor
from teahouse.model.errors import Code, Problem

LAST_PLACE = 100
"""So far a place in the queue is counted."""


class Standing(Struct, frozen=True):
    """How a visitor's matter stands. `state` is empty where there is none. `place` in the queue is 1 for who comes
    next, 0 for who is in none, LAST_PLACE for that or more. `open`: the team is there."""

    state: str
    ticket: str
    agent: str
    place: int
    rated: bool
    open: bool


class Rating:
    def __init__(self, ports: DeskPorts, staff: StaffBook, flow: Flow) -> None:
        self._ports = ports
        self._staff = staff
        self._flow = flow

    async def visitor(self, user: str) -> Visitor:
        """`forbidden` for whoever is none."""
        found = await self._ports.visitors.visitor(user)
        if found is None:
            raise Problem(Code.FORBIDDEN, "this is for visitors of a team")
        return found

    async def standing(self, user: str) -> Standing:
        visitor = await self.visitor(user)
        team = await self._staff.team(visitor.team)
        there = is_open(team.hours, self._ports.clock.now())
        ticket = await self._ports.tickets.latest(visitor.conversation)
        if ticket is None:
            return Standing("", "", "", 0, False, there)
        served = self._staff.agents.get(ticket.agent) if ticket.state is TicketState.OWNED else None
        nick = served.nick if served is not None else ""
        return Standing(ticket.state, ticket.id, nick, await self._place(ticket), bool(ticket.rating), there)

    async def _place(self, ticket: Ticket) -> int:
        if ticket.state not in (TicketState.QUEUED, TicketState.RINGING):
            return 0
        waiting = await self._ports.tickets.page(
            TicketQuery(team=ticket.team, states=(TicketState.QUEUED,), by_queue=True, limit=LAST_PLACE)
        )
        before = sum(
            (-w.priority, w.queued, w.id) < (-ticket.priority, ticket.queued, ticket.id) for w in waiting
        )
        return min(before + 1, LAST_PLACE)

    async def rate(self, user: str, rating: int, comment: str) -> Ticket:
        """By who was served, once; `conflict` where there is nothing to rate, or it was rated."""
        visitor = await self.visitor(user)
        ticket = await self._ports.tickets.latest(visitor.conversation)
        if ticket is None:
            raise Problem(Code.CONFLICT, "there is nothing to rate yet")
        return await self._flow.move(
            ticket.id, user, lambda moves, known: moves.rated(known, rating, comment)
        )

    async def ask_person(self, user: str) -> Ticket:
        """The visitor wants a person, by a button."""
        visitor = await self.visitor(user)
        ticket = await self._ports.tickets.latest(visitor.conversation)
        if ticket is None or ticket.state is not TicketState.BOT:
            raise Problem(Code.CONFLICT, "write what it is about first; if a person is asked already, wait")
        return await self._flow.move(ticket.id, user, lambda moves, known: moves.hand(known))
