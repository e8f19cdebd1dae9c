"""What the contract suite of Limits runs over: several nodes that share allowances, and a way to let time pass."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import count

from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.memory.spending import MemorySpending
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.limits import RedisLimits
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.spending import RedisSpending
from teahouse.ports.limits import Limits, Spending
from tests.support.redis import RedisServer

_prefixes = count(1)


@dataclass
class Shared:
    """`node` makes one more, `spender` one of those that spend; `rest` lets so many seconds pass; `kept` counts the
    buckets that are not forgotten."""

    node: Callable[[], Awaitable[Limits]]
    spender: Callable[[], Awaitable[Spending]]
    rest: Callable[[float], Awaitable[None]]
    kept: Callable[[], Awaitable[int]]


@asynccontextmanager
async def memory_limits() -> AsyncIterator[Shared]:
    clock = ManualClock()
    limits, spending = MemoryLimits(clock), MemorySpending(clock)

    async def node() -> Limits:
        return limits

    async def spender() -> Spending:
        return spending

    async def rest(seconds: float) -> None:
        clock.advance(seconds)

    async def kept() -> int:
        for arrivals in limits._kinds.values():
            arrivals._sweep_at = 0
            arrivals.sweep(clock.monotonic())
        await spending.spend([])
        return sum(map(len, limits._kinds.values())) + len(spending._full)

    yield Shared(node, spender, rest, kept)


@asynccontextmanager
async def redis_limits(server: RedisServer) -> AsyncIterator[Shared]:
    """Each node has a connection of its own."""
    await server.ready()
    clients: list[Redis] = []
    options = RedisOptions(url=server.url, prefix=f"limits{next(_prefixes)}")

    async def connected() -> Redis:
        clients.append(redis := Redis(options))
        await redis.start()
        await redis.ready()
        return redis

    async def node() -> Limits:
        return RedisLimits(await connected(), SystemClock())

    async def spender() -> Spending:
        return RedisSpending(await connected())

    async def kept() -> int:
        return len(await clients[0].ask("KEYS", f"{options.prefix}:limits:*"))

    try:
        yield Shared(node, spender, asyncio.sleep, kept)
    finally:
        for redis in clients:
            await redis.stop()


LIMITS: dict[str, Callable[[], AbstractAsyncContextManager[Shared]]] = {"memory": memory_limits}
