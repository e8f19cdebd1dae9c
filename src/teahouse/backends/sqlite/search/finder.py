"""Finder (ports/search.py) in SQLite.

Rule: newest first is the order of the index itself, so a search ends as soon as its page is full, however many
messages have the word. Two ways lead there. Who is in few conversations searches theirs only: they are part of what
is asked of the index (narrow). Who is in many goes through what the index finds anywhere and picks out theirs
(wide); if that were too much, because the word is everywhere but not where they are, the rest is searched narrowly.
"""

import time
from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.backends.sqlite.search.document import expression
from teahouse.backends.sqlite.search.indexer import Indexer
from teahouse.backends.sqlite.statements import Value, as_json
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.searching import Criteria, Window

FEW = 32
"""Who is in so many conversations searches them narrowly at once."""

NARROW = 256
"""So many conversations are part of one question to the index."""

GONE_THROUGH = 20_000
"""So many messages with the words are looked at, whoever may read them."""

PATIENCE_S = 2.0
LOOKED_AT = 20_000
"""How often a search looks at the clock, in steps of SQLite's machine."""

HOUR_MS = 3_600_000
_FIRST, _LAST = 0, 2**62

_LOGS = """
SELECT log.id, wanted.value ->> 1, wanted.value ->> 2
FROM json_each(?) AS wanted CROSS JOIN log ON log.conversation = wanted.value ->> 0
"""
_PLACE = """
SELECT entry.id FROM log JOIN entry ON entry.log = log.id WHERE log.conversation = ? AND entry.seq = ?
"""
_FIRST_SINCE = "SELECT min(first) FROM hour WHERE hour >= ?"
_LAST_UNTIL = "SELECT max(last) FROM hour WHERE hour <= ?"
_NTH = """
SELECT rowid FROM finding WHERE finding MATCH :expression AND rowid BETWEEN :low AND :high
ORDER BY rowid DESC LIMIT 1 OFFSET :nth
"""
_FIND = f"""
WITH seen AS MATERIALIZED (
    SELECT value ->> 0 AS log, value ->> 1 AS after, value ->> 2 AS upto FROM json_each(:windows)
)
SELECT entry.id, log.conversation, {COLUMNS}
FROM finding
CROSS JOIN entry ON entry.id = finding.rowid
CROSS JOIN seen ON seen.log = entry.log AND entry.seq > seen.after AND entry.seq <= seen.upto
CROSS JOIN log ON log.id = entry.log
WHERE finding MATCH :expression AND finding.rowid BETWEEN :low AND :high
    AND entry.log IN (SELECT log FROM seen) -- an index of it, where the join would look at all
    AND entry.at BETWEEN :since AND :until
ORDER BY finding.rowid DESC LIMIT :limit
"""  # noqa: S608 - made of constants

Seen = tuple[int, int, int]
"""A window by the number of its log: (log, after, upto)."""


class SqliteFinder:
    """`readers` are its own, so that nobody waits for a search to read."""

    def __init__(self, readers: Readers, indexer: Indexer) -> None:
        self._readers = readers
        self._indexer = indexer

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        return await self._readers.run(partial(_find, (criteria, windows, start, limit)))

    async def caught_up(self) -> None:
        await self._indexer.caught_up()


class Range(NamedTuple):
    """Entry ids, both ends included."""

    low: int
    high: int


Asked = tuple[Criteria, Sequence[Window], tuple[str, int] | None, int]


def _find(asked: Asked, database: apsw.Connection) -> list[Entry]:
    criteria, windows, start, limit = asked
    deadline = time.monotonic() + PATIENCE_S
    database.set_progress_handler(lambda: time.monotonic() > deadline, LOOKED_AT)
    try:
        places = as_json((w.conversation, w.after, w.upto) for w in windows)
        seen: list[Seen] = database.execute(_LOGS, (places,)).fetchall()  # type: ignore[assignment]
        within = _range(database, criteria, start)
        if not seen or within is None:
            return []
        return [entry for _, entry in _Search(database, criteria, seen, limit).run(within)]
    except apsw.InterruptError as error:
        raise Problem(
            Code.UNAVAILABLE, "the search took too long; ask for more words, or a conversation"
        ) from error
    finally:
        database.set_progress_handler(None)


def _range(database: apsw.Connection, criteria: Criteria, start: tuple[str, int] | None) -> Range | None:
    """Where to look; None if there is nothing."""
    low, high = _FIRST, _LAST
    if start is not None:
        place = database.execute(_PLACE, start).get
        if place is None:
            return None
        high = place - 1
    if criteria.after is not None:
        first = database.execute(_FIRST_SINCE, (criteria.after // HOUR_MS,)).get
        low = _LAST if first is None else first
    if criteria.before is not None:
        last = database.execute(_LAST_UNTIL, ((criteria.before - 1) // HOUR_MS,)).get
        high = min(high, _FIRST if last is None else last)
    return Range(low, high) if low <= high else None


Found = tuple[int, Entry]


class _Search:
    def __init__(
        self, database: apsw.Connection, criteria: Criteria, seen: Sequence[Seen], limit: int
    ) -> None:
        self._database = database
        self._criteria = criteria
        self._seen = seen
        self._limit = limit

    def run(self, within: Range) -> list[Found]:
        if len(self._seen) <= FEW:
            return self._narrow(within, self._limit)
        floor = self._nth(within, GONE_THROUGH)
        found = self._query(self._seen, (), Range(floor or within.low, within.high), self._limit)
        if floor is not None and len(found) < self._limit:
            found += self._narrow(Range(within.low, floor - 1), self._limit - len(found))
        return found

    def _narrow(self, within: Range, limit: int) -> list[Found]:
        """Search the conversations, some at a time."""
        found: list[Found] = []
        for start in range(0, len(self._seen), NARROW):
            seen = self._seen[start : start + NARROW]
            found += self._query(seen, [log for log, _, _ in seen], within, limit)
            found = sorted(found, key=lambda row: -row[0])[:limit]
            if len(found) == limit:  # the others need not go further back than this
                within = Range(found[-1][0], within.high)
        return found

    def _nth(self, within: Range, nth: int) -> int | None:
        """The nth message with the words, newest first; None if there are fewer."""
        bindings = {"expression": expression(self._criteria), "nth": nth, **within._asdict()}
        found: int | None = self._database.execute(_NTH, bindings).get
        return found

    def _query(self, seen: Sequence[Seen], logs: Sequence[int], within: Range, limit: int) -> list[Found]:
        criteria = self._criteria
        bindings: Mapping[str, Value] = {
            "windows": as_json(seen),
            "expression": expression(criteria, logs),
            "since": -_LAST if criteria.after is None else criteria.after,
            "until": _LAST if criteria.before is None else criteria.before - 1,
            "limit": limit,
            **within._asdict(),
        }
        rows = self._database.execute(_FIND, bindings)
        return [(id_, entry_from(conversation, row)) for id_, conversation, *row in rows]
