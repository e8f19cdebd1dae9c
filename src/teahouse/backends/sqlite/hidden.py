"""Hidden (ports/hidden.py) in SQLite. Unread counts look at the same table, in cursors.py.

Rule: most people hide nothing, and are asked about at each page of history; who hid nothing where is remembered, so
that nothing need be read.
"""

import asyncio
from collections.abc import Mapping, Sequence

from teahouse.backends.hidden import by_conversation
from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Insert, Value
from teahouse.backends.sqlite.writer import Writer

_HIDE = Insert("hidden", ("user", "conversation", "seq"), "ON CONFLICT DO NOTHING")
_ANY = "SELECT 1 FROM hidden WHERE user = ? AND conversation = ? LIMIT 1"
_HIDDEN = "SELECT seq FROM hidden WHERE user = ? AND conversation = ? AND seq > ? AND seq <= ?"
_EVERYWHERE = "SELECT conversation, seq FROM hidden WHERE user = ? LIMIT ?"

MOST_KNOWN = 50_000
_NONE: frozenset[int] = frozenset()


class SqliteHidden:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._nothing: set[tuple[str, str]] = set()
        self._changes = 0

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None:
        rows: list[Value] = []
        for seq in seqs:
            rows += (user, conversation, seq)
        self._forget(user, conversation)
        hiding = self._writer.submit(plan_statements, _HIDE.of(rows), len(seqs))
        # What was read until then may be from before; and it is written also if the caller gives up.
        hiding.add_done_callback(lambda _: self._forget(user, conversation))
        await asyncio.shield(hiding)

    def _forget(self, user: str, conversation: str) -> None:
        self._changes += 1
        self._nothing.discard((user, conversation))

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]:
        if (user, conversation) in self._nothing:
            return _NONE
        changes = self._changes
        rows = await self._readers.query(_HIDDEN, (user, conversation, after, upto))
        if (
            not rows
            and not await self._readers.query(_ANY, (user, conversation))
            and changes == self._changes
        ):
            if len(self._nothing) >= MOST_KNOWN:
                self._nothing.clear()
            self._nothing.add((user, conversation))
        return frozenset(seq for (seq,) in rows)

    async def everywhere(self, user: str, most: int) -> Mapping[str, frozenset[int]] | None:
        rows = await self._readers.query(_EVERYWHERE, (user, most + 1))
        return None if len(rows) > most else by_conversation(rows)
