"""The indexer: writes what messages say into the index, apart from the entries, so that a send never waits for it.

Rule: an entry that is news to the index is noted in `news` by the transaction that appends it (additions.py), and the
note goes in the transaction that writes the index. So nothing is forgotten or done twice, whichever node dies, and no
order of commits matters. Any node takes some notes that no other one has locked; there is nobody in charge.

A message is indexed as it is while its row is locked: who edits it notes that afterwards, and who recalls it waits for
the row, and erases what was written (erase()).

Told of news by log.py; started and stopped by store.py.
"""

import asyncio
import contextlib
from collections.abc import Mapping, Sequence
from typing import Any

import structlog
from sqlalchemy import bindparam, delete, func, insert, select, text, tuple_, update
from sqlalchemy.dialects import mysql, postgresql
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.kinds import EDIT, MESSAGE
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.search.terms import VERSION, terms_of
from teahouse.backends.sql.tables.columns import is_mysql
from teahouse.backends.sql.tables.finding import finding, follower, hour, news
from teahouse.backends.sql.tables.log import entry
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.backends")

STEP = 128
"""Notes taken at once."""

WINDOW = 4096
"""Entries noted at once when the index is made anew."""

GATHER_S = 0.05
REST = 3.0
"""While others write, the indexer works a quarter of the time."""

LOOK_S = 5.0
"""How often to look for what a node left that died."""

LOCKED_S = 0.02
"""How often to look whether another node has indexed what it had locked."""

_NAME = "search"

HOUR_MS = 3_600_000


class Indexer:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._turn = asyncio.Lock()
        self._task: asyncio.Task[None] | None = None
        self._news = asyncio.Event()
        self._current = False  # whether the index is known to be of this version

    def wake(self) -> None:
        """There may be something new. Cheap: called for each batch of the log, on the event loop."""
        self._news.set()
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._follow())

    async def caught_up(self) -> None:
        """Index all that is noted now, or wait until others have."""
        last = (await self._database.fetch(select(func.coalesce(func.max(news.c.id), 0))))[0][0]
        waiting = select(news.c.id).where(news.c.id <= last).limit(1)
        async with self._turn:
            while await self._some():
                pass
        while await self._database.fetch(waiting):
            await asyncio.sleep(LOCKED_S)
            async with self._turn:
                await self._some()

    async def stop(self) -> None:
        task, self._task = self._task, None
        if task is not None:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    async def _follow(self) -> None:
        """Index what is new, here and at times what others left."""
        loop = asyncio.get_running_loop()
        while True:
            self._news.clear()
            begun = loop.time()
            try:
                async with self._turn:
                    more = await self._some()
            except StoreUnavailable:
                more = False
            except Exception:
                _log.exception("the search index could not be written")
                more = False
            if more:
                await asyncio.sleep(REST * (loop.time() - begun) if self._news.is_set() else 0)
                continue
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LOOK_S):
                    await self._news.wait()
            await asyncio.sleep(GATHER_S)

    async def _some(self) -> bool:
        """Index some notes. False when there are no more that nobody else has."""
        while not self._current:
            self._current = await self._database.transact(_note_anew)
        return await self._database.transact(_index)


async def erase(connection: AsyncConnection, ids: Sequence[int]) -> None:
    """Take messages out of the index, by the ids of their entries. Their rows are locked, and redacted, by then."""
    if ids:
        await connection.execute(delete(finding).where(finding.c.entry.in_(ids)))


async def renew(connection: AsyncConnection) -> None:
    """The index is to be made anew from the log, for entries came there by another way than append.py. Nodes that run
    do not notice before they start again."""
    await connection.execute(update(follower).where(follower.c.name == _NAME).values(done=False, position=0))


async def _index(connection: AsyncConnection) -> bool:
    """Index what some notes tell of, each message as it is now. False if there are none."""
    wanted = select(news).order_by(news.c.id).limit(STEP).with_for_update(skip_locked=True)
    notes = (await connection.execute(wanted)).all()
    if not notes:
        return False
    places = sorted({(note.log, note.seq) for note in notes})
    messages = (await connection.execute(_MESSAGES, {"places": places})).all()
    edits = {
        (log, ref): content for log, ref, content in await connection.execute(_EDITS, {"places": places})
    }
    await erase(connection, [message.id for message in messages if (message.log, message.seq) in edits])
    await _write(connection, await asyncio.to_thread(_rows, messages, edits))
    await connection.execute(delete(news).where(news.c.id.in_([note.id for note in notes])))
    await _write_hours(connection, messages)
    return True


