"""Cursors (ports/cursors.py): marks are in the other store, what is unread is counted in MongoDB (C3).

Rule: a conversation without anything after the mark, which most are, costs one look at its end, together with all the
others; the rest are counted where the entries are, in a pass over a window of seqs each, so many at once.
"""

import asyncio
from collections.abc import Mapping, Sequence

from teahouse.backends.mongodb.connection import Connection, Document
from teahouse.backends.mongodb.heads import Heads
from teahouse.model.entries import Kind
from teahouse.model.ids import EVERYBODY, SYSTEM
from teahouse.model.marks import Advance, Mark, Unread
from teahouse.ports.cursors import Cursors
from teahouse.ports.hidden import Hidden

COUNTED = 10_000
"""Counting stops here (C3): so many of the newest entries are looked at."""
NEAR = 500
"""And these first."""
AT_ONCE = 8
_NO_MARK = Mark()


class MongoCursors:
    """`cursors` and `hidden` are the other store's."""

    def __init__(self, connection: Connection, heads: Heads, cursors: Cursors, hidden: Hidden) -> None:
        self._connection = connection
        self._heads = heads
        self._cursors = cursors
        self._hidden = hidden
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def advance(self, advances: Sequence[Advance]) -> None:
        await self._cursors.advance(advances)

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        return await self._cursors.marks(user, conversations)

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        return await self._cursors.everyone(conversation)

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        if not since:
            return {}
        marks = await self._cursors.marks(user, list(since))
        floors = {c: _floor(marks.get(c, _NO_MARK), joined) for c, joined in since.items()}
        heads = await self._heads.look(list(since))
        found = {c: Unread(floor) for c, floor in floors.items()}
        news = [c for c, floor in floors.items() if heads[c].seq > floor]
        counts = await asyncio.gather(*(self._count(user, c, floors[c], heads[c].seq) for c in news))
        return {**found, **dict(zip(news, counts, strict=True))}

    async def _count(self, user: str, conversation: str, floor: int, head: int) -> Unread:
        async with self._turns:
            passed = await self._hidden.hidden(user, conversation, floor, head)
            after = max(floor, head - NEAR)
            found = await self._told(user, conversation, after, head)
            if after > floor and not found["own"]:  # who talks need not look further
                found = await self._told(user, conversation, max(floor, head - COUNTED), head)
        read = max(floor, found["own"])
        unread, mentions = (
            sum(seq > read and seq not in passed for seq in found[name]) for name in ("unread", "mentions")
        )
        return Unread(read, unread, mentions)

    async def _told(self, user: str, conversation: str, after: int, upto: int) -> Document:
        window = {"conversation": conversation, "seq": {"$gt": after, "$lte": upto}}
        rows = await self._connection.gathered([{"$match": window}, {"$group": _told(user)}])
        return rows[0] if rows else {"own": 0, "unread": [], "mentions": []}


def _floor(mark: Mark, joined: int) -> int:
    return max(mark.read, mark.cleared, joined)


def _told(user: str) -> dict[str, object]:
    """The last seq of one's own, and the seqs of what may be unread, and of what mentions one, whatever comes after
    that. `$literal`, for a name may begin with a dollar."""
    counts = [
        {"$eq": ["$kind", Kind.MESSAGE.value]},
        {"$ne": ["$sender", SYSTEM]},
        {"$ne": ["$redacted", True]},
    ]
    told = {"$setIntersection": [{"$ifNull": ["$mentions", []]}, {"$literal": [user, EVERYBODY]}]}
    mentioned = {"$gt": [{"$size": told}, 0]}
    own = {"$and": [counts[0], {"$eq": ["$sender", {"$literal": user}]}]}
    return {
        "_id": None,
        "own": {"$max": {"$cond": [own, "$seq", 0]}},
        "unread": {"$push": {"$cond": [{"$and": counts}, "$seq", "$$REMOVE"]}},
        "mentions": {"$push": {"$cond": [{"$and": [*counts, mentioned]}, "$seq", "$$REMOVE"]}},
    }
