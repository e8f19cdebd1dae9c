"""Hidden (ports/hidden.py) in SQLite. Unread counts look at the same table, in cursors.py."""

from collections.abc import Sequence

from teahouse.backends.sqlite.jobs import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Insert, Value
from teahouse.backends.sqlite.writer import Writer

_HIDE = Insert("hidden", ("user", "conversation", "seq"), "ON CONFLICT DO NOTHING")
_HIDDEN = "SELECT seq FROM hidden WHERE user = ? AND conversation = ? AND seq > ? AND seq <= ?"


class SqliteHidden:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None:
        rows: list[Value] = []
        for seq in seqs:
            rows += (user, conversation, seq)
        await self._writer.submit(plan_statements, _HIDE.of(rows), len(seqs))

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]:
        rows = await self._readers.query(_HIDDEN, (user, conversation, after, upto))
        return frozenset(seq for (seq,) in rows)