_MESSAGES = (
    select(entry.c.id, entry.c.log, entry.c.seq, entry.c.sender, entry.c.nick, entry.c.at, entry.c.content)
    .where(tuple_(entry.c.log, entry.c.seq).in_(bindparam("places", expanding=True)))
    .where(entry.c.kind == MESSAGE, ~entry.c.redacted)
    .order_by(entry.c.log, entry.c.seq)
    .with_for_update()
)
_EDITS = (
    select(entry.c.log, entry.c.ref, entry.c.content)
    .where(tuple_(entry.c.log, entry.c.ref).in_(bindparam("places", expanding=True)))
    .where(entry.c.kind == EDIT, ~entry.c.redacted)
    .with_hint(entry, "FORCE INDEX (entry_ref)", "mysql")
    .with_hint(entry, "FORCE INDEX (entry_ref)", "mariadb")
    .order_by(entry.c.log, entry.c.seq)
    .with_for_update(read=True)
)


def _rows(messages: Sequence[Any], edits: Mapping[tuple[int, int], bytes]) -> list[tuple[str, int, int]]:
    """The rows of the index, in its order, so that two indexers that write at once are not in each other's way."""
    return sorted(
        (term, message.log, message.id)
        for message in messages
        for term in terms_of(
            message.sender, message.nick, edits.get((message.log, message.seq), message.content)
        )
    )


_UNNEST = text(
    "INSERT INTO finding (term, log, entry) SELECT * FROM"
    " unnest(CAST(:terms AS text[]), CAST(:logs AS bigint[]), CAST(:entries AS bigint[])) ON CONFLICT DO NOTHING"
)


async def _write(connection: AsyncConnection, rows: Sequence[tuple[str, int, int]]) -> None:
    """Add rows to the index. Those of a message that another node has indexed meanwhile are there already."""
    if not rows:
        return
    if is_mysql(connection.dialect):
        adding = mysql.insert(finding).on_duplicate_key_update(term=finding.c.term)
        columns = ("term", "log", "entry")
        await connection.execute(adding, [dict(zip(columns, row, strict=True)) for row in rows])
        return
    terms, logs, entries = zip(*rows, strict=True)
    await connection.execute(_UNNEST, {"terms": list(terms), "logs": list(logs), "entries": list(entries)})


async def _write_hours(connection: AsyncConnection, messages: Sequence[Any]) -> None:
    """Last of all, for others wait for these rows until the commit."""
    spans: dict[int, tuple[int, int]] = {}
    for message in messages:
        number = message.at // HOUR_MS
        first, last = spans.get(number, (message.id, message.id))
        spans[number] = (min(first, message.id), max(last, message.id))
    if not spans:
        return
    rows = [{"hour": number, "first": first, "last": last} for number, (first, last) in sorted(spans.items())]
    if is_mysql(connection.dialect):
        adding = mysql.insert(hour).values(rows)
        await connection.execute(adding.on_duplicate_key_update(_wider(adding.inserted)))
    else:
        putting = postgresql.insert(hour).values(rows)
        wider = putting.on_conflict_do_update(index_elements=["hour"], set_=_wider(putting.excluded))
        await connection.execute(wider)


def _wider(new: Any) -> dict[str, Any]:
    return {
        "first": func.least(hour.c.first, new.first),
        "last": func.greatest(hour.c.last, new.last),
    }


async def _note_anew(connection: AsyncConnection) -> bool:
    """If the index is of another version, or there is none, note some more entries to be indexed anew. True when
    nothing is left to do."""
    mine = select(follower).where(follower.c.name == _NAME)
    state = (await connection.execute(mine)).first()
    if state is None:
        begun = {"name": _NAME, "version": 0, "done": False, "position": 0}
        await connection.execute(insert_if_absent(connection, follower, [begun]))
    elif state.version == VERSION and state.done:
        return True
    state = (await connection.execute(mine.with_for_update())).one()
    if state.version == VERSION and state.done:
        return True
    after = state.position if state.version == VERSION else 0
    upto = after + WINDOW
    here = (entry.c.id > after) & (entry.c.id <= upto)
    await connection.execute(delete(finding).where(finding.c.entry > after, finding.c.entry <= upto))
    messages = select(entry.c.log, entry.c.seq).where(here, entry.c.kind == MESSAGE, ~entry.c.redacted)
    await connection.execute(insert(news).from_select(["log", "seq"], messages.order_by(entry.c.id)))
    last = (await connection.execute(select(func.coalesce(func.max(entry.c.id), 0)))).scalar_one()
    reached = {"version": VERSION, "done": upto >= last, "position": upto}
    await connection.execute(update(follower).where(follower.c.name == _NAME).values(reached))
    return bool(upto >= last)
