"""Reports (ports/reports.py) in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, Value
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.reports import Outcome, Reason, Report

_COLUMNS = "id, reporter, subject, nick, at, reason, text, conversation, seq, snapshot, outcome, settler, settled, note"
_BY_ID = f"SELECT {_COLUMNS} FROM report WHERE id = ?"  # noqa: S608
_ABOUT = f"""
SELECT {_COLUMNS} FROM report WHERE reporter = ? AND conversation = ? AND seq = ? AND subject = ?
"""  # noqa: S608
_ALL = f"SELECT {_COLUMNS} FROM report WHERE id < ? ORDER BY id DESC LIMIT ?"  # noqa: S608
_BY_OUTCOME = f"SELECT {_COLUMNS} FROM report WHERE outcome = ? AND id < ? ORDER BY id DESC LIMIT ?"  # noqa: S608
_PUT = f"""
INSERT INTO report ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
"""  # noqa: S608
_SETTLE = "UPDATE report SET outcome = ?, settler = ?, settled = ?, note = ? WHERE id = ?"
_LAST = "\U0010ffff"


class SqliteReports:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def put(self, report: Report) -> Report:
        await self._writer.submit(plan_report, report)
        about = (report.reporter, report.conversation, report.seq, report.subject)
        return _report((await self._readers.query(_ABOUT, about))[0])

    async def page(self, outcome: Outcome | None, before: str, limit: int) -> list[Report]:
        upto = before or _LAST
        if outcome is None:
            rows = await self._readers.query(_ALL, (upto, limit))
        else:
            rows = await self._readers.query(_BY_OUTCOME, (outcome, upto, limit))
        return [_report(row) for row in rows]

    async def settle(self, report: str, outcome: Outcome, by: str, at: int, note: str) -> Report | None:
        await self._writer.submit(plan_settlement, (outcome, by, at, note, report))
        rows = await self._readers.query(_BY_ID, (report,))
        return _report(rows[0]) if rows else None


def puts(reports: Sequence[Report]) -> list[Statement]:
    """What stores reports that are not there yet (P2)."""
    return [Statement(_PUT, _row(report)) for report in reports]


def plan_report(
    database: apsw.Connection, requests: Sequence[Report], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of reports."""
    return puts(requests), [None] * len(requests)


def plan_settlement(
    database: apsw.Connection, requests: Sequence[Sequence[Value]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) whose requests are the bindings of _SETTLE."""
    return [Statement(_SETTLE, request) for request in requests], [None] * len(requests)


def _row(r: Report) -> tuple[Any, ...]:
    about = (r.id, r.reporter, r.subject, r.nick, r.at, r.reason, r.text, r.conversation, r.seq, r.snapshot)
    return (*about, r.outcome, r.settler, r.settled, r.note)


def _report(row: Sequence[Any]) -> Report:
    id_, reporter, subject, nick, at, reason, text, conversation, seq, snapshot, outcome, *rest = row
    return Report(
        id_,
        reporter,
        subject,
        nick,
        at,
        Reason(reason),
        text,
        conversation,
        seq,
        snapshot,
        Outcome(outcome),
        *rest,
    )
