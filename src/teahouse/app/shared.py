"""What several nodes share: the SQL store, and Redis between them. A part of stores.py.

Rule: their drivers are an extra, and heavy; nothing here is imported before the settings ask for it. What keeps a
server from starting is CannotShare, whichever engine it is.
"""

from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teahouse.app.engines import NEEDED
from teahouse.app.filing import CannotShare
from teahouse.app.settings import Settings
from teahouse.backends.memory.broker import MemoryBroker, MemoryHub
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.backends.memory.presence import MemoryPresence
from teahouse.ports.broker import Broker
from teahouse.ports.clock import Clock
from teahouse.ports.copies import CommonCopies
from teahouse.ports.limits import Limits, Spending
from teahouse.ports.presence import PresenceBook

if TYPE_CHECKING:
    from teahouse.backends.sql.store import SqlStore


@dataclass(frozen=True)
class Between:
    """What nodes have in common besides the store."""

    presence: PresenceBook
    broker: Broker
    limits: Limits
    spending: Spending | None = None
    copies: CommonCopies | None = None


async def open_sql(settings: Settings, stack: AsyncExitStack) -> "SqlStore":
    """The store on the database, its schema up to date."""
    try:
        from teahouse.backends.sql.failures import CannotOpen
        from teahouse.backends.sql.store import SqlStore
    except ImportError as error:
        raise CannotShare(f"store.kind = sql needs drivers that are not installed: {NEEDED}") from error
    try:
        store = SqlStore(settings.sql)
        stack.push_async_callback(store.close)
        await store.open()
    except CannotOpen as error:
        raise CannotShare(str(error)) from error
    return store


async def open_between(settings: Settings, node: str, clock: Clock, stack: AsyncExitStack) -> Between:
    """Who is here on all nodes, what they tell one another, and how much all are asked for. A Redis that is away is
    tried again; a wrong one keeps the server from starting."""
    if settings.broker.kind == "memory":
        return Between(MemoryPresence(clock, node), MemoryBroker(MemoryHub(), node), MemoryLimits(clock))
    try:
        from teahouse.backends.redis.broker import RedisBroker
        from teahouse.backends.redis.client import Redis
        from teahouse.backends.redis.copies import RedisCopies
        from teahouse.backends.redis.limits import RedisLimits
        from teahouse.backends.redis.place import CannotUse
        from teahouse.backends.redis.presence import RedisPresence
        from teahouse.backends.redis.spending import RedisSpending
    except ImportError as error:
        raise CannotShare(f"broker.kind = redis needs a client that is not installed: {NEEDED}") from error
    try:
        redis = Redis(settings.redis, node)
        broker = RedisBroker(redis, node)
        presence = RedisPresence(redis, clock, node)
        await redis.start()
    except CannotUse as error:
        raise CannotShare(str(error)) from error
    stack.push_async_callback(redis.stop)
    stack.push_async_callback(presence.stop)
    copies = RedisCopies(redis, settings.cache.wait_s)
    stack.push_async_callback(copies.stop)
    return Between(presence, broker, RedisLimits(redis, clock), RedisSpending(redis), copies)
