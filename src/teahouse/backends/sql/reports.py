"""Reports (ports/reports.py) in SQL. That there is one of a kind is a unique key's work (P2)."""

from functools import partial
from typing import Any

from msgspec.structs import asdict
from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.society import report as table
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.reports import Outcome, Reason, Report


class SqlReports:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, report: Report) -> Report:
        await self._database.transact(partial(put, report))
        about = (
            (table.c.reporter == report.reporter)
            & (table.c.conversation == report.conversation)
            & (table.c.seq == report.seq)
            & (table.c.subject == report.subject)
        )
        return _report((await self._database.fetch(select(table).where(about)))[0])

    async def page(self, outcome: Outcome | None, before: str, limit: int) -> list[Report]:
        wanted = select(table)
        if outcome is not None:
            wanted = wanted.where(table.c.outcome == outcome.value)
        if before:
            wanted = wanted.where(table.c.id < before)
        rows = await self._database.fetch(wanted.order_by(table.c.id.desc()).limit(limit))
        return [_report(row) for row in rows]

    async def settle(self, report: str, outcome: Outcome, by: str, at: int, note: str) -> Report | None:
        settled = (
            update(table)
            .where(table.c.id == report)
            .values(outcome=outcome.value, settler=by, settled=at, note=note)
        )
        await self._database.transact(lambda connection: connection.execute(settled))
        rows = await self._database.fetch(select(table).where(table.c.id == report))
        return _report(rows[0]) if rows else None


async def put(report: Report, connection: AsyncConnection) -> None:
    """Store a report that is not there yet."""
    row = {**asdict(report), "reason": report.reason.value, "outcome": report.outcome.value}
    await connection.execute(insert_if_absent(connection, table, [row]))


def _report(row: Any) -> Report:
    fields = dict(row._mapping)
    fields.update(reason=Reason(row.reason), outcome=Outcome(row.outcome))
    return Report(**fields)
