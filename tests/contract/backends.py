"""The backends that the contract suite runs over, one factory each.

A new backend joins by adding its factory to STORES, BOOKS or HUBS. One that needs an engine gets
`pytest.mark.service` there.
"""

import asyncio
import dataclasses
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Protocol
from uuid import uuid4

import pytest
from _pytest.mark import ParameterSet

from teahouse.app.filing import FilesOfStore
from teahouse.backends.cached.caches import Around, Behind, Caches
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.accounts import MemoryAccounts, MemoryLogins, MemoryVouchers
from teahouse.backends.memory.audit import MemoryAudit
from teahouse.backends.memory.bots import MemoryBots, MemoryHooks
from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.copies import MemoryCopies
from teahouse.backends.memory.cursors import MemoryCursors
from teahouse.backends.memory.deliveries import MemoryDeliveries
from teahouse.backends.memory.desk import MemoryLibrary, MemoryStaff, MemoryTickets, MemoryVisitors
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.entrance import MemoryLinks, MemoryRequests
from teahouse.backends.memory.erasures import MemoryErasures
from teahouse.backends.memory.files import MemoryFiles
from teahouse.backends.memory.finder import MemoryFinder
from teahouse.backends.memory.ids import MemoryIds
from teahouse.backends.memory.inventory import MemoryInventory
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.later import MemoryHidden, MemoryLogIndex, MemoryPreferences, MemorySchedules
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.outlets import MemoryOutlets
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.providers import MemoryPasses, MemorySubjects
from teahouse.backends.memory.push import MemoryNotifications, MemoryPushDevices
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.reports import MemoryReports
from teahouse.backends.memory.stays import MemoryStays
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.recent.cursors import RecentCursors
from teahouse.backends.recent.erasures import ForgetfulErasures
from teahouse.backends.recent.log import RecentLog
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.place import place_of
from teahouse.backends.redis.presence import RedisPresence
from teahouse.backends.sql.store import SqlStore
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.ports.accounts import Accounts, Erasures, Logins, Vouchers
from teahouse.ports.audit import Audit
from teahouse.ports.bots import Bots, Hooks
from teahouse.ports.broker import Broker, Hint
from teahouse.ports.cursors import Cursors
from teahouse.ports.deliveries import Deliveries
from teahouse.ports.desk import Library, Staff, Tickets, Visitors
from teahouse.ports.directory import Directory, Users
from teahouse.ports.entrance import Links, Requests
from teahouse.ports.hidden import Hidden
from teahouse.ports.ids import Ids
from teahouse.ports.inventory import Inventory
from teahouse.ports.jobs import DeadLetters, JobQueue
from teahouse.ports.log import MessageLog
from teahouse.ports.log_index import LogIndex
from teahouse.ports.outlets import Outlets
from teahouse.ports.preferences import PreferenceBook
from teahouse.ports.presence import PresenceBook
from teahouse.ports.providers import Passes, Subjects
from teahouse.ports.push import NotificationBook, PushDevices
from teahouse.ports.relations import Relations
from teahouse.ports.reports import Reports
from teahouse.ports.schedules import Schedules
from teahouse.ports.search import Finder
from teahouse.ports.stays import Stays
from tests.support.mongo import drop, failing, shared
from tests.support.redis import RedisServer
from tests.support.sql import SqlPlace

_prefixes = count(1)  # tests that share a Redis do not share keys


class JobsOfStore(JobQueue, DeadLetters, Protocol):
    """Both ports are one table."""


@dataclass
class Store:
    """A store under test. `writable(False)` takes away what it writes to, `writable(True)` gives it back;
    `reopen` starts it again on the same data, None where nothing is kept."""

    log: MessageLog
    users: Users
    directory: Directory
    cursors: Cursors
    accounts: Accounts
    logins: Logins
    vouchers: Vouchers
    finder: Finder
    files: FilesOfStore
    erasures: Erasures
    relations: Relations
    links: Links
    requests: Requests
    reports: Reports
    subjects: Subjects
    passes: Passes
    jobs: JobsOfStore
    schedules: Schedules
    hidden: Hidden
    preferences: PreferenceBook
    index: LogIndex
    audit: Audit
    bots: Bots
    hooks: Hooks
    deliveries: Deliveries
    stays: Stays
    inventory: Inventory
    ids: Ids
    tickets: Tickets
    staff: Staff
    visitors: Visitors
    library: Library
    outlets: Outlets
    push_devices: PushDevices
    notifications: NotificationBook
    writable: Callable[[bool], Awaitable[None]]
    reopen: Callable[[], Awaitable[None]] | None


PORTS = [field.name for field in dataclasses.fields(Store) if field.name not in ("writable", "reopen")]


