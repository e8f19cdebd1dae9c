"""Inventory (ports/inventory.py) in SQLite.

Rule: nothing is counted twice. Entries are never taken out, and their rowids rise with the commits; so messages are
counted from where they were counted last, in steps that keep no reader for long.
"""

from collections.abc import Sequence

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Value
from teahouse.model.ids import LOBBY
from teahouse.model.inventory import Holding, Totals, Wanted, by_kind

STEP = 200_000
"""Rows looked at in one query."""

_CONVERSATIONS = """
SELECT id, kind, title, created,
    (SELECT count(*) FROM member WHERE conversation = c.id AND "left" = 0),
    coalesce((SELECT max(seq) FROM entry WHERE log = (SELECT id FROM log WHERE conversation = c.id)), 0)
FROM conversation AS c
WHERE id > :after AND id <> :lobby AND (:kind = '' OR kind = :kind)
    AND (:title = '' OR instr(lower(title), lower(:title)))
ORDER BY id LIMIT :limit
"""
COUNTS = """
SELECT (SELECT count(*) FROM user WHERE guest), (SELECT count(*) FROM user WHERE NOT guest),
    (SELECT count(*) FROM bot), (SELECT count(*) FROM conversation WHERE id <> ?),
    (SELECT coalesce(max(id), 0) FROM entry),
    (SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size())
"""
_JOBS = "SELECT kind, dead > 0, count(*) FROM job GROUP BY 1, 2"
_MESSAGES = f"SELECT count(*) FROM entry WHERE id > ? AND id <= ? AND kind = {MESSAGE}"  # noqa: S608
_AT = "SELECT at FROM entry WHERE id >= ? ORDER BY id LIMIT 1"


class SqliteInventory:
    def __init__(self, readers: Readers) -> None:
        self._readers = readers
        self._counted = 0
        self._messages = 0

    async def conversations(self, wanted: Wanted, limit: int) -> Sequence[Holding]:
        bindings: dict[str, Value] = {
            "after": wanted.after,
            "kind": wanted.kind,
            "title": wanted.title,
            "lobby": LOBBY,
            "limit": limit,
        }
        return [Holding(*row) for row in await self._readers.query(_CONVERSATIONS, bindings)]

    async def totals(self, since: int) -> Totals:
        counts = (await self._readers.query(COUNTS, (LOBBY,)))[0]
        guests, accounts, bots, conversations, last, size = counts
        waiting, dead = by_kind(await self._readers.query(_JOBS))
        recent = await self._count(await self._first(since, last) - 1, last)
        messages = await self._all(last)
        return Totals(guests, accounts, bots, conversations, messages, recent, size, waiting, dead)

    async def _all(self, last: int) -> int:
        counted, messages = self._counted, self._messages
        messages += await self._count(counted, last)
        if last > self._counted:  # else somebody else was faster
            self._counted, self._messages = last, messages
        return messages

    async def _count(self, after: int, last: int) -> int:
        found = 0
        for start in range(after, last, STEP):
            found += (await self._readers.query(_MESSAGES, (start, min(start + STEP, last))))[0][0]
        return found

    async def _first(self, since: int, last: int) -> int:
        """The first rowid whose entry is not before `since`: rowids and times rise together."""
        low, high = 1, last + 1
        while low < high:
            middle = (low + high) // 2
            rows = await self._readers.query(_AT, (middle,))
            if rows and rows[0][0] < since:
                low = middle + 1
            else:
                high = middle
        return low
