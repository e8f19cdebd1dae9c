"""Who serves: teams and agents as they were a moment ago, kept in memory, and how many tickets each agent has.

Rule: what is kept here is good for looking things up and for telling people. What a decision rests on is read anew, and
the store refuses what was made from an older row. Called by the other modules of this room.
"""

from collections import Counter
from collections.abc import Callable, Iterable

from teahouse.desk.ports import DeskPorts
from teahouse.model.desk import Agent, Team, Ticket, TicketQuery, TicketState
from teahouse.model.errors import Code, Problem

BUSY = (TicketState.RINGING, TicketState.OWNED)
"""An agent's load are the tickets of theirs in these states."""

_PAGE = 500


class StaffBook:
    """`founded` is told whenever there is a team, for a server without one is to pay nothing."""

    def __init__(self, ports: DeskPorts) -> None:
        self._ports = ports
        self.founded: Callable[[], None] = lambda: None
        self.teams: dict[str, Team] = {}
        self.agents: dict[str, Agent] = {}

    async def refresh(self) -> None:
        """Read anew who there is."""
        self.teams = {team.id: team for team in await self._ports.staff.teams()}
        if self.teams:
            self.founded()
        self.agents = {agent.user: agent for agent in await self._ports.staff.agents()}

    async def team(self, id_: str) -> Team:
        """`not_found`."""
        if id_ not in self.teams:
            await self.refresh()
        if (found := self.teams.get(id_)) is None:
            raise Problem(Code.NOT_FOUND, f"there is no team {id_[:80]!r}")
        return found

    async def of_key(self, key: str) -> Team:
        """The team whose public key it is; `not_found`."""
        for _ in range(2):
            for team in self.teams.values():
                if team.key == key:
                    return team
            await self.refresh()
        raise Problem(Code.NOT_FOUND, "there is no team of this key")

    def in_team(self, team: str) -> Iterable[Agent]:
        return (agent for agent in self.agents.values() if team in agent.teams)

    async def loads(self) -> Counter[str]:
        """How many tickets each agent has. Who gives out tickets reads the agents first, then this: so a ticket that
        was given in between makes the agent's row a newer one."""
        found: Counter[str] = Counter()
        before = ""
        while page := await self._ports.tickets.page(TicketQuery(states=BUSY, before=before, limit=_PAGE)):
            found.update(ticket.agent for ticket in page)
            before = page[-1].id
            if len(page) < _PAGE:
                break
        return found


def may_serve(agent: Agent, ticket: Ticket) -> bool:
    """Whether this agent is one for this ticket."""
    return ticket.team in agent.teams and (not ticket.skill or ticket.skill in agent.skills)
