"""JobQueue and DeadLetters (ports/jobs.py) in SQLite. Jobs that travel with entries come by changes.py."""

import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.jobs import Burial, DeadJob, Job

_COLUMNS = "kind, id, due, data, urgent, conversation, seq, attempt, created"
_PUT = Insert(
    "job",
    ("id", "kind", "due", "data", "urgent", "conversation", "seq", "created"),
    "ON CONFLICT DO NOTHING",
)
_READY = f"""
SELECT {_COLUMNS} FROM job INDEXED BY job_due
WHERE dead = 0 AND urgent = ? AND due <= ? ORDER BY due LIMIT ?
"""  # noqa: S608 - made of constants
_LEASE = "UPDATE job SET due = ?, attempt = attempt + 1 WHERE id IN (SELECT value FROM json_each(?))"
_DONE = "DELETE FROM job WHERE id = ? AND attempt = ? AND dead = 0"
_RETRY = "UPDATE job SET due = ?, cause = ? WHERE id = ? AND attempt = ? AND dead = 0"
_BURY = "UPDATE job SET dead = ?, cause = ? WHERE id = ? AND attempt = ? AND dead = 0"
_CANCEL = "DELETE FROM job WHERE id IN (SELECT value FROM json_each(?)) AND dead = 0"
_NEXT = """
SELECT min(due) FROM (
    SELECT min(due) AS due FROM job INDEXED BY job_due WHERE dead = 0 AND urgent = 0
    UNION ALL SELECT min(due) FROM job INDEXED BY job_due WHERE dead = 0 AND urgent = 1
)
"""
_NEXT_URGENT = "SELECT min(due) FROM job INDEXED BY job_due WHERE dead = 0 AND urgent = 1"
_DEAD = f"""
SELECT cause, dead, {_COLUMNS} FROM job INDEXED BY job_dead
WHERE dead > 0 AND (dead, id) > (?, ?) ORDER BY dead, id LIMIT ?
"""  # noqa: S608 - made of constants
_LETTER = f"SELECT cause, dead, {_COLUMNS} FROM job WHERE id = ? AND dead > 0"  # noqa: S608
_AMONG_DEAD = "SELECT id FROM job WHERE id IN (SELECT value FROM json_each(?)) AND dead > 0"
_REVIVE = (
    "UPDATE job SET dead = 0, cause = '', attempt = 0, due = ? WHERE id IN (SELECT value FROM json_each(?))"
)
_DISCARD = "DELETE FROM job WHERE id IN (SELECT value FROM json_each(?)) AND dead > 0"


class SqliteJobs:
    """Both ports: the dead are rows of the same table."""

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def put(self, jobs: Sequence[Job]) -> None:
        await self._writer.submit(plan_statements, puts(jobs), len(jobs))

    async def take(self, now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        return await self._writer.submit(plan_take, (now, limit, lease_ms, only_urgent), limit)

    async def done(self, jobs: Sequence[Job]) -> None:
        await self._writer.submit(
            plan_statements, [Statement(_DONE, (job.id, job.attempt)) for job in jobs], len(jobs)
        )

    async def retry(self, job: Job, due: int, cause: str) -> None:
        await self._writer.submit(plan_statements, [Statement(_RETRY, (due, cause, job.id, job.attempt))])

    async def bury(self, job: Job, cause: str, at: int) -> None:
        await self._writer.submit(plan_statements, [Statement(_BURY, (at, cause, job.id, job.attempt))])

    async def cancel(self, ids: Sequence[str]) -> None:
        await self._writer.submit(plan_statements, [Statement(_CANCEL, (as_json(ids),))], len(ids))

    async def due(self, only_urgent: bool = False) -> int | None:
        rows = await self._readers.query(_NEXT_URGENT if only_urgent else _NEXT)
        due: int | None = rows[0][0]
        return due

    async def dead(self, after: Burial, limit: int) -> list[DeadJob]:
        return [_letter(row) for row in await self._readers.query(_DEAD, (*after, limit))]

    async def letter(self, id_: str) -> DeadJob | None:
        rows = await self._readers.query(_LETTER, (id_,))
        return _letter(rows[0]) if rows else None

    async def revive(self, ids: Sequence[str], now: int) -> int:
        revive = partial(_revived, now)
        return await self._writer.submit(plan_dead, (ids, revive), len(ids))

    async def discard(self, ids: Sequence[str]) -> int:
        return await self._writer.submit(plan_dead, (ids, _discarded), len(ids))


def puts(jobs: Iterable[Job]) -> list[Statement]:
    """What keeps these jobs; called with those of entries, too."""
    rows: list[Value] = []
    for job in jobs:
        now = time.time_ns() // 1_000_000
        rows += (job.id, job.kind, job.due, job.data, int(job.urgent), job.conversation, job.seq, now)
    return _PUT.of(rows)


def plan_statements(
    database: apsw.Connection, requests: Sequence[Sequence[Statement]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) whose requests are statements already."""
    return [statement for request in requests for statement in request], [None] * len(requests)


def plan_take(
    database: apsw.Connection, requests: Sequence[tuple[int, int, int, bool]], careful: bool
) -> tuple[list[Statement], list[list[Job]]]:
    """A Planner (writer.py) whose requests are (now, limit, lease, whether only urgent); what one takes the next is
    not given (J3)."""
    taken: set[str] = set()
    statements: list[Statement] = []
    results: list[list[Job]] = []
    for now, limit, lease_ms, only_urgent in requests:
        jobs: list[Job] = []
        for urgent in (1,) if only_urgent else (1, 0):
            rows = database.execute(_READY, (urgent, now, limit + len(taken))).fetchall()
            found = [_job(row, 1) for row in rows if row[1] not in taken]
            jobs += found[: limit - len(jobs)]
        taken |= {job.id for job in jobs}
        if jobs:
            statements.append(Statement(_LEASE, (now + lease_ms, as_json(job.id for job in jobs))))
        results.append(jobs)
    return statements, results


def _job(row: Sequence[Any], further: int = 0) -> Job:
    kind, id_, due, data, urgent, conversation, seq, attempt, created = row
    return Job(kind, id_, due, data, bool(urgent), conversation, seq, attempt + further, created)


def _letter(row: Sequence[Any]) -> DeadJob:
    cause, at, *job = row
    return DeadJob(_job(job), cause, at)


def plan_dead(
    database: apsw.Connection, requests: Sequence[tuple[Sequence[str], Any]], careful: bool
) -> tuple[list[Statement], list[int]]:
    """A Planner (writer.py) whose requests are ids of dead jobs, and what makes the statement about them. What one
    request revives or discards is not there for the next (X3)."""
    statements: list[Statement] = []
    counts: list[int] = []
    gone: set[str] = set()
    for ids, made in requests:
        found = [id_ for (id_,) in database.execute(_AMONG_DEAD, (as_json(ids),)) if id_ not in gone]
        gone.update(found)
        statements.append(made(found))
        counts.append(len(found))
    return statements, counts


def _revived(now: int, ids: Sequence[str]) -> Statement:
    return Statement(_REVIVE, (now, as_json(ids)))


def _discarded(ids: Sequence[str]) -> Statement:
    return Statement(_DISCARD, (as_json(ids),))
