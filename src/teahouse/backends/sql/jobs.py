"""JobQueue and DeadLetters (ports/jobs.py) in SQL. Jobs that travel with entries come by changes.py.

Rule: whoever takes jobs passes over those that another node is about to take (SKIP LOCKED), so that no two wait for
each other.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, func, or_, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.changes import put_jobs
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.jobs import job as table
from teahouse.model.jobs import Burial, DeadJob, Job


class SqlJobs:
    """Both ports: the dead are rows of the same table."""

    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, jobs: Sequence[Job]) -> None:
        await self._database.transact(partial(put_jobs, jobs=jobs))

    async def take(self, now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        async def work(connection: AsyncConnection) -> list[Job]:
            jobs: list[Job] = []
            for urgent in (True,) if only_urgent else (True, False):
                if len(jobs) < limit:
                    jobs += await _ready(connection, now, limit - len(jobs), urgent)
            if jobs:
                mine = table.c.id.in_([job.id for job in jobs])
                taken = {"due": now + lease_ms, "attempt": table.c.attempt + 1}
                await connection.execute(update(table).where(mine).values(**taken))
            return jobs

        return await self._database.transact(work)

    async def done(self, jobs: Sequence[Job]) -> None:
        if jobs:
            lease = [(table.c.id == job.id) & (table.c.attempt == job.attempt) for job in _in_order(jobs)]
            await self._do(delete(table).where(table.c.dead == 0, or_(*lease)))

    async def retry(self, job: Job, due: int, cause: str) -> None:
        await self._do(_held(job).values(due=due, cause=cause))

    async def bury(self, job: Job, cause: str, at: int) -> None:
        await self._do(_held(job).values(dead=at, cause=cause))

    async def cancel(self, ids: Sequence[str]) -> None:
        await self._do(delete(table).where(table.c.id.in_(ids), table.c.dead == 0))

    async def due(self, only_urgent: bool = False) -> int | None:
        found = []
        for urgent in (True,) if only_urgent else (True, False):
            first = select(func.min(table.c.due)).where(table.c.dead == 0, table.c.urgent == urgent)
            found.append((await self._database.fetch(first))[0][0])
        return min((due for due in found if due is not None), default=None)

    async def dead(self, after: Burial, limit: int) -> list[DeadJob]:
        at, id_ = after
        later = or_(table.c.dead > at, (table.c.dead == at) & (table.c.id > id_))
        wanted = select(table).where(table.c.dead > 0, table.c.dead >= at, later)
        rows = await self._database.fetch(wanted.order_by(table.c.dead, table.c.id).limit(limit))
        return [_letter(row) for row in rows]

    async def letter(self, id_: str) -> DeadJob | None:
        rows = await self._database.fetch(select(table).where(table.c.id == id_, table.c.dead > 0))
        return _letter(rows[0]) if rows else None

    async def revive(self, ids: Sequence[str], now: int) -> int:
        mine = update(table).where(table.c.id.in_(ids), table.c.dead > 0)
        return await self._do(mine.values(dead=0, cause="", attempt=0, due=now))

    async def discard(self, ids: Sequence[str]) -> int:
        return await self._do(delete(table).where(table.c.id.in_(ids), table.c.dead > 0))

    async def _do(self, statement: Any) -> int:
        """One statement; how many rows it found."""

        async def work(connection: AsyncConnection) -> int:
            return int((await connection.execute(statement)).rowcount)

        return await self._database.transact(work)


async def _ready(connection: AsyncConnection, now: int, limit: int, urgent: bool) -> list[Job]:
    wanted = (
        select(table)
        .where(table.c.dead == 0, table.c.urgent == urgent, table.c.due <= now)
        .order_by(table.c.due)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    return [_job(row, 1) for row in await connection.execute(wanted)]


def _held(job: Job) -> Any:
    """The job, unless its lease ended and it was taken again (J5)."""
    return update(table).where(table.c.id == job.id, table.c.attempt == job.attempt, table.c.dead == 0)


def _in_order(jobs: Sequence[Job]) -> list[Job]:
    return sorted(jobs, key=lambda job: job.id)


def _job(row: Any, further: int = 0) -> Job:
    return Job(
        row.kind,
        row.id,
        row.due,
        bytes(row.data),
        bool(row.urgent),
        row.conversation,
        row.seq,
        row.attempt + further,
        row.created,
    )


def _letter(row: Any) -> DeadJob:
    return DeadJob(_job(row), row.cause, row.dead)
