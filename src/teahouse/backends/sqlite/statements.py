"""SQL that is ready to run, and statements for any number of rows.

Rule: all values are bound, none is written into the SQL.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

Value = str | int | bytes | None


class Statement(NamedTuple):
    sql: str
    bindings: Sequence[Value] = ()


def as_json(values: Iterable[object]) -> str:
    """Any number of values as one binding, for `json_each`."""
    return msgspec.json.encode(list(values)).decode()


class Insert:
    """An INSERT of any number of rows as few statements.

    One statement a batch, and not one a row, because the writer thread competes with the event loop for the
    interpreter each time SQLite has worked for long. A statement is made for 1, 2, 4 ... rows, so that SQLite
    compiles each size once; what is left over is filled with rows of NULL, which the WHERE drops. OR ROLLBACK
    spares SQLite the copies of pages with which it would take back half a statement.
    """

    def __init__(
        self, into: str, columns: Sequence[str], tail: str = "", largest: int = 256, select: str = "*"
    ) -> None:
        """`select` makes a row of the table out of the values given, column1, column2 ..., if they differ."""
        self._width = len(columns)
        self._largest = largest
        self._head = f"INSERT OR ROLLBACK INTO {into} ({', '.join(columns)}) SELECT {select} FROM (VALUES "  # noqa: S608
        self._tail = f") WHERE column1 IS NOT NULL {tail}"
        self._sized: dict[int, str] = {}

    def of(self, values: list[Value]) -> list[Statement]:
        """Statements that insert the rows whose values, one row after the other, are `values`. The first
        column must not be NULL in any."""
        step = self._largest * self._width
        return [self._statement(values[start : start + step]) for start in range(0, len(values), step)]

    def _statement(self, values: list[Value]) -> Statement:
        rows = len(values) // self._width
        size = 1 << (rows - 1).bit_length()
        values += [None] * ((size - rows) * self._width)
        return Statement(self._sized.get(size) or self._sql(size), values)

    def _sql(self, size: int) -> str:
        row = f"({', '.join('?' * self._width)})"
        sql = self._sized[size] = self._head + ", ".join([row] * size) + self._tail
        return sql
