"""Inventory (ports/inventory.py) in SQL.

Rule: hardly anything is counted twice. Entries are never taken out, and their ids rise; so messages are counted from
where they were counted last, in steps that keep no connection for long. Ids come a little out of the order of commits,
so the last ones are counted again.
"""

from collections.abc import Sequence

from sqlalchemy import ColumnElement, FromClause, func, literal_column, select, text

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sql.replica import Reading
from teahouse.backends.sql.tables.directory import conversation, member, user
from teahouse.backends.sql.tables.jobs import job
from teahouse.backends.sql.tables.log import entry, log
from teahouse.backends.sql.tables.outside import bot
from teahouse.model.ids import LOBBY
from teahouse.model.inventory import Holding, Totals, Wanted, by_kind

STEP = 200_000
"""Rows looked at in one query."""

UNSETTLED = 10_000
"""So many of the newest entries are counted anew each time."""

_BYTES = {
    "postgresql": text("SELECT pg_database_size(current_database())"),
    "mysql": text(
        "SELECT coalesce(sum(data_length + index_length), 0) FROM information_schema.tables"
        " WHERE table_schema = database()"
    ),
}


class SqlInventory:
    """`reading` may be a replica."""

    def __init__(self, dialect: str, reading: Reading) -> None:
        self._reading = reading
        self._bytes = _BYTES[dialect]
        self._counted = 0
        self._messages = 0

    async def conversations(self, wanted: Wanted, limit: int) -> Sequence[Holding]:
        inside = (
            select(func.count())
            .select_from(member)
            .where(member.c.conversation == conversation.c.id, member.c.left == 0)
        )
        last = select(log.c.last).where(log.c.conversation == conversation.c.id)
        found = select(
            conversation.c.id,
            conversation.c.kind,
            conversation.c.title,
            conversation.c.created,
            inside.scalar_subquery(),
            func.coalesce(last.scalar_subquery(), 0),
        ).where(conversation.c.id > wanted.after, conversation.c.id != LOBBY)
        if wanted.kind:
            found = found.where(conversation.c.kind == wanted.kind)
        if wanted.title:
            found = found.where(func.lower(conversation.c.title).like(_holding(wanted.title), escape="/"))
        rows = await self._reading.fetch(found.order_by(conversation.c.id).limit(limit))
        return [Holding(*row) for row in rows]

    async def totals(self, since: int) -> Totals:
        guests, accounts, bots, conversations, last = (await self._reading.fetch(_COUNTS))[0]
        waiting, dead = by_kind(await self._reading.fetch(_JOBS))
        recent = await self._count(await self._first(since, last) - 1, last)
        messages = await self._all(last)
        size = int((await self._reading.fetch(self._bytes))[0][0])
        return Totals(guests, accounts, bots, conversations, messages, recent, size, waiting, dead)

    async def _all(self, last: int) -> int:
        settled = max(last - UNSETTLED, self._counted)
        counted, messages = self._counted, self._messages
        messages += await self._count(counted, settled)
        if settled > self._counted:  # else somebody else was faster
            self._counted, self._messages = settled, messages
        return messages + await self._count(settled, last)

    async def _count(self, after: int, last: int) -> int:
        found = 0
        for start in range(after, last, STEP):
            some = (entry.c.id > start) & (entry.c.id <= min(start + STEP, last)) & (entry.c.kind == MESSAGE)
            found += (await self._reading.fetch(select(func.count()).select_from(entry).where(some)))[0][0]
        return found

    async def _first(self, since: int, last: int) -> int:
        """The first id whose entry is not before `since`: ids and times rise together."""
        low, high = 1, last + 1
        while low < high:
            middle = (low + high) // 2
            at = select(entry.c.at).where(entry.c.id >= middle).order_by(entry.c.id).limit(1)
            rows = await self._reading.fetch(at)
            if rows and rows[0][0] < since:
                low = middle + 1
            else:
                high = middle
        return low


def _number(of: FromClause, *which: ColumnElement[bool]) -> ColumnElement[int]:
    return select(func.count()).select_from(of).where(*which).scalar_subquery()


_COUNTS = select(
    _number(user, user.c.guest),
    _number(user, ~user.c.guest),
    _number(bot),
    _number(conversation, conversation.c.id != LOBBY),
    select(func.coalesce(func.max(entry.c.id), 0)).scalar_subquery(),
)
_IS_DEAD = job.c.dead > literal_column("0")  # with a parameter PostgreSQL does not know it again
_JOBS = select(job.c.kind, _IS_DEAD, func.count()).group_by(job.c.kind, _IS_DEAD)


def _holding(title: str) -> ColumnElement[str]:
    """A pattern of what holds these words, in lower case as the database makes it."""
    for special in "/%_":
        title = title.replace(special, "/" + special)
    return func.lower(f"%{title}%")
