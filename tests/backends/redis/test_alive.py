"""A node that is killed, or stands still for a while, as the others see it: a process that holds one user."""

import asyncio
import os
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.presence import RedisPresence
from teahouse.model.people import Availability
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

ALICE, BOB = Availability("u1", "Alice", at=1), Availability("u2", "Bob", at=2)
_NODE = """
import asyncio, sys
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.presence import RedisPresence
from teahouse.model.people import Availability

async def main():
    redis = Redis(RedisOptions(url=sys.argv[1], prefix=sys.argv[2], alive_s=0.9, timeout_s=5.0))
    await redis.start()
    await redis.ready()
    book = RedisPresence(redis, ManualClock(), "other")
    await book.touch(Availability("u1", "Alice", at=1))
    await book.claim("alice", "u1")
    await asyncio.sleep(60)

asyncio.run(main())
"""
_prefixes = count(1)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running(tmp_path_factory.mktemp("redis")) as server:
        yield server


def _other(url: str, prefix: str) -> "subprocess.Popen[bytes]":
    return subprocess.Popen([sys.executable, "-c", _NODE, url, prefix])


class Two:
    """The book of this process, and a process that holds alice."""

    def __init__(self, book: RedisPresence, process: "subprocess.Popen[bytes]") -> None:
        self.book = book
        self.process = process

    async def until(self, true: Callable[[], Awaitable[bool]]) -> None:
        async with asyncio.timeout(20):
            while not await true():  # noqa: ASYNC110 - another process
                await asyncio.sleep(0.02)

    async def is_there(self) -> bool:
        return await self.book.everyone(9) == [ALICE, BOB] and await self.book.holder("alice") == "u1"

    async def is_gone(self) -> bool:
        return await self.book.everyone(9) == [BOB] and not await self.book.locate(["u1"])


@pytest.fixture
async def two(server: RedisServer, tmp_path: Path) -> AsyncIterator[Two]:
    await server.ready()
    prefix = f"alive{next(_prefixes)}"
    redis = Redis(RedisOptions(url=server.url, prefix=prefix, alive_s=0.9, timeout_s=5.0))
    await redis.start()
    await redis.ready()
    process = _other(server.url, prefix)
    two = Two(RedisPresence(redis, ManualClock(), "this"), process)
    try:
        await two.book.touch(BOB)
        await two.until(two.is_there)
        yield two
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        await two.book.stop()
        await redis.stop()


async def test_who_was_on_a_node_that_was_killed_is_gone_with_it(two: Two) -> None:
    two.process.kill()
    await two.until(two.is_gone)
    assert await two.book.claim("alice", "u3") == "u3"


async def test_a_node_that_stood_still_is_seen_again_with_its_people(two: Two) -> None:
    two.process.send_signal(signal.SIGSTOP)
    await two.until(two.is_gone)
    two.process.send_signal(signal.SIGCONT)
    await two.until(two.is_there)


async def test_who_is_on_two_nodes_stays_when_one_is_gone(two: Two) -> None:
    await two.book.touch(Availability("u1", "Alice", at=9))
    two.process.send_signal(signal.SIGSTOP)
    await asyncio.sleep(1.2)
    assert (await two.book.locate(["u1"]))["u1"].at == 9
    await two.book.drop("u1")  # the other one cannot say that it has her, too
    assert await two.is_gone()
    two.process.send_signal(signal.SIGCONT)
    await two.until(two.is_there)
