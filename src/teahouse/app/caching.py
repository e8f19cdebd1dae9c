"""Caches in front of a shared store, put together. A part of stores.py.

Rule: they stand in front of everything else that is put before the store, so that no change goes around them.
"""

import dataclasses
from contextlib import AsyncExitStack

from teahouse.app.filing import FilesOfStore
from teahouse.app.settings import Settings
from teahouse.app.shared import Between
from teahouse.backends.cached.caches import Around, Behind, Caches
from teahouse.engine.stores import Stores
from teahouse.identity.registry import Registry
from teahouse.ports.ids import Ids

Ports = tuple[Stores, Registry, FilesOfStore, Ids]


def behind_caches(
    settings: Settings, ports: Ports, between: Between, stack: AsyncExitStack
) -> tuple[Stores, Registry]:
    """The same ports, with what is asked often kept in front of them; until `stack` ends."""
    stores, registry, files, ids = ports
    behind = Behind(
        users=stores.users,
        directory=stores.directory,
        log=stores.log,
        accounts=registry.accounts,
        erasures=registry.erasures,
        hidden=stores.hidden,
        preferences=stores.preferences,
        files=files,
        ids=ids,
    )
    broker = between.broker
    caches = Caches(behind, Around(stores.clock, between.copies, lambda: broker.connected), settings.cache)
    stack.push_async_callback(caches.known.stop)
    caches.known.start()
    return _stores(stores, caches), _registry(registry, caches)


def _stores(stores: Stores, caches: Caches) -> Stores:
    assert stores.filing is not None
    files = caches.files
    return dataclasses.replace(
        stores,
        users=caches.users,
        directory=caches.directory,
        log=caches.log,
        hidden=caches.hidden,
        preferences=caches.preferences,
        filing=dataclasses.replace(stores.filing, files=files, leftovers=files, pictures=files),
        copies=caches,
    )


def _registry(registry: Registry, caches: Caches) -> Registry:
    return dataclasses.replace(
        registry,
        users=caches.users,
        directory=caches.directory,
        log=caches.log,
        accounts=caches.accounts,
        erasures=caches.erasures,
        profiles=caches,
    )
