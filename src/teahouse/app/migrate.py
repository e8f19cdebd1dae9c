"""Migrate: a whole installation from the store of one settings file to that of another. The life of `teahouse migrate`.

Rule: no server may run on either store meanwhile: SQLite's lock sees to it, for a database whoever calls does. What the
server keeps for itself, its keys, goes along, sealed as the new settings say; files that people sent stay where they
are. Called by cli_migrate.py.
"""

from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from pathlib import Path

from teahouse.app.settings import Settings
from teahouse.app.shared import open_sql
from teahouse.app.vault import SEALS, sealed, vault_of_directory
from teahouse.backends.push.vapid import NAME as VAPID
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.identity.keys import NAME as KEYS
from teahouse.ops.moving import CannotMove, Ledger, Move, Told
from teahouse.ports.archive import Archive
from teahouse.ports.vault import Vault

SECRETS = (KEYS, SEALS, VAPID)
"""What is kept in the vault, by name."""


@dataclass(frozen=True)
class Place:
    """A store, and the vault beside it. `name` tells it from others, and has no password in it."""

    name: str
    archive: Archive
    vault: Vault


async def open_place(settings: Settings, stack: AsyncExitStack) -> Place:
    """CannotMove where there is nothing that could be moved."""
    if settings.mongodb.url:
        raise CannotMove("with mongodb.url the history is in MongoDB, which this version cannot move")
    if settings.store.kind == "sql":
        sql = await open_sql(settings, stack)
        return Place(f"sql {sql.database.place}", sql.archive, sealed(settings, sql.vault))
    if settings.store.kind == "memory":
        raise CannotMove("with store.kind = memory there is nothing that could be moved")
    data = Path(settings.data)
    sqlite = SqliteStore(data, settings.sqlite)
    stack.push_async_callback(sqlite.close)
    return Place(f"sqlite {data}", sqlite.archive, vault_of_directory(settings))


async def move(old: Settings, new: Settings, ledger: Path, told: Callable[[str], Told]) -> dict[str, int]:
    """Move and verify; how many rows of each kind there are. CannotMove says why not, and what to do. `told` gives
    what is told of each of the two steps."""
    async with AsyncExitStack() as stack:
        source = await open_place(old, stack)
        target = await open_place(new, stack)
        if source.name == target.name:
            raise CannotMove("both settings name the same store")
        book = Ledger.open(ledger, source.name, target.name)
        moving = Move(source.archive, target.archive, book, ledger)
        await moving.check()
        await moving.run(told("moved"))
        await moving.verify(told("verified"))
        await _move_secrets(source.vault, target.vault)
        return {name: part.sum.rows for name, part in book.parts.items()}


async def _move_secrets(source: Vault, target: Vault) -> None:
    """Those that the new vault has already stay as they are there."""
    for name in SECRETS:
        secret = await source.get(name)
        if secret is not None and await target.get(name) is None:
            await target.put(name, secret.value, 0)
