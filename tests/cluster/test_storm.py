"""Three nodes behind nginx, on a real database and a real broker, and people who talk through all of it while each part
is killed in turn and comes back. What was acknowledged is in every member's transcript, once and in order. The history
is in the database, or in MongoDB beside it.

PEOPLE and ROUNDS say how many and how often; SEED repeats a run's moments.
"""

import asyncio
import os
import random
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import ExitStack, asynccontextmanager, suppress
from functools import partial
from pathlib import Path

import pytest

from teahouse.client import Client, Hello, LogEvent
from teahouse.model.commands import Create
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Created, Sent
from tests.support import mariadb, mongo, redis
from tests.support.cluster import Node, nodes
from tests.support.mariadb import Mariadb
from tests.support.mongo import URL, Mongo
from tests.support.nginx import proxying
from tests.support.redis import RedisServer

pytestmark = [pytest.mark.service, pytest.mark.slow]

PEOPLE = int(os.environ.get("PEOPLE", "40"))
ROUNDS = int(os.environ.get("ROUNDS", "1"))
SEED = int(os.environ.get("SEED", random.randrange(2**32)))
AWAY_S = 1.5
PAUSE_S = max(4.0, PEOPLE / 25)
"""Between two messages of one person: together they say 25 a second at most, and the test's own process
has to hear all of it as often as there are members."""


class Person:
    """Hears everything, and sends until it is acknowledged."""

    def __init__(self, nick: str, url: str) -> None:
        self.nick = nick
        self.client = Client(url, Hello(nick=nick), timeout_s=20)
        self.acknowledged: dict[str, Sent] = {}
        self.heard: dict[str, dict[int, str]] = {}
        self.order: dict[str, list[int]] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._quiet = asyncio.Event()

    async def come(self) -> None:
        await self.client.connect()
        self._tasks.append(asyncio.create_task(self._listen()))

    def talk(self, places: list[str], moments: random.Random) -> None:
        self._tasks.append(asyncio.create_task(self._talk(places, random.Random(moments.random()))))

    async def _listen(self) -> None:
        async for event in self.client.events():
            if isinstance(event, LogEvent):
                self.order.setdefault(event.conversation, []).append(event.seq)
                if event.ev == "message":
                    self.heard.setdefault(event.conversation, {})[event.seq] = event.text or ""

    async def _talk(self, places: list[str], moments: random.Random) -> None:
        for number in range(10_000):
            with suppress(TimeoutError):
                await asyncio.wait_for(self._quiet.wait(), moments.uniform(0, 2 * PAUSE_S))
                return
            text = f"{self.nick}-{number}"
            self.acknowledged[text] = await self._send(moments.choice(places), text)

    async def _send(self, to: str, text: str) -> Sent:
        """As every client should: what was not acknowledged is sent again under the same name."""
        while True:
            try:
                return await self.client.send(to, text, cid=text)
            except Problem as problem:
                if problem.code is not Code.UNAVAILABLE:
                    raise
                await asyncio.sleep(0.5)

    async def fall_silent(self) -> None:
        """When the last message is acknowledged."""
        self._quiet.set()
        await self._tasks[1]

    async def has_heard(self, conversation: str, seq: int) -> None:
        while self.client.cursors.get(conversation, 0) < seq:  # noqa: ASYNC110 - it is another task's
            await asyncio.sleep(0.05)

    async def go(self) -> None:
        await self.client.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


@asynccontextmanager
async def people(urls: list[str]) -> AsyncIterator[list[Person]]:
    everybody = [Person(f"p{number}", urls[number % len(urls)]) for number in range(PEOPLE)]
    for start in range(0, PEOPLE, 10):
        await asyncio.gather(*(person.come() for person in everybody[start : start + 10]))
    try:
        yield everybody
    finally:
        await asyncio.gather(*(person.go() for person in everybody))


async def open_groups(everybody: list[Person]) -> list[str]:
    """Two groups of half of them each, besides the lobby."""
    groups = []
    for half in (everybody[::2], everybody[1::2]):
        others = [f"@{person.nick}" for person in half[1:]]
        made = await half[0].client.request(Create(kind="group", title="Verona", members=others), Created)
        groups.append(made.conversation)
    return groups


async def transcript(person: Person, conversation: str) -> dict[int, str]:
    """What the store says, by seq; without a gap."""
    entries: list[LogEvent] = []
    more = True
    while more:
        page = await person.client.history(conversation, after=entries[-1].seq if entries else 0, limit=200)
        entries += page.entries
        more = page.more
    assert [entry.seq for entry in entries] == list(range(1, len(entries) + 1))
    return {entry.seq: entry.text or "" for entry in entries if entry.ev == "message"}


def check(person: Person, conversation: str, said: dict[int, str]) -> None:
    """Against what one person was told, live or on coming back."""
    order = person.order.get(conversation, [])
    assert order == sorted(set(order)), f"{person.nick} heard {conversation} out of order, or twice"
    heard = person.heard.get(conversation, {})
    own = {sent.seq: text for text, sent in person.acknowledged.items() if sent.conversation == conversation}
    first = min([*heard, *own], default=1)
    told = {**heard, **own}
    expected = {seq: text for seq, text in said.items() if seq >= first}
    assert told == expected, f"{person.nick} in {conversation}"


