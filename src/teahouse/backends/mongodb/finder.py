"""Finder (ports/search.py) in MongoDB: an array of words in each message, and an index of (conversation, word, seq).

Rule: the index narrows, and fits(), in model/searching.py, decides: that words stand in a row it does not know.
MongoDB's own text index is not used: it cannot take Chinese apart. Words are written with the message itself and erased
with it, so nothing has to catch up (S5, S6).
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from typing import Any

from teahouse.backends.mongodb.connection import Connection
from teahouse.backends.mongodb.documents import (
    FIELDS,
    Document,
    entry_from,
    nick_token,
    trait_token,
    user_token,
)
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.query import Phrase
from teahouse.model.searching import Authors, Criteria, Window, fits

NARROW = 256
"""So many conversations are part of one question."""
PAGE = 200
"""So many candidates are read at once."""
PATIENCE_S = 3.0

_NEWEST = [("order", -1), ("conversation", -1)]
_Place = tuple[int, str]


class MongoFinder:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        before = None
        if start is not None:
            before = await self._place(*start)
            if before is None:
                return []
        try:
            async with asyncio.timeout(PATIENCE_S):
                return await self._find(criteria, windows, before, limit)
        except TimeoutError as error:
            raise Problem(
                Code.UNAVAILABLE, "the search took too long; ask for more words, or a conversation"
            ) from error

    async def caught_up(self) -> None:
        """The words of a message are written with it."""

    async def _place(self, conversation: str, seq: int) -> _Place | None:
        rows = await self._connection.found({"conversation": conversation, "seq": seq}, ("order",))
        return (rows[0]["order"], conversation) if rows else None

    async def _find(
        self, criteria: Criteria, windows: Sequence[Window], before: _Place | None, limit: int
    ) -> list[Entry]:
        """Some conversations at a time; once there are enough, the others need not go further back."""
        found: list[tuple[_Place, Entry]] = []
        floor = 0
        for first in range(0, len(windows), NARROW):
            narrow = _within(windows[first : first + NARROW], floor)
            found += await self._search(criteria, narrow, before, limit)
            found = sorted(found, key=lambda one: one[0], reverse=True)[:limit]
            if len(found) == limit and found:
                floor = found[-1][0][0]
        return [entry for _, entry in found]

    async def _search(
        self, criteria: Criteria, narrow: Mapping[str, Any], before: _Place | None, limit: int
    ) -> list[tuple[_Place, Entry]]:
        found: list[tuple[_Place, Entry]] = []
        size = max(limit, PAGE)
        while len(found) < limit:
            query = {"$and": [narrow, wanted(criteria), *_after(before)]}
            rows = await self._connection.found(query, (*FIELDS, "order", "edited"), sort=_NEWEST, limit=size)
            now = await self._edits(rows)
            for row in rows:
                entry, before = entry_from(row), (row["order"], row["conversation"])
                content = now.get((entry.conversation, row.get("edited", 0)), entry.content)
                if len(found) < limit and fits(criteria, entry, content):
                    found.append((before, entry))
            if len(rows) < size:
                break
        return found

    async def _edits(self, rows: Sequence[Document]) -> Mapping[tuple[str, int], bytes]:
        """What the newest edits of these messages say."""
        places = [
            {"conversation": row["conversation"], "seq": row["edited"], "redacted": {"$ne": True}}
            for row in rows
            if "edited" in row
        ]
        if not places:
            return {}
        edits = await self._connection.found({"$or": places}, ("conversation", "seq", "content"))
        return {(edit["conversation"], edit["seq"]): bytes(edit["content"]) for edit in edits}


def _within(windows: Sequence[Window], floor: int) -> Mapping[str, Any]:
    seen = [
        {"conversation": w.conversation, "seq": {"$gt": max(w.after, 0), "$lte": w.upto}} for w in windows
    ]
    return {"$or": seen, **({"order": {"$gte": floor}} if floor else {})}


def _after(before: _Place | None) -> list[Mapping[str, Any]]:
    if before is None:
        return []
    order, conversation = before
    same = {"order": order, "conversation": {"$lt": conversation}}
    return [{"$or": [{"order": {"$lt": order}}, same]}]


def wanted(criteria: Criteria) -> Mapping[str, Any]:
    """What MongoDB can say of the criteria: every message that fits is among those."""
    every: list[Mapping[str, Any]] = [{"kind": Kind.MESSAGE.value}, {"redacted": {"$ne": True}}]
    for phrase in criteria.phrases:
        every += _words(phrase)
    every += [{"words": trait_token(trait)} for trait in criteria.has]
    if criteria.authors is not None:
        every.append({"words": {"$in": _who(criteria.authors)}})
    no = [p.words[0] for p in criteria.no_phrases if len(p.words) == 1 and not p.prefix]
    no += [trait_token(trait) for trait in criteria.has_not]
    if no:
        every.append({"words": {"$nin": no}})
    if criteria.after is not None:
        every.append({"at": {"$gte": criteria.after}})
    if criteria.before is not None:
        every.append({"at": {"$lt": criteria.before}})
    return {"$and": every}


def _words(phrase: Phrase) -> list[Mapping[str, Any]]:
    *exact, last = phrase.words
    found: list[Mapping[str, Any]] = [{"words": word} for word in exact]
    if phrase.prefix:
        return [*found, {"words": {"$regex": f"^{re.escape(last)}"}}]
    return [*found, {"words": last}]


def _who(authors: Authors) -> list[str]:
    return [*map(user_token, authors.users), *map(nick_token, authors.nicks)]
