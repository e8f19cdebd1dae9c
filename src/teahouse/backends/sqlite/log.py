"""MessageLog (ports/log.py) in SQLite. What appends write stands in append.py."""

from collections.abc import Callable, Mapping, Sequence

import apsw

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sqlite.append import AppendPlanner, redactions
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.changes import PutReply
from teahouse.model.entries import Appended, Draft, Entry

_LOG = "log = (SELECT id FROM log WHERE conversation = ?)"
_READ = f"SELECT {COLUMNS} FROM entry WHERE {_LOG} AND seq > ? AND seq <= ? ORDER BY seq LIMIT ?"  # noqa: S608
_READ_NEWEST = _READ.replace("ORDER BY seq", "ORDER BY seq DESC")
_REFERENCES = f"""
SELECT {COLUMNS} FROM entry INDEXED BY entry_ref
WHERE {_LOG} AND ref IN (SELECT value FROM json_each(?)) AND ref < seq AND kind <> {MESSAGE}
ORDER BY seq
"""  # noqa: S608 - made of constants
_HEADS = """
SELECT conversation, coalesce((SELECT max(seq) FROM entry WHERE entry.log = log.id), 0)
FROM json_each(?) AS wanted
CROSS JOIN log ON conversation = wanted.value
"""
_BY_SEQ = """
SELECT id FROM entry
WHERE log = (SELECT id FROM log WHERE conversation = ?1) AND seq IN (SELECT value FROM json_each(?2))
"""
_OLD_KEYS = "SELECT id FROM entry WHERE cid IS NOT NULL AND at < ? ORDER BY at LIMIT ?"
_FORGET_KEYS = "UPDATE entry SET cid = NULL WHERE id IN (SELECT value FROM json_each(?))"

EXPIRED_AT_ONCE = 256
"""Keys forgotten in one transaction, so that appends never wait long for it."""


class SqliteLog:
    """`news` is called after each commit of entries. `answered` is told in which conversation a reply in a thread is
    appended, before and after."""

    def __init__(
        self, writer: Writer, readers: Readers, cached_heads: int, news: Callable[[], None] = lambda: None
    ) -> None:
        self._news = news
        self.answered: Callable[[str], None]
        self._writer = writer
        self._readers = readers
        self._appends = AppendPlanner(cached_heads)
        writer.on_failure(self._appends.forget)

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        replies = [c.conversation for d in drafts for c in d.changes if isinstance(c, PutReply)]
        for conversation in replies:
            self.answered(conversation)
        try:
            appended = await self._writer.submit(self._appends.plan, drafts, len(drafts))
        finally:
            for conversation in replies:
                self.answered(conversation)
        self._news()
        return appended

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        sql = _READ_NEWEST if newest else _READ
        rows = await self._readers.query(sql, (conversation, after, upto, limit))
        entries = [entry_from(conversation, row) for row in rows]
        if newest:
            entries.reverse()
        return entries

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        rows = await self._readers.query(_REFERENCES, (conversation, as_json(seqs)))
        return [entry_from(conversation, row) for row in rows]

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        heads = dict.fromkeys(conversations, 0)
        heads.update(await self._readers.query(_HEADS, (as_json(conversations),)))
        return heads

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        await self._writer.submit(plan_redaction, (conversation, seqs), len(seqs))

    async def expire_keys(self, before: int) -> int:
        forgotten = 0
        while some := await self._writer.submit(plan_expiry, before, EXPIRED_AT_ONCE):
            forgotten += some
        return forgotten


def plan_redaction(
    database: apsw.Connection, requests: Sequence[tuple[str, Sequence[int]]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) whose requests are (conversation, seqs)."""
    statements: list[Statement] = []
    for conversation, seqs in requests:
        statements += redactions(_BY_SEQ, (conversation, as_json(seqs)))
    return statements, [None] * len(requests)


def plan_expiry(
    database: apsw.Connection, requests: Sequence[int], careful: bool
) -> tuple[list[Statement], list[int]]:
    """A Planner (writer.py) whose requests are times before which keys are forgotten."""
    taken: set[int] = set()
    counts = []
    for before in requests:
        found = {id_ for (id_,) in database.execute(_OLD_KEYS, (before, EXPIRED_AT_ONCE))} - taken
        taken |= found
        counts.append(len(found))
    if not taken:
        return [], counts
    return [Statement(_FORGET_KEYS, (as_json(taken),))], counts
