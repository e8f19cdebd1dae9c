"""Copies in a Redis that is killed, or answers no more (C4): nobody waits for it, and nothing old comes back."""

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.copies import RedisCopies
from teahouse.backends.redis.options import RedisOptions
from teahouse.ports.copies import Taken
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

WAIT_S = 0.1
_prefixes = count(1)


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RedisServer]:
    with running(tmp_path) as server:
        yield server


class Node:
    def __init__(self, options: RedisOptions) -> None:
        self.redis = Redis(options)
        self.copies = RedisCopies(self.redis, WAIT_S)

    async def put(self, name: str, value: bytes) -> None:
        taken = await self.copies.take(name)
        assert taken.lease is not None
        self.copies.put(name, taken.lease, value, 100)
        assert await self.value(name) == value

    async def value(self, name: str) -> bytes | None:
        return (await self.copies.take(name)).value


@pytest.fixture
async def two(server: RedisServer) -> AsyncIterator[tuple[Node, Node]]:
    await server.ready()
    options = RedisOptions(url=server.url, prefix=f"copies{next(_prefixes)}", timeout_s=0.5)
    nodes = Node(options), Node(options)
    for node in nodes:
        await node.redis.start()
        await node.redis.ready()
    yield nodes
    for node in nodes:
        await node.copies.stop()
        await node.redis.stop()


async def until(true: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(20):
        while not await true():  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.02)


async def taking_s(node: Node) -> float:
    begun = time.monotonic()
    assert await node.copies.take("other") == Taken()
    return time.monotonic() - begun


async def test_a_dead_redis_has_nothing_at_once(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, _ = two
    await one.put("a", b"1")
    server.kill()
    assert await one.copies.take("a") == Taken()
    for _ in range(100):
        assert await taking_s(one) < WAIT_S / 2
    server.start()
    await until(lambda: _leases(one))


async def _leases(node: Node) -> bool:
    return (await node.copies.take("other")).lease is not None


async def test_a_silent_redis_is_waited_for_a_little_and_then_left_alone(
    server: RedisServer, two: tuple[Node, Node]
) -> None:
    one, _ = two
    server.freeze(True)
    begun = time.monotonic()
    taken = await asyncio.gather(*(one.copies.take(f"n{n}") for n in range(1000)))
    assert taken == [Taken()] * 1000
    assert time.monotonic() - begun < 1
    assert await taking_s(one) < WAIT_S / 2  # it is left alone now
    server.freeze(False)
    await until(lambda: _leases(one))


async def test_what_was_changed_while_it_was_silent_is_not_taken_from_it_after(
    server: RedisServer, two: tuple[Node, Node]
) -> None:
    one, other = two
    await one.put("a", b"old")
    server.freeze(True)
    await one.copies.hold(["a"])
    server.freeze(False)
    assert await one.copies.take("a") == Taken()  # whatever Redis says: it may have heard nothing of it
    one.copies.drop(["a"])
    await until(lambda: _leases_of(other, "a"))
    await until(lambda: _is_not_owed(one))
    assert await other.value("a") is None


async def test_what_was_changed_while_it_was_away_is_dropped_when_it_is_back(
    server: RedisServer, two: tuple[Node, Node]
) -> None:
    """It is away for one node only."""
    one, other = two
    await one.put("a", b"old")
    line = one.redis._line
    assert line is not None
    line.close()
    await one.copies.hold(["a"])
    one.copies.drop(["a"])
    await until(lambda: _is_not_owed(one))
    assert await other.value("a") is None


async def _leases_of(node: Node, name: str) -> bool:
    return (await node.copies.take(name)).lease is not None


async def _is_not_owed(node: Node) -> bool:
    return not node.copies._owed


async def test_a_redis_that_refuses_is_left_alone(server: RedisServer, two: tuple[Node, Node]) -> None:
    one, _ = two
    server.say("CONFIG", "SET", "maxmemory", "1")
    for _ in range(20):
        assert await one.copies.take("a") == Taken()
    await one.copies.hold(["a"])
    one.copies.drop(["a"])
    server.say("CONFIG", "SET", "maxmemory", "0")
    await until(lambda: _leases_of(one, "a"))
