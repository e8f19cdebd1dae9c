"""A batch: several calls on their way into the log together, through as many attempts as it takes.

Rule: one transaction, or one document where that is all; so a crash leaves all of it or nothing, and seqs have no gap
(decision 0053). The next seqs are a guess from where this process saw a conversation end; if another was faster, the
unique index says so, and the batch is planned again with everything read anew. Made by log.py.
"""

import asyncio
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pymongo.errors import OperationFailure, PyMongoError

from teahouse.backends.mongodb.append import Item, Plan, plan
from teahouse.backends.mongodb.connection import Connection, Session, is_away, is_duplicate, reason, whole
from teahouse.backends.mongodb.debts import PROMISE_S, Debt, Debts, owed_by
from teahouse.backends.mongodb.documents import FIELDS, elsewhere, entry_from
from teahouse.backends.mongodb.gate import Gate
from teahouse.backends.mongodb.heads import Heads
from teahouse.backends.mongodb.measure import measure
from teahouse.backends.mongodb.revision import recalled, redact, revise
from teahouse.backends.standing import expects
from teahouse.model.entries import Appended, Draft, Entry, Kind
from teahouse.model.errors import StoreUnavailable

APPEND_S = 8.0
"""So long a batch is tried; whoever sent was answered before (engine/store.py)."""
INSERTED_AT_ONCE = 1000
"""Documents of one command, so that a long call does not run into the time-out of one."""
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.002, 0.25


@dataclass
class Room:
    """What the batches of one process share. `order` is that of its last entry."""

    connection: Connection
    heads: Heads
    debts: Debts
    gate: Gate
    order: int = 0


class Call:
    """The drafts of one `append_many`, and who waits."""

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.items = [Item(draft) for draft in drafts]
        self.done: asyncio.Future[list[Appended]] = asyncio.get_running_loop().create_future()

    def fail(self, error: BaseException) -> None:
        if not self.done.done():
            self.done.set_exception(error)

    def succeed(self, results: Mapping[Item, Appended]) -> None:
        if not self.done.done():
            self.done.set_result([results[item] for item in self.items])


@dataclass
class Stored:
    """What became of a batch. `debts` are to be paid until `promised` (loop time); what a lost attempt owes is settled
    up to these seqs."""

    results: Mapping[Item, Appended]
    debts: Sequence[Debt]
    promised: float
    settle: Mapping[str, int]


