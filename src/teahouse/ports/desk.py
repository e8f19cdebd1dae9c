"""What the desk keeps: tickets and those who serve them, visitors, and the library of each team."""

from collections.abc import Sequence
from typing import Protocol, TypeVar

from teahouse.model.desk import Agent, Paper, Step, Team, Ticket, TicketEvent, TicketQuery, Visitor

P = TypeVar("P", bound=Paper)


class Tickets(Protocol):
    """Tickets, and what happened to them.

    S1  `commit` is durable when it answers True, all steps and the agent or nothing. False: nothing of it happened,
        because somebody was faster.
    S2  A row of revision n is written over revision n-1 and nothing else, one of revision 1 where there is none. Of any
        number who write over the same one at once, on whatever nodes, one succeeds.
    S3  A conversation has at most one open ticket: a second one is refused as in S2.
    S4  The event of each step is kept with it; `events` gives them in order, none missing.
    S5  `due` gives tickets whose `due` is `now` or earlier, earliest first. A closed ticket may have deeds, too.
    S6  `page` gives those a query describes, and sees every commit that was answered before.
    """

    async def commit(self, steps: Sequence[Step], agent: Agent | None = None) -> bool: ...

    async def ticket(self, ticket: str) -> Ticket | None: ...

    async def latest(self, conversation: str) -> Ticket | None:
        """The open ticket of a conversation, else the one that was opened last."""
        ...

    async def due(self, now: int, limit: int) -> list[Ticket]: ...

    async def page(self, query: TicketQuery) -> list[Ticket]: ...

    async def events(self, ticket: str, after: int, limit: int) -> list[TicketEvent]: ...


class Staff(Protocol):
    """Teams and agents. There are few: all are read at once.

    S7  `put_team` and `put_agent` keep S2, also against `Tickets.commit`. No two teams have the same key.
    """

    async def teams(self) -> list[Team]:
        """In order of id."""
        ...

    async def put_team(self, team: Team) -> bool: ...

    async def agents(self) -> list[Agent]:
        """In order of user id."""
        ...

    async def put_agent(self, agent: Agent) -> bool: ...

    async def drop_agent(self, user: str) -> None: ...


class Visitors(Protocol):
    """Visitors.

    S8  `put` keeps S2. A team has at most one visitor of an `external` name.
    """

    async def visitor(self, visitor: str) -> Visitor | None: ...

    async def known(self, team: str, external: str) -> Visitor | None: ...

    async def within(self, conversation: str) -> Visitor | None:
        """Whose conversation it is."""
        ...

    async def put(self, visitor: Visitor) -> bool: ...


class Library(Protocol):
    """The papers of teams: articles, examples for training, canned replies.

    S9  `put` adds papers or replaces those with their ids, all or nothing; it is durable.
    S10 `page` gives a team's papers of a kind in order of id, those after one.
    """

    async def put(self, papers: Sequence[Paper]) -> None: ...

    async def drop(self, kind: type[Paper], ids: Sequence[str]) -> None: ...

    async def paper(self, kind: type[P], id_: str) -> P | None: ...

    async def page(self, kind: type[P], team: str, after: str, limit: int) -> list[P]: ...
