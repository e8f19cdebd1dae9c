"""The message history: in the store that has everything else, or in MongoDB, as the settings say. A part of stores.py
and control.py.

Rule: MongoDB's driver is imported only where `mongodb.url` is set.
"""

import dataclasses
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING

from teahouse.app.filing import FilesOfStore
from teahouse.app.settings import Settings
from teahouse.backends.cached.users import CachedLog
from teahouse.backends.mongodb.options import MongoOptions
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.stores import Stores
from teahouse.identity.registry import Registry
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.log import MessageLog

if TYPE_CHECKING:
    from teahouse.backends.mongodb.history import MongoHistory
    from teahouse.backends.sql.store import SqlStore

MISSING = "mongodb.url is set, and the driver of MongoDB is not installed: pip install 'teahouse[scale]'"


def history_on(
    settings: Settings, stores: Stores, registry: Registry, files: FilesOfStore, stack: AsyncExitStack
) -> tuple[Stores, Registry, FilesOfStore]:
    """The same with the log, and all that follows from it, in MongoDB, if that is wanted. Closed by `stack`."""
    if not settings.mongodb.url:
        return stores, registry, files
    check_installed()
    from teahouse.backends.mongodb.history import Elsewhere, MongoHistory

    assert stores.inventory is not None and stores.outlets is not None
    other = Elsewhere(
        users=stores.users,
        accounts=registry.accounts,
        directory=stores.directory,
        cursors=stores.cursors,
        hidden=stores.hidden,
        files=files,
        erasures=registry.erasures,
        inventory=stores.inventory,
        outlets=stores.outlets,
    )
    history = MongoHistory(settings.mongodb, other)
    stack.push_async_callback(history.close)
    stores = dataclasses.replace(
        stores,
        log=history.log,
        directory=history.directory,
        cursors=history.cursors,
        index=history.index,
        finder=history.finder,
        inventory=history.inventory,
        outlets=history.outlets,
    )
    return stores, _registry(registry, history), history.files


async def begin_history(settings: Settings, log: MessageLog) -> None:
    """Before anything is read: make what is missing in MongoDB, and finish what a crash left over. StoreUnavailable
    with the reason, if it cannot be reached."""
    if settings.mongodb.url:
        from teahouse.backends.mongodb.log import MongoLog

        log = log.behind if isinstance(log, CachedLog) else log
        assert isinstance(log, MongoLog)
        await log.begin()


async def registry_beside(
    settings: Settings, store: SqliteStore, registry: Registry, stack: AsyncExitStack
) -> Registry:
    """For commands that work without a server."""
    if not settings.mongodb.url:
        return registry
    history = history_beside(settings.mongodb, store, stack)
    await history.log.begin()
    return _registry(registry, history)


def history_beside(
    options: MongoOptions, store: "SqliteStore | SqlStore", stack: AsyncExitStack
) -> "MongoHistory":
    """The history of a store that is opened without a server."""
    check_installed()
    from teahouse.backends.mongodb.history import Elsewhere, MongoHistory

    names = [field.name for field in dataclasses.fields(Elsewhere)]
    history = MongoHistory(options, Elsewhere(**{name: getattr(store, name) for name in names}))
    stack.push_async_callback(history.close)
    return history


def _registry(registry: Registry, history: "MongoHistory") -> Registry:
    return dataclasses.replace(
        registry, log=history.log, directory=history.directory, erasures=history.erasures
    )


def check_installed() -> None:
    """StoreUnavailable if the driver is missing."""
    try:
        import pymongo  # noqa: F401
    except ImportError as error:
        raise StoreUnavailable(MISSING) from error
