"""Outlets (ports/outlets.py) in SQLite. That lanes go with their outlet is a trigger's work (steps/outgoing.py)."""

import msgspec

from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.outlets import Lane, Outlet

_PUT = (
    "INSERT INTO outlet (id, conversation, settings) VALUES (?, ?, ?)"
    " ON CONFLICT (id) DO UPDATE SET conversation = excluded.conversation, settings = excluded.settings"
)
_DROP = "DELETE FROM outlet WHERE id = ?"
_PAGE = "SELECT settings FROM outlet WHERE id > ? ORDER BY id LIMIT ?"
_COLUMNS = "outlet, lane.conversation, since, first, lane.seq, tries, due"
_LANE = f"SELECT {_COLUMNS} FROM lane WHERE outlet = ? AND conversation = ?"  # noqa: S608 - made of constants
_BEHIND = f"""
SELECT {_COLUMNS} FROM lane JOIN log ON log.conversation = lane.conversation
WHERE (outlet, lane.conversation) > (?, ?)
    AND EXISTS (SELECT 1 FROM entry WHERE entry.log = log.id AND entry.seq > lane.seq)
ORDER BY outlet, lane.conversation LIMIT ?
"""  # noqa: S608 - made of constants
# Looks whether there is the outlet, for that may go in the same transaction.
_KEEP = """
INSERT INTO lane (outlet, conversation, since, first, seq, tries, due) SELECT ?1, ?2, ?3, ?4, ?5, ?6, ?7
WHERE EXISTS (SELECT 1 FROM outlet WHERE id = ?1)
ON CONFLICT (outlet, conversation) DO UPDATE SET since = excluded.since, first = excluded.first,
    seq = excluded.seq, tries = excluded.tries, due = excluded.due
"""

_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Outlet).decode


class SqliteOutlets:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def page(self, after: str, limit: int) -> list[Outlet]:
        return [_decode(settings) for (settings,) in await self._readers.query(_PAGE, (after, limit))]

    async def lane(self, outlet: str, conversation: str) -> Lane | None:
        rows = await self._readers.query(_LANE, (outlet, conversation))
        return Lane(*rows[0]) if rows else None

    async def keep(self, lane: Lane) -> None:
        row = (lane.outlet, lane.conversation, lane.since, lane.first, lane.seq, lane.tries, lane.due)
        await self._writer.submit(plan_statements, [Statement(_KEEP, row)])

    async def behind(self, after: tuple[str, str], limit: int) -> list[Lane]:
        return [Lane(*row) for row in await self._readers.query(_BEHIND, (*after, limit))]


def put(outlet: Outlet) -> Statement:
    """What adds an outlet or replaces it."""
    return Statement(_PUT, (outlet.id, outlet.conversation, _encode(outlet).decode()))


def drop(outlet: str) -> Statement:
    return Statement(_DROP, (outlet,))
