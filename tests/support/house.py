"""A whole engine on memory stores, and people in it who speak JSON: for tests of the engine alone."""

import asyncio
import json
from itertools import count
from typing import Any

from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.audit import MemoryAudit
from teahouse.backends.memory.bots import MemoryBots, MemoryHooks
from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.cursors import MemoryCursors
from teahouse.backends.memory.deliveries import MemoryDeliveries
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.entrance import MemoryLinks, MemoryRequests
from teahouse.backends.memory.finder import MemoryFinder
from teahouse.backends.memory.inventory import MemoryInventory
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.later import MemoryHidden, MemoryLogIndex, MemoryPreferences, MemorySchedules
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.outlets import MemoryOutlets
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.reports import MemoryReports
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine.engine import Engine
from teahouse.engine.options import EngineOptions
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model.events import Bye
from teahouse.ports.clock import Clock
from teahouse.ports.link import Wire
from teahouse.ports.log import MessageLog
from teahouse.wire.errors import WireError
from teahouse.wire.json import JsonWire, decode

Json = dict[str, Any]
LINES = JsonWire(lambda frame: frame + b"\n")
LIMITLESS = EngineOptions(commands_per_s=0, sends_per_s=0, reports_per_h=0, guests_per_min=0)


def limitless(**options: Any) -> EngineOptions:
    """Options without rate limits."""
    return EngineOptions(
        **{"commands_per_s": 0, "sends_per_s": 0, "reports_per_h": 0, "guests_per_min": 0, **options}
    )


class FakeLink:
    """A link into a list. With `room` it takes so many bytes and then stalls, until `take` makes room."""

    def __init__(self, engine: Engine, room: int | None = None, peer: str = "test") -> None:
        self.wire: Wire = LINES
        self.gateway = "test"
        self.engine = engine
        self.room = room
        self.unsent = 0
        self.lines: list[Json] = []
        self.writes = 0
        self.held = False
        self.bye: Bye | None = None
        self.closed = False
        self.arrived = asyncio.Event()
        self.session: Session = engine.open(self, peer)

    def write(self, data: bytes) -> None:
        assert not self.closed, "written to after close"
        self.writes += 1
        self.lines += [json.loads(line) for line in data.splitlines()]
        self.arrived.set()
        self.unsent += len(data)
        if self.room is not None and self.unsent > self.room and not self.session.stalled:
            self.engine.stalled(self.session)

    def take(self) -> None:
        """The client reads everything."""
        self.unsent = 0
        if self.session.stalled:
            self.engine.drained(self.session)

    def hold(self, on: bool) -> None:
        self.held = on

    def probe(self) -> bool:
        return True

    def close(self, bye: Bye | None) -> None:
        self.bye = bye
        self.closed = True
        self.arrived.set()
        asyncio.get_running_loop().call_soon(self.engine.closed, self.session)

    def drop(self) -> None:
        """The network goes away."""
        self.closed = True
        self.engine.closed(self.session)


class Person:
    """Somebody at a client. `ask` waits for the answer; events are taken in order with `event`."""

    def __init__(self, engine: Engine, room: int | None = None, peer: str = "test") -> None:
        self.link = FakeLink(engine, room, peer)
        self.engine = engine
        self._ids = count(1)
        self._taken = 0
        self.me: Json = {}
        self.resume = ""

    def say(self, op: str, **fields: Any) -> None:
        """A command without waiting for its answer."""
        frame = json.dumps({"op": op, **fields}).encode()
        self.link.session.seen = self.engine.second
        try:
            self.engine.submit(self.link.session, decode(frame))
        except WireError as error:
            self.link.session.fail(error.re, error.problem)

    async def ask(self, op: str, **fields: Any) -> Json:
        """The `ok` of a command; raises Refused for an error."""
        number = next(self._ids)
        self.say(op, id=number, **fields)
        answer = await self._find(lambda line: line.get("re") == number)
        if "error" in answer:
            raise Refused(answer["error"])
        ok: Json = answer["ok"]
        return ok

    async def hello(self, nick: str, **fields: Any) -> "Person":
        welcome = await self.ask("hello", nick=nick, **fields)
        self.me = welcome["user"]
        self.resume = welcome["resume"]
        return self

    async def refused(self, op: str, **fields: Any) -> str:
        """The code a command is refused with."""
        try:
            ok = await self.ask(op, **fields)
        except Refused as refused:
            return refused.code
        raise AssertionError(f"{op} was not refused: {ok}")

    async def event(self, ev: str, **having: Any) -> Json:
        """The next event of this kind not yet taken, with these fields; those before it are passed over."""

        def wanted(line: Json) -> bool:
            return line.get("ev") == ev and all(line.get(name) == value for name, value in having.items())

        return await self._find(wanted, take=True)

    def events(self, ev: str) -> list[Json]:
        """All events of a kind so far."""
        return [line for line in self.link.lines if line.get("ev") == ev]

    def texts(self, conversation: str) -> list[str]:
        """The texts of all message events of a conversation so far."""
        return [
            line["body"]["text"] for line in self.events("message") if line["conversation"] == conversation
        ]

    async def _find(self, wanted: Any, take: bool = False) -> Json:
        async with asyncio.timeout(5):
            while True:
                self.link.arrived.clear()
                start = self._taken if take else 0
                for index in range(start, len(self.link.lines)):
                    if wanted(self.link.lines[index]):
                        if take:
                            self._taken = index + 1
                        return self.link.lines[index]
                await self.link.arrived.wait()


