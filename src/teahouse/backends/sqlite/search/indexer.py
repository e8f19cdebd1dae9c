"""The indexer: follows the log and writes what messages say into the index.

Rule: the index is written apart from the entries, in small transactions of their own, so that a send never waits for
it; in each of them stands how far it came. After a crash it goes on from there, and from nothing it makes the whole
index. What is recalled is erased with the recall itself (append.py), and what was read for the index before that is
not written after it.

Told of news by log.py; started and stopped by store.py.
"""

import asyncio
import contextlib
from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

import apsw
import structlog
from msgspec import Struct

from teahouse.backends.kinds import EDIT, MESSAGE
from teahouse.backends.sqlite.reader import Readers, Row
from teahouse.backends.sqlite.search.document import VERSION, document
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.backends.sqlite.steps.finding import INDEX
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.backends")

STEP = 128
"""Entries taken at once."""

GATHER_S = 0.05
REST = 6.0
"""While others write, the indexer takes the writer a seventh of the time."""

RETRY_S = 5.0
_NAME = "search"
_HOUR_MS = 3_600_000

_POSITION = "SELECT position FROM follower WHERE name = ? AND version = ?"
_NEWS = """
SELECT id, log, kind, sender, nick, at, content, ref FROM entry
WHERE id > ? AND NOT redacted ORDER BY id LIMIT ?
"""
_EDITED = f"""
SELECT wanted.value ->> 0, entry.id, entry.log, sender, nick
FROM json_each(?) AS wanted
CROSS JOIN entry ON entry.log = wanted.value ->> 1 AND entry.seq = wanted.value ->> 2 AND kind = {MESSAGE}
"""  # noqa: S608 - made of constants
_ADD = Insert(
    "finding",
    ("rowid", "facts", "words"),
    "AND EXISTS (SELECT 1 FROM entry WHERE entry.id = column1 AND NOT redacted)",
)
_REMOVE = "DELETE FROM finding WHERE rowid = ?"
_REPLACE = """
INSERT INTO finding (rowid, facts, words) SELECT ?1, ?2, ?3
WHERE NOT EXISTS (SELECT 1 FROM entry WHERE id IN (?1, ?4) AND redacted)
"""
_HOURS = Insert(
    "hour",
    ("hour", "first", "last"),
    "ON CONFLICT (hour) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)",
)
_ADVANCE = """
INSERT INTO follower (name, version, position) VALUES (?, ?, ?)
ON CONFLICT (name) DO UPDATE SET version = excluded.version, position = excluded.position
"""
_ANEW = ("DROP TABLE finding", *INDEX.strip().split("\n"), "DELETE FROM hour")


class News(Struct, gc=False):
    """Entries up to `upto`, as what they change in the index. `edited`: (message, facts, words, edit)."""

    upto: int
    full: bool
    added: list[Value]
    edited: list[tuple[Value, ...]]
    hours: list[Value]


class Indexer:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers
        self._position: int | None = None
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._news = False

    def wake(self) -> None:
        """There may be something new. Cheap: called for each batch of the log, on the event loop."""
        self._news = True
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._follow())

    async def caught_up(self) -> None:
        """Index all that is in the log now."""
        async with self._turn:
            while await self._step():
                pass

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        """Go on until there is nothing new."""
        loop = asyncio.get_running_loop()
        await asyncio.sleep(GATHER_S)
        more = True
        while more or self._news:
            self._news = False
            begun = loop.time()
            try:
                async with self._turn:
                    more = await self._step()
            except Exception as error:
                if not isinstance(error, StoreUnavailable):
                    _log.exception("the search index could not be written")
                more = True
                await asyncio.sleep(RETRY_S)
            if self._news:
                await asyncio.sleep(max(GATHER_S, REST * (loop.time() - begun)))
        self._task = None

    async def _step(self) -> bool:
        """Index the next entries. False when there are no more."""
        if self._position is None:
            self._position = await self._begin()
        news = await self._readers.run(partial(_read, self._position))
        if news is None:
            return False
        self._position = None  # until it is known what became of this step
        await self._writer.submit(plan, news, STEP, apart=True)
        self._position = news.upto
        return news.full

    async def _begin(self) -> int:
        """Where the index stands; a missing or outdated one begins from nothing."""
        rows = await self._readers.query(_POSITION, (_NAME, VERSION))
        if rows:
            return int(rows[0][0])
        await self._writer.submit(plan_anew, None, apart=True)
        return 0


def _read(position: int, database: apsw.Connection) -> News | None:
    """What came after a position; None if nothing did."""
    rows: list[Row] = database.execute(_NEWS, (position, STEP)).fetchall()
    if not rows:
        return None
    added: list[Value] = []
    hours: dict[int, tuple[int, int]] = {}
    edits: dict[int, bytes] = {}
    wanted: list[tuple[int, int, int]] = []
    for id_, log, kind, sender, nick, at, content, ref in rows:
        if kind == MESSAGE:
            added += (id_, *document(log, sender, nick, content))
            first, _ = hours.setdefault(at // _HOUR_MS, (id_, id_))
            hours[at // _HOUR_MS] = (first, id_)
        elif kind == EDIT and ref is not None:
            edits[id_] = content
            wanted.append((id_, log, ref))
    edited = list(_edited(database, wanted, edits)) if wanted else []
    spans: list[Value] = [number for hour, span in hours.items() for number in (hour, *span)]
    return News(rows[-1][0], len(rows) == STEP, added, edited, spans)


def _edited(
    database: apsw.Connection, wanted: Sequence[tuple[int, int, int]], edits: dict[int, bytes]
) -> Iterable[tuple[Value, ...]]:
    """Each edited message as its last edit left it."""
    found: dict[int, tuple[Any, ...]] = {}
    rows: Iterable[Row] = database.execute(_EDITED, (as_json(wanted),))
    for edit, message, log, sender, nick in rows:
        found[message] = (message, *document(log, sender, nick, edits[edit]), edit)
    return found.values()


def plan(
    database: apsw.Connection, requests: Sequence[News], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) that writes what is new into the index, and how far it came."""
    statements: list[Statement] = []
    for news in requests:
        statements += _ADD.of(news.added)
        for row in news.edited:
            statements += (Statement(_REMOVE, row[:1]), Statement(_REPLACE, row))
        statements += _HOURS.of(news.hours)
        statements.append(Statement(_ADVANCE, (_NAME, VERSION, news.upto)))
    return statements, [None] * len(requests)


def plan_anew(
    database: apsw.Connection, requests: Sequence[None], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) that empties the index, to be made from the log."""
    statements = [Statement(sql) for sql in _ANEW]
    return [*statements, Statement(_ADVANCE, (_NAME, VERSION, 0))], [None] * len(requests)
