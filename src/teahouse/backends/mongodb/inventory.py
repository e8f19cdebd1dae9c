"""Inventory (ports/inventory.py): conversations and people are in the other store, messages in MongoDB.

Rule: nothing is counted twice. Ids of entries begin with the second they were made in; so messages are counted from
where they were counted last, but for the last minute, in which some may still be on their way.
"""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from bson.objectid import ObjectId
from msgspec.structs import replace

from teahouse.backends.mongodb.connection import Connection, whole
from teahouse.backends.mongodb.heads import Heads
from teahouse.model.entries import Kind
from teahouse.model.inventory import Holding, Totals, Wanted
from teahouse.ports.inventory import Inventory

UNSETTLED = timedelta(minutes=1)
_FIRST = ObjectId(bytes(12))


class MongoInventory:
    """`inventory` is the other store's."""

    def __init__(self, connection: Connection, heads: Heads, inventory: Inventory) -> None:
        self._connection = connection
        self._heads = heads
        self._inventory = inventory
        self._counted = _FIRST
        self._messages = 0

    async def conversations(self, wanted: Wanted, limit: int) -> Sequence[Holding]:
        found = await self._inventory.conversations(wanted, limit)
        heads = await self._heads.look([holding.id for holding in found])
        return [replace(holding, last_seq=heads[holding.id].seq) for holding in found]

    async def totals(self, since: int) -> Totals:
        totals = await self._inventory.totals(since)
        settled = ObjectId.from_datetime(datetime.now(UTC) - UNSETTLED)
        if settled > self._counted:
            begun, counted = self._counted, self._messages
            counted += await self._count({"_id": {"$gte": begun, "$lt": settled}})
            if self._counted is begun:  # else somebody else was faster
                self._counted, self._messages = settled, counted
        messages, rest = self._messages, await self._count({"_id": {"$gte": self._counted}})
        recent = await self._count({"at": {"$gte": since}})
        stored = totals.bytes + await self._bytes()
        return replace(totals, messages=messages + rest, recent=recent, bytes=stored)

    @whole
    async def _bytes(self) -> int:
        async with self._connection.using():
            size = await self._connection.database.command("dbStats")
        return int(size.get("storageSize", 0)) + int(size.get("indexSize", 0))

    @whole
    async def _count(self, query: dict[str, object]) -> int:
        async with self._connection.using():
            return await self._connection.entries.count_documents({**query, "kind": Kind.MESSAGE.value})
