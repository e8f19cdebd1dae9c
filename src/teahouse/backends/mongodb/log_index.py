"""LogIndex (ports/log_index.py) in MongoDB: fields of the entries themselves, with partial indexes (collections.py)."""

from collections.abc import Mapping, Sequence

import msgspec

from teahouse.backends.mongodb.connection import Connection
from teahouse.backends.mongodb.documents import FIELDS, entry_from
from teahouse.model.entries import Entry, Kind
from teahouse.model.threads import COUNTED, Thread


class _Pin(msgspec.Struct):
    on: bool = False


_pin = msgspec.json.Decoder(_Pin).decode


class MongoLogIndex:
    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    async def pick(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        if not seqs:
            return []
        place = {"conversation": conversation, "seq": {"$in": list(seqs)}}
        return [entry_from(row) for row in await self._connection.found(place, FIELDS, sort=[("seq", 1)])]

    async def replies(
        self, conversation: str, root: int, span: tuple[int, int], limit: int, newest: bool = False
    ) -> list[Entry]:
        if limit <= 0:
            return []
        query = {"conversation": conversation, "root": root, "seq": {"$gt": span[0], "$lte": span[1]}}
        order = [("seq", -1 if newest else 1)]
        rows = await self._connection.found(query, FIELDS, sort=order, limit=limit)
        return [entry_from(row) for row in (reversed(rows) if newest else rows)]

    async def threads(
        self, conversation: str, roots: Sequence[int], span: tuple[int, int]
    ) -> Mapping[int, Thread]:
        if not roots:
            return {}
        standing = {
            "conversation": conversation,
            "root": {"$in": list(roots)},
            "seq": {"$gt": span[0], "$lte": span[1]},
            "redacted": {"$ne": True},
        }
        last = {"replies": {"$sum": 1}, "seq": {"$last": "$seq"}, "at": {"$last": "$at"}}
        rows = await self._connection.gathered(
            [{"$match": standing}, {"$sort": {"root": 1, "seq": 1}}, {"$group": {"_id": "$root", **last}}]
        )
        return {row["_id"]: Thread(min(row["replies"], COUNTED), row["seq"], row["at"]) for row in rows}

    async def pinned(self, conversation: str, upto: int, limit: int) -> list[tuple[int, int]]:
        pins = {"conversation": conversation, "kind": Kind.PIN.value, "seq": {"$lte": upto}}
        last = {"seq": {"$last": "$seq"}, "content": {"$last": "$content"}}
        rows = await self._connection.gathered(
            [
                {"$match": {**pins, "ref": {"$exists": True}}},
                {"$sort": {"seq": 1}},
                {"$group": {"_id": "$ref", **last}},
                {"$sort": {"seq": -1}},
            ]
        )
        said = [(row["_id"], row["seq"]) for row in rows if _pin(row["content"]).on]
        messages = await self.pick(conversation, [message for message, _ in said])
        standing = {message.seq for message in messages if not message.redacted}
        return [(message, pin) for message, pin in said if message in standing][:limit]
