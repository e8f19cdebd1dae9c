"""Finder (ports/search.py) in SQL.

Rule: the index leads to candidates, newest first, and fits() decides (S1); so an index that is a little behind leaves
out the newest, and never shows what a message no longer says. Each conversation is looked through by itself, from its
newest end, no further than the page needs: how long a search takes depends on how many conversations one is in, and
not on how many messages others have with the same words.
"""

import asyncio
from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import func, select, tuple_

from teahouse.backends.kinds import EDIT
from teahouse.backends.sql.replica import Reading
from teahouse.backends.sql.rows import COLUMNS, entry_from
from teahouse.backends.sql.search import questions
from teahouse.backends.sql.search.indexer import HOUR_MS, Indexer
from teahouse.backends.sql.search.questions import Place, Range
from teahouse.backends.sql.search.terms import Term, asked
from teahouse.backends.sql.tables.finding import hour
from teahouse.backends.sql.tables.log import entry as entries
from teahouse.backends.sql.tables.log import log as logs
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.searching import Criteria, Window, fits

AT_ONCE = 64
"""So many conversations are part of one question."""

MOST = 1000
"""So many candidates of one conversation are looked for at once, at most."""

LOADED = 200
"""So many candidates are loaded at once, at most."""

COUNTED = 1000
"""So far the index is counted, to begin with the rarest term."""

PATIENCE_S = 2.0
END = 2**53
"""Above all ids and seqs."""

_edits = entries.alias("edits")
_newest = (
    select(func.max(_edits.c.seq))
    .where(_edits.c.log == entries.c.log, _edits.c.ref == entries.c.seq)
    .where(_edits.c.kind == EDIT, ~_edits.c.redacted)
    .with_hint(_edits, "FORCE INDEX (entry_ref)", "mysql")
    .with_hint(_edits, "FORCE INDEX (entry_ref)", "mariadb")
    .correlate(entries)
    .scalar_subquery()
)
_edit = entries.alias("edit")
_LOAD = select(entries.c.id, entries.c.log, *COLUMNS, _edit.c.content).join_from(
    entries, _edit, (_edit.c.log == entries.c.log) & (_edit.c.seq == _newest), isouter=True
)


class SqlFinder:
    def __init__(self, reading: Reading, indexer: Indexer) -> None:
        self._reading = reading
        self._indexer = indexer

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        return await _Search(self._reading, criteria, limit).run(windows, start)

    async def caught_up(self) -> None:
        await self._indexer.caught_up()


class _Opened(Place):
    """A place, and what may be seen of it."""

    window: Window


