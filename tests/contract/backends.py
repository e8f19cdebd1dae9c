"""The backends that the contract suite runs over, one factory each.

A new backend joins by adding its factory to STORES, BOOKS or HUBS. One that needs an engine gets
`pytest.mark.service` there.
"""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.mark import ParameterSet

from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.cursors import MemoryCursors
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.later import MemoryHidden, MemoryLogIndex, MemoryPreferences, MemorySchedules
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.ports.broker import Broker, Hint
from teahouse.ports.cursors import Cursors
from teahouse.ports.directory import Directory, Users
from teahouse.ports.log import MessageLog
from teahouse.ports.presence import PresenceBook


@dataclass
class Store:
    """A store under test. `writable(False)` takes away what it writes to, `writable(True)` gives it back;
    `reopen` starts it again on the same data, None where nothing is kept."""

    log: MessageLog
    users: Users
    directory: Directory
    cursors: Cursors
    writable: Callable[[bool], Awaitable[None]]
    reopen: Callable[[], Awaitable[None]] | None
    later: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, port: str) -> Any:
        """Ports by name that only their own tests ask for: `jobs`, `schedules`, `hidden`, `preferences`, `index`."""
        try:
            return self.__dict__["later"][port]
        except KeyError:
            raise AttributeError(port) from None


@asynccontextmanager
async def memory_store(data: Path) -> AsyncIterator[Store]:
    truth = MemoryStore()

    async def writable(on: bool) -> None:
        truth.failure = None if on else "a test took the memory away"

    later = {
        "jobs": MemoryJobs(truth),
        "schedules": MemorySchedules(truth),
        "hidden": MemoryHidden(truth),
        "preferences": MemoryPreferences(truth),
        "index": MemoryLogIndex(truth),
    }
    yield Store(
        MemoryLog(truth),
        MemoryUsers(truth),
        MemoryDirectory(truth),
        MemoryCursors(truth),
        writable,
        None,
        later,
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
        store.log, store.users = opened.log, opened.users
        store.directory, store.cursors = opened.directory, opened.cursors
        store.later = later_of(opened)

    store = Store(
        opened.log, opened.users, opened.directory, opened.cursors, writable, reopen, later_of(opened)
    )
    yield store
    await opened.close()


def later_of(opened: SqliteStore) -> dict[str, Any]:
    return {name: getattr(opened, name) for name in ("jobs", "schedules", "hidden", "preferences", "index")}


STORES: dict[str, Callable[[Path], AbstractAsyncContextManager[Store]]] = {
    "memory": memory_store,
    "sqlite": sqlite_store,
}


@dataclass
class Books:
    """Presence on several nodes. `expire` lets so much time pass that a silent node counts no more."""

    node: Callable[[str], PresenceBook]
    expire: Callable[[], Awaitable[None]]


@asynccontextmanager
async def memory_books() -> AsyncIterator[Books]:
    clock, book = ManualClock(), SharedBook()

    async def expire() -> None:
        clock.advance(301)

    yield Books(lambda name: MemoryPresence(clock, name, book), expire)


BOOKS: dict[str, Callable[[], AbstractAsyncContextManager[Books]]] = {"memory": memory_books}


@dataclass
class Nodes:
    """Brokers of several nodes, and what each heard."""

    broker: Callable[[str], Broker]
    heard: dict[str, list[Hint]] = field(default_factory=dict)

    def node(self, name: str, *subscribed: str) -> Broker:
        broker = self.broker(name)
        broker.listen(self.heard.setdefault(name, []).append)
        for conversation in subscribed:
            broker.subscribe(conversation)
        return broker


@asynccontextmanager
async def memory_nodes() -> AsyncIterator[Nodes]:
    yield Nodes(MemoryHub().broker)


HUBS: dict[str, Callable[[], AbstractAsyncContextManager[Nodes]]] = {"memory": memory_nodes}

SERVICES: frozenset[str] = frozenset()
"""Backends that need a running engine."""


def parameters(names: Iterable[str]) -> list[ParameterSet]:
    """`names` as the parameters of a test."""
    marks = {name: [pytest.mark.service] if name in SERVICES else [] for name in names}
    return [pytest.param(name, marks=marks[name]) for name in names]