@asynccontextmanager
async def memory_store(data: Path) -> AsyncIterator[Store]:
    truth = MemoryStore()

    async def writable(on: bool) -> None:
        truth.failure = None if on else "a test took the memory away"

    yield Store(
        log=MemoryLog(truth),
        users=MemoryUsers(truth),
        directory=MemoryDirectory(truth),
        cursors=MemoryCursors(truth),
        accounts=MemoryAccounts(truth),
        logins=MemoryLogins(truth),
        vouchers=MemoryVouchers(truth),
        erasures=MemoryErasures(truth),
        finder=MemoryFinder(truth),
        files=MemoryFiles(truth),
        relations=MemoryRelations(truth),
        links=MemoryLinks(truth),
        requests=MemoryRequests(truth),
        reports=MemoryReports(truth),
        subjects=MemorySubjects(truth),
        passes=MemoryPasses(truth),
        jobs=MemoryJobs(truth),
        schedules=MemorySchedules(truth),
        hidden=MemoryHidden(truth),
        preferences=MemoryPreferences(truth),
        index=MemoryLogIndex(truth),
        audit=MemoryAudit(truth),
        bots=MemoryBots(truth),
        hooks=MemoryHooks(truth),
        deliveries=MemoryDeliveries(truth),
        stays=MemoryStays(truth),
        inventory=MemoryInventory(truth),
        ids=MemoryIds(truth),
        tickets=MemoryTickets(truth),
        staff=MemoryStaff(truth),
        visitors=MemoryVisitors(truth),
        library=MemoryLibrary(truth),
        outlets=MemoryOutlets(truth),
        push_devices=MemoryPushDevices(truth),
        notifications=MemoryNotifications(truth),
        writable=writable,
        reopen=None,
    )


@asynccontextmanager
async def sqlite_store(data: Path) -> AsyncIterator[Store]:
    opened = SqliteStore(data)

    async def writable(on: bool) -> None:
        pragma = Statement(f"PRAGMA query_only = {'off' if on else 'on'}")
        await opened._writer.submit(lambda database, requests, careful: ([pragma], requests), None)

    async def reopen() -> None:
        nonlocal opened
        await opened.close()
        opened = SqliteStore(data)
        for port in PORTS:
            setattr(store, port, getattr(opened, port))

    store = Store(**{port: getattr(opened, port) for port in PORTS}, writable=writable, reopen=reopen)
    yield store
    await opened.close()


@asynccontextmanager
async def recent_store(data: Path) -> AsyncIterator[Store]:
    """SQLite behind short tails, so that reads leave them often."""
    async with sqlite_store(data) as store:
        behind = store.reopen

        def stand_before() -> None:
            log, cursors = RecentLog(store.log, kept=4), RecentCursors(store.cursors, most=3)
            store.log, store.cursors = log, cursors
            store.erasures = ForgetfulErasures(store.erasures, log, cursors)

        async def reopen() -> None:
            assert behind is not None
            await behind()
            stand_before()

        stand_before()
        store.reopen = reopen
        yield store


@asynccontextmanager
async def sql_store(place: SqlPlace) -> AsyncIterator[Store]:
    """The store on a database that is emptied for the test. What takes away that it can be written to is a schema that
    refuses it."""
    options = await place.fresh()
    opened = SqlStore(options)
    await opened.open()

    async def reopen() -> None:
        nonlocal opened
        await opened.close()
        opened = SqlStore(options)
        await opened.open()
        for port in PORTS:
            setattr(store, port, getattr(opened, port))

    store = Store(**{port: getattr(opened, port) for port in PORTS}, writable=place.writable, reopen=reopen)
    yield store
    await place.writable(True)
    await opened.close()


@asynccontextmanager
async def mongo_store(data: Path) -> AsyncIterator[Store]:
    """The history in MongoDB, everything else in memory."""
    from teahouse.backends.mongodb.history import Elsewhere, MongoHistory
    from teahouse.backends.mongodb.options import MongoOptions

    mongo = shared()
    await mongo.ready()
    options = MongoOptions(url=mongo.url, database=f"test-{uuid4().hex}")
    async with AsyncExitStack() as stack:
        store = await stack.enter_async_context(memory_store(data))
        other = Elsewhere(
            **{field.name: getattr(store, field.name) for field in dataclasses.fields(Elsewhere)}
        )
        forget, failure = store.writable, AsyncExitStack()

        async def open_history() -> MongoHistory:
            opened = MongoHistory(options, other)
            await opened.begin()
            for port in ("log", *(name for name in vars(other) if hasattr(opened, name)), "index", "finder"):
                setattr(store, port, getattr(opened, port))
            return opened

        opened = await open_history()

        async def writable(on: bool) -> None:
            await forget(on)
            await failure.aclose()
            if not on:
                await failure.enter_async_context(failing(mongo.url))

        async def reopen() -> None:
            nonlocal opened
            await opened.close()
            opened = await open_history()

        store.writable, store.reopen = writable, reopen
        try:
            yield store
        finally:
            await failure.aclose()
            await opened.close()
            if not mongo.own:
                await drop(mongo.url, options.database)


