"""Audit (ports/audit.py) in SQL."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import and_, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.replica import Reading
from teahouse.backends.sql.tables.outside import audit as table
from teahouse.model.audit import Detail, Record, Recorded, Search

_details = msgspec.json.Decoder(dict[str, Detail]).decode


class SqlAudit:
    """Pages are read by `reading`, which may be a replica."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._reading = reading

    async def append(self, records: Sequence[Record]) -> None:
        if records:
            await self._database.transact(partial(record, records))

    async def page(self, search: Search, before: int, limit: int) -> list[Recorded]:
        wanted = select(table).where(
            table.c.number < before, table.c.at >= search.since, table.c.at < search.until
        )
        if search.actor:
            wanted = wanted.where(table.c.actor == search.actor)
        if search.target:
            wanted = wanted.where(table.c.target == search.target)
        if search.action:
            part = and_(table.c.action > search.action + ".", table.c.action < search.action + "/")
            wanted = wanted.where(or_(table.c.action == search.action, part))
        rows = await self._reading.fetch(wanted.order_by(table.c.number.desc()).limit(limit))
        return [_recorded(row) for row in rows]


async def record(records: Sequence[Record], connection: AsyncConnection) -> None:
    """Add them to the log, in their order."""
    rows = [
        {
            "at": r.at,
            "actor": r.actor,
            "action": r.action,
            "target": r.target,
            "address": r.address,
            "details": msgspec.json.encode(r.details).decode(),
        }
        for r in records
    ]
    await connection.execute(insert(table), rows)


def _recorded(row: Any) -> Recorded:
    record = Record(row.at, row.actor, row.action, row.target, row.address, _details(row.details))
    return Recorded(row.number, record)
