"""Relations (ports/relations.py) in SQL. How long a list is is counted under a latch (latches.py)."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import Table, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.directory import user as users
from teahouse.backends.sql.tables.society import block, contact
from teahouse.model.people import Person
from teahouse.model.relations import Block, Contact


class SqlRelations:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def block(self, user: str, other: str, at: int, most: int) -> bool:
        row = {"user": user, "other": other, "at": at}
        return await self._latches.take(f"blocks of {user}", partial(_add, block, row, most))

    async def unblock(self, user: str, other: str) -> None:
        await self._remove(block, user, other)

    async def blocks(self, user: str, after: str = "", limit: int = 10_000) -> list[Block]:
        rows = await self._list(block, user, after, limit)
        return [Block(Person(row.other, row.nick), row.at) for row in rows]

    async def blockers(self, user: str, among: Sequence[str]) -> list[str]:
        wanted = select(block.c.user).where(block.c.user.in_(among), block.c.other == user)
        return [blocker for (blocker,) in await self._database.fetch(wanted)]

    async def contact(self, user: str, contact_: Contact, most: int) -> bool:
        row = {"user": user, "other": contact_.user.id, "alias": contact_.alias, "at": contact_.at}
        return await self._latches.take(f"contacts of {user}", partial(_add, contact, row, most))

    async def uncontact(self, user: str, other: str) -> None:
        await self._remove(contact, user, other)

    async def contacts(self, user: str, after: str = "", limit: int = 10_000) -> list[Contact]:
        rows = await self._list(contact, user, after, limit)
        return [Contact(Person(row.other, row.nick), row.alias, row.at) for row in rows]

    async def _list(self, table: Table, user: str, after: str, limit: int) -> Sequence[Any]:
        nick = func.coalesce(users.c.nick, "").label("nick")
        wanted = (
            select(table, nick)
            .join_from(table, users, users.c.id == table.c.other, isouter=True)
            .where(table.c.user == user, table.c.other > after)
            .order_by(table.c.other)
            .limit(limit)
        )
        return await self._database.fetch(wanted)

    async def _remove(self, table: Table, user: str, other: str) -> None:
        listed = delete(table).where(table.c.user == user, table.c.other == other)
        await self._database.transact(lambda connection: connection.execute(listed))


async def _add(table: Table, row: dict[str, Any], most: int, connection: AsyncConnection) -> bool:
    """Add somebody to a list of `most` at most (R2, R3)."""
    mine = table.c.user == row["user"]
    listed = mine & (table.c.other == row["other"])
    if (await connection.execute(select(table.c.at).where(listed))).first() is not None:
        if "alias" in row:
            await connection.execute(update(table).where(listed).values(alias=row["alias"]))
        return True
    count = (await connection.execute(select(func.count()).select_from(table).where(mine))).scalar_one()
    if count >= most:
        return False
    await connection.execute(insert(table), row)
    return True
