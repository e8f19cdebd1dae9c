"""Board: what agents and supervisors do with tickets.

Rule: an agent sees and serves the tickets of their teams; a supervisor may look on, take over, and everything an agent
may. A ticket of another team is not there. Whispers among agents are events of the ticket, and never in the
conversation: there is no way for a visitor to read one. Called by REST.
"""

from collections.abc import Sequence

from msgspec.structs import replace

from teahouse.desk.dispatch import Dispatch
from teahouse.desk.flow import TRIES, Flow, busy
from teahouse.desk.moves import Moves
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook, may_serve
from teahouse.desk.voice import Voice
from teahouse.model.caller import Caller
from teahouse.model.desk import (
    Agent,
    AgentStatus,
    Step,
    Ticket,
    TicketEvent,
    TicketQuery,
    TicketState,
    Visitor,
)
from teahouse.model.errors import Code, Problem
from teahouse.model.results import HistoryPage

MOST_LABELS = 20
MOST_EVENTS = 500


class Board:
    def __init__(
        self, ports: DeskPorts, staff: StaffBook, flow: Flow, dispatch: Dispatch, voice: Voice
    ) -> None:
        self._ports = ports
        self._staff = staff
        self._flow = flow
        self._dispatch = dispatch
        self._voice = voice

    async def agent(self, user: str) -> Agent:
        """Who asks, as an agent; `forbidden` if they are none."""
        if user not in self._staff.agents:
            await self._staff.refresh()
        if (agent := self._staff.agents.get(user)) is None:
            raise Problem(Code.FORBIDDEN, "this is for agents of the desk; an administrator can make you one")
        return agent

    async def check_manages(self, caller: Caller, team: str, only_supervisors: bool = True) -> None:
        """May they see to a team's papers and figures? Administrators may for all, supervisors for their own; with
        `only_supervisors` false, its agents, too."""
        await self._staff.team(team)
        if caller.admin:
            return
        agent = await self.agent(caller.user.id)
        self._check_team(agent, team)
        if only_supervisors:
            _check_supervisor(agent)

    # --- looking ----------------------------------------------------------------------------------------

    async def tickets(self, user: str, query: TicketQuery) -> Sequence[Ticket]:
        """Those of one team of theirs, or of all."""
        agent = await self.agent(user)
        if query.team:
            self._check_team(agent, query.team)
            return await self._ports.tickets.page(query)
        if not query.by_queue and len(agent.teams) == 1:
            return await self._ports.tickets.page(replace(query, team=agent.teams[0]))
        pages = [await self._ports.tickets.page(replace(query, team=team)) for team in agent.teams]
        found = [ticket for page in pages for ticket in page]
        if query.by_queue:
            found.sort(key=lambda ticket: (-ticket.priority, ticket.queued, ticket.id))
        else:
            found.sort(key=lambda ticket: ticket.id, reverse=True)
        return found[: query.limit]

    async def ticket(self, user: str, id_: str) -> Ticket:
        """`not_found`, also for one of a team that is not theirs."""
        agent, ticket = await self.agent(user), await self._ports.tickets.ticket(id_)
        if ticket is None or ticket.team not in agent.teams:
            raise Problem(Code.NOT_FOUND, f"there is no ticket {id_[:80]!r} of your teams")
        return ticket

    async def events(self, user: str, id_: str, after: int) -> Sequence[TicketEvent]:
        ticket = await self.ticket(user, id_)
        return await self._ports.tickets.events(ticket.id, after, MOST_EVENTS)

    async def visitor(self, user: str, id_: str) -> tuple[Visitor, Sequence[Ticket]]:
        """The visitor of a ticket, and what else they came for."""
        ticket = await self.ticket(user, id_)
        visitor = await self._ports.visitors.visitor(ticket.visitor)
        if visitor is None:
            raise Problem(Code.NOT_FOUND, "the visitor is not known any more")
        return visitor, await self._ports.tickets.page(TicketQuery(visitor=visitor.id))

    async def read(self, user: str, id_: str, before: int | None, limit: int) -> HistoryPage:
        """The conversation, before one is in."""
        ticket = await self.ticket(user, id_)
        return await self._voice.read(ticket.conversation, before, limit)

    # --- doing ------------------------------------------------------------------------------------------

    async def accept(self, user: str, id_: str) -> Ticket:
        """Take the ticket one is asked to take; `conflict` if it went to somebody else meanwhile."""
        ticket = await self.ticket(user, id_)
        if ticket.state is not TicketState.RINGING or ticket.agent != user:
            raise Problem(Code.CONFLICT, "you are not asked to take this ticket, or no longer")
        return await self._dispatch.take(id_, user, force=False)

    async def take(self, user: str, id_: str, force: bool) -> Ticket:
        """Take a ticket by oneself; with `force`, which is for supervisors, whosever it is."""
        agent, ticket = await self.agent(user), await self.ticket(user, id_)
        if force:
            _check_supervisor(agent)
        elif not may_serve(agent, ticket):
            raise Problem(Code.FORBIDDEN, f"this ticket takes the skill {ticket.skill!r}")
        return await self._dispatch.take(id_, user, force)

    async def decline(self, user: str, id_: str) -> Ticket:
        await self.ticket(user, id_)

        def refuse(moves: Moves, ticket: Ticket) -> Step:
            if ticket.agent != user:
                raise Problem(Code.CONFLICT, "you are not asked to take this ticket, or no longer")
            return moves.silent(ticket)

        return await self._flow.move(id_, user, refuse)

    async def transfer(self, user: str, id_: str, team: str, skill: str, why: str) -> Ticket:
        """To the queue, of this or another team. By who has it, or a supervisor; one that waits, by any agent."""
        await self._check_may_move(user, id_)
        target = await self._staff.team(team) if team else None
        here = await self._staff.team((await self._flow.ticket(id_)).team)
        return await self._flow.move(id_, user, lambda m, t: m.transferred(t, target or here, skill, why))

    async def resolve(self, user: str, id_: str) -> Ticket:
        await self._check_may_move(user, id_)
        return await self._flow.move(id_, user, lambda moves, ticket: moves.resolved(ticket))

    async def watch(self, user: str, id_: str, on: bool) -> Ticket:
        """A supervisor comes into the conversation, or leaves it."""
        _check_supervisor(await self.agent(user))
        await self.ticket(user, id_)
        return await self._flow.move(id_, user, lambda moves, ticket: moves.watched(ticket, user, on))

    async def whisper(self, user: str, id_: str, text: str) -> Ticket:
        """A note that only agents see."""
        await self.ticket(user, id_)
        return await self._flow.move(id_, user, lambda moves, ticket: moves.noted(ticket, "note", text))

    async def label(self, user: str, id_: str, labels: Sequence[str]) -> Ticket:
        """All its labels from now on."""
        await self.ticket(user, id_)
        given = tuple(dict.fromkeys(labels))[:MOST_LABELS]
        told = " ".join(given)
        return await self._flow.move(
            id_, user, lambda moves, ticket: moves.noted(ticket, "labelled", told, labels=given)
        )

    async def prioritise(self, user: str, id_: str, priority: int) -> Ticket:
        await self.ticket(user, id_)
        return await self._flow.move(
            id_,
            user,
            lambda moves, ticket: moves.noted(ticket, "prioritised", str(priority), priority=priority),
        )

    async def turn(self, user: str, status: AgentStatus) -> Agent:
        """One's own status: only who is online is asked."""
        for _ in range(TRIES):
            await self._staff.refresh()
            agent = await self.agent(user)
            changed = replace(agent, status=status, revision=agent.revision + 1)
            if agent.status is status or await self._ports.staff.put_agent(changed):
                self._staff.agents[user] = changed if agent.status is not status else agent
                self._flow.stirred()
                return self._staff.agents[user]
        raise busy()

    async def _check_may_move(self, user: str, id_: str) -> None:
        agent, ticket = await self.agent(user), await self.ticket(user, id_)
        if ticket.state is TicketState.OWNED and ticket.agent != user:
            _check_supervisor(agent)

    def _check_team(self, agent: Agent, team: str) -> None:
        if team not in agent.teams:
            raise Problem(Code.NOT_FOUND, f"you are in no team {team[:80]!r}")


def _check_supervisor(agent: Agent) -> None:
    if not agent.supervisor:
        raise Problem(Code.FORBIDDEN, "this is for supervisors")
