"""A town for the bench of nodes: several whole engines in one process, on one store in memory and one real Redis.

Rule: every message goes the way it goes in a server but for sockets and the disk, and each that is to be heard is
counted. The members of a conversation sit on as many nodes as it spans. Used by nodes.py.
"""

import asyncio
import json
import time
from contextlib import AsyncExitStack
from itertools import cycle
from typing import Any, NamedTuple

from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.engine.engine import Engine
from teahouse.model.commands import AnyCommand, Create, Hello, Send
from teahouse.model.events import Bye
from teahouse.ports.link import Wire
from tests.support.house import LINES, House

MEMBERS = 8
"""Of each conversation."""
GROUPS = 6
"""Conversations whose speaker is on a node, for each node and span."""
PATIENCE_S = 30.0
_TEXT = "x" * 150
_MESSAGE, _ANSWER = b'"ev":"message"', b',"ok":{'


class Sitter:
    """A session that counts what it hears and keeps nothing."""

    wire: Wire = LINES
    gateway = "bench"

    def __init__(self, town: "Town", engine: Engine) -> None:
        self.user = ""
        self._town = town
        self._engine = engine
        self._waiting: asyncio.Future[dict[str, Any]] | None = None
        self._said = 1
        self._session = engine.open(self, "bench")

    async def ask(self, command: AnyCommand) -> dict[str, Any]:
        """The answer to a command, which has the id 1."""
        self._waiting = asyncio.get_running_loop().create_future()
        self._engine.submit(self._session, command)
        async with asyncio.timeout(PATIENCE_S):
            answer = await self._waiting
        ok: dict[str, Any] = answer["ok"]
        return ok

    def say(self, conversation: str) -> None:
        self._said += 1
        send = Send(id=self._said, to=conversation, text=_TEXT, cid=str(self._said))
        self._engine.submit(self._session, send)

    def write(self, data: bytes) -> None:
        if self._waiting is None or self._waiting.done():
            self._town.hear(data.count(_MESSAGE) + data.count(_ANSWER))
            return
        for line in data.splitlines():
            if line.startswith(b'{"re":1,'):
                self._waiting.set_result(json.loads(line))

    def hold(self, on: bool) -> None: ...

    def probe(self) -> bool:
        return True

    def close(self, bye: Bye | None) -> None:
        if bye is not None:
            raise AssertionError(f"a session of the bench was ended: {bye}")


class Table(NamedTuple):
    """A conversation, and who speaks in it."""

    speaker: Sitter
    conversation: str


class Town:
    """`nodes` of them. `tables[span]` are the conversations whose members sit on `span` nodes."""

    def __init__(self, nodes: int, redis_url: str) -> None:
        self.nodes = nodes
        self.tables: dict[int, list[Table]] = {}
        self._url = redis_url
        self._left = 0
        self._heard = asyncio.Event()

    async def open(self, spans: list[int], stack: AsyncExitStack) -> None:
        store, book = MemoryStore(), SharedBook()
        engines = [await self._node(f"n{number}", store, book, stack) for number in range(self.nodes)]
        seats = [
            [await self._guest(engine, f"p{number}-{seat}") for seat in range(MEMBERS)]
            for number, engine in enumerate(engines)
        ]
        for span in spans:
            self.tables[span] = [
                await self._table(
                    [seats[(home + seat % span) % self.nodes][seat // span] for seat in range(MEMBERS)]
                )
                for home in range(self.nodes)
                for _ in range(GROUPS)
            ]

    async def _node(self, name: str, store: MemoryStore, book: SharedBook, stack: AsyncExitStack) -> Engine:
        redis = Redis(RedisOptions(url=self._url, prefix=f"town{self.nodes}"), name)
        broker = RedisBroker(redis, name)
        stack.push_async_callback(redis.stop)
        await redis.start()
        presence = MemoryPresence(SystemClock(), name, book)
        house = House(store, node=name, broker=broker, presence=presence)
        await stack.enter_async_context(house)
        return house.engine

    async def _guest(self, engine: Engine, nick: str) -> Sitter:
        sitter = Sitter(self, engine)
        sitter.user = (await sitter.ask(Hello(id=1, nick=nick)))["user"]["id"]
        return sitter

    async def _table(self, sitters: list[Sitter]) -> Table:
        speaker, *others = sitters
        made = await speaker.ask(Create(id=1, kind="group", members=[sitter.user for sitter in others]))
        return Table(speaker, made["conversation"])

    async def talk(self, span: int, turns: int, at_once: int) -> float:
        """CPU seconds of this process for each message, while every node sends so many in each of so many turns."""
        per_node = [cycle(self.tables[span][n * GROUPS : (n + 1) * GROUPS]) for n in range(self.nodes)]
        began = time.process_time()
        for _ in range(turns):
            self._heard.clear()
            self._left = MEMBERS * at_once * self.nodes  # the speaker hears the answer
            for tables in per_node:
                for _ in range(at_once):
                    table = next(tables)
                    table.speaker.say(table.conversation)
            async with asyncio.timeout(PATIENCE_S):
                await self._heard.wait()
        return (time.process_time() - began) / (turns * at_once * self.nodes)

    def hear(self, count: int) -> None:
        """Messages, and answers to sends. More than there were would be a defect."""
        self._left -= count
        if count and self._left == 0:
            self._heard.set()
        assert not count or self._left >= 0, "something was heard twice"