class _Search:
    """One search. `found` are the newest so far by id, at most `limit`."""

    def __init__(self, reading: Reading, criteria: Criteria, limit: int) -> None:
        self._reading = reading
        self._criteria = criteria
        self._limit = limit
        self._deadline = asyncio.get_running_loop().time() + PATIENCE_S
        self._found: list[tuple[int, Entry]] = []
        self._above = 0

    async def run(self, windows: Sequence[Window], start: tuple[str, int] | None) -> list[Entry]:
        within = await self._range(start)
        self._above = within.above
        places = await self._open(windows, within.below)
        terms = await self._in_order(asked(self._criteria))
        if terms is not None:
            for n in range(0, len(places), AT_ONCE):
                await self._look(terms, places[n : n + AT_ONCE])
        return [entry for _, entry in self._found]

    async def _range(self, start: tuple[str, int] | None) -> Range:
        """Where to look: before the place to go on from, and in the hours that are asked for."""
        criteria, above, below = self._criteria, 0, END
        if criteria.after is not None:
            since = select(func.min(hour.c.first)).where(hour.c.hour >= criteria.after // HOUR_MS)
            first = (await self._ask(since))[0][0]
            above = END if first is None else first - 1
        if criteria.before is not None:
            until = select(func.max(hour.c.last)).where(hour.c.hour <= (criteria.before - 1) // HOUR_MS)
            below = ((await self._ask(until))[0][0] or 0) + 1
        if start is not None:
            conversation, seq = start
            place = (
                select(entries.c.id)
                .join_from(entries, logs, logs.c.id == entries.c.log)
                .where(logs.c.conversation == conversation, entries.c.seq == seq)
            )
            below = min(below, next((id_ for (id_,) in await self._ask(place)), 0))
        return Range(above, below)

    async def _open(self, windows: Sequence[Window], below: int) -> list[_Opened]:
        """The places of the windows. The lower end of a window is found when it is reached; the upper end, where one
        has left, is looked up, for there may be much behind it."""
        by_name = {window.conversation: window for window in windows}
        if not by_name or below <= self._above:
            return []
        wanted = select(logs.c.id, logs.c.conversation).where(logs.c.conversation.in_(by_name))
        found = {log: _Opened(log, below, by_name[name]) for log, name in await self._ask(wanted)}
        ends = [(log, place.window.upto + 1) for log, place in found.items() if place.window.upto < END]
        if ends:
            behind = select(entries.c.id, entries.c.log)
            for id_, log in await self._ask(behind.where(tuple_(entries.c.log, entries.c.seq).in_(ends))):
                found[log].below = min(below, id_)
        return list(found.values())

    async def _in_order(self, terms: list[Term]) -> list[Term] | None:
        """The rarest of the single terms first; None if one of them stands nowhere."""
        if not all(term.terms for term in terms):
            return None
        single = [term for term in terms if term.single]
        if len(terms) == 1 or not single:
            return terms
        (numbers,) = await self._ask(*questions.counts(single, COUNTED))
        order = dict(zip(single, numbers, strict=True))
        return sorted(terms, key=lambda term: order.get(term, END)) if all(numbers) else None

    async def _look(self, terms: Sequence[Term], places: Sequence[_Opened]) -> None:
        """Look through these places until they have no more, or what they have is too old to be of the page."""
        limit = self._limit
        while places := [place for place in places if place.below > self._above + 1]:
            if terms[0].single:
                candidates = await self._ask(*questions.apart(terms, places, self._above, limit))
                _note(places, candidates, limit)
            else:
                within = Range(self._above, max(place.below for place in places))
                candidates = await self._ask(*questions.together(terms, places, within, limit))
                lowest = min((one.entry for one in candidates), default=0) if len(candidates) == limit else 0
                for place in places:
                    place.below = lowest
            await self._consider({place.log: place for place in places}, candidates)
            limit = min(4 * limit, MOST)

    async def _consider(self, places: Mapping[int, _Opened], candidates: Sequence[Any]) -> None:
        """Take the candidates that fit, newest first, until the page is full."""
        waiting = sorted(candidates, key=lambda candidate: -candidate.entry)
        size = self._limit
        while waiting and waiting[0].entry > self._above:
            loaded = _LOAD.where(entries.c.id.in_([one.entry for one in waiting[:size]]))
            ended = set()
            for id_, log, *columns, edited in await self._ask(loaded):
                window = places[log].window
                entry = entry_from(window.conversation, columns)
                if entry.seq <= window.after:
                    ended.add(log)
                    places[log].below = 0
                elif entry.seq <= window.upto and fits(self._criteria, entry, edited or entry.content):
                    self._found.append((id_, entry))
            self._found = sorted(self._found, key=lambda found: -found[0])[: self._limit]
            if len(self._found) == self._limit:
                self._above = self._found[-1][0]
            waiting = [one for one in waiting[size:] if one.log not in ended]
            size = min(2 * size, LOADED)

    async def _ask(self, statement: Any, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """All rows of a question; Problem `unavailable` if the search takes too long."""
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._reading.fetch(statement, values)
        except TimeoutError as error:
            raise Problem(
                Code.UNAVAILABLE, "the search took too long; ask for more words, or a conversation"
            ) from error


def _note(places: Sequence[_Opened], candidates: Sequence[Any], limit: int) -> None:
    """How far each place was looked through: to its end, if it has fewer candidates than it might have."""
    ids = defaultdict(list)
    for id_, log in candidates:
        ids[log].append(id_)
    for place in places:
        place.below = min(ids[place.log]) if len(ids[place.log]) == limit else 0
