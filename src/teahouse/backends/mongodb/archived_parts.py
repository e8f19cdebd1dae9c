"""What is a field of entries, as rows of an archive: whom they mention, whose thread they are in, their files.

Rule: rows come as the documents lie, so that a page costs what it looks at, however few have the field. They are put
when their entries are there; one whose entry is missing is not kept, which whoever counts afterwards sees.

Used by archive.py.
"""

from collections.abc import Sequence

import msgspec
from bson.objectid import ObjectId
from pymongo import UpdateOne

from teahouse.backends.mongodb.connection import Connection, Document, whole
from teahouse.model.archive import Row, Value


class Parts:
    """A Shelf (archive.py). `field` is a list, but for `root`, of which an entry has one, and which comes before the
    seq in its row."""

    def __init__(self, connection: Connection, field: str) -> None:
        self._connection = connection
        self._field = field
        self._single = field == "root"

    async def count(self) -> int:
        has = {self._field: {"$exists": True}}
        size: object = 1 if self._single else {"$size": f"${self._field}"}
        rows = await self._connection.gathered(
            [{"$match": has}, {"$group": {"_id": None, "rows": {"$sum": size}}}]
        )
        return int(rows[0]["rows"]) if rows else 0

    async def page(self, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        """A place is a document, and how many of its rows were given."""
        begun, given = (b"", 0) if after is None else msgspec.msgpack.decode(after)
        query = {"_id": {"$gte": ObjectId(begun)}} if begun else {}
        fields = ("conversation", "seq", self._field)
        found = await self._connection.found(query, fields, sort=[("_id", 1)], limit=limit + 1)
        rows: list[Row] = []
        ends: tuple[bytes, int] | None = None
        for document in found:
            id_, every = document["_id"].binary, self._rows(document)
            done = given if id_ == begun else 0
            some = every[done : done + limit - len(rows)]
            rows += some
            ends = id_, done + len(some)
            if ends[1] < len(every):
                break
        else:
            ends = ends if len(found) > limit else None
        return rows, None if ends is None else msgspec.msgpack.encode(ends)

    @whole
    async def put(self, rows: Sequence[Row]) -> None:
        at, seq = (1, 2) if self._single else (2, 1)
        values: dict[tuple[Value, Value], list[Value]] = {}
        for row in rows:
            values.setdefault((row[0], row[seq]), []).append(row[at])
        changes = [
            UpdateOne({"conversation": conversation, "seq": number}, self._change(some))
            for (conversation, number), some in values.items()
        ]
        async with self._connection.using():
            await self._connection.entries.bulk_write(changes, ordered=False)

    def _rows(self, document: Document) -> list[Row]:
        conversation, seq, value = document["conversation"], document["seq"], document.get(self._field)
        if value is None:
            return []
        return [(conversation, value, seq)] if self._single else [(conversation, seq, one) for one in value]

    def _change(self, values: list[Value]) -> Document:
        if self._single:
            return {"$set": {self._field: values[-1]}}
        return {"$addToSet": {self._field: {"$each": values}}}
