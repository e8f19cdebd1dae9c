"""Inserts of any number of rows."""

import apsw
import pytest

from teahouse.backends.sqlite.statements import Insert, Value


@pytest.mark.parametrize(
    ("rows", "statements"), [(0, 0), (1, 1), (2, 1), (3, 1), (7, 1), (8, 1), (9, 2), (21, 3)]
)
def test_any_number_of_rows(rows: int, statements: int) -> None:
    database = apsw.Connection(":memory:")
    database.execute("CREATE TABLE t (a, b)")
    insert = Insert("t", ("a", "b"), largest=8)
    values: list[Value] = [value for n in range(rows) for value in (n, None if n % 2 else "x")]
    made = insert.of(values)
    assert len(made) == statements
    for sql, bindings in made:
        database.execute(sql, bindings)
    expected = [(n, None if n % 2 else "x") for n in range(rows)]
    assert database.execute("SELECT a, b FROM t ORDER BY rowid").fetchall() == expected


def test_few_sizes() -> None:
    """SQLite compiles one statement for each power of two, and no more."""
    insert = Insert("t", ("a",), largest=64)
    assert len({insert.of([1] * rows)[0].sql for rows in range(1, 65)}) == 7
