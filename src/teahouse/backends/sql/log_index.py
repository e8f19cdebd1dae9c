"""LogIndex (ports/log_index.py) in SQL: tables `reply`, which changes.py writes, and `pin`, which append.py does."""

from collections.abc import Mapping, Sequence

import msgspec
from sqlalchemy import func, select

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.log import number
from teahouse.backends.sql.rows import COLUMNS, entry_from
from teahouse.backends.sql.tables.log import entry, pin, reply
from teahouse.model.entries import Entry
from teahouse.model.threads import COUNTED, Thread


class _Pin(msgspec.Struct):
    on: bool = True


_pin = msgspec.json.Decoder(_Pin).decode


class SqlLogIndex:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def pick(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        wanted = select(*COLUMNS).where(entry.c.log == number(conversation), entry.c.seq.in_(seqs))
        return [
            entry_from(conversation, row) for row in await self._database.fetch(wanted.order_by(entry.c.seq))
        ]

    async def replies(
        self, conversation: str, root: int, span: tuple[int, int], limit: int, newest: bool = False
    ) -> list[Entry]:
        wanted = (
            select(*COLUMNS)
            .join_from(reply, entry, (entry.c.log == reply.c.log) & (entry.c.seq == reply.c.seq))
            .where(
                reply.c.log == number(conversation),
                reply.c.root == root,
                reply.c.seq > span[0],
                reply.c.seq <= span[1],
            )
        )
        order = reply.c.seq.desc() if newest else reply.c.seq
        rows = await self._database.fetch(wanted.order_by(order).limit(limit))
        entries = [entry_from(conversation, row) for row in rows]
        if newest:
            entries.reverse()
        return entries

    async def threads(
        self, conversation: str, roots: Sequence[int], span: tuple[int, int]
    ) -> Mapping[int, Thread]:
        standing = (
            select(reply.c.root, func.count().label("count"), func.max(reply.c.seq).label("last"))
            .join_from(reply, entry, (entry.c.log == reply.c.log) & (entry.c.seq == reply.c.seq))
            .where(
                reply.c.log == number(conversation),
                reply.c.root.in_(roots),
                reply.c.seq > span[0],
                reply.c.seq <= span[1],
                ~entry.c.redacted,
            )
            .group_by(reply.c.root)
            .subquery()
        )
        wanted = select(standing.c.root, standing.c["count"], standing.c.last, entry.c.at).join_from(
            standing, entry, (entry.c.log == number(conversation)) & (entry.c.seq == standing.c.last)
        )
        rows = await self._database.fetch(wanted)
        return {root: Thread(min(count, COUNTED), last, at) for root, count, last, at in rows}

    async def pinned(self, conversation: str, upto: int, limit: int) -> list[tuple[int, int]]:
        last = (
            select(pin.c.ref, func.max(pin.c.seq).label("seq"))
            .where(pin.c.log == number(conversation), pin.c.seq <= upto)
            .group_by(pin.c.ref)
            .subquery()
        )
        said, message = entry.alias("said"), entry.alias("message")
        wanted = (
            select(last.c.ref, last.c.seq, said.c.content)
            .join_from(last, said, (said.c.log == number(conversation)) & (said.c.seq == last.c.seq))
            .join(message, (message.c.log == said.c.log) & (message.c.seq == last.c.ref))
            .where(~message.c.redacted)
            .order_by(last.c.seq.desc())
        )
        rows = await self._database.fetch(wanted)
        return [(ref, seq) for ref, seq, content in rows if _pin(content).on][:limit]