class Batch:
    """The calls may overlap in anything."""

    def __init__(self, room: Room, calls: Sequence[Call]) -> None:
        self._room = room
        self._connection = room.connection
        self._calls = list(calls)
        self._careful = any(item.uses or expects(item.draft.changes) for item in self._items)

    @property
    def _items(self) -> list[Item]:
        return [item for call in self._calls for item in call.items]

    @whole
    async def store(self) -> Stored:
        """StoreUnavailable if nothing was stored, or nobody knows."""
        loop = asyncio.get_running_loop()
        deadline, pause = loop.time() + APPEND_S, _FIRST_PAUSE_S
        while True:
            try:
                made = await self._plan()
                if not await self._admit(made):
                    continue
                promised = loop.time() + PROMISE_S
                async with self._connection.using():
                    debts = await self._attempt(made)
                return Stored(made.results, debts, promised, self._recovered())
            except _Again as again:
                error = StoreUnavailable(f"MongoDB: {again}")
            except StoreUnavailable as unavailable:
                if not _may_pass(unavailable):
                    raise
                error = unavailable
            self._careful = True
            if loop.time() + pause > deadline:
                raise error
            await asyncio.sleep(random.uniform(pause / 2, pause))  # noqa: S311 - so that two do not meet again
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    async def _plan(self) -> Plan:
        """Careful: with all that is known in MongoDB about these drafts, attempts of before included."""
        conversations = [item.draft.conversation for item in self._items]
        first: list[Entry] = []
        if self._careful:
            await self._find_stored()
            first = await self._first()
        heads = self._room.heads
        ends = await (heads.look(conversations) if self._careful else heads.guess(conversations))
        standing = await measure(self._room, self._items, ends)
        if standing is not None and not self._careful:  # who may be refused may have been stored before
            self._careful = True
            return await self._plan()
        made = plan(self._items, ends, first, self._room.order, standing)
        self._room.order = made.order
        return made

    async def _find_stored(self) -> None:
        by_id = {item.id: item for item in self._items}
        places = {item.draft.conversation for item in self._items}
        query = {"_id": {"$in": list(by_id)}, "conversation": {"$in": list(places)}}
        for row in await self._connection.found(query, ("seq",)):
            by_id[row["_id"]].stored = row["seq"]

    async def _first(self) -> list[Entry]:
        """Entries that have the keys of these drafts already."""
        keys: dict[tuple[str, str], list[str]] = {}
        for draft in (item.draft for item in self._items if not item.stored):
            if draft.cid is not None:
                keys.setdefault((draft.conversation, draft.sender), []).append(draft.cid)
        wanted = [{"conversation": c, "sender": s, "cid": {"$in": cids}} for (c, s), cids in keys.items()]
        rows = await self._connection.found({"$or": wanted}, FIELDS) if wanted else []
        return [entry_from(row) for row in rows]

    async def _admit(self, made: Plan) -> bool:
        """Use the links of those who would be stored (L10). False: the plan is void, for somebody is refused, or has
        to be without the other store, alone."""
        for item, _ in made.inserted:
            if not item.uses or item.admitted:
                continue
            try:
                item.admitted = await self._room.gate.admit(item.uses)
            except StoreUnavailable as error:
                failed = next(call for call in self._calls if item in call.items)
                failed.fail(error)
                self._calls.remove(failed)
                return False
            item.refused = not item.admitted
            if item.refused:
                return False
        return True

    def _recovered(self) -> dict[str, int]:
        stored = [item for item in self._items if item.stored]
        return {item.draft.conversation: item.stored for item in stored}

    async def _attempt(self, made: Plan) -> list[Debt]:
        """Insert what is planned; what that owes. _Again if another was faster."""
        if not made.documents:
            return []
        try:
            debts = await self._insert(made)
        except OperationFailure as error:
            if is_duplicate(error):
                raise _Again("others write into the same conversations all the time") from error
            if error.has_error_label("TransientTransactionError"):
                raise _Again(reason(error)) from error
            raise
        self._room.heads.saw(made.ends)
        return debts

    async def _insert(self, made: Plan) -> list[Debt]:
        entries = self._connection.entries
        owing = [(item, seq) for item, seq in made.inserted if _owes(item.draft)]
        edits = [(item.draft, seq) for item, seq in made.inserted if item.draft.kind is Kind.EDIT]
        if len(made.documents) == 1 and not owing and not edits:
            await entries.insert_one(made.documents[0])
            return []
        async with self._connection.transaction() as session:
            for start in range(0, len(made.documents), INSERTED_AT_ONCE):
                some = made.documents[start : start + INSERTED_AT_ONCE]
                await entries.insert_many(some, ordered=False, session=session)
            debts = []
            for item, seq in owing:
                files = await self._redact(session, item.draft, seq)
                debt = owed_by(item.draft, item.id, seq, files)
                if debt is not None:
                    debts.append(debt)
            await revise(self._connection, session, edits)
            await self._room.debts.write(session, debts)
        return debts

    async def _redact(self, session: Session, draft: Draft, seq: int) -> list[str]:
        """What a recall erases; the files that were carried there."""
        if draft.kind is not Kind.RECALL or draft.ref is None:
            return []
        return await redact(self._connection, session, draft.conversation, recalled(draft.ref, seq))


class _Again(Exception):
    """This attempt stored nothing, and the next one may."""


def _owes(draft: Draft) -> bool:
    return draft.kind is Kind.RECALL or bool(elsewhere(draft.changes))


def _may_pass(error: StoreUnavailable) -> bool:
    """Whether MongoDB may answer in a moment: it was not reached, or has just lost its primary. An attempt of which
    nobody knows the end is found again then."""
    cause = error.__cause__
    if not isinstance(cause, PyMongoError):
        return False
    lost = ("RetryableWriteError", "UnknownTransactionCommitResult")
    return is_away(cause) or any(cause.has_error_label(label) for label in lost)
