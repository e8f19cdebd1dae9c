"""Entries as rows of an archive, and what their documents need besides (documents.py): `order`, `words`, `edited`.

Rule: they are put in their order, so a crash leaves the first of them; those that are there keep their `order`, and new
ones come after all that are there. So what was begun and is put again stands as if it was put once (Z2, Z3). Not by
transactions: what a killed process had begun would be in the way of the next for a minute. Moved entries are numbered
from 1, which is long before the time of any append, whatever the clocks say.

Used by archive.py.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
from bson.binary import Binary
from pymongo import UpdateOne
from pymongo.errors import OperationFailure

from teahouse.backends.kinds import EDIT, KIND_CODES, KINDS, MESSAGE
from teahouse.backends.mongodb.connection import Connection, Document, is_duplicate, whole
from teahouse.backends.mongodb.documents import FIELDS, tokens
from teahouse.model.archive import HISTORY, Row
from teahouse.model.entries import Kind

ORDER: dict[str, Any] = {"name": "moving", "key": {"order": 1, "conversation": 1}}
AT_ONCE = 250
"""Entries of one command."""

_COLUMNS = next(kind for kind in HISTORY if kind.name == "entry").columns
_MAY_LACK = ("cid", "ref", "redacted", "words", "edited")

Place = tuple[str, int]


class Entries:
    """A Shelf (archive.py)."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    @whole
    async def count(self) -> int:
        async with self._connection.using():
            return await self._connection.entries.count_documents({})

    async def page(self, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        query: dict[str, Any] = {}
        if after is not None:
            order, conversation = msgspec.msgpack.decode(after)
            behind = [{"order": {"$gt": order}}, {"conversation": {"$gt": conversation}}]
            query = {"order": {"$gte": order}, "$or": behind}
        found = await self._connection.found(
            query, (*FIELDS, "order"), sort=list(ORDER["key"].items()), limit=limit, hint=ORDER["name"]
        )
        ends = (found[-1]["order"], found[-1]["conversation"]) if len(found) == limit else None
        return [_row(one) for one in found], None if ends is None else msgspec.msgpack.encode(ends)

    @whole
    async def put(self, rows: Sequence[Row]) -> None:
        for start in range(0, len(rows), AT_ONCE):
            entries = [dict(zip(_COLUMNS, row, strict=True)) for row in rows[start : start + AT_ONCE]]
            async with self._connection.using():
                try:
                    await self._add(entries)
                except OperationFailure as error:
                    if not is_duplicate(error):
                        raise
                    await self._replace(entries)

    async def _add(self, entries: Sequence[Document]) -> None:
        """All of them are new, or the index says that one is not."""
        last = await self._last_order()
        new = [{**_document(entry), "order": last + n} for n, entry in enumerate(entries, 1)]
        await self._connection.entries.insert_many(new, ordered=True)
        await self._say_edits(_edited(entries))

    async def _replace(self, entries: Sequence[Document]) -> None:
        there = await self._there([(entry["conversation"], entry["seq"]) for entry in entries])
        known = [entry for entry in entries if (entry["conversation"], entry["seq"]) in there]
        new = [entry for entry in entries if (entry["conversation"], entry["seq"]) not in there]
        if known:
            changes = [UpdateOne(*_replacing(entry)) for entry in known]
            await self._connection.entries.bulk_write(changes, ordered=False)
        if new:
            await self._add(new)
        touched = [(e["conversation"], e["seq"]) for e in known if e["kind"] == MESSAGE]
        await self._say_edits([*touched, *_edited(known)])

    async def _last_order(self) -> int:
        last = await self._connection.entries.find_one(
            {}, ("order",), sort=[("order", -1)], hint=ORDER["name"]
        )
        return 0 if last is None else int(last["order"])

    async def _there(self, places: Sequence[Place]) -> set[Place]:
        found = self._connection.entries.find({"$or": _within("seq", places)}, ("conversation", "seq"))
        return {(one["conversation"], one["seq"]) async for one in found}

    async def _say_edits(self, messages: Sequence[Place]) -> None:
        """These messages are found by what the last of their edits says; by nothing, if that was erased (S1, S6)."""
        if not messages:
            return
        edits = {"kind": Kind.EDIT.value, "$or": _within("ref", messages)}
        last: dict[Place, Document] = {}
        async for edit in self._connection.entries.find(edits, FIELDS, sort=[("seq", 1)]):
            last[edit["conversation"], edit["ref"]] = edit
        if not last:
            return
        standing = {"kind": Kind.MESSAGE.value, "redacted": {"$ne": True}, "$or": _within("seq", list(last))}
        changes = [
            UpdateOne(
                {"_id": message["_id"], "conversation": message["conversation"]},
                _said(message, last[message["conversation"], message["seq"]]),
            )
            async for message in self._connection.entries.find(standing, FIELDS)
            if message["seq"] < last[message["conversation"], message["seq"]]["seq"]
        ]
        if changes:
            await self._connection.entries.bulk_write(changes, ordered=False)


def _row(found: Document) -> Row:
    code = KIND_CODES[Kind(found["kind"])]
    rest = found["sender"], found["nick"], found["at"], bytes(found["content"])
    last = found.get("cid"), found.get("ref"), int(found.get("redacted", False))
    return (found["conversation"], found["seq"], code, *rest, *last)


def _document(entry: Mapping[str, Any]) -> Document:
    """But for its order."""
    made = {name: entry[name] for name in _COLUMNS if entry[name] is not None}
    made |= {"kind": KINDS[entry["kind"]].value, "content": Binary(entry["content"])}
    if not made.pop("redacted"):
        if entry["kind"] == MESSAGE:
            made["words"] = tokens(entry["sender"], entry["nick"], entry["content"])
        return made
    return made | {"redacted": True}


def _replacing(entry: Mapping[str, Any]) -> tuple[Document, Document]:
    """What it has besides, mentions and so on, are rows of their own, and stay."""
    made = _document(entry)
    place = {"conversation": made["conversation"], "seq": made["seq"]}
    change: Document = {"$set": {name: value for name, value in made.items() if name not in place}}
    return place, change | {"$unset": {name: "" for name in _MAY_LACK if name not in made}}


def _edited(entries: Iterable[Mapping[str, Any]]) -> list[Place]:
    return [(e["conversation"], e["ref"]) for e in entries if e["kind"] == EDIT and e["ref"] is not None]


def _said(message: Document, edit: Document) -> Document:
    if edit.get("redacted", False):
        return {"$unset": {"words": "", "edited": ""}}
    words = tokens(message["sender"], message["nick"], edit["content"])
    return {"$set": {"words": words, "edited": edit["seq"]}}


def _within(field: str, places: Iterable[Place]) -> list[Document]:
    """Places as a question for each conversation."""
    seqs: dict[str, list[int]] = {}
    for conversation, seq in places:
        seqs.setdefault(conversation, []).append(seq)
    return [{"conversation": conversation, field: {"$in": some}} for conversation, some in seqs.items()]
