"""Cursors (ports/cursors.py): marks are in the other store, what is unread is counted in MongoDB (C3).

Rule: a conversation without anything after the mark, which most are, costs one look at its end, together with all the
others; the rest are counted where the entries are, so many at once.
"""

import asyncio
from collections.abc import Mapping, Sequence

from teahouse.backends.mongodb.connection import Connection
from teahouse.backends.mongodb.heads import Heads
from teahouse.model.entries import Kind
from teahouse.model.ids import EVERYBODY, SYSTEM
from teahouse.model.marks import Advance, Mark, Unread
from teahouse.ports.cursors import Cursors
from teahouse.ports.hidden import Hidden

COUNTED = 10_000
"""Counting stops here (C3): so many of the newest messages are looked at."""
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
        counts = await asyncio.gather(*(self._count(user, c, floors[c]) for c in news))
        return {**found, **dict(zip(news, counts, strict=True))}

    async def _count(self, user: str, conversation: str, floor: int) -> Unread:
        async with self._turns:
            own = await self._last_own(user, conversation, floor)
            floor = max(floor, own)
            passed = await self._hidden.hidden(user, conversation, floor, 2**53)
            rows = await self._connection.gathered(
                [*_newest(conversation, floor), {"$group": _counts(user, sorted(passed))}]
            )
        return Unread(floor, rows[0]["unread"], rows[0]["mentions"]) if rows else Unread(floor)

    async def _last_own(self, user: str, conversation: str, floor: int) -> int:
        own = {"$max": {"$cond": [{"$eq": ["$sender", {"$literal": user}]}, "$seq", 0]}}
        rows = await self._connection.gathered(
            [*_newest(conversation, floor), {"$group": {"_id": None, "own": own}}]
        )
        return int(rows[0]["own"]) if rows else 0


def _floor(mark: Mark, joined: int) -> int:
    return max(mark.read, mark.cleared, joined)


def _newest(conversation: str, floor: int) -> list[dict[str, object]]:
    messages = {"conversation": conversation, "seq": {"$gt": floor}, "kind": Kind.MESSAGE.value}
    return [{"$match": messages}, {"$sort": {"seq": -1}}, {"$limit": COUNTED}]


def _counts(user: str, passed: Sequence[int]) -> dict[str, object]:
    """What counts as unread, and which of it mentions the user. `$literal`, for a name may begin with a dollar."""
    counts = [
        {"$ne": ["$sender", SYSTEM]},
        {"$ne": ["$redacted", True]},
        {"$not": [{"$in": ["$seq", list(passed)]}]},
    ]
    told = {"$setIntersection": [{"$ifNull": ["$mentions", []]}, {"$literal": [user, EVERYBODY]}]}
    mentioned = {"$gt": [{"$size": told}, 0]}
    return {
        "_id": None,
        "unread": {"$sum": {"$cond": [{"$and": counts}, 1, 0]}},
        "mentions": {"$sum": {"$cond": [{"$and": [*counts, mentioned]}, 1, 0]}},
    }
