"""Archive (ports/archive.py) of the SQLite store.

Rule: every kind is the table of its name, with columns of the same names; where conversations are numbered (`log`),
the number is looked up and made. A place is the primary key of the last row, so a page costs what it holds. Made by
store.py.
"""

from collections.abc import Sequence

import apsw
import msgspec

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.archive import KINDS, Kind, Row

_NUMBERED = frozenset({"entry", "mention", "reply", "posting"})
_ORDERED = {"entry": ("id",)}
"""What orders the rows of a kind, where that is not its key."""

_LOGS = (
    "INSERT INTO log (conversation) SELECT DISTINCT value FROM json_each(?)"
    " WHERE value NOT IN (SELECT conversation FROM log)"
)
_MOST = 500


class SqliteArchive:
    kinds = KINDS

    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def count(self, kind: Kind) -> int:
        ((rows,),) = await self._readers.query(f'SELECT count(*) FROM "{kind.name}"')  # noqa: S608 - a kind's name
        return int(rows)

    async def page(self, kind: Kind, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        place = () if after is None else tuple(msgspec.msgpack.decode(after))
        found = await self._readers.query(_page(kind, bool(place)), (*place, limit))
        width = len(kind.columns)
        rows = [row[:width] for row in found]
        return rows, msgspec.msgpack.encode(found[-1][width:]) if len(found) == limit else None

    async def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _MOST):
            part = rows[start : start + _MOST]
            await self._writer.submit(_plan, (kind, part), len(part))


def _plan(
    database: apsw.Connection, requests: Sequence[tuple[Kind, Sequence[Row]]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py)."""
    statements: list[Statement] = []
    for kind, rows in requests:
        if kind.name in _NUMBERED:
            statements.append(Statement(_LOGS, (as_json({row[0] for row in rows}),)))
        sql = _put(kind)
        statements += [Statement(sql, row) for row in rows]
    return statements, [None] * len(requests)


def _page(kind: Kind, begun: bool) -> str:
    """The columns of a page of rows, and those of the place behind them."""
    numbered = kind.name in _NUMBERED
    columns = [_column(kind, column) for column in kind.columns]
    place = [f'kept."{name}"' for name in _place(kind)]
    tables = f'"{kind.name}" AS kept' + (" CROSS JOIN log ON log.id = kept.log" if numbered else "")
    after = f"WHERE ({', '.join(place)}) > ({', '.join('?' * len(place))})" if begun else ""
    order = ", ".join(place)
    return f"SELECT {', '.join(columns + place)} FROM {tables} {after} ORDER BY {order} LIMIT ?"  # noqa: S608


def _place(kind: Kind) -> tuple[str, ...]:
    """The columns that order the table."""
    ordered = _ORDERED.get(kind.name, kind.key)
    return tuple("log" if c == "conversation" and kind.name in _NUMBERED else c for c in ordered)


def _column(kind: Kind, column: str) -> str:
    if column == "conversation" and kind.name in _NUMBERED:
        return "log.conversation"
    return f'kept."{column}"'


def _put(kind: Kind) -> str:
    """One row, in the place of the one with its key."""
    numbered = kind.name in _NUMBERED
    names = ["log" if c == "conversation" and numbered else c for c in kind.columns]
    values = ["?"] * len(names)
    if numbered:
        values[names.index("log")] = "(SELECT id FROM log WHERE conversation = ?)"
    key = ", ".join(f'"{name}"' for name in names[: len(kind.key)])
    changed = ", ".join(f'"{name}" = excluded."{name}"' for name in kind.rest)
    then = f"UPDATE SET {changed}" if changed else "NOTHING"
    columns = ", ".join(f'"{name}"' for name in names)
    return f'INSERT INTO "{kind.name}" ({columns}) VALUES ({", ".join(values)}) ON CONFLICT ({key}) DO {then}'  # noqa: S608
