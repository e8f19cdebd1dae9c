"""Finder (ports/search.py) in SQL.

Rule: the index leads to candidates, newest first, and fits() decides (S1); so an index that is a little behind leaves
out the newest, and never shows what a message no longer says. Each conversation is looked through by itself, from its
newest end, no further than the page needs: how long a search takes depends on how many conversations one is in, and
not on how many messages others have with the same words.
"""

import asyncio
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select, tuple_

from teahouse.backends.sql.replica import Reading
from teahouse.backends.sql.rows import entry_from
from teahouse.backends.sql.search import questions
from teahouse.backends.sql.search.indexer import Indexer
from teahouse.backends.sql.search.questions import Place
from teahouse.backends.sql.search.terms import Term, asked
from teahouse.backends.sql.tables.log import entry as entries
from teahouse.backends.sql.tables.log import log as logs
from teahouse.model.entries import Entry
from teahouse.model.errors import Code, Problem
from teahouse.model.searching import Criteria, Window, fits

AT_ONCE = 64
"""So many conversations are part of one question."""

MOST = 1000
"""So many candidates of one conversation are looked at in one go, at most."""

COUNTED = 1000
"""So far the index is counted, to begin with the rarest term."""

PATIENCE_S = 2.0
END = 2**53
"""Above all ids and seqs."""


class SqlFinder:
    def __init__(self, reading: Reading, indexer: Indexer) -> None:
        self._reading = reading
        self._indexer = indexer

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        search = _Search(self._reading, criteria, limit)
        return await search.run(windows, start)

    async def caught_up(self) -> None:
        await self._indexer.caught_up()


class _Opened(Place):
    """A place, and what may be seen of it."""

    window: Window


Found = tuple[int, Entry]


class _Search:
    """One search. `found` are the newest so far, at most `limit`."""

    def __init__(self, reading: Reading, criteria: Criteria, limit: int) -> None:
        self._reading = reading
        self._criteria = criteria
        self._limit = limit
        self._deadline = asyncio.get_running_loop().time() + PATIENCE_S
        self.found: list[Found] = []

    async def run(self, windows: Sequence[Window], start: tuple[str, int] | None) -> list[Entry]:
        below = END if start is None else await self._id_of(start)
        places = await self._open(windows, below)
        terms = await self._in_order(asked(self._criteria))
        if terms is not None:
            for n in range(0, len(places), AT_ONCE):
                await self._look(terms, places[n : n + AT_ONCE])
        return [entry for _, entry in self.found]

    async def _id_of(self, place: tuple[str, int]) -> int:
        """Of the entry at a place; 0 if there is none."""
        conversation, seq = place
        wanted = (
            select(entries.c.id)
            .join_from(entries, logs, logs.c.id == entries.c.log)
            .where(logs.c.conversation == conversation, entries.c.seq == seq)
        )
        rows = await self._ask(wanted)
        return int(rows[0][0]) if rows else 0

    async def _open(self, windows: Sequence[Window], below: int) -> list[_Opened]:
        """The places of the windows. The lower ends of windows are found when they are reached; the upper ends of
        those that one has left are looked up, for there may be much behind them."""
        by_conversation = {window.conversation: window for window in windows}
        if not by_conversation or below == 0:
            return []
        wanted = select(logs.c.id, logs.c.conversation).where(logs.c.conversation.in_(by_conversation))
        found = {log: _Opened(log, below, by_conversation[name]) for log, name in await self._ask(wanted)}
        ends = [(log, place.window.upto + 1) for log, place in found.items() if place.window.upto < END]
        if ends:
            after = select(entries.c.id, entries.c.log).where(tuple_(entries.c.log, entries.c.seq).in_(ends))
            for id_, log in await self._ask(after):
                found[log].below = min(below, id_)
        return list(found.values())

    async def _in_order(self, terms: list[Term]) -> list[Term] | None:
        """The rarest of the single terms first; None if one of them stands nowhere."""
        if any(not term.terms for term in terms):
            return None
        single = [term for term in terms if term.single]
        if single:
            (numbers,) = await self._ask(*questions.counts(single, COUNTED))
            if not all(numbers):
                return None
            order = dict(zip(single, numbers, strict=True))
            return sorted(terms, key=lambda term: order.get(term, COUNTED + 1))
        return terms

    async def _look(self, terms: Sequence[Term], places: Sequence[_Opened]) -> None:
        """Look through these places until they have no more, or what they have is too old to be of the page."""
        together = bool(terms) and not terms[0].single
        limit = self._limit
        while places:
            if together:
                below = max(place.below for place in places)
                question = questions.together(terms, places, below, limit)
            else:
                question = questions.apart(terms, places, self._floor, limit)
            rows = await self._ask(*question)
            self._advance(places, rows, limit, together)
            places = [place for place in places if place.below > self._floor + 1]
            limit = min(4 * limit, MOST)

    def _advance(self, places: Sequence[_Opened], rows: Sequence[Any], limit: int, together: bool) -> None:
        """Take what fits, and note how far each place was looked through."""
        by_log = {place.log: place for place in places}
        full = {log for log, found in Counter(row.log for row in rows).items() if found == limit}
        if together and len(rows) == limit:
            full = set(by_log)
        lowest = min((row.id for row in rows), default=0)
        for place in places:
            if place.log not in full:
                place.below = 0
            elif together:
                place.below = lowest
        for id_, log, *columns, edited in rows:
            place = by_log[log]
            if place.below and not together:
                place.below = min(place.below, id_)
            entry = entry_from(place.window.conversation, columns)
            if entry.seq <= place.window.after:
                place.below = 0
            elif entry.seq <= place.window.upto:
                content = entry.content if edited is None else edited
                if fits(self._criteria, entry, content):
                    self.found.append((id_, entry))
        self.found = sorted(self.found, key=lambda found: -found[0])[: self._limit]

    @property
    def _floor(self) -> int:
        """What is not above this id cannot be of the page any more."""
        return self.found[-1][0] if len(self.found) == self._limit else 0

    async def _ask(self, statement: Any, values: Mapping[str, Any] | None = None) -> Sequence[Any]:
        """All rows of a question; Problem `unavailable` if the search takes too long."""
        try:
            async with asyncio.timeout_at(self._deadline):
                return await self._reading.fetch(statement, values)
        except TimeoutError as error:
            raise Problem(
                Code.UNAVAILABLE, "the search took too long; ask for more words, or a conversation"
            ) from error