@asynccontextmanager
async def cached_store(data: Path) -> AsyncIterator[Store]:
    """Memory behind caches of two values each, so that reads leave them often, and all nodes' copies behind those."""
    async with memory_store(data) as store:
        behind = Behind(**{field.name: getattr(store, field.name) for field in dataclasses.fields(Behind)})
        clock = SystemClock()
        caches = Caches(behind, Around(clock, MemoryCopies(clock)), CacheOptions(most=2))
        for name in vars(behind):
            if hasattr(caches, name):
                setattr(store, name, getattr(caches, name))
        yield store


STORES: dict[str, Callable[[Path], AbstractAsyncContextManager[Store]]] = {
    "memory": memory_store,
    "sqlite": sqlite_store,
    "recent": recent_store,
    "cached": cached_store,
    "mongodb": mongo_store,
}

DATABASES = ("mariadb", "postgresql")
"""Stores on a server that the tests start (conftest.py)."""


@dataclass
class Books:
    """Presence on several nodes. `expire` lets so much time pass that a silent node counts no more."""

    node: Callable[[str], Awaitable[PresenceBook]]
    expire: Callable[[], Awaitable[None]]


@asynccontextmanager
async def memory_books() -> AsyncIterator[Books]:
    clock, book = ManualClock(), SharedBook()

    async def expire() -> None:
        clock.advance(301)

    async def node(name: str) -> PresenceBook:
        return MemoryPresence(clock, name, book)

    yield Books(node, expire)


BOOKS: dict[str, Callable[[], AbstractAsyncContextManager[Books]]] = {"memory": memory_books}


@asynccontextmanager
async def redis_books(server: RedisServer) -> AsyncIterator[Books]:
    """Each node has a connection of its own. `expire` lets all fall silent but those who speak."""
    await server.ready()
    clients: list[Redis] = []
    books: list[RedisPresence] = []
    options = RedisOptions(url=server.url, prefix=f"t{next(_prefixes)}", presence_s=0.6)

    async def node(name: str) -> PresenceBook:
        redis = Redis(options)
        clients.append(redis)
        await redis.start()
        await redis.ready()
        books.append(RedisPresence(redis, ManualClock(), name))
        return books[-1]

    async def expire() -> None:
        for book in books:
            if book._task is not None:
                book._task.cancel()  # as if the process were gone
        await asyncio.sleep(0.9)

    yield Books(node, expire)
    for book in books:
        await book.stop()
    for redis in clients:
        await redis.stop()


@dataclass
class Nodes:
    """Brokers of several nodes, and what each heard. `cut` takes a node's connection away, `mend` gives it back; both
    return when the node knows. `lost` has what `connected` was at each call of B4."""

    broker: Callable[[str], Awaitable[Broker]]
    cut: Callable[[str], Awaitable[None]]
    mend: Callable[[str], Awaitable[None]]
    heard: dict[str, list[Hint]] = field(default_factory=dict)
    lost: dict[str, list[bool]] = field(default_factory=dict)

    async def node(self, name: str, *subscribed: str) -> Broker:
        broker = await self.broker(name)
        lost = self.lost.setdefault(name, [])
        broker.listen(self.heard.setdefault(name, []).append, lambda: lost.append(broker.connected))
        for subject in subscribed:
            broker.subscribe(subject)
        await broker.settled()
        return broker


@asynccontextmanager
async def memory_nodes() -> AsyncIterator[Nodes]:
    hub = MemoryHub()

    async def broker(name: str) -> Broker:
        return hub.broker(name)

    async def cut(name: str) -> None:
        hub.cut(name)

    async def mend(name: str) -> None:
        hub.mend(name)

    yield Nodes(broker, cut, mend)


@asynccontextmanager
async def redis_nodes(server: RedisServer) -> AsyncIterator[Nodes]:
    """Each node has a connection of its own; it is cut by Redis, and kept away by a client that cannot find it."""
    await server.ready()
    clients: dict[str, Redis] = {}
    options = RedisOptions(url=server.url, prefix=f"t{next(_prefixes)}")

    async def broker(name: str) -> Broker:
        redis = clients[name] = Redis(options)
        await redis.start()
        await redis.ready()
        return RedisBroker(redis, name)

    async def cut(name: str) -> None:
        clients[name]._place = place_of("redis://127.0.0.1:1")
        line = clients[name]._line
        assert line is not None
        line.close()
        while clients[name].connected:  # noqa: ASYNC110 - what a client knows has nothing to wait on
            await asyncio.sleep(0.001)

    async def mend(name: str) -> None:
        clients[name]._place = place_of(server.url)
        await clients[name].ready()

    yield Nodes(broker, cut, mend)
    for redis in clients.values():
        await redis.stop()


HUBS: dict[str, Callable[[], AbstractAsyncContextManager[Nodes]]] = {"memory": memory_nodes}

SERVICES: frozenset[str] = frozenset({"rabbitmq", "redis", "mongodb", *DATABASES})
"""Backends that need a running engine."""


def parameters(names: Iterable[str]) -> list[ParameterSet]:
    """`names` as the parameters of a test."""
    marks = {name: [pytest.mark.service] if name in SERVICES else [] for name in names}
    return [pytest.param(name, marks=marks[name]) for name in names]
