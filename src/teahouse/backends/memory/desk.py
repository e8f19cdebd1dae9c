"""The desk (ports/desk.py) in memory."""

from collections.abc import Sequence
from typing import TypeVar

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.desk import Agent, Paper, Step, Team, Ticket, TicketEvent, TicketQuery, Visitor

P = TypeVar("P", bound=Paper)


class MemoryTickets:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def commit(self, steps: Sequence[Step], agent: Agent | None = None) -> bool:
        self._store.check_writable()
        if not all(self._fits(step.ticket) for step in steps):
            return False
        if agent is not None and not _follows(self._store.agents.get(agent.user), agent):
            return False
        for step in steps:
            self._store.tickets[step.ticket.id] = step.ticket
            self._store.ticket_events.setdefault(step.ticket.id, []).append(step.event)
        if agent is not None:
            self._store.agents[agent.user] = agent
        return True

    def _fits(self, ticket: Ticket) -> bool:
        if not _follows(self._store.tickets.get(ticket.id), ticket):
            return False
        others = (t for t in self._store.tickets.values() if t.conversation == ticket.conversation)
        return not ticket.is_open or not any(t.is_open and t.id != ticket.id for t in others)

    async def ticket(self, ticket: str) -> Ticket | None:
        return self._store.tickets.get(ticket)

    async def latest(self, conversation: str) -> Ticket | None:
        found = [t for t in self._store.tickets.values() if t.conversation == conversation]
        return max(found, key=lambda t: (t.is_open, t.id), default=None)

    async def due(self, now: int, limit: int) -> list[Ticket]:
        found = sorted((t for t in self._store.tickets.values() if t.due <= now), key=lambda t: (t.due, t.id))
        return found[:limit]

    async def page(self, query: TicketQuery) -> list[Ticket]:
        found = [t for t in self._store.tickets.values() if _is_wanted(t, query)]
        if query.by_queue:
            found.sort(key=lambda t: (-t.priority, t.queued, t.id))
        else:
            found.sort(key=lambda t: t.id, reverse=True)
        return found[: query.limit]

    async def events(self, ticket: str, after: int, limit: int) -> list[TicketEvent]:
        events = self._store.ticket_events.get(ticket, [])
        return [event for event in events if event.number > after][:limit]


def _is_wanted(ticket: Ticket, query: TicketQuery) -> bool:
    same = all(
        not wanted or wanted == given
        for wanted, given in (
            (query.team, ticket.team),
            (query.agent, ticket.agent),
            (query.visitor, ticket.visitor),
        )
    )
    return (
        same
        and (not query.states or ticket.state in query.states)
        and (not query.label or query.label in ticket.labels)
        and query.since <= ticket.opened < query.until
        and (not query.before or ticket.id < query.before)
    )


class MemoryStaff:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def teams(self) -> list[Team]:
        return sorted(self._store.teams.values(), key=lambda team: team.id)

    async def put_team(self, team: Team) -> bool:
        self._store.check_writable()
        taken = any(t.key == team.key and t.id != team.id for t in self._store.teams.values())
        if taken or not _follows(self._store.teams.get(team.id), team):
            return False
        self._store.teams[team.id] = team
        return True

    async def agents(self) -> list[Agent]:
        return sorted(self._store.agents.values(), key=lambda agent: agent.user)

    async def put_agent(self, agent: Agent) -> bool:
        self._store.check_writable()
        if not _follows(self._store.agents.get(agent.user), agent):
            return False
        self._store.agents[agent.user] = agent
        return True

    async def drop_agent(self, user: str) -> None:
        self._store.check_writable()
        self._store.agents.pop(user, None)


class MemoryVisitors:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def visitor(self, visitor: str) -> Visitor | None:
        return self._store.visitors.get(visitor)

    async def known(self, team: str, external: str) -> Visitor | None:
        found = (v for v in self._store.visitors.values() if (v.team, v.external) == (team, external))
        return next(found, None) if external else None

    async def within(self, conversation: str) -> Visitor | None:
        found = (v for v in self._store.visitors.values() if v.conversation == conversation)
        return next(found, None) if conversation else None

    async def put(self, visitor: Visitor) -> bool:
        self._store.check_writable()
        known = await self.known(visitor.team, visitor.external)
        if known is not None and known.id != visitor.id:
            return False
        if not _follows(self._store.visitors.get(visitor.id), visitor):
            return False
        self._store.visitors[visitor.id] = visitor
        return True


class MemoryLibrary:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def put(self, papers: Sequence[Paper]) -> None:
        self._store.check_writable()
        self._store.papers.update({(type(paper), paper.id): paper for paper in papers})

    async def drop(self, kind: type[Paper], ids: Sequence[str]) -> None:
        self._store.check_writable()
        for id_ in ids:
            self._store.papers.pop((kind, id_), None)

    async def paper(self, kind: type[P], id_: str) -> P | None:
        found = self._store.papers.get((kind, id_))
        return found if isinstance(found, kind) else None

    async def page(self, kind: type[P], team: str, after: str, limit: int) -> list[P]:
        found = [p for p in self._store.papers.values() if isinstance(p, kind) and p.team == team]
        return sorted((p for p in found if p.id > after), key=lambda p: p.id)[:limit]


def _follows(known: Ticket | Agent | Team | Visitor | None, new: Ticket | Agent | Team | Visitor) -> bool:
    """S2"""
    return new.revision == (known.revision + 1 if known is not None else 1)
