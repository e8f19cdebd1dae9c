"""Cursors (ports/cursors.py) in SQL.

Rule: most conversations have nothing unread, which their last seq says; only in the others is counted, all in one
question, and no further than C3 asks.
"""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from msgspec import UNSET
from sqlalchemy import and_, case, func, literal, select, union_all
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.log import entry, log, mention
from teahouse.backends.sql.tables.marks import hidden, mark
from teahouse.model.ids import EVERYBODY, SYSTEM
from teahouse.model.marks import Advance, Mark, Unread

COUNTED = 10_000
"""Counting stops here (C3): so many of the newest messages are looked at."""

AT_ONCE = 50
"""In so many conversations is counted in one question."""

_MARK = (
    mark.c.delivered,
    mark.c.read,
    mark.c.cleared,
    mark.c.pinned,
    mark.c.archived,
    mark.c.muted_until,
    mark.c.delivered_at,
    mark.c.read_at,
)


class SqlCursors:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def advance(self, advances: Sequence[Advance]) -> None:
        await self._database.transact(partial(_advance, advances=advances))

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        wanted = select(mark.c.conversation, *_MARK).where(
            mark.c.user == user, mark.c.conversation.in_(conversations)
        )
        return {name: _mark(row) for name, *row in await self._database.fetch(wanted)}

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        wanted = select(mark.c.user, *_MARK).where(mark.c.conversation == conversation)
        return {user: _mark(row) for user, *row in await self._database.fetch(wanted)}

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        if not since:
            return {}
        floors = dict(since)
        behind: dict[str, int] = {}
        for name, number, last, read, cleared in await self._database.fetch(_floors(user, list(since))):
            floors[name] = max(since[name], read or 0, cleared or 0)
            if number is not None and last > floors[name]:
                behind[name] = number
        counts: dict[str, tuple[int, int]] = {}
        names = list(behind)
        for start in range(0, len(names), AT_ONCE):
            part = names[start : start + AT_ONCE]
            own = union_all(*(_own(user, n, behind[name], floors[name]) for n, name in enumerate(part)))
            for n, seq in await self._database.fetch(own):
                floors[part[n]] = max(floors[part[n]], seq or 0)
            counted = union_all(
                *(_count(user, n, name, (behind[name], floors[name])) for n, name in enumerate(part))
            )
            counts |= {part[n]: (unread, told) for n, unread, told in await self._database.fetch(counted)}
        return {name: Unread(floors[name], *counts.get(name, (0, 0))) for name in since}


def _floors(user: str, names: Sequence[str]) -> Any:
    """What is known without looking at entries: the number and last seq of each log, and one's own marks there."""
    marks = select(mark.c.conversation.label("name"), mark.c.read, mark.c.cleared).where(
        mark.c.user == user, mark.c.conversation.in_(names)
    )
    logs = select(log.c.conversation.label("name"), log.c.id, log.c.last).where(log.c.conversation.in_(names))
    one, other = logs.subquery(), marks.subquery()
    return union_all(
        select(one.c.name, one.c.id, one.c.last, other.c.read, other.c.cleared).join_from(
            one, other, other.c.name == one.c.name, isouter=True
        ),
        select(other.c.name, one.c.id, one.c.last, other.c.read, other.c.cleared)
        .join_from(other, one, other.c.name == one.c.name, isouter=True)
        .where(one.c.id.is_(None)),
    )


def _newest(number: int, floor: int) -> Any:
    """The newest messages above the floor, as many as are counted."""
    return (
        select(entry.c.seq, entry.c.sender, entry.c.redacted)
        .where(entry.c.log == number, entry.c.seq > floor, entry.c.kind == MESSAGE)
        .order_by(entry.c.seq.desc())
        .limit(COUNTED)
        .subquery()
    )


def _own(user: str, n: int, number: int, floor: int) -> Any:
    newest = _newest(number, floor)
    return select(literal(n), func.max(case((newest.c.sender == user, newest.c.seq))))


def _count(user: str, n: int, name: str, place: tuple[int, int]) -> Any:
    number, floor = place
    newest = _newest(number, floor)
    unseen = select(hidden.c.seq).where(hidden.c.user == user, hidden.c.conversation == name)
    standing = and_(~newest.c.redacted, newest.c.sender != SYSTEM, newest.c.seq.not_in(unseen))
    told = (
        select(func.count(mention.c.seq.distinct()))
        .join_from(mention, entry, (entry.c.log == mention.c.log) & (entry.c.seq == mention.c.seq))
        .where(
            mention.c.log == number,
            mention.c.user.in_((user, EVERYBODY)),
            mention.c.seq > floor,
            entry.c.kind == MESSAGE,
            entry.c.sender != SYSTEM,
            mention.c.seq.not_in(unseen),
        )
        .scalar_subquery()
    )
    return select(literal(n), func.count(case((standing, 1))), told).select_from(newest)


async def _advance(connection: AsyncConnection, advances: Sequence[Advance]) -> None:
    """One statement: what is stored rises to what is put (C1, C4). Several for one mark are made one before."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for a in advances:
        row = rows.setdefault((a.user, a.conversation), _blank(a))
        for name in ("delivered", "read"):
            if (wanted := getattr(a, name)) > row[name]:
                row[name], row[f"{name}_at"] = wanted, a.at
        row["cleared"] = max(row["cleared"], a.cleared)
        for name in ("pinned", "archived", "muted_until"):
            if (chosen := getattr(a, name)) is not UNSET:
                row[name] = chosen
    if rows:
        await connection.execute(_rise(connection, [rows[key] for key in sorted(rows)]))


def _blank(a: Advance) -> dict[str, Any]:
    marks = dict.fromkeys(("delivered", "read", "cleared", "delivered_at", "read_at"), 0)
    return {
        "user": a.user,
        "conversation": a.conversation,
        **marks,
        **dict.fromkeys(("pinned", "archived", "muted_until")),
    }


def _rise(connection: AsyncConnection, rows: list[dict[str, Any]]) -> Any:
    """MySQL assigns from left to right, and sees what it has assigned: times before watermarks."""
    if is_mysql(connection.dialect):
        adding = mysql.insert(mark).values(rows)
        return adding.on_duplicate_key_update(_risen(adding.inserted))
    putting = postgresql.insert(mark).values(rows)
    return putting.on_conflict_do_update(
        index_elements=["user", "conversation"], set_=dict(_risen(putting.excluded))
    )


def _risen(put: Any) -> list[tuple[str, Any]]:
    later = [
        (f"{n}_at", case((put[n] > mark.c[n], put[f"{n}_at"]), else_=mark.c[f"{n}_at"]))
        for n in ("delivered", "read")
    ]
    higher = [(n, func.greatest(mark.c[n], put[n])) for n in ("delivered", "read", "cleared")]
    chosen = [(n, func.coalesce(put[n], mark.c[n])) for n in ("pinned", "archived", "muted_until")]
    return [*later, *higher, *chosen]


def _mark(row: Any) -> Mark:
    delivered, read, cleared, pinned, archived, muted_until, *times = row
    return Mark(delivered, read, cleared, bool(pinned), bool(archived), muted_until or 0, *times)
