"""Erasures (ports/accounts.py): accounts are in the other store, what somebody wrote is in MongoDB.

Rule: no index leads from a user to what they wrote, for each entry would pay for it; so all entries are looked through,
by their ids, so many at a time.
"""

from bson.objectid import ObjectId

from teahouse.backends.mongodb.connection import Connection, whole
from teahouse.backends.mongodb.documents import FIELDS, entry_from
from teahouse.model.entries import Entry
from teahouse.ports.accounts import Erasures

WINDOW = 4096
"""Entries looked at in one go."""


class MongoErasures:
    """`erasures` is the other store's."""

    def __init__(self, connection: Connection, erasures: Erasures) -> None:
        self._connection = connection
        self._erasures = erasures

    async def begin(self, user: str, at: int) -> None:
        await self._erasures.begin(user, at)

    async def pending(self) -> list[str]:
        return await self._erasures.pending()

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]:
        upto = await self._end(after)
        within = {"_id": {"$gt": _id(after), **({"$lte": _id(upto)} if upto else {})}}
        rows = await self._connection.found({**within, "sender": user}, FIELDS, sort=[("_id", 1)])
        return [entry_from(row) for row in rows], upto

    @whole
    async def disown(self, user: str, nick: str, after: int) -> int | None:
        upto = await self._end(after)
        within = {"_id": {"$gt": _id(after), **({"$lte": _id(upto)} if upto else {})}}
        async with self._connection.using():
            await self._connection.entries.update_many({**within, "sender": user}, {"$set": {"nick": nick}})
        return upto

    async def forget(self, user: str, nick: str) -> None:
        await self._erasures.forget(user, nick)

    async def _end(self, after: int) -> int | None:
        """Where this window ends; None if it is the last one."""
        rows = await self._connection.found(
            {"_id": {"$gt": _id(after)}}, ("_id",), sort=[("_id", 1)], skip=WINDOW - 1, limit=2
        )
        return int.from_bytes(rows[0]["_id"].binary) if len(rows) == 2 else None


def _id(number: int) -> ObjectId:
    return ObjectId(number.to_bytes(12))
