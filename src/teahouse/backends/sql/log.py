"""MessageLog (ports/log.py) in SQL. What appends write stands in append.py."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sql import redactions
from teahouse.backends.sql.appender import Appender
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.rows import COLUMNS, entry_from
from teahouse.backends.sql.tables.log import entry, log, sweep
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.entries import Appended, Draft, Entry

EXPIRED_AT_ONCE = 256
"""Keys forgotten in one transaction, so that appends never wait long for it."""

_LATE_MS = 3_600_000
"""An entry may have been stored so long after its time."""

_KEYS = "keys"


def number(conversation: str) -> "select":  # type: ignore[valid-type]
    """The number of a conversation, as part of a question."""
    return select(log.c.id).where(log.c.conversation == conversation).scalar_subquery()


class SqlLog:
    def __init__(self, database: Database, news: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._appender = Appender(database, news)

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        return await self._appender.append(drafts)

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        wanted = select(*COLUMNS).where(
            entry.c.log == number(conversation), entry.c.seq > after, entry.c.seq <= upto
        )
        order = entry.c.seq.desc() if newest else entry.c.seq
        rows = await self._database.fetch(wanted.order_by(order).limit(limit))
        entries = [entry_from(conversation, row) for row in rows]
        if newest:
            entries.reverse()
        return entries

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        wanted = select(*COLUMNS).where(
            entry.c.log == number(conversation),
            entry.c.ref.in_(seqs),
            entry.c.ref < entry.c.seq,
            entry.c.kind != MESSAGE,
        )
        return [
            entry_from(conversation, row) for row in await self._database.fetch(wanted.order_by(entry.c.seq))
        ]

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        heads = dict.fromkeys(conversations, 0)
        wanted = select(log.c.conversation, log.c.last).where(log.c.conversation.in_(conversations))
        heads.update((name, last) for name, last in await self._database.fetch(wanted))
        return heads

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        await self._database.transact(partial(_redact, conversation=conversation, seqs=seqs))

    async def expire_keys(self, before: int) -> int:
        forgotten = 0
        while (some := await self._database.transact(partial(_expire, before=before))) is not None:
            forgotten += some
        return forgotten

    async def close(self) -> None:
        """Commit what waits."""
        await self._appender.close()


async def _redact(connection: AsyncConnection, conversation: str, seqs: Sequence[int]) -> None:
    found = (await connection.execute(select(log.c.id).where(log.c.conversation == conversation))).scalar()
    if found is not None:
        await redactions.redact(connection, conversation, found, seqs)


async def _expire(connection: AsyncConnection, before: int) -> int | None:
    """Forget some keys, and note how far that has come, so that the next sweep does not look at all again. None: there
    are no more."""
    await connection.execute(insert_if_absent(connection, sweep, [{"name": _KEYS, "position": 0}]))
    mine = select(sweep.c.position).where(sweep.c.name == _KEYS).with_for_update()
    position = (await connection.execute(mine)).scalar_one()
    old = (
        select(entry.c.id, entry.c.at)
        .where(entry.c.at >= position - _LATE_MS, entry.c.at < before, entry.c.cid.is_not(None))
        .order_by(entry.c.at)
        .limit(EXPIRED_AT_ONCE)
    )
    rows = (await connection.execute(old)).all()
    done = rows[-1].at if len(rows) == EXPIRED_AT_ONCE else before
    await connection.execute(update(sweep).where(sweep.c.name == _KEYS).values(position=max(position, done)))
    if not rows:
        return None
    await connection.execute(update(entry).where(entry.c.id.in_([row.id for row in rows])).values(cid=None))
    return len(rows)