class Refused(Exception):
    def __init__(self, error: Json) -> None:
        super().__init__(error)
        self.code: str = error["code"]
        self.error = error


class House:
    """One node; several houses may share a store and a hub."""

    def __init__(
        self,
        store: MemoryStore | None = None,
        hub: MemoryHub | None = None,
        options: EngineOptions = LIMITLESS,
        node: str = "a",
        clock: Clock | None = None,
        log: MessageLog | None = None,
        **others: Any,
    ) -> None:
        """`others` replaces any other port: `presence`, `passwords`, `tokens` ..."""
        self.node = node
        self.store = store or MemoryStore()
        self.clock: Any = clock or SystemClock()
        self.hub = hub or MemoryHub()
        ports: Json = {
            "log": log or MemoryLog(self.store),
            "users": MemoryUsers(self.store),
            "directory": MemoryDirectory(self.store),
            "cursors": MemoryCursors(self.store),
            "presence": MemoryPresence(self.clock),
            "broker": self.hub.broker(node),
            "clock": self.clock,
            "jobs": MemoryJobs(self.store),
            "letters": MemoryJobs(self.store),
            "limits": MemoryLimits(self.clock),
            "schedules": MemorySchedules(self.store),
            "hidden": MemoryHidden(self.store),
            "preferences": MemoryPreferences(self.store),
            "index": MemoryLogIndex(self.store),
            "finder": MemoryFinder(self.store),
            "relations": MemoryRelations(self.store),
            "links": MemoryLinks(self.store),
            "requests": MemoryRequests(self.store),
            "reports": MemoryReports(self.store),
            "audit": MemoryAudit(self.store),
            "bots": MemoryBots(self.store),
            "hooks": MemoryHooks(self.store),
            "deliveries": MemoryDeliveries(self.store),
            "inventory": MemoryInventory(self.store),
            "outlets": MemoryOutlets(self.store),
        }
        self.stores = Stores(**{**ports, **others})
        self.engine = Engine(self.stores, options, node)

    async def __aenter__(self) -> "House":
        await self.engine.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.engine.stop()

    def stranger(self, room: int | None = None, peer: str = "test") -> Person:
        return Person(self.engine, room, peer)

    async def guest(self, nick: str, **fields: Any) -> Person:
        return await self.stranger().hello(nick, **fields)

    async def back(self, person: Person, room: int | None = None, **fields: Any) -> Person:
        """The same guest on a new connection."""
        return await self.stranger(room).hello(person.me["nick"], resume=person.resume, **fields)


class Town:
    """Several nodes on one store, one hub and one book of presence, with names a, b, c ..."""

    def __init__(self, nodes: int = 2, options: EngineOptions = LIMITLESS, **others: Any) -> None:
        self.store, self.hub, self.book = MemoryStore(), MemoryHub(), SharedBook()
        self.clock: Any = others.pop("clock", None) or SystemClock()
        self.houses = [self.house(name, options, **others) for name in "abcdefgh"[:nodes]]

    def house(self, node: str, options: EngineOptions = LIMITLESS, **others: Any) -> House:
        presence = MemoryPresence(self.clock, node, self.book)
        return House(
            self.store, self.hub, options, node, clock=self.clock, **{"presence": presence, **others}
        )

    def cut(self, house: House) -> None:
        """The house hears the others no more, nor they it."""
        self.hub.cut(house.node)

    def mend(self, house: House) -> None:
        self.hub.mend(house.node)

    async def __aenter__(self) -> "list[House]":
        for house in self.houses:
            await house.engine.start()
        return self.houses

    async def __aexit__(self, *_: object) -> None:
        for house in self.houses:
            await house.engine.stop()


async def turns(number: int = 10) -> None:
    """Let the loop run a few turns, so that what was begun is done."""
    for _ in range(number):
        await asyncio.sleep(0)


def seqs(person: Person, conversation: str = "lobby") -> list[int]:
    """The seqs a client was told of, by events and by answers to its own commands, in order."""
    told = [line.get("ok", line) for line in person.link.lines if line.get("ev") != "receipt"]
    return [line["seq"] for line in told if line.get("conversation") == conversation and "seq" in line]
