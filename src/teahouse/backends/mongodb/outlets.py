"""Outlets (ports/outlets.py): they are in the other store; how far each was told of the log is kept beside the log.

Rule: which lanes are behind is a question about the ends of conversations, so lanes are where these are. Those of an
outlet that was dropped are taken away (directory.py), and one that comes too late for that counts for nobody.
"""

from collections.abc import AsyncIterator

from teahouse.backends.mongodb.connection import Connection, Document, whole
from teahouse.backends.mongodb.heads import Heads
from teahouse.model.outlets import Lane, Outlet
from teahouse.ports.outlets import Outlets

PAGE = 500


class MongoOutlets:
    """`outlets` is the other store's."""

    def __init__(self, connection: Connection, heads: Heads, outlets: Outlets) -> None:
        self._connection = connection
        self._heads = heads
        self._outlets = outlets

    async def page(self, after: str, limit: int) -> list[Outlet]:
        return list(await self._outlets.page(after, limit))

    @whole
    async def lane(self, outlet: str, conversation: str) -> Lane | None:
        async with self._connection.using():
            found = await self._connection.lanes.find_one({"outlet": outlet, "conversation": conversation})
        return None if found is None or not await self._exists(outlet) else _lane(found)

    @whole
    async def keep(self, lane: Lane) -> None:
        if not await self._exists(lane.outlet):
            return
        place = {"outlet": lane.outlet, "conversation": lane.conversation}
        fields = {name: getattr(lane, name) for name in ("since", "first", "seq", "tries", "due")}
        async with self._connection.using():
            await self._connection.lanes.update_one(place, {"$set": fields}, upsert=True)

    async def behind(self, after: tuple[str, str], limit: int) -> list[Lane]:
        known = [outlet.id async for outlet in self._all()]
        found: list[Lane] = []
        while len(found) < limit:
            lanes = await self._after(after, known)
            heads = await self._heads.look([lane.conversation for lane in lanes])
            found += [lane for lane in lanes if lane.seq < heads[lane.conversation].seq]
            if len(lanes) < PAGE:
                break
            after = lanes[-1].outlet, lanes[-1].conversation
        return found[:limit]

    @whole
    async def _after(self, after: tuple[str, str], known: list[str]) -> list[Lane]:
        outlet, conversation = after
        same = {"outlet": outlet, "conversation": {"$gt": conversation}}
        query = {"$or": [{"outlet": {"$gt": outlet}}, same], "$and": [{"outlet": {"$in": known}}]}
        async with self._connection.using():
            rows = await self._connection.lanes.find(
                query, sort=[("outlet", 1), ("conversation", 1)], limit=PAGE
            ).to_list()
        return [_lane(row) for row in rows]

    async def _exists(self, outlet: str) -> bool:
        """Whether the first one after its predecessor is it."""
        before = outlet[:-1] + (chr(ord(outlet[-1]) - 1) + "\U0010ffff" if ord(outlet[-1]) else "")
        return any(found.id == outlet for found in await self._outlets.page(before, 2))

    async def _all(self) -> AsyncIterator[Outlet]:
        after = ""
        while page := await self._outlets.page(after, PAGE):
            for outlet in page:
                yield outlet
            after = page[-1].id


def _lane(row: Document) -> Lane:
    return Lane(
        row["outlet"], row["conversation"], row["since"], row["first"], row["seq"], row["tries"], row["due"]
    )
