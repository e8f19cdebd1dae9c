"""Stays (ports/stays.py) in SQL."""

from functools import partial
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import delete, select
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.stays import stay as table
from teahouse.model.stays import Stay


class SqlStays:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def keep(self, stay: Stay) -> None:
        await self._database.transact(partial(_keep, asdict(stay)))

    async def of(self, user: str, client: str) -> Stay | None:
        rows = await self._database.fetch(select(table).where(table.c.user == user, table.c.client == client))
        return Stay(rows[0].user, rows[0].client, rows[0].expires, bytes(rows[0].data)) if rows else None

    async def drop(self, user: str, client: str) -> None:
        gone = delete(table).where(table.c.user == user, table.c.client == client)
        await self._database.transact(lambda connection: connection.execute(gone))

    async def expire(self, before: int) -> int:
        old = delete(table).where(table.c.expires < before)
        return (await self._database.transact(lambda connection: connection.execute(old))).rowcount


async def _keep(row: dict[str, Any], connection: AsyncConnection) -> None:
    kept = {"expires": row["expires"], "data": row["data"]}
    if is_mysql(connection.dialect):
        await connection.execute(mysql.insert(table).values(row).on_duplicate_key_update(kept))
    else:
        key = [column.name for column in table.primary_key]
        putting = postgresql.insert(table).values(row)
        await connection.execute(putting.on_conflict_do_update(index_elements=key, set_=kept))
