"""Vault and Spent (ports/vault.py) on a SQL database: what is there is the same for all nodes."""

from typing import Any

from sqlalchemy import Table, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.vault import secret as secrets
from teahouse.backends.sql.tables.vault import spent
from teahouse.ports.vault import Secret


class SqlVault:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def get(self, name: str) -> Secret | None:
        found = await self._database.fetch(
            select(secrets.c.value, secrets.c.version).where(secrets.c.name == name)
        )
        place = f"the table secret of the database ({name})"
        return Secret(bytes(found[0].value), found[0].version, place) if found else None

    async def put(self, name: str, value: bytes, seen: int) -> bool:
        """The version stands in the condition, or the name in the key: the database decides who was first."""
        row = {"name": name, "version": seen + 1, "value": value}
        if not seen:
            return await _added(self._database, secrets, row)
        changed = update(secrets).where(secrets.c.name == name, secrets.c.version == seen).values(row)
        return (await self._database.transact(lambda connection: connection.execute(changed))).rowcount == 1


class SqlSpent:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def spend(self, digest: bytes, until: int) -> bool:
        return await _added(self._database, spent, {"digest": digest, "until": until})

    async def forget(self, now: int) -> int:
        old = delete(spent).where(spent.c.until < now)
        return (await self._database.transact(lambda connection: connection.execute(old))).rowcount


async def _added(database: Database, table: Table, row: dict[str, Any]) -> bool:
    """Whether it is there by us; not if another has its key."""
    try:
        await database.transact(lambda connection: connection.execute(insert(table).values(row)))
    except IntegrityError:
        return False
    return True
