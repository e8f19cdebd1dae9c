"""Stays (ports/stays.py) in SQLite."""

from collections.abc import Sequence

import apsw

from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.stays import Stay

_KEEP = (
    "INSERT INTO stay (user, client, expires, data) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (user, client) DO UPDATE SET expires = excluded.expires, data = excluded.data"
)
_OF = "SELECT user, client, expires, data FROM stay WHERE user = ? AND client = ?"
_DROP = "DELETE FROM stay WHERE user = ? AND client = ?"
_COUNT_OLD = "SELECT count(*) FROM stay WHERE expires < ?"
_EXPIRE = "DELETE FROM stay WHERE expires < ?"


class SqliteStays:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def keep(self, stay: Stay) -> None:
        row = (stay.user, stay.client, stay.expires, stay.data)
        await self._writer.submit(plan_statements, [Statement(_KEEP, row)])

    async def of(self, user: str, client: str) -> Stay | None:
        rows = await self._readers.query(_OF, (user, client))
        return Stay(*rows[0]) if rows else None

    async def drop(self, user: str, client: str) -> None:
        await self._writer.submit(plan_statements, [Statement(_DROP, (user, client))])

    async def expire(self, before: int) -> int:
        return await self._writer.submit(plan_expiry, before)


def plan_expiry(
    database: apsw.Connection, requests: Sequence[int], careful: bool
) -> tuple[list[Statement], list[int]]:
    """A Planner (writer.py)."""
    before = max(requests)
    forgotten = database.execute(_COUNT_OLD, (before,)).get
    return [Statement(_EXPIRE, (before,))], [forgotten] * len(requests)
