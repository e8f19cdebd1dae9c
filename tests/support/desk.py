"""A customer-service desk on a whole engine in memory, with a clock that tests turn, on any number of nodes."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from itertools import repeat
from typing import Any

from msgspec.structs import replace

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.desk import MemoryLibrary, MemoryStaff, MemoryTickets, MemoryVisitors
from teahouse.backends.memory.store import MemoryStore
from teahouse.desk.desk import Desk
from teahouse.desk.keywords import Keywords
from teahouse.desk.options import DeskOptions
from teahouse.desk.ports import DeskPorts
from teahouse.desk.staff import StaffBook
from teahouse.desk.visitors import Greeting
from teahouse.model.caller import Caller
from teahouse.model.changes import PutUser
from teahouse.model.commands import Send
from teahouse.model.desk import Agent, AgentStatus, Article, Team, Ticket, Visitor
from teahouse.model.people import Availability, User
from teahouse.model.results import Sent
from tests.support.house import House

ARTICLES = (
    ("How do I return an order?", "Within 30 days, by the form in your account."),
    ("What does shipping cost?", "It is free from 20 euros."),
    ("\u600e\u4e48\u9000\u8d27\uff1f", "\u4e09\u5341\u5929\u5185\u53ef\u4ee5\u9000\u8d27\u3002"),
)


class Crash(BaseException):
    """The process dies here."""


class Unsteady:
    """A port that lets others in before and after each call, `pauses` times, and dies when `dies` has counted down: of
    several ports of one process, `first` counts."""

    def __init__(self, port: Any, pauses: Iterator[int], first: "Unsteady | None" = None) -> None:
        self._port = port
        self._pauses = pauses
        self._first = first or self
        self.dies = 0
        """The process dies after so many calls from now, done or not; 0: it does not."""

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._port, name)

        async def call(*arguments: Any, **named: Any) -> Any:
            await self._pause()
            result = await method(*arguments, **named)
            await self._pause()
            return result

        return call

    async def _pause(self) -> None:
        first = self._first
        if first.dies:
            first.dies -= 1
            if not first.dies:
                raise Crash
        for _ in range(next(self._pauses)):
            await asyncio.sleep(0)


class Office:
    """`desks` are the nodes: each knows what it knows, all stand on one store. There is a team with two agents."""

    def __init__(self, desks: int = 1, pauses: Iterator[int] | None = None) -> None:
        self.clock = ManualClock()
        self.store = MemoryStore()
        self.house = House(self.store, clock=self.clock)
        self.pauses = pauses or repeat(0)
        self.ports: list[Unsteady] = []
        self.desks = [self.desk() for _ in range(desks)]
        self.team: Team
        self.other: Team

    def desk(self) -> Desk:
        """One more node, or one that was started again."""
        stores = self.house.stores
        tickets = Unsteady(MemoryTickets(self.store), self.pauses)
        self.ports.append(tickets)
        ports = DeskPorts(
            tickets=tickets,
            staff=MemoryStaff(self.store),
            visitors=MemoryVisitors(self.store),
            library=MemoryLibrary(self.store),
            log=stores.log,
            users=stores.users,
            directory=stores.directory,
            presence=stores.presence,
            limits=stores.limits,
            clock=self.clock,
        )
        made = Desk(
            ports,
            StaffBook(ports),
            self.house.engine,
            Keywords(MemoryLibrary(self.store), self.clock),
            DeskOptions(),
        )
        made.voice._engine = Unsteady(self.house.engine, self.pauses, tickets)
        return made

    async def open(self, agents: int = 2, **settings: Any) -> "Office":
        """A team, its articles, and agents a0, a1 ... who are here; the last one is a supervisor."""
        desk = self.desks[0]
        made, other = await desk.founding.make("Tea"), await desk.founding.make("Milk")
        self.other = other
        self.team = await desk.founding.change(made.id, lambda team: replace(team, **settings))
        papers = [
            Article(id=f"n{number}", team=made.id, title=title, text=text)
            for number, (title, text) in enumerate(ARTICLES)
        ]
        await desk.papers.put(made.id, papers)
        for number in range(agents):
            await self.agent(f"a{number}", supervisor=number == agents - 1)
        return self

    async def agent(self, user: str, **fields: Any) -> Agent:
        """An agent who is here and online."""
        await self.house.stores.directory.apply([PutUser(User(user, user, guest=False), self.clock.now())])
        teams = (self.team.id, self.other.id)
        given = {"teams": teams, "status": AgentStatus.ONLINE, "capacity": 2, **fields}
        made = await self.desks[0].founding.appoint(user, lambda agent: replace(agent, **given))
        await self.house.stores.presence.touch(Availability(user, user))
        return made

    async def visitor(self, **fields: Any) -> Visitor:
        visitor, _ = await self.desks[0].visitors.greet(self.team, Greeting(**fields), "")
        return visitor

    async def say(self, user: str, conversation: str, text: str) -> int:
        """Somebody says something; its seq. Whoever follows it is not told: see `hear`."""
        sent = await self.house.engine.call(Caller(User(user, user)), Send(id=0, to=conversation, text=text))
        assert isinstance(sent, Sent)
        return sent.seq

    async def ask(self, visitor: Visitor, text: str) -> Ticket:
        """A visitor says something, and the desk takes it in."""
        await self.say(visitor.id, visitor.conversation, text)
        await self.desks[0].listening.listen(visitor.conversation)
        return await self.ticket(visitor)

    async def ticket(self, visitor: Visitor) -> Ticket:
        found = await self.desks[0].flow.ticket(
            max(t.id for t in self.store.tickets.values() if t.conversation == visitor.conversation)
        )
        return found

    async def pass_by(self, seconds: float) -> None:
        """Time passes, and each node looks."""
        self.clock.advance(seconds)
        for desk in self.desks:
            await desk.ticking.tick()

    def said(self, visitor: Visitor) -> list[str]:
        """What there is to read in the visitor's conversation, as "sender: text"."""
        import json

        lines = []
        for entry in self.store.entries[visitor.conversation]:
            content = json.loads(entry.content)
            if entry.kind == "message":
                lines.append(f"{entry.nick}: {content['body']['text']}")
            elif entry.kind == "member":
                lines.append(f"{content['user']['nick']} {content['change']}")
        return lines


async def at_once(*doings: Callable[[], Awaitable[object]]) -> list[object]:
    """All at the same time; problems are given, too."""
    return await asyncio.gather(*(doing() for doing in doings), return_exceptions=True)
