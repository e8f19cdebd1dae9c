"""The stores: the ports on the backend the settings choose, for the engine and for identity.

Called by compose.py. On a shared store nothing is kept in front of it that another node might change (backends/recent).
"""

import dataclasses
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TYPE_CHECKING

from teahouse.app.caching import behind_caches
from teahouse.app.calls import Calls
from teahouse.app.desk import DeskBooks
from teahouse.app.filing import FilesOfStore, open_filing
from teahouse.app.history import history_on
from teahouse.app.identity import registry_on
from teahouse.app.jobs import open_jobs
from teahouse.app.outside import open_outgoing, open_review
from teahouse.app.push import PushBooks, open_push
from teahouse.app.screens import open_screens
from teahouse.app.settings import Settings
from teahouse.app.shared import Between, open_between, open_sql
from teahouse.app.vault import sealed, vault_of_directory
from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.accounts import MemoryAccounts, MemoryLogins, MemoryVouchers
from teahouse.backends.memory.audit import MemoryAudit
from teahouse.backends.memory.bots import MemoryBots, MemoryHooks
from teahouse.backends.memory.cursors import MemoryCursors
from teahouse.backends.memory.deliveries import MemoryDeliveries
from teahouse.backends.memory.desk import MemoryLibrary, MemoryStaff, MemoryTickets, MemoryVisitors
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.entrance import MemoryLinks, MemoryRequests
from teahouse.backends.memory.erasures import MemoryErasures
from teahouse.backends.memory.files import MemoryFiles
from teahouse.backends.memory.finder import MemoryFinder
from teahouse.backends.memory.inventory import MemoryInventory
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.later import MemoryHidden, MemoryLogIndex, MemoryPreferences, MemorySchedules
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.outlets import MemoryOutlets
from teahouse.backends.memory.providers import MemoryPasses, MemorySubjects
from teahouse.backends.memory.push import MemoryNotifications, MemoryPushDevices
from teahouse.backends.memory.relations import MemoryRelations
from teahouse.backends.memory.reports import MemoryReports
from teahouse.backends.memory.stays import MemoryStays
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemorySpent, MemoryVault
from teahouse.backends.recent.cursors import RecentCursors
from teahouse.backends.recent.erasures import ForgetfulErasures
from teahouse.backends.recent.log import RecentLog
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.stores import Stores
from teahouse.identity.registry import Registry
from teahouse.ports.clock import Clock
from teahouse.ports.ids import Ids
from teahouse.ports.vault import Vault

if TYPE_CHECKING:
    from teahouse.backends.sql.store import SqlStore


async def open_stores(
    settings: Settings, node: str, calls: Calls, stack: AsyncExitStack
) -> tuple[Stores, Registry, DeskBooks]:
    """Opened here, closed by `stack`."""
    clock = SystemClock()
    between = await open_between(settings, node, clock, stack)
    files: FilesOfStore
    ids: Ids | None = None
    if settings.store.kind == "memory":
        memory = MemoryStore()
        stores, registry = _in_memory(memory, between, clock)
        files = MemoryFiles(memory)
        desk = _desk_in_memory(memory)
        books = PushBooks(MemoryPushDevices(memory), MemoryNotifications(memory), registry.vault)
    elif settings.store.kind == "sql":
        sql = await open_sql(settings, stack)
        vault = sealed(settings, sql.vault)
        stores, registry = _on(sql, between, clock, vault)
        registry = dataclasses.replace(registry, spent=sql.spent)
        files, ids, desk = sql.files, sql.ids, _desk_on(sql)
        books = PushBooks(sql.push_devices, sql.notifications, registry.vault)
    else:
        sqlite = SqliteStore(Path(settings.data), settings.sqlite)
        stack.push_async_callback(sqlite.close)
        sqlite.indexer.wake()  # there may be something from before a crash, or all of an older version
        stores, registry = _on(sqlite, between, clock, vault_of_directory(settings))
        files, desk = sqlite.files, _desk_on(sqlite)
        books = PushBooks(sqlite.push_devices, sqlite.notifications, registry.vault)
        if settings.sqlite.recent_mib and not settings.mongodb.url:  # other nodes may write there
            stores, registry = _remembering(settings.sqlite.recent_mib, stores, registry)
    stores, registry, files = history_on(settings, stores, registry, files, stack)
    stores = dataclasses.replace(stores, filing=open_filing(settings, files, clock, stack))
    if ids is not None and settings.cache.enabled:
        stores, registry = behind_caches(settings, (stores, registry, files, ids), between, stack)
    return await _with_helpers(settings, stores, books, calls, stack), registry, desk


