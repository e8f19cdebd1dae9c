"""Migrate: a whole installation from one settings file's stores to another's. The life of `teahouse migrate`.

Rule: no server may run on either meanwhile: SQLite's lock sees to it, for a database whoever calls does. What the
server keeps for itself, its keys, goes along, sealed as the new settings say; files that people sent stay where they
are. Called by cli_migrate.py.
"""

from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import msgspec

from teahouse.app.history import history_beside
from teahouse.app.settings import Settings
from teahouse.app.shared import open_sql
from teahouse.app.vault import SALTS, SEALS, SLOTS, sealed, vault_of_directory
from teahouse.backends.mongodb.options import MongoOptions
from teahouse.backends.push.vapid import NAME as VAPID
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.identity.keys import NAME as KEYS
from teahouse.ops.moving import CannotMove, Ledger, Move, Told
from teahouse.ports.archive import Archive
from teahouse.ports.vault import Vault

if TYPE_CHECKING:
    from teahouse.backends.sql.store import SqlStore

SECRETS = (KEYS, SEALS, SALTS, SLOTS, VAPID)
"""What is kept in the vault, by name."""

PATIENCE_S = 30.0
"""Of MongoDB, which nobody else asks for anything meanwhile."""


@dataclass(frozen=True)
class Place:
    """A store, and the vault beside it. `names` tell what it consists of, and have no password in them. `finish` is
    called when everything was moved."""

    names: tuple[str, ...]
    archive: Archive
    vault: Vault
    finish: list[Callable[[], Awaitable[None]]] = field(default_factory=list)

    @property
    def name(self) -> str:
        return " with ".join(self.names)


async def open_place(settings: Settings, stack: AsyncExitStack, new: bool) -> Place:
    """CannotMove where there is nothing that could be moved. `new`: it is made ready for what comes."""
    if settings.store.kind == "sql":
        sql = await open_sql(settings, stack)
        place = Place((f"sql {sql.database.place}",), sql.archive, sealed(settings, sql.vault))
        return await _with_history(settings, sql, place, stack, new)
    if settings.store.kind == "memory":
        raise CannotMove("with store.kind = memory there is nothing that could be moved")
    data = Path(settings.data)
    sqlite = SqliteStore(data, settings.sqlite)
    stack.push_async_callback(sqlite.close)
    place = Place((f"sqlite {data}",), sqlite.archive, vault_of_directory(settings))
    return await _with_history(settings, sqlite, place, stack, new)


async def _with_history(
    settings: Settings, store: "SqliteStore | SqlStore", place: Place, stack: AsyncExitStack, new: bool
) -> Place:
    """The same with the history in MongoDB, if it is there. What a crash left owed to the store is paid first."""
    if not settings.mongodb.url:
        return place
    options = msgspec.structs.replace(settings.mongodb, timeout_s=max(settings.mongodb.timeout_s, PATIENCE_S))
    history = history_beside(options, store, stack)
    name = _name(options)
    if not new and not await history.is_there():
        raise CannotMove(f"there is no history in {name}")
    await history.prepare()
    archive = history.archive(place.archive)
    await archive.begin()
    return Place((*place.names, name), archive, place.vault, [archive.finish])


def _name(options: MongoOptions) -> str:
    hosts = urlsplit(options.url).netloc.rpartition("@")[2]
    return f"mongodb {','.join(sorted(hosts.split(',')))}/{options.database}"


async def move(old: Settings, new: Settings, ledger: Path, told: Callable[[str], Told]) -> dict[str, int]:
    """Move and verify; how many rows of each kind there are. CannotMove says why not, and what to do. `told` gives
    what is told of each of the two steps."""
    _check_directories(old, new)
    async with AsyncExitStack() as stack:
        source = await open_place(old, stack, new=False)
        target = await open_place(new, stack, new=True)
        if same := set(source.names) & set(target.names):
            raise CannotMove(f"both settings name the same {' and '.join(sorted(same))}; give an empty one")
        book = Ledger.open(ledger, source.name, target.name)
        moving = Move(source.archive, target.archive, book, ledger)
        await moving.check()
        await moving.run(told("moved"))
        await moving.verify(told("verified"))
        await _move_secrets(source.vault, target.vault)
        for finish in (*source.finish, *target.finish):
            await finish()
        return {name: part.sum.rows for name, part in book.parts.items()}


def _check_directories(old: Settings, new: Settings) -> None:
    """Before the lock of the directory says that somebody uses it."""
    places = [Path(s.data).resolve() for s in (old, new) if s.store.kind == "sqlite"]
    if len(places) > len(set(places)):
        raise CannotMove(f"both settings name the same sqlite {new.data}; give another data directory")


async def _move_secrets(source: Vault, target: Vault) -> None:
    """Those that the new vault has already stay as they are there."""
    for name in SECRETS:
        secret = await source.get(name)
        if secret is not None and await target.get(name) is None:
            await target.put(name, secret.value, 0)
