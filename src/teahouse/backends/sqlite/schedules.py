"""Schedules (ports/schedules.py) in SQLite."""

from collections.abc import Sequence

import apsw

from teahouse.backends.sqlite.jobs import plan_statements, puts
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.jobs import Job
from teahouse.model.schedules import Schedule

_COLUMNS = "id, user, conversation, at, send, failed, why"
_ADD = f"INSERT INTO schedule ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING"  # noqa: S608
_CHANGE = (
    "UPDATE schedule SET conversation = ?, at = ?, send = ?, failed = ?, why = ? WHERE id = ? AND user = ?"
)
_REMOVE = "DELETE FROM schedule WHERE id = ? AND user = ?"
_THERE = "SELECT 1 FROM schedule WHERE id = ? AND user = ?"
_GET = f"SELECT {_COLUMNS} FROM schedule WHERE id = ?"  # noqa: S608
_OF = f"SELECT {_COLUMNS} FROM schedule WHERE user = ? ORDER BY at, id"  # noqa: S608

Request = tuple[str, str, Sequence[Statement]]
"""Schedule, user, and what to do if they belong together."""


class SqliteSchedules:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def add(self, schedule: Schedule, job: Job) -> None:
        s = schedule
        row = Statement(_ADD, (s.id, s.user, s.conversation, s.at, s.send, s.failed, s.why))
        await self._writer.submit(plan_statements, [row, *puts([job])], 2)

    async def change(self, schedule: Schedule, job: Job) -> bool:
        s = schedule
        row = Statement(_CHANGE, (s.conversation, s.at, s.send, s.failed, s.why, s.id, s.user))
        return await self._writer.submit(plan_own, (s.id, s.user, [row, *puts([job])]), 2)

    async def remove(self, user: str, schedule: str) -> bool:
        request = (schedule, user, [Statement(_REMOVE, (schedule, user))])
        return await self._writer.submit(plan_own, request)

    async def get(self, schedule: str) -> Schedule | None:
        rows = await self._readers.query(_GET, (schedule,))
        return Schedule(*rows[0]) if rows else None

    async def of(self, user: str) -> Sequence[Schedule]:
        return [Schedule(*row) for row in await self._readers.query(_OF, (user,))]


def plan_own(
    database: apsw.Connection, requests: Sequence[Request], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of what somebody does with a schedule that must be theirs (S2)."""
    statements: list[Statement] = []
    results: list[bool] = []
    for schedule, user, wanted in requests:
        there = bool(database.execute(_THERE, (schedule, user)).fetchall())
        if there:
            statements += wanted
        results.append(there)
    return statements, results