async def _with_helpers(
    settings: Settings, stores: Stores, books: PushBooks, calls: Calls, stack: AsyncExitStack
) -> Stores:
    """The same with what is no port of the store, but stands beside it."""
    assert stores.outlets is not None
    return dataclasses.replace(
        stores,
        push=await open_push(settings, books, stores.clock, stack, calls.away),
        screens=open_screens(settings.moderation),
        outgoing=open_outgoing(settings, stores.outlets, calls),
        review=open_review(settings, stack),
        jobs=open_jobs(settings.jobs, stores.jobs, stack),
    )


def _in_memory(memory: MemoryStore, between: Between, clock: Clock) -> tuple[Stores, Registry]:
    stores = Stores(
        log=MemoryLog(memory),
        users=MemoryUsers(memory),
        directory=MemoryDirectory(memory),
        cursors=MemoryCursors(memory),
        presence=between.presence,
        broker=between.broker,
        clock=clock,
        finder=MemoryFinder(memory),
        relations=MemoryRelations(memory),
        links=MemoryLinks(memory),
        requests=MemoryRequests(memory),
        reports=MemoryReports(memory),
        jobs=MemoryJobs(memory),
        letters=MemoryJobs(memory),
        limits=between.limits,
        schedules=MemorySchedules(memory),
        hidden=MemoryHidden(memory),
        preferences=MemoryPreferences(memory),
        index=MemoryLogIndex(memory),
        audit=MemoryAudit(memory),
        bots=MemoryBots(memory),
        hooks=MemoryHooks(memory),
        deliveries=MemoryDeliveries(memory),
        stays=MemoryStays(memory),
        inventory=MemoryInventory(memory),
        outlets=MemoryOutlets(memory),
    )
    return stores, _registry_in_memory(memory, stores)


def _desk_in_memory(memory: MemoryStore) -> DeskBooks:
    return DeskBooks(
        MemoryTickets(memory), MemoryStaff(memory), MemoryVisitors(memory), MemoryLibrary(memory)
    )


def _desk_on(store: "SqliteStore | SqlStore") -> DeskBooks:
    return DeskBooks(store.tickets, store.staff, store.visitors, store.library)


def _registry_in_memory(memory: MemoryStore, stores: Stores) -> Registry:
    return Registry(
        accounts=MemoryAccounts(memory),
        logins=MemoryLogins(memory),
        vouchers=MemoryVouchers(memory),
        erasures=MemoryErasures(memory),
        users=stores.users,
        directory=stores.directory,
        log=stores.log,
        presence=stores.presence,
        clock=stores.clock,
        subjects=MemorySubjects(memory),
        passes=MemoryPasses(memory),
        vault=MemoryVault(memory),
        spent=MemorySpent(memory),
        limits=stores.limits,
        audit=stores.audit,
    )


def _on(
    store: "SqliteStore | SqlStore", between: Between, clock: Clock, vault: Vault
) -> tuple[Stores, Registry]:
    stores = Stores(
        log=store.log,
        users=store.users,
        directory=store.directory,
        cursors=store.cursors,
        presence=between.presence,
        broker=between.broker,
        clock=clock,
        finder=store.finder,
        relations=store.relations,
        links=store.links,
        requests=store.requests,
        reports=store.reports,
        jobs=store.jobs,
        letters=store.jobs,
        limits=between.limits,
        spending=between.spending,
        schedules=store.schedules,
        hidden=store.hidden,
        preferences=store.preferences,
        index=store.index,
        audit=store.audit,
        bots=store.bots,
        hooks=store.hooks,
        deliveries=store.deliveries,
        stays=store.stays,
        inventory=store.inventory,
        outlets=store.outlets,
    )
    return stores, registry_on(store, store.log, between.presence, between.limits, clock, vault)


def _remembering(mib: int, stores: Stores, registry: Registry) -> tuple[Stores, Registry]:
    """The same with what is new in memory: nobody else writes to the file, for the store holds its lock."""
    log = RecentLog(stores.log, most_bytes=mib * 2**20)
    cursors = RecentCursors(stores.cursors)
    erasures = ForgetfulErasures(registry.erasures, log, cursors)
    return (
        dataclasses.replace(stores, log=log, cursors=cursors),
        dataclasses.replace(registry, log=log, erasures=erasures),
    )