class Stage:
    """Everything that runs, and can be killed."""

    def __init__(
        self, house: dict[str, Node], database: Mariadb, broker: RedisServer, history: Mongo | None
    ) -> None:
        self.house = house
        self.database = database
        self.broker = broker
        self.history = history

    async def node_dies(self, name: str) -> None:
        node = self.house[name]
        await asyncio.to_thread(node.stop, signal.SIGKILL)
        await asyncio.sleep(AWAY_S)
        node.start()
        await asyncio.to_thread(node.ready)

    async def node_restarts(self, name: str) -> None:
        """As an operator does it: with a drain."""
        node = self.house[name]
        await asyncio.to_thread(node.stop)
        node.start()
        await asyncio.to_thread(node.ready)

    async def broker_dies(self) -> None:
        self.broker.kill()
        await asyncio.sleep(AWAY_S)
        self.broker.start()
        await self.broker.ready()

    async def broker_falls_silent(self) -> None:
        self.broker.freeze(True)
        await asyncio.sleep(2 * AWAY_S)
        self.broker.freeze(False)

    async def database_dies(self) -> None:
        await asyncio.to_thread(self.database.kill)
        await asyncio.sleep(AWAY_S)
        await asyncio.to_thread(self.database.start)

    async def history_dies(self) -> None:
        assert self.history is not None
        await asyncio.to_thread(self.history.kill)
        await asyncio.sleep(AWAY_S)
        self.history.start()
        await self.history.ready()

    async def history_falls_silent(self) -> None:
        assert self.history is not None
        self.history.pause(True)
        await asyncio.sleep(2 * AWAY_S)
        self.history.pause(False)

    def deeds(self) -> list[Callable[[], Awaitable[None]]]:
        names = list(self.house)
        first = partial(self.node_dies, names[0])
        if self.history is not None:
            return [first, self.broker_dies, self.database_dies, self.history_dies, self.history_falls_silent]
        return [
            first,
            partial(self.node_dies, names[1]),
            partial(self.node_restarts, names[2]),
            self.broker_dies,
            self.broker_falls_silent,
            self.database_dies,
        ]


@pytest.fixture(params=["mariadb", "mongodb"])
def stage(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Stage]:
    for name in ("database", "broker", "history", "house"):
        (tmp_path / name).mkdir()
    with ExitStack() as stack:
        history = None
        if request.param == "mongodb":
            if URL in os.environ:
                pytest.skip("somebody else's MongoDB is not killed")
            history = stack.enter_context(mongo.running(tmp_path / "history"))
            asyncio.run(history.ready())
        database = stack.enter_context(mariadb.running(tmp_path / "database"))
        broker = stack.enter_context(redis.running(tmp_path / "broker"))
        database.create("teahouse")
        variables = {
            "TEAHOUSE_STORE_KIND": "sql",
            "TEAHOUSE_SQL_URL": database.address(),
            "TEAHOUSE_BROKER_KIND": "redis",
            "TEAHOUSE_REDIS_URL": broker.url,
            "TEAHOUSE_LIMITS": "off",
            "TEAHOUSE_HTTP_TRUSTED_PROXIES": "127.0.0.1",
            "TEAHOUSE_TCP_TRUSTED_PROXIES": "127.0.0.1",
        }
        if history is not None:
            variables["TEAHOUSE_MONGODB_URL"] = history.url
        house = stack.enter_context(nodes(tmp_path / "house", ("a", "b", "c"), variables))
        yield Stage(house, database, broker, history)


@pytest.mark.timeout(900)
async def test_nothing_that_was_acknowledged_is_lost_or_doubled(
    stage: Stage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    print(f"SEED={SEED}")
    moments = random.Random(SEED)
    upstreams = [node.upstream for node in stage.house.values()]
    with proxying(tmp_path / "nginx", upstreams, "none") as nginx:
        monkeypatch.setenv("SSL_CERT_FILE", str(nginx.folder / "fullchain.pem"))
        async with people([f"tcp://127.0.0.1:{nginx.tcp}", nginx.wss]) as everybody:
            places = await open_groups(everybody)
            for number, person in enumerate(everybody):
                person.talk(["lobby", places[number % 2]], moments)
            for _ in range(ROUNDS):
                for deed in moments.sample(stage.deeds(), len(stage.deeds())):
                    await asyncio.sleep(moments.uniform(1, 3))
                    await deed()
            await asyncio.sleep(2)
            await finish(everybody, places)
    for node in stage.house.values():
        assert "Traceback" not in node.log, node.log[-4000:]


async def finish(everybody: list[Person], places: list[str]) -> None:
    """Everybody falls silent, hears the rest, and has it all."""
    async with asyncio.timeout(240):
        await asyncio.gather(*(person.fall_silent() for person in everybody))
    count = sum(len(person.acknowledged) for person in everybody)
    members = {"lobby": everybody, places[0]: everybody[::2], places[1]: everybody[1::2]}
    for conversation, inside in members.items():
        said = await transcript(inside[0], conversation)
        texts = list(said.values())
        assert len(set(texts)) == len(texts), f"{conversation} has something twice"
        for person in inside:
            for text, sent in person.acknowledged.items():
                if sent.conversation == conversation:
                    assert said[sent.seq] == text
        async with asyncio.timeout(180):
            await asyncio.gather(*(person.has_heard(conversation, max(said)) for person in inside))
        for person in inside:
            check(person, conversation, said)
    print(f"{count} messages")
    assert count > len(everybody)
