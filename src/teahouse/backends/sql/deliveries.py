"""Deliveries (ports/deliveries.py) in SQL."""

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import case, delete, func, select
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.outside import delivery as table
from teahouse.model.deliveries import Delivery


class SqlDeliveries:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def record(self, deliveries: Sequence[Delivery]) -> None:
        """In one order on all nodes, so that none waits for another that waits for it."""
        newest: dict[tuple[str, str, str], Delivery] = {}
        for delivery in deliveries:
            place = (delivery.conversation, delivery.user, delivery.device)
            if place not in newest or delivery.seq > newest[place].seq:
                newest[place] = delivery
        if newest:
            rows = [asdict(newest[place]) for place in sorted(newest)]
            await self._database.transact(partial(_record, rows))

    async def of(self, conversation: str, limit: int) -> Sequence[Delivery]:
        wanted = select(table).where(table.c.conversation == conversation)
        rows = await self._database.fetch(wanted.order_by(table.c.user, table.c.device).limit(limit))
        return [Delivery(*row) for row in rows]

    async def expire(self, before: int) -> int:
        old = delete(table).where(table.c.at < before)
        return (await self._database.transact(lambda connection: connection.execute(old))).rowcount


async def _record(rows: Sequence[dict[str, Any]], connection: AsyncConnection) -> None:
    """Add or raise watermarks (V1)."""
    if is_mysql(connection.dialect):
        adding = mysql.insert(table).values(rows)
        rises = adding.inserted.seq > table.c.seq
        higher = [  # in this order: the second changes what the first compares with
            ("at", case((rises, adding.inserted.at), else_=table.c.at)),
            ("seq", func.greatest(adding.inserted.seq, table.c.seq)),
        ]
        await connection.execute(adding.on_duplicate_key_update(higher))
        return
    putting = postgresql.insert(table).values(rows)
    await connection.execute(
        putting.on_conflict_do_update(
            index_elements=[column.name for column in table.primary_key],
            set_={"seq": putting.excluded.seq, "at": putting.excluded.at},
            where=putting.excluded.seq > table.c.seq,
        )
    )
