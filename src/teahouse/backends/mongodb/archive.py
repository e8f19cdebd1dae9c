"""Archive (ports/archive.py) of an installation whose history is in MongoDB: the other store's, and MongoDB's, as one.

Rule: every kind is kept in one of the two. Here are entries, what is a field of their documents, and lanes. While it is
moved, the collection has one index more, which nothing else would pay for: the order of the entries.

Made by history.py.
"""

from collections.abc import Sequence
from typing import Protocol

import msgspec
import pymongo
from pymongo import UpdateOne

from teahouse.backends.mongodb.archived import ORDER, Entries
from teahouse.backends.mongodb.archived_parts import Parts
from teahouse.backends.mongodb.connection import Connection, whole
from teahouse.model.archive import KINDS, Kind, Row, Value
from teahouse.ports.archive import Archive

SCAN_S = 3600.0
"""What looks at every document, once, may take so long."""

_OUTLETS = next(kind for kind in KINDS if kind.name == "outlet")
_LANES = next(kind for kind in KINDS if kind.name == "lane")
_PAGE = 1000
_NO_SUCH_INDEX = 27


class Shelf(Protocol):
    """The rows of one kind, as an Archive has them."""

    async def count(self) -> int: ...

    async def page(self, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]: ...

    async def put(self, rows: Sequence[Row]) -> None: ...


class MongoArchive:
    """`other` is the other store's. `begin` comes before everything else."""

    kinds = KINDS

    def __init__(self, connection: Connection, other: Archive) -> None:
        self._connection = connection
        self._other = other
        self._shelves: dict[str, Shelf] = {
            "entry": Entries(connection),
            "mention": Parts(connection, "mentions"),
            "reply": Parts(connection, "root"),
            "posting": Parts(connection, "files"),
            "lane": Lanes(connection, other),
        }

    @whole
    async def begin(self) -> None:
        """Make the index that moving needs; of a long history this takes its time."""
        with pymongo.timeout(SCAN_S):
            async with self._connection.using():
                await self._connection.database.command({"createIndexes": "entries", "indexes": [ORDER]})

    @whole
    async def finish(self) -> None:
        """Take it away again."""
        async with self._connection.using():
            try:
                await self._connection.database.command({"dropIndexes": "entries", "index": ORDER["name"]})
            except pymongo.errors.OperationFailure as error:
                if error.code != _NO_SUCH_INDEX:
                    raise

    async def count(self, kind: Kind) -> int:
        shelf = self._shelves.get(kind.name)
        if shelf is None:
            return await self._other.count(kind)
        with pymongo.timeout(SCAN_S):
            return await shelf.count()

    async def page(self, kind: Kind, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        shelf = self._shelves.get(kind.name)
        if shelf is None:
            return await self._other.page(kind, after, limit)
        return await shelf.page(after, limit)

    async def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        shelf = self._shelves.get(kind.name)
        if shelf is None:
            await self._other.put(kind, rows)
        else:
            await shelf.put(rows)


class Lanes:
    """Lanes stay beside the log when the outlet they belong to is gone (outlets.py); those count for nobody."""

    def __init__(self, connection: Connection, other: Archive) -> None:
        self._connection = connection
        self._other = other

    @whole
    async def count(self) -> int:
        async with self._connection.using():
            return await self._connection.lanes.count_documents({"outlet": {"$in": await self._outlets()}})

    @whole
    async def page(self, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        query: dict[str, object] = {}
        if after is not None:
            outlet, conversation = msgspec.msgpack.decode(after)
            same = {"outlet": outlet, "conversation": {"$gt": conversation}}
            query = {"$or": [{"outlet": {"$gt": outlet}}, same]}
        order = [("outlet", 1), ("conversation", 1)]
        async with self._connection.using():
            found = await self._connection.lanes.find(query, sort=order, limit=limit).to_list()
        known = set(await self._outlets())
        rows = [tuple(lane[name] for name in _LANES.columns) for lane in found if lane["outlet"] in known]
        ends = (found[-1]["outlet"], found[-1]["conversation"]) if len(found) == limit else None
        return rows, None if ends is None else msgspec.msgpack.encode(ends)

    @whole
    async def put(self, rows: Sequence[Row]) -> None:
        fields = [dict(zip(_LANES.columns, row, strict=True)) for row in rows]
        changes = [
            UpdateOne({name: lane[name] for name in _LANES.key}, {"$set": lane}, upsert=True)
            for lane in fields
        ]
        async with self._connection.using():
            await self._connection.lanes.bulk_write(changes, ordered=False)

    async def _outlets(self) -> list[Value]:
        """The ids of those there are: a webhook each, so there are not very many."""
        found: list[Value] = []
        place = None
        while True:
            rows, place = await self._other.page(_OUTLETS, place, _PAGE)
            found += [row[0] for row in rows]
            if place is None:
                return found
