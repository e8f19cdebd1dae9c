"""Schedules (ports/schedules.py) in SQL."""

from collections.abc import Sequence
from functools import partial
from typing import Any

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.changes import put_jobs
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.jobs import schedule as table
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.jobs import Job
from teahouse.model.schedules import Schedule


class SqlSchedules:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def add(self, schedule: Schedule, job: Job) -> None:
        await self._database.transact(partial(_add, schedule=schedule, job=job))

    async def change(self, schedule: Schedule, job: Job) -> bool:
        return await self._database.transact(partial(_change, schedule=schedule, job=job))

    async def remove(self, user: str, schedule: str) -> bool:
        mine = delete(table).where(table.c.id == schedule, table.c.user == user)

        async def work(connection: AsyncConnection) -> bool:
            return (await connection.execute(mine)).rowcount == 1

        return await self._database.transact(work)

    async def get(self, schedule: str) -> Schedule | None:
        rows = await self._database.fetch(select(table).where(table.c.id == schedule))
        return _schedule(rows[0]) if rows else None

    async def of(self, user: str) -> Sequence[Schedule]:
        wanted = select(table).where(table.c.user == user).order_by(table.c.at, table.c.id)
        return [_schedule(row) for row in await self._database.fetch(wanted)]


async def _add(connection: AsyncConnection, schedule: Schedule, job: Job) -> None:
    await connection.execute(insert_if_absent(connection, table, [msgspec.structs.asdict(schedule)]))
    await put_jobs(connection, [job])


async def _change(connection: AsyncConnection, schedule: Schedule, job: Job) -> bool:
    row = msgspec.structs.asdict(schedule)
    mine = update(table).where(table.c.id == row.pop("id"), table.c.user == row.pop("user"))
    if (await connection.execute(mine.values(**row))).rowcount != 1:
        return False
    await put_jobs(connection, [job])
    return True


def _schedule(row: Any) -> Schedule:
    return Schedule(row.id, row.user, row.conversation, row.at, bytes(row.send), row.failed, row.why)
