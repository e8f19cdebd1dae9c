"""LogIndex (ports/log_index.py) in SQLite: table `reply`, which changes.py writes, and an index of pins.

Rule: most conversations have no threads, and are asked about at each page of history; which have none is remembered,
and forgotten when an append with a reply comes by (log.py says so).
"""

from collections.abc import Mapping, Sequence

from teahouse.backends.kinds import KIND_CODES
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.backends.sqlite.statements import as_json
from teahouse.model.entries import Entry, Kind
from teahouse.model.threads import COUNTED, Thread

_LOG = "(SELECT id FROM log WHERE conversation = ?1)"
_ENTRY = ", ".join(f"entry.{column}" for column in COLUMNS.split(", "))
_PICK = f"""
SELECT {COLUMNS} FROM entry WHERE log = {_LOG} AND seq IN (SELECT value FROM json_each(?2)) ORDER BY seq
"""  # noqa: S608 - made of constants
_REPLIES = f"""
SELECT {_ENTRY} FROM reply JOIN entry ON entry.log = reply.log AND entry.seq = reply.seq
WHERE reply.log = {_LOG} AND root = ?2 AND reply.seq > ?3 AND reply.seq <= ?4 ORDER BY reply.seq LIMIT ?5
"""  # noqa: S608 - made of constants
_REPLIES_NEWEST = _REPLIES.replace("ORDER BY reply.seq", "ORDER BY reply.seq DESC")
_STANDING = """
FROM reply JOIN entry ON entry.log = reply.log AND entry.seq = reply.seq
WHERE reply.log = here.log AND root = here.root AND reply.seq > ?3 AND reply.seq <= ?4 AND NOT redacted
"""
_THREADS = f"""
WITH here AS MATERIALIZED (SELECT {_LOG} AS log, value AS root FROM json_each(?2)
    WHERE EXISTS (SELECT 1 FROM reply WHERE reply.log = {_LOG} AND reply.root = value))
SELECT root, (SELECT count(*) FROM (SELECT 1 {_STANDING} LIMIT {COUNTED})), last.seq, last.at
FROM here CROSS JOIN entry AS last ON last.log = here.log
    AND last.seq = (SELECT reply.seq {_STANDING} ORDER BY reply.seq DESC LIMIT 1)
"""  # noqa: S608 - made of constants
# The last pin of each message; json_extract gives 1 where it says `on`.
_PINNED = f"""
SELECT pin.ref, pin.last FROM (
    SELECT log, ref, max(seq) AS last FROM entry INDEXED BY entry_pin
    WHERE log = {_LOG} AND kind = {KIND_CODES[Kind.PIN]} AND seq <= ?2 GROUP BY log, ref
) AS pin
CROSS JOIN entry AS said ON said.log = pin.log AND said.seq = pin.last
CROSS JOIN entry AS message ON message.log = pin.log AND message.seq = pin.ref AND NOT message.redacted
WHERE json_extract(CAST(said.content AS TEXT), '$.on')
ORDER BY pin.last DESC LIMIT ?3
"""  # noqa: S608 - made of constants

_ANY = "SELECT 1 FROM reply WHERE log = (SELECT id FROM log WHERE conversation = ?) LIMIT 1"
MOST_KNOWN = 50_000


class SqliteLogIndex:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._threadless: set[str] = set()
        self._changes = 0

    def answered(self, conversation: str) -> None:
        """A reply is being appended, or was."""
        self._changes += 1
        self._threadless.discard(conversation)

    async def pick(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        rows = await self._readers.query(_PICK, (conversation, as_json(seqs)))
        return [entry_from(conversation, row) for row in rows]

    async def replies(
        self, conversation: str, root: int, span: tuple[int, int], limit: int, newest: bool = False
    ) -> list[Entry]:
        sql = _REPLIES_NEWEST if newest else _REPLIES
        rows = await self._readers.query(sql, (conversation, root, *span, limit))
        entries = [entry_from(conversation, row) for row in rows]
        if newest:
            entries.reverse()
        return entries

    async def threads(
        self, conversation: str, roots: Sequence[int], span: tuple[int, int]
    ) -> Mapping[int, Thread]:
        if conversation in self._threadless:
            return {}
        changes = self._changes
        rows = await self._readers.query(_THREADS, (conversation, as_json(roots), *span))
        if not rows and not await self._readers.query(_ANY, (conversation,)) and changes == self._changes:
            if len(self._threadless) >= MOST_KNOWN:
                self._threadless.clear()
            self._threadless.add(conversation)
        return {root: Thread(*thread) for root, *thread in rows}

    async def pinned(self, conversation: str, upto: int, limit: int) -> list[tuple[int, int]]:
        rows = await self._readers.query(_PINNED, (conversation, upto, limit))
        return [(message, pin) for message, pin in rows]
