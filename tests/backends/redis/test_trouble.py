"""A Redis that is killed, comes back empty, or answers no more: nobody waits for it, and all comes back by itself."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.presence import RedisPresence
from teahouse.backends.redis.spending import RedisSpending
from teahouse.model.errors import StoreUnavailable
from teahouse.model.gcra import Bucket, Rate
from teahouse.model.people import Availability
from teahouse.ports.broker import Hint
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

ALICE, BOB = Availability("u1", "Alice", at=1), Availability("u2", "Bob", at=2)
_prefixes = count(1)


class Node:
    """One node's client, broker and presence."""

    def __init__(self, options: RedisOptions, name: str) -> None:
        self.redis = Redis(options, name)
        self.broker = RedisBroker(self.redis, name)
        self.presence = RedisPresence(self.redis, ManualClock(), name)
        self.heard: list[Hint] = []
        self.lost = 0
        self.broker.listen(self.heard.append, self._lose)

    def _lose(self) -> None:
        self.lost += 1

    async def stop(self) -> None:
        await self.presence.stop()
        await self.redis.stop()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running(tmp_path) as server:
        yield server


@pytest.fixture
async def two(server: RedisServer) -> AsyncIterator[tuple[Node, Node]]:
    await server.ready()
    options = RedisOptions(url=server.url, prefix=f"t{next(_prefixes)}", timeout_s=0.5)
    nodes = Node(options, "a"), Node(options, "b")
    for node in nodes:
        await node.redis.start()
        await node.redis.ready()
    yield nodes
    for node in nodes:
        await node.stop()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.005)


async def test_killed_and_back_empty(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, other = two
    await one.presence.touch(ALICE)
    assert await one.presence.claim("alice", "u1") == "u1"
    await other.presence.touch(BOB)
    other.broker.subscribe("c")
    await other.broker.settled()
    server.kill()
    await until(lambda: not one.broker.connected and not other.broker.connected)
    one.broker.publish([Hint("a", "c", upto=1)])
    # Without it a node answers for its own people.
    assert await one.presence.locate(["u1", "u2"]) == {"u1": ALICE}
    assert await other.presence.everyone(9) == [BOB]
    assert await one.presence.holder("alice") == "u1"
    assert await other.presence.claim("bob", "u2") == "u2"
    server.start()
    await server.ready()
    await until(lambda: one.broker.connected and other.broker.connected)
    assert (one.lost, other.lost) == (3, 3)  # the first time it came, too

    async def both_there() -> bool:
        return await other.presence.everyone(9) == [ALICE, BOB]

    async with asyncio.timeout(10):
        while not await both_there():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.01)
    assert await other.presence.claim("alice", "u2") == "u1"
    assert await one.presence.holder("bob") == "u2"
    one.broker.publish([Hint("a", "c", upto=2)])
    await until(lambda: bool(other.heard))
    assert [hint.upto for hint in other.heard] == [2]


async def test_who_went_meanwhile_is_gone_when_it_is_back(
    server: RedisServer, two: tuple[Node, Node]
) -> None:
    one, other = two
    await one.presence.touch(ALICE)
    await one.presence.claim("alice", "u1")
    server.freeze(True)
    await one.presence.drop("u1")
    server.freeze(False)

    async def gone() -> bool:
        return not await other.presence.locate(["u1"]) and await other.presence.holder("alice") is None

    async with asyncio.timeout(20):
        while not await gone():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
    await one.stop()
    await other.stop()


async def test_a_node_that_stops_takes_its_people_along(two: tuple[Node, Node]) -> None:
    one, other = two
    await one.presence.touch(ALICE)
    await one.presence.claim("alice", "u1")
    await other.presence.touch(BOB)
    await one.presence.stop()
    assert await other.presence.everyone(9) == [BOB]
    assert await other.presence.claim("alice", "u2") == "u2"


async def test_silent(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, other = two
    await one.presence.touch(ALICE)
    other.broker.subscribe("c")
    await other.broker.settled()
    server.freeze(True)
    begun = time.monotonic()
    assert await one.presence.locate(["u1"]) == {"u1": ALICE}
    with pytest.raises(StoreUnavailable):
        await one.redis.ask("GET", "k")
    assert time.monotonic() - begun < 3
    await until(lambda: not one.broker.connected)
    begun = time.monotonic()
    assert await one.presence.holder("alice") is None
    assert time.monotonic() - begun < 0.2  # nobody waits any more
    server.freeze(False)
    await until(lambda: one.broker.connected and other.broker.connected)
    one.broker.publish([Hint("a", "c", upto=3)])
    await until(lambda: [hint.upto for hint in other.heard][-1:] == [3])


async def test_emptied_while_connected(server: RedisServer) -> None:
    """Nothing tells of it: it is said again when a third of the expiry is over."""
    await server.ready()
    quick = RedisOptions(url=server.url, prefix="quick", timeout_s=0.5, presence_s=0.9)
    node = Node(quick, "q")
    await node.redis.start()
    await node.redis.ready()
    await node.presence.touch(ALICE)
    await node.presence.claim("alice", "u1")
    server.say("FLUSHALL")

    async def there() -> bool:
        return bool(await node.presence.locate(["u1"])) and await node.presence.holder("alice") == "u1"

    async with asyncio.timeout(5):
        while not await there():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)
    await node.stop()


async def test_what_waits_to_be_sent_is_bounded(server: RedisServer, two: tuple[Node, Node]) -> None:
    """A hint that cannot be sent is dropped, and its node told so."""
    one, _ = two
    lost = one.lost
    server.freeze(True)
    text = "x" * 500_000
    for n in range(100):
        one.broker.publish([Hint("a", f"{n}{text}", upto=1)])
        await asyncio.sleep(0)
    await asyncio.sleep(0)
    assert one.lost > lost
    server.freeze(False)
    await until(lambda: one.broker.connected)


async def test_a_wrong_password_is_told(server: RedisServer) -> None:
    await server.ready()
    server.say("CONFIG", "SET", "requirepass", "tea")
    from teahouse.backends.redis.place import CannotUse

    address = server.url.replace("redis://", "redis://:coffee@")
    with pytest.raises(CannotUse, match="refuses"):
        await Redis(RedisOptions(url=address)).start()
    redis = Redis(RedisOptions(url=server.url.replace("redis://", "redis://:tea@")))
    await redis.start()
    await redis.ready()
    await redis.stop()


async def test_what_users_took_is_told_when_redis_is_there(
    server: RedisServer, two: tuple[Node, Node]
) -> None:
    """Away or silent, nobody waits for it longer than the time-out, and the buckets of a node go on."""
    one, other = RedisSpending(two[0].redis), RedisSpending(two[1].redis)
    ada = Bucket("sends", "ada", Rate(1 / 60, 10))
    assert await one.spend([(ada, 2)]) == pytest.approx([120], abs=1)
    assert await other.spend([(ada, 3)]) == pytest.approx([300], abs=1)
    server.freeze(True)
    begun = time.monotonic()
    with pytest.raises(StoreUnavailable):
        await one.spend([(ada, 1)])
    assert time.monotonic() - begun < 3
    server.freeze(False)
    server.kill()
    await until(lambda: not two[1].broker.connected)
    with pytest.raises(StoreUnavailable):
        await other.spend([(ada, 1)])
    server.start()
    await server.ready()
    await until(lambda: two[1].broker.connected)
    assert await other.spend([(ada, 1)]) == pytest.approx([60], abs=1)
