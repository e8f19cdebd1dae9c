"""Archive (ports/archive.py) of the SQL store.

Rule: every kind is the table of its name, with columns of the same names; where conversations are numbered (`log`), the
number is looked up and made, and what a table has besides follows from the row. A place is the key of the last row.
Made by store.py.
"""

from collections.abc import Callable, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

import msgspec
from sqlalchemy import Boolean, Column, Select, Table, and_, func, or_, select, text, update
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.kinds import PIN
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.search.indexer import renew
from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.everything import METADATA
from teahouse.backends.sql.tables.log import log, pin
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.archive import KINDS, Kind, Row, Value

Fields = dict[str, Any]

_NUMBERED = frozenset({"entry", "mention", "reply"})
_MOST = 500
_NEVER_NULL = {"login": ("previous", "nonce")}
"""Columns that have no value elsewhere, and an empty one here."""

_FOLLOWS: dict[str, Callable[[Fields], Fields]] = {
    "user": lambda row: {"account": None if row["guest"] else row["folded"]},
    "bot": lambda row: {"commanded": row["commands"] != "[]"},
    "push_device": lambda row: {"place": sha256(f"{row['kind']} {row['address']}".encode()).digest()},
}
"""Columns that are of no kind, and what they follow from."""


class SqlArchive:
    kinds = KINDS

    def __init__(self, database: Database) -> None:
        self._database = database

    async def count(self, kind: Kind) -> int:
        rows = await self._database.fetch(select(func.count()).select_from(_table(kind)))
        return int(rows[0][0])

    async def page(self, kind: Kind, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        order = _order(kind)
        wanted = _rows(kind).add_columns(*(column.label(f"place_{column.name}") for column in order))
        if after is not None:
            wanted = wanted.where(_behind(order, msgspec.msgpack.decode(after)))
        found = await self._database.fetch(wanted.order_by(*order).limit(limit))
        width = len(kind.columns)
        empty = [kind.columns.index(name) for name in _NEVER_NULL.get(kind.name, ())]
        rows = [tuple(_value(value, n in empty) for n, value in enumerate(row[:width])) for row in found]
        place = tuple(found[-1][width:]) if len(found) == limit else None
        return rows, None if place is None else msgspec.msgpack.encode(place)

    async def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), _MOST):
            await self._database.transact(partial(_put, kind=kind, rows=rows[start : start + _MOST]))


def _table(kind: Kind) -> Table:
    return METADATA.tables[kind.name]


def _rows(kind: Kind) -> Select[Any]:
    table = _table(kind)
    if kind.name not in _NUMBERED:
        return select(*(table.c[name] for name in kind.columns))
    columns = [log.c.conversation if name == "conversation" else table.c[name] for name in kind.columns]
    return select(*columns).join_from(table, log, log.c.id == table.c.log)


def _order(kind: Kind) -> list[Column[Any]]:
    """The columns that order the table: entries stand in the order in which they were committed."""
    table = _table(kind)
    if kind.name == "entry":
        return [table.c.id]
    numbered = kind.name in _NUMBERED
    return [table.c["log" if numbered and name == "conversation" else name] for name in kind.key]


def _behind(order: Sequence[Column[Any]], place: Sequence[Value]) -> Any:
    """Rows after a place, written so that every database finds them by the key."""
    after = []
    for n, column in enumerate(order):
        same = [order[m] == place[m] for m in range(n)]
        after.append(and_(*same, column > place[n]))
    return and_(order[0] >= place[0], or_(*after))


def _value(value: Any, may_be_empty: bool) -> Value:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return None if may_be_empty and not value else bytes(value)
    return value  # type: ignore[no-any-return]


async def _put(connection: AsyncConnection, kind: Kind, rows: Sequence[Row]) -> None:
    numbers: dict[str, int] = {}
    if kind.name in _NUMBERED:
        numbers = await _numbers(connection, {str(row[0]) for row in rows})
    made = [_fields(kind, row, numbers) for row in rows]
    await connection.execute(_replacing(connection, kind, made))
    if kind.name == "entry":
        await _follow(connection, made)
    if kind.name == "audit" and not is_mysql(connection.dialect):
        await connection.execute(
            text("SELECT setval(pg_get_serial_sequence('audit', 'number'), (SELECT max(number) FROM audit))")
        )


async def _numbers(connection: AsyncConnection, names: set[str]) -> dict[str, int]:
    """The numbers of conversations; those that have none get one."""
    rows = [{"conversation": name, "last": 0, "placed": 0} for name in sorted(names)]
    await connection.execute(insert_if_absent(connection, log, rows))
    wanted = select(log.c.conversation, log.c.id).where(log.c.conversation.in_(names))
    return {row.conversation: row.id for row in await connection.execute(wanted)}


def _fields(kind: Kind, row: Row, numbers: dict[str, int]) -> Fields:
    table, fields = _table(kind), dict(zip(kind.columns, row, strict=True))
    made: Fields = {}
    for name, value in fields.items():
        if name == "conversation" and kind.name in _NUMBERED:
            made["log"] = numbers[str(value)]
        elif isinstance(table.c[name].type, Boolean):
            made[name] = None if value is None else bool(value)
        else:
            made[name] = b"" if value is None and name in _NEVER_NULL.get(kind.name, ()) else value
    follows = _FOLLOWS.get(kind.name)
    return made if follows is None else made | follows(made)


def _replacing(connection: AsyncConnection, kind: Kind, rows: list[Fields]) -> Any:
    """Rows in the place of those with their keys (Z2)."""
    table = _table(kind)
    key = ["log" if name == "conversation" and kind.name in _NUMBERED else name for name in kind.key]
    rest = [name for name in rows[0] if name not in key]
    if not rest:
        return insert_if_absent(connection, table, rows)
    if is_mysql(connection.dialect):
        adding = mysql.insert(table).values(rows)
        return adding.on_duplicate_key_update({name: adding.inserted[name] for name in rest})
    putting = postgresql.insert(table).values(rows)
    return putting.on_conflict_do_update(
        index_elements=key, set_={name: putting.excluded[name] for name in rest}
    )


async def _follow(connection: AsyncConnection, entries: Sequence[Fields]) -> None:
    """What the log keeps besides its entries: the last seq of each conversation, and which of them are pins. Search
    indexes all of it anew."""
    last: dict[int, int] = {}
    for row in entries:
        last[row["log"]] = max(row["seq"], last.get(row["log"], 0))
    for number, seq in sorted(last.items()):
        await connection.execute(
            update(log).where(log.c.id == number, log.c.last < seq).values(last=seq, placed=seq)
        )
    pins = [
        {"log": r["log"], "ref": r["ref"], "seq": r["seq"]} for r in entries if r["kind"] == PIN and r["ref"]
    ]
    if pins:
        await connection.execute(insert_if_absent(connection, pin, pins))
    await renew(connection)
