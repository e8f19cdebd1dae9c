"""Deliveries (ports/deliveries.py) in SQLite."""

from collections.abc import Sequence
from itertools import chain

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Insert, Statement, Value
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.deliveries import Delivery

_RECORD = Insert(
    "delivery",
    ("conversation", "user", "device", "seq", "at"),
    "ON CONFLICT (conversation, user, device) DO UPDATE SET seq = excluded.seq, at = excluded.at"
    " WHERE excluded.seq > seq",
)
_OF = """
SELECT conversation, user, device, seq, at FROM delivery WHERE conversation = ? ORDER BY user, device LIMIT ?
"""
_COUNT_OLD = "SELECT count(*) FROM delivery WHERE at < ?"
_EXPIRE = "DELETE FROM delivery WHERE at < ?"


class SqliteDeliveries:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def record(self, deliveries: Sequence[Delivery]) -> None:
        await self._writer.submit(plan, deliveries, len(deliveries))

    async def of(self, conversation: str, limit: int) -> Sequence[Delivery]:
        return [Delivery(*row) for row in await self._readers.query(_OF, (conversation, limit))]

    async def expire(self, before: int) -> int:
        return await self._writer.submit(plan_expiry, before)


def plan(
    database: apsw.Connection, requests: Sequence[Sequence[Delivery]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py)."""
    rows: list[Value] = []
    for d in chain.from_iterable(requests):
        rows += (d.conversation, d.user, d.device, d.seq, d.at)
    return _RECORD.of(rows), [None] * len(requests)


def plan_expiry(
    database: apsw.Connection, requests: Sequence[int], careful: bool
) -> tuple[list[Statement], list[int]]:
    """A Planner (writer.py)."""
    before = max(requests)
    forgotten = database.execute(_COUNT_OLD, (before,)).get
    return [Statement(_EXPIRE, (before,))], [forgotten] * len(requests)
