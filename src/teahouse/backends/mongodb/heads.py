"""Where each conversation's log ends: its last seq and the `order` of that entry.

Rule: what is remembered is where this process saw the end, and so a lower bound: entries are never taken away. Whoever
must know the end asks from there on; the append only guesses, for the unique index corrects it. Used by log.py.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from teahouse.backends.mongodb.connection import Connection

ASKED_AT_ONCE = 500
FEW = 8
"""Asked for one by one, for that is a range of the index each, whoever plans it."""


class Head(NamedTuple):
    seq: int = 0
    order: int = 0


class Heads:
    """`most` are remembered."""

    def __init__(self, connection: Connection, most: int = 100_000) -> None:
        self._connection = connection
        self._most = most
        self._known: OrderedDict[str, Head] = OrderedDict()

    async def guess(self, conversations: Iterable[str]) -> dict[str, Head]:
        """Where they end, or did when this process looked last."""
        wanted = dict.fromkeys(conversations)
        missing = [c for c in wanted if c not in self._known]
        read = await self.look(missing) if missing else {}
        return {c: read[c] if c in read else self._known[c] for c in wanted}

    async def look(self, conversations: Sequence[str]) -> Mapping[str, Head]:
        """Where they end now."""
        found: dict[str, Head] = {}
        wanted = list(dict.fromkeys(conversations))
        for start in range(0, len(wanted), ASKED_AT_ONCE):
            some = wanted[start : start + ASKED_AT_ONCE]
            found |= await self._from_known([c for c in some if c in self._known])
            found |= await self._from_nothing([c for c in some if c not in self._known])
        heads = {c: found.get(c, Head()) for c in wanted}
        self.saw({c: head for c, head in heads.items() if head.seq})
        return heads

    def saw(self, heads: Mapping[str, Head]) -> None:
        for conversation, head in heads.items():
            if head >= self._known.get(conversation, Head()):
                self._known[conversation] = head
                self._known.move_to_end(conversation)
        while len(self._known) > self._most:
            self._known.popitem(last=False)

    async def _from_known(self, conversations: Sequence[str]) -> dict[str, Head]:
        """From the last known entry on there are few."""
        if not conversations:
            return {}
        places = [{"conversation": c, "seq": {"$gte": self._known[c].seq}} for c in conversations]
        if len(places) > FEW:
            return await self._ends({"$or": places})
        ends: dict[str, Head] = {}
        for found in await asyncio.gather(*map(self._ends, places)):
            ends |= found
        return ends

    async def _from_nothing(self, conversations: Sequence[str]) -> dict[str, Head]:
        """Sorted as the index is, so that MongoDB jumps from one conversation's end to the next."""
        return await self._ends({"conversation": {"$in": list(conversations)}}) if conversations else {}

    async def _ends(self, query: Mapping[str, object]) -> dict[str, Head]:
        rows = await self._connection.gathered(
            [
                {"$match": query},
                {"$sort": {"conversation": -1, "seq": -1}},
                {
                    "$group": {
                        "_id": "$conversation",
                        "seq": {"$first": "$seq"},
                        "order": {"$first": "$order"},
                    }
                },
            ]
        )
        return {row["_id"]: Head(row["seq"], row["order"]) for row in rows}
