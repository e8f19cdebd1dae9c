"""Additions: the rows of a batch, in as few statements as the database takes: PostgreSQL one, MariaDB one a table.

Rule: a statement is compiled once, however many rows it adds; the rows come as arrays, or as many values of one
statement, which the driver makes. The rows of `log` are locked by whoever calls, so nothing here waits for another node
but the keys of entries. Called by append.py.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, bindparam, func, insert, select, update
from sqlalchemy.dialects import mysql
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.schema import Column

from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.finding import news
from teahouse.backends.sql.tables.log import entry, log

Rows = Sequence[Mapping[str, Any]]

_ENTRY = [column for column in entry.columns if column.name != "id"]
_HEAD = [column for column in log.columns if column.name != "conversation"]
_NOTED = [column.name for column in _HEAD if column.name != "id"]
_NEWS = [news.c.log, news.c.seq]


async def add(connection: AsyncConnection, entries: Rows, grown: Rows, noted: Rows) -> None:
    """Rows of `entry`, the rows of `log` that have `grown` by them, and what is news to the index (`log`, `seq`).
    IntegrityError if an entry's key is taken."""
    if not is_mysql(connection.dialect):
        arrays = _arrays("entry", _ENTRY, entries) | _arrays("log", _HEAD, grown)
        await connection.execute(_AT_ONCE, arrays | _arrays("news", _NEWS, noted))
        return
    await connection.execute(insert(entry), entries)
    await connection.execute(_GROW, sorted(grown, key=lambda row: row["id"]))
    if noted:
        await connection.execute(insert(news), noted)


def _arrays(table: str, columns: Sequence[Column[Any]], rows: Rows) -> dict[str, list[Any]]:
    """The rows as parameters, a list a column."""
    return {f"{table}_{column.name}": [row[column.name] for row in rows] for column in columns}


def _given(table: str, columns: Sequence[Column[Any]]) -> Any:
    """The rows that parameters bring, to select from."""
    places = [bindparam(f"{table}_{column.name}", type_=ARRAY(column.type)) for column in columns]
    given = func.unnest(*places).table_valued(*(column.name for column in columns), name=f"{table}_given")
    return given.render_derived()


def _at_once() -> Executable:
    """All three, for PostgreSQL."""
    entries, grown, noted = _given("entry", _ENTRY), _given("log", _HEAD), _given("news", _NEWS)
    growing = (
        update(log)
        .values({name: grown.c[name] for name in _NOTED})
        .where(log.c.id == grown.c.id)
        .cte("growing")
    )
    noting = insert(news).from_select([column.name for column in _NEWS], select(*noted.c)).cte("noting")
    adding = insert(entry).from_select([column.name for column in _ENTRY], select(*entries.c))
    return adding.add_cte(growing, noting)


def _grow() -> Executable:
    """All rows are there already: it is only that many of them are changed by one statement."""
    adding = mysql.insert(log)
    return adding.on_duplicate_key_update({name: adding.inserted[name] for name in _NOTED})


_AT_ONCE = _at_once()
_GROW = _grow()
