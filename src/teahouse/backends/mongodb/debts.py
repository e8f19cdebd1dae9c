"""Debts: changes that entries carry, for the other store, from the commit of the entry until that store has them (L5).

Rule: a debt is written in the transaction of its entry, and paid, in the order of the seqs of a conversation, before
`append_many` returns; what a crash left over is paid by whoever comes by: the next who has something to change there, a
look every few seconds, the start of a server. A debt that somebody else is paying is left to them for LEASE_S, and
whoever owes gives up long before that: so what is late never overwrites what came after it.

Used by log.py and directory.py.
"""

import asyncio
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from uuid import uuid4

import msgspec
import structlog
from bson.objectid import ObjectId

from teahouse.backends.mongodb.connection import Connection, Document, Session, whole
from teahouse.backends.mongodb.documents import elsewhere
from teahouse.model.changes import Change, PutConversation, PutMember, placed
from teahouse.model.entries import Draft
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.ports.directory import Directory
from teahouse.ports.files import Leftovers

LEASE_S = 10.0
"""A debt that does not change hands for so long is nobody's."""
PROMISE_S = 4.0
"""Whoever commits a debt begins to pay it within this time, or leaves it to the rule for crashes."""
PAYMENT_S = 4.0
"""And the other store may take so long for it."""
LOOK_S = 10.0
_WAIT_S = 0.02
_AT_ONCE = 500

_log = structlog.get_logger("teahouse.backends")
_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Change]).decode


class Debt(msgspec.Struct, frozen=True, gc=False):
    """What entry `seq` of a conversation owes: changes, with the seq in its place, and files to let go."""

    id: ObjectId
    conversation: str
    seq: int
    changes: tuple[Change, ...] = ()
    files: tuple[str, ...] = ()


def owed_by(draft: Draft, id_: ObjectId, seq: int, files: Sequence[str] = ()) -> Debt | None:
    """What the entry that a draft became owes; None if that is nothing."""
    changes = tuple(placed(change, seq) for change in elsewhere(draft.changes))
    return Debt(id_, draft.conversation, seq, changes, tuple(files)) if changes or files else None


