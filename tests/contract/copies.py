"""What the contract suite of CommonCopies runs over: several nodes that share copies, and a way to let time pass."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import count

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.copies import MemoryCopies
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.copies import RedisCopies
from teahouse.backends.redis.options import RedisOptions
from teahouse.ports.copies import CommonCopies
from tests.support.redis import RedisServer

_prefixes = count(1)


@dataclass
class Commons:
    """`node` makes one more; `rest` lets so many seconds pass, for values and leases."""

    node: Callable[[], Awaitable[CommonCopies]]
    rest: Callable[[float], Awaitable[None]]


@asynccontextmanager
async def memory_commons() -> AsyncIterator[Commons]:
    clock = ManualClock()
    copies = MemoryCopies(clock)

    async def node() -> CommonCopies:
        return copies

    async def rest(seconds: float) -> None:
        clock.advance(seconds)

    yield Commons(node, rest)


@asynccontextmanager
async def redis_commons(server: RedisServer) -> AsyncIterator[Commons]:
    """Each node has a connection of its own."""
    await server.ready()
    clients: list[Redis] = []
    options = RedisOptions(url=server.url, prefix=f"copies{next(_prefixes)}")

    async def node() -> CommonCopies:
        clients.append(redis := Redis(options))
        await redis.start()
        await redis.ready()
        return RedisCopies(redis, wait_s=2.0)

    try:
        yield Commons(node, asyncio.sleep)
    finally:
        for redis in clients:
            await redis.stop()


COMMONS: dict[str, Callable[[], AbstractAsyncContextManager[Commons]]] = {"memory": memory_commons}
