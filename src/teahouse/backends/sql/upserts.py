"""Rows that may be there already, in the words of either database.

Rule: rows of one statement differ in their key, and are given in the order of it, so that two nodes that write the same
rows wait for each other and do not block each other for good.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Executable, Table
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.tables.columns import is_mysql

Rows = Sequence[Mapping[str, Any]]


def upsert(
    connection: AsyncConnection, table: Table, rows: Rows, replaced: Sequence[str] | None = None
) -> Executable:
    """Add rows; of one whose primary key is there already, take over these columns (all but the key)."""
    key = [column.name for column in table.primary_key]
    ordered = _ordered(key, rows)
    names = replaced if replaced is not None else [name for name in rows[0] if name not in key]
    if not names:
        return insert_if_absent(connection, table, rows)
    if is_mysql(connection.dialect):
        adding = mysql.insert(table).values(ordered)
        return adding.on_duplicate_key_update({name: adding.inserted[name] for name in names})
    putting = postgresql.insert(table).values(ordered)
    return putting.on_conflict_do_update(
        index_elements=key, set_={name: putting.excluded[name] for name in names}
    )


def insert_if_absent(connection: AsyncConnection, table: Table, rows: Rows) -> Executable:
    """Add rows, but those that have something with one there which no two may have."""
    key = [column.name for column in table.primary_key]
    ordered = _ordered(key, rows)
    if is_mysql(connection.dialect):
        adding = mysql.insert(table).values(ordered)
        return adding.on_duplicate_key_update({key[0]: table.c[key[0]]})
    return postgresql.insert(table).values(ordered).on_conflict_do_nothing()


def _ordered(key: Sequence[str], rows: Rows) -> list[Mapping[str, Any]]:
    if any(name not in rows[0] for name in key):
        return list(rows)  # the database numbers them
    return sorted(rows, key=lambda row: tuple(row[name] for name in key))