class Debts:
    """`directory` and `files` are the other store's."""

    def __init__(self, connection: Connection, directory: Directory, files: Leftovers) -> None:
        self._connection = connection
        self._directory = directory
        self._files = files
        self._me = uuid4().hex
        self._paid: list[ObjectId] = []
        self._busy: set[ObjectId] = set()
        self._seen: dict[ObjectId, tuple[str, float]] = {}
        self._watch: asyncio.Task[None] | None = None

    def documents(self, debts: Iterable[Debt]) -> list[Document]:
        return [
            {
                "_id": debt.id,
                "conversation": debt.conversation,
                "seq": debt.seq,
                "payer": self._me,
                "changes": _encode(debt.changes),
                "files": list(debt.files),
            }
            for debt in debts
        ]

    async def write(self, session: Session, debts: Sequence[Debt]) -> None:
        """In the transaction of the entries."""
        if debts:
            await self._connection.debts.insert_many(self.documents(debts), ordered=False, session=session)

    @contextmanager
    def held(self, ids: Iterable[ObjectId]) -> Iterator[None]:
        """From before they are written until they are paid, nobody else in this process pays these."""
        mine = set(ids)
        self._busy |= mine
        try:
            yield
        finally:
            self._busy -= mine

    async def pay(self, debts: Sequence[Debt], promised: float) -> None:
        """Pay what this process has just committed, and holds, until `promised` (loop time). StoreUnavailable if the
        other store cannot take it now: it stays owed."""
        last = {debt.conversation: debt.seq for debt in debts}
        earlier = await self._earlier(debts)
        if asyncio.get_running_loop().time() > promised:
            earlier = set(last)  # somebody may think that this process is dead: ask
        at_once = [debt for debt in debts if debt.conversation not in earlier]
        if at_once:
            await self._apply(at_once)
            await self._strike([debt.id for debt in at_once])
        if earlier:
            self._busy -= {debt.id for debt in debts}
            await asyncio.gather(*(self.settle(c, last[c]) for c in earlier))

    async def settle(self, conversation: str, upto: int = 2**53) -> None:
        """Pay what anybody owes in a conversation, in order; wait for those who are at it."""
        query = {"conversation": conversation, "seq": {"$lte": upto}}
        while (debt := await self._first(query)) is not None:
            if await self._claim(debt):
                await self._pay_one(debt)
            else:
                await asyncio.sleep(_WAIT_S)

    async def settle_all(self) -> None:
        """Pay what is owed by nobody who lives. What others are paying is theirs."""
        await self._strike([])
        for conversation in await self._owing({}):
            while (debt := await self._first({"conversation": conversation})) is not None:
                if not await self._claim(debt):
                    break
                await self._pay_one(debt)
        old = asyncio.get_running_loop().time() - 10 * LEASE_S
        self._seen = {id_: seen for id_, seen in self._seen.items() if seen[1] > old}

    async def begin(self) -> None:
        """Pay what a crash left over, before anything is read; then look again from time to time."""
        for conversation in await self._owing({}):
            await self.settle(conversation)
        if self._watch is None:
            self._watch = asyncio.get_running_loop().create_task(self._look())

    async def stop(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(LOOK_S)
            try:
                await self.settle_all()
            except StoreUnavailable:
                pass  # who writes hears of it
            except Exception:
                _log.exception("changes that entries carry could not be made")

    async def _earlier(self, debts: Sequence[Debt]) -> set[str]:
        """Conversations in which others owe something from before, where the order counts."""
        await self._strike([])
        ends = {debt.conversation: debt.seq for debt in reversed(debts) if is_ordered(debt.changes)}
        if not ends:
            return set()
        places = [{"conversation": c, "seq": {"$lt": seq}} for c, seq in ends.items()]
        return set(await self._owing({"$or": places}))

    @whole
    async def _owing(self, query: Document) -> list[str]:
        """Conversations in which something is owed."""
        async with self._connection.using():
            return await self._connection.debts.distinct("conversation", query)

    @whole
    async def _first(self, query: Document) -> Document | None:
        async with self._connection.using():
            return await self._connection.debts.find_one(query, sort=[("seq", 1)])

    @whole
    async def _claim(self, debt: Document) -> bool:
        """Take over a debt that is one's own, or that nobody pays. That nobody does is seen on one's own clock."""
        if debt["_id"] in self._busy:
            return False
        now = asyncio.get_running_loop().time()
        payer, since = self._seen.get(debt["_id"], ("", 0.0))
        if payer != debt["payer"]:
            since = now
            self._seen[debt["_id"]] = debt["payer"], since
        own = debt["payer"].partition(":")[0] == self._me
        if not own and now - since < LEASE_S:
            return False
        claim = f"{self._me}:{uuid4().hex}"
        async with self._connection.using():
            held = await self._connection.debts.update_one(
                {"_id": debt["_id"], "conversation": debt["conversation"], "payer": debt["payer"]},
                {"$set": {"payer": claim}},
            )
        return held.modified_count == 1

    async def _pay_one(self, debt: Document) -> None:
        changes = tuple(_decode(debt["changes"]))
        with self.held([debt["_id"]]):
            owed = Debt(debt["_id"], debt["conversation"], debt["seq"], changes, tuple(debt["files"]))
            await self._apply([owed])
            await self._strike([owed.id])
        self._seen.pop(debt["_id"], None)

    async def _apply(self, debts: Sequence[Debt]) -> None:
        changes = [change for debt in debts for change in debt.changes]
        try:
            async with asyncio.timeout(PAYMENT_S):
                if changes:
                    await self._make(changes)
                for debt in debts:
                    await self._let_go(debt.files)
        except TimeoutError as error:
            raise StoreUnavailable("the store of the directory does not answer") from error

    async def _make(self, changes: Sequence[Change]) -> None:
        """All at once. One that is impossible by now is left out: its entry is in the log, whatever we do."""
        try:
            await self._directory.apply(changes)
            return
        except Problem:
            pass
        for change in changes:
            try:
                await self._directory.apply([change])
            except Problem as problem:
                _log.error(
                    "a change that an entry carries cannot be made", change=repr(change), reason=str(problem)
                )

    @whole
    async def _let_go(self, files: Sequence[str]) -> None:
        """Files whose entries were erased are gone, unless another entry carries them (F3)."""
        if not files:
            return
        async with self._connection.using():
            carried = set(await self._connection.entries.distinct("files", {"files": {"$in": list(files)}}))
        alone = [file for file in files if file not in carried]
        if alone:
            await self._files.release(alone)

    @whole
    async def _strike(self, ids: Sequence[ObjectId]) -> None:
        """These are paid. If MongoDB is away now, they are struck out before anything else is owed."""
        self._paid += ids
        paid = self._paid[:_AT_ONCE]
        while paid:
            async with self._connection.using():
                await self._connection.debts.delete_many({"_id": {"$in": paid}})
            self._paid = [id_ for id_ in self._paid if id_ not in paid]
            paid = self._paid[:_AT_ONCE]


def is_ordered(changes: Iterable[Change]) -> bool:
    """Whether it matters what comes first: those that replace what is there. The others only add."""
    return any(isinstance(change, PutMember | PutConversation) for change in changes)
