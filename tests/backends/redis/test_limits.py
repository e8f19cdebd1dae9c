"""Rate limits without Redis, with one that is silent, and with one that refuses: there is always an answer, in time."""

import asyncio
import shlex
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import suppress
from pathlib import Path

import hiredis
import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.limits import RedisLimits
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.presence import RedisPresence
from teahouse.model.gcra import Bucket, Rate
from teahouse.model.people import Availability
from teahouse.ports.broker import Hint
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

ALICE = Availability("u1", "Alice", at=1)
ADA = Bucket("passwords", "here ada", Rate(1 / 60, 3))


class Node:
    def __init__(self, options: RedisOptions) -> None:
        self.redis = Redis(options)
        self.limits = RedisLimits(self.redis, SystemClock())

    async def takes(self, times: int = 1) -> int:
        """How many of them get through."""
        return [await self.limits.take(ADA) for _ in range(times)].count(0)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running(tmp_path) as server:
        yield server


@pytest.fixture
async def two(server: RedisServer) -> AsyncIterator[tuple[Node, Node]]:
    await server.ready()
    options = RedisOptions(url=server.url, timeout_s=0.4)
    nodes = Node(options), Node(options)
    for node in nodes:
        await node.redis.start()
        await node.redis.ready()
    yield nodes
    for node in nodes:
        await node.redis.stop()


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(20):
        while not true():  # noqa: ASYNC110 - there is nothing to wait on
            await asyncio.sleep(0.005)


async def test_killed_and_back_empty(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, other = two
    assert await one.takes(2) == 2
    server.kill()
    await until(lambda: not one.redis.connected and not other.redis.connected)
    assert await one.takes(3) == 1  # it remembers what it let through before
    assert await other.takes(5) == 3
    server.start()
    await one.redis.ready()
    await other.redis.ready()
    assert await one.takes() == await other.takes() == 0  # and so it does after
    third = Node(one.redis.options)
    await third.redis.start()
    assert await third.takes(5) == 3
    await third.redis.stop()


async def test_silent(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, _ = two
    server.freeze(True)
    began = time.monotonic()
    assert await one.takes(5) == 3
    await one.limits.give_back(ADA)
    assert await one.takes(2) == 1
    assert time.monotonic() - began < 3
    server.freeze(False)


async def test_refusing(server: RedisServer, two: tuple[Node, Node]) -> None:
    """A replica that was not made the primary, a Redis that is full: it says so, and the node goes by its own count."""
    one, other = two
    server.say("CONFIG", "SET", "min-replicas-to-write", "1")
    assert await one.takes(5) == 3
    await one.limits.give_back(ADA)
    server.say("CONFIG", "SET", "min-replicas-to-write", "0")
    assert await other.takes(2) == 2
    assert await one.takes() == 1
    assert await other.takes() == 0


async def test_a_clock_that_went_back(server: RedisServer, two: tuple[Node, Node]) -> None:
    """After it nobody waits longer than an empty bucket does."""
    one, other = two
    later = int((time.time() + 86_400) * 1_000_000)
    server.say("SET", "teahouse:limits:passwords:here ada", str(later))
    assert 0 < await one.limits.take(ADA) <= 60
    assert 0 < await other.limits.take(ADA) <= 60


RIGHTS = (
    "'~teahouse:*' '&teahouse:*' -@all +hello +auth +ping +select +eval +evalsha +time +get +set +del +exists +incr "
    "+pexpire +hget +hset +hdel +hgetall +zadd +zrem +zrange +spublish +ssubscribe +sunsubscribe"
)
"""What docs/how-to/redis.md says a server needs."""


def test_the_rights_are_documented() -> None:
    page = Path("docs/how-to/redis.md").read_text().replace("\\\n", " ")
    assert RIGHTS in " ".join(page.split())


async def test_the_rights_that_are_documented_are_enough(server: RedisServer) -> None:
    await server.ready()
    server.say("ACL", "SETUSER", "tea", "on", ">secret", *shlex.split(RIGHTS))
    options = RedisOptions(url=server.url.replace("redis://", "redis://tea:secret@"))
    one, other = Node(options), Node(options)
    for node in (one, other):
        await node.redis.start()
        await node.redis.ready()
    presence, heard = RedisPresence(one.redis, SystemClock(), "a"), asyncio.Event()
    brokers = RedisBroker(one.redis, "a"), RedisBroker(other.redis, "b")
    brokers[0].listen(lambda hint: heard.set(), lambda: None)
    brokers[0].subscribe("c")
    await brokers[0].settled()
    brokers[1].publish([Hint("b", "c", upto=1)])
    async with asyncio.timeout(5):
        await heard.wait()
    await presence.touch(ALICE)
    assert await presence.claim("alice", "u1") == "u1"
    there = RedisPresence(other.redis, SystemClock(), "b")
    assert await there.everyone(10) == [ALICE]
    assert await there.holder("alice") == "u1"
    await presence.drop("u1")
    assert [await other.takes(2), await one.takes(2)] == [2, 1]
    await one.limits.give_back(ADA)
    server.say("ACL", "SETUSER", "tea", "-get")  # without one of them each node has its own count
    assert await one.takes(5) == 3
    for book in (presence, there):
        with suppress(hiredis.ReplyError):
            await book.stop()
    for node in (one, other):
        await node.redis.stop()
