"""MessageLog (ports/log.py) in MongoDB: group commit, one batch under way in each process.

Rule: calls that come while a batch is under way go together with the next one, and are answered in order. What a batch
does stands in batch.py. Reads ask for windows of seqs, which have no gaps, so nothing is ever sorted or skipped.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

from teahouse.backends.mongodb.append import Item
from teahouse.backends.mongodb.batch import Batch, Call, Room, Stored
from teahouse.backends.mongodb.debts import PROMISE_S, owed_by
from teahouse.backends.mongodb.documents import FIELDS, elsewhere, entry_from
from teahouse.backends.mongodb.revision import redact
from teahouse.model.entries import Appended, Draft, Entry, Kind
from teahouse.model.errors import StoreUnavailable

BATCH = 512
"""Drafts of one transaction, if they are of several calls."""
EXPIRED_AT_ONCE = 1000
"""Keys forgotten with one update."""


class MongoLog:
    """`begin` is what must be done before anything else, all of history.py."""

    def __init__(self, room: Room) -> None:
        self.begin: Callable[[], Awaitable[None]]
        self._room = room
        self._connection = room.connection
        self._waiting: deque[Call] = deque()
        self._task: asyncio.Task[None] | None = None

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        if not drafts:
            return []
        call = Call(drafts)
        self._waiting.append(call)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())
        return await call.done

    async def stop(self) -> None:
        """Write what waits."""
        if self._task is not None:
            await asyncio.wait([self._task])

    async def _run(self) -> None:
        calls: list[Call] = []
        try:
            await asyncio.sleep(0)  # the others of this turn come along
            while self._waiting:
                calls = self._next()
                await self._write(calls)
        finally:
            self._task = None
            for call in (*calls, *self._waiting):  # there are none, but when the task is ended from outside
                call.fail(StoreUnavailable("the server stops"))
            self._waiting.clear()

    def _next(self) -> list[Call]:
        calls = [self._waiting.popleft()]
        size = len(calls[0].items)
        while self._waiting and size + len(self._waiting[0].items) <= BATCH:
            calls.append(self._waiting.popleft())
            size += len(calls[-1].items)
        return calls

    async def _write(self, calls: Sequence[Call]) -> None:
        """Append, have the other store changed, answer. A call that cannot be is alone in that."""
        good = [call for call in calls if await self._is_possible(call)]
        with self._room.debts.held(item.id for call in good for item in call.items):
            try:
                stored = await Batch(self._room, good).store()
            except Exception as error:
                for call in good:
                    call.fail(error)
                return
            trouble = await self._pay(stored)
        for call in good:
            if trouble is not None and any(elsewhere(item.draft.changes) for item in call.items):
                call.fail(trouble)
            else:
                call.succeed(stored.results)

    async def _pay(self, stored: Stored) -> StoreUnavailable | None:
        """Why what the entries owe is still owed. They are stored all the same: who repeats one is told so."""
        debts = self._room.debts
        try:
            if stored.debts:
                await debts.pay(stored.debts, stored.promised)
            for conversation, upto in stored.settle.items():
                await debts.settle(conversation, upto)
        except StoreUnavailable as error:
            return error
        return None

    async def _is_possible(self, call: Call) -> bool:
        try:
            for item in call.items:
                if item.draft.changes:
                    await self._room.gate.check(item.draft)
        except Exception as error:
            call.fail(error)
            return False
        return True

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        """There are no gaps, so the first or last `limit` seqs are all that has to be looked at."""
        after = max(after, 0)
        if newest:
            upto = min(upto, (await self.heads([conversation]))[conversation])
            after = max(after, upto - max(limit, 0))
        else:
            upto = min(upto, after + max(limit, 0))
        if after >= upto:
            return []
        place = {"conversation": conversation, "seq": {"$gt": after, "$lte": upto}}
        return [entry_from(row) for row in await self._connection.found(place, FIELDS, sort=[("seq", 1)])]

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        if not seqs:
            return []
        query = {
            "conversation": conversation,
            "ref": {"$in": list(seqs)},
            "kind": {"$ne": Kind.MESSAGE.value},
        }
        entries = [entry_from(row) for row in await self._connection.found(query, FIELDS)]
        return sorted((e for e in entries if (e.ref or 0) < e.seq), key=lambda entry: entry.seq)

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        return {c: head.seq for c, head in (await self._room.heads.look(conversations)).items()}

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        if seqs:
            await self._erase(conversation, {"seq": {"$in": list(seqs)}}, max(seqs))

    async def retire(self, conversation: str, seqs: Sequence[int]) -> None:
        """Redact these and all edits of them (retention.py)."""
        edits = {"ref": {"$in": list(seqs)}, "kind": Kind.EDIT.value}
        await self._erase(conversation, {"$or": [{"seq": {"$in": list(seqs)}}, edits]}, max(seqs))

    async def _erase(self, conversation: str, which: Mapping[str, Any], last: int) -> None:
        item = Item(Draft(conversation, Kind.RECALL, "", "", 0, b"{}"))
        room, promised = self._room, asyncio.get_running_loop().time() + PROMISE_S
        with room.debts.held([item.id]):
            async with self._connection.using(), self._connection.transaction() as session:
                files = await redact(self._connection, session, conversation, which)
                debt = owed_by(item.draft, item.id, last, files)
                await room.debts.write(session, [debt] if debt is not None else [])
            if debt is not None:
                await room.debts.pay([debt], promised)

    async def expire_keys(self, before: int) -> int:
        entries = self._connection.entries
        forgotten = 0
        while True:
            async with self._connection.using():
                query = {"at": {"$lt": before}, "cid": {"$exists": True}}
                old = await entries.find(query, ("_id",), limit=EXPIRED_AT_ONCE).to_list()
                if not old:
                    return forgotten
                ids = {"_id": {"$in": [row["_id"] for row in old]}}
                done = await entries.update_many({**ids, **query}, {"$unset": {"cid": ""}})
            forgotten += done.modified_count
