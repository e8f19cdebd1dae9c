"""Dispatch: who waits is brought to who is free.

Rule: the queue is served by priority, then by how long somebody waits; who is asked is the least busy of those who may
serve, and of these the one who was asked longest ago. The agent's row is written with the ticket, over the one that was
read before the loads: so no two tickets fill one last place, and no ticket is given twice, whatever nodes do this at
once. Called by ticking.py and, through board.py, by agents who take a ticket by themselves.
"""

from collections import Counter
from collections.abc import Iterable

from msgspec.structs import replace

from teahouse.desk.flow import Flow, busy
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook, may_serve
from teahouse.model.desk import Agent, AgentStatus, Ticket, TicketQuery, TicketState
from teahouse.model.errors import Code, Problem

AT_ONCE = 500
"""So far into the queue it is looked for somebody who can be served."""

TRIES = 5


class Dispatch:
    def __init__(self, ports: DeskPorts, staff: StaffBook, flow: Flow) -> None:
        self._ports = ports
        self._staff = staff
        self._flow = flow

    async def go(self) -> int:
        """Ask agents to take what waits; how many were asked."""
        wanted = TicketQuery(states=(TicketState.QUEUED,), by_queue=True, limit=AT_ONCE)
        waiting = await self._ports.tickets.page(wanted)
        if not waiting:
            return 0
        free, loads = await self._free()
        asked = 0
        for ticket in waiting:
            asked += await self._ask(ticket, free, loads)
        return asked

    async def _free(self) -> tuple[dict[str, Agent], Counter[str]]:
        """Agents who are there and have room, and how much each has to do."""
        agents = [a for a in await self._ports.staff.agents() if a.status is AgentStatus.ONLINE]
        loads = await self._staff.loads()
        free = {a.user: a for a in agents if loads[a.user] < a.capacity}
        here = await self._ports.presence.locate(free)
        return {user: agent for user, agent in free.items() if user in here}, loads

    async def _ask(self, ticket: Ticket, free: dict[str, Agent], loads: Counter[str]) -> bool:
        able = [agent for agent in free.values() if may_serve(agent, ticket)]
        chosen = self._choose(able, ticket, loads)
        if chosen is None:
            if able:
                await self._forgive(ticket)
            return False
        moves = await self._flow.moves(ticket)
        rung = replace(chosen, rang=self._ports.clock.now(), revision=chosen.revision + 1)
        if not await self._flow.commit(moves.rung(ticket, chosen.user), rung):
            del free[chosen.user]  # whatever it was, we know too little of them now
            return False
        loads[chosen.user] += 1
        free[chosen.user] = rung
        if loads[chosen.user] >= chosen.capacity:
            del free[chosen.user]
        return True

    def _choose(self, able: Iterable[Agent], ticket: Ticket, loads: Counter[str]) -> Agent | None:
        fit = [agent for agent in able if agent.user not in ticket.tried]
        return min(fit, key=lambda a: (loads[a.user] / a.capacity, a.rang, a.user), default=None)

    async def _forgive(self, ticket: Ticket) -> None:
        """All who are free were asked. After a while they are asked again."""
        team = await self._staff.team(ticket.team)
        if self._ports.clock.now() - ticket.changed >= team.ring_s * 1000:
            await self._flow.commit((await self._flow.moves(ticket)).forgiven(ticket))

    async def take(self, ticket: str, user: str, force: bool) -> Ticket:
        """Give a ticket to the agent who wants it; with `force` also over their capacity, or out of the hands of
        another."""
        for _ in range(TRIES):
            agents = {agent.user: agent for agent in await self._ports.staff.agents()}
            if (agent := agents.get(user)) is None:
                raise Problem(Code.FORBIDDEN, "only agents take tickets")
            found = await self._flow.ticket(ticket)
            rung = found.state is TicketState.RINGING and found.agent == user
            if not rung and not force:
                await self._check_may_take(found, agent)
            step = (await self._flow.moves(found, user)).owned(found, user, agent.nick)
            taken = replace(agent, rang=self._ports.clock.now(), revision=agent.revision + 1)
            if await self._flow.commit(step, taken):
                return step.ticket
        raise busy()

    async def _check_may_take(self, ticket: Ticket, agent: Agent) -> None:
        if ticket.state is TicketState.OWNED:
            raise Problem(Code.CONFLICT, "somebody else has this ticket; a supervisor may take it over")
        if ticket.state is TicketState.RESOLVED:
            raise Problem(Code.CONFLICT, "this ticket is resolved")
        if (await self._staff.loads())[agent.user] >= agent.capacity:
            raise Problem(Code.CONFLICT, f"you have {agent.capacity} tickets already; resolve one first")
