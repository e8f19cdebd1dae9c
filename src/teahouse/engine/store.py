"""Store: append to the log, in batches, and tell what became of each append in log order.

Rule: no lock is held across a commit; a turn's appends go to the log together, and the next turn's are on their way
before those are answered. A store that is silent too long is answered for: `unavailable`, at once for those who
come after, until it speaks again.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from itertools import islice
from typing import Any

import structlog

from teahouse.engine.session import Session
from teahouse.model.commands import Id
from teahouse.model.entries import Appended, Draft, Entry
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.results import Result
from teahouse.ports.log import MessageLog

_log = structlog.get_logger("teahouse.engine")

BATCH = 256


class Append:
    """A draft on its way to the log, and who waits for it: a session's command, a coroutine, or both.

    `answer` makes the command's result; `settled` is resolved with what became of the draft.
    """

    __slots__ = ("answer", "deadline", "draft", "expired", "high", "origin", "re", "released", "settled")

    def __init__(
        self,
        draft: Draft,
        answer: Callable[[Draft, Appended], Result],
        origin: Session | None = None,
        re: Id | None = None,
        high: bool = False,
    ) -> None:
        self.draft = draft
        self.answer = answer
        self.origin = origin
        self.re = re
        self.high = high
        self.deadline = 0.0
        self.expired = False
        self.released = False
        self.settled: asyncio.Future[Appended] | None = None

    @property
    def abandoned(self) -> bool:
        """Whoever waited was told that it may not be stored, and has no answer to come."""
        return self.expired or (self.settled is not None and self.settled.cancelled())


Committed = Callable[[Sequence[Append], Sequence[Appended]], None]
Refused = Callable[[Append, Problem], None]


class Store:
    """`committed` and `refused` are the pipeline's; each append ends in exactly one of them, but one that timed
    out (refused, `expired`) may still be committed later: it is delivered then, and answered no more."""

    def __init__(self, log: MessageLog, committed: Committed, refused: Refused) -> None:
        self._log = log
        self._committed = committed
        self._refused = refused
        self._normal: deque[Append] = deque()
        self._high: deque[Append] = deque()
        self._batches: deque[list[Append]] = deque()
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self._scheduled = False
        self._watch: asyncio.TimerHandle | None = None
        self.timeout_s = 5.0
        self.most_waiting = 50_000
        self.trouble = ""
        self.commits = 0

    @property
    def waiting(self) -> int:
        """Appends that are neither committed nor refused."""
        return self._waiting

    def append(self, append: Append) -> None:
        """Queue an append. Raises `unavailable` when the store is silent or the queue is full."""
        if self._silent():
            raise Problem(Code.UNAVAILABLE, "messages cannot be stored at the moment; try again shortly")
        if self._waiting >= self.most_waiting:
            raise Problem(Code.UNAVAILABLE, "too many messages wait to be stored; try again shortly")
        self._waiting += 1
        (self._high if append.high else self._normal).append(append)
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self._submit)

    def begin(self, append: Append) -> asyncio.Future[Appended]:
        """Queue an append for a coroutine; the future raises Problem when it was refused."""
        append.settled = asyncio.get_running_loop().create_future()
        self.append(append)
        return append.settled

    def carries(self, session: Session, entry: Entry) -> bool:
        """Whether an entry that was found in the log may be one this session waits to hear of."""
        return any(
            append.origin is session and not append.abandoned and _became(append.draft, entry)
            for batch in self._batches
            for append in batch
        )

    async def drained(self) -> None:
        """Wait until everything accepted is committed or refused."""
        while self._scheduled or self._tasks:
            if self._tasks:
                await asyncio.wait(self._tasks)
            else:
                await asyncio.sleep(0)

    async def arrived(self) -> None:
        """Wait until everything accepted before this call is committed or refused; what comes later is not waited
        for. Whoever has waited finds in the log what they could not know of yet."""
        if self._scheduled:
            await asyncio.sleep(0)  # the end of the turn was there first
        if self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def _silent(self) -> bool:
        return bool(self._batches) and self._batches[0][0].expired

    def _submit(self) -> None:
        """Give the log what came in this turn, urgent ones first."""
        self._scheduled = False
        loop = asyncio.get_running_loop()
        deadline = loop.time() + self.timeout_s
        for lane in (self._high, self._normal):
            while lane:
                batch = list(islice(lane, BATCH))
                for append in batch:
                    lane.popleft()
                    append.deadline = deadline
                self._batches.append(batch)
                self._spawn(self._commit(batch))
        if self._watch is None:
            self._watch = loop.call_at(deadline, self._expire)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _commit(self, batch: list[Append]) -> None:
        try:
            results = await self._log.append_many([append.draft for append in batch])
        except StoreUnavailable as error:
            self._failed(batch, str(error))
            return
        except Exception:
            _log.exception("the log failed")
            self._failed(batch, "the log failed")
            return
        self.trouble = ""
        self.commits += 1
        self._done(batch)
        self._committed(batch, results)

    def _failed(self, batch: list[Append], reason: str) -> None:
        known, self.trouble = self.trouble, reason
        self._done(batch)
        problem = Problem(Code.UNAVAILABLE, "the message could not be stored; try again shortly")
        for append in batch:
            if not append.expired:
                self._refused(append, problem)
        if reason != known:
            _log.error("messages cannot be stored", reason=reason)

    def _done(self, batch: list[Append]) -> None:
        self._waiting -= len(batch)
        self._batches.remove(batch)

    def _expire(self) -> None:
        """Answer for a store that is silent. One timer, for the oldest batch."""
        self._watch = None
        loop = asyncio.get_running_loop()
        now = loop.time()
        problem = Problem(Code.UNAVAILABLE, "the store does not answer; the message may still be stored")
        for batch in self._batches:
            if batch[0].deadline > now:
                break
            if not batch[0].expired:
                self.trouble = "the store does not answer"
                for append in batch:
                    append.expired = True
                    self._refused(append, problem)
        waiting = next((batch for batch in self._batches if not batch[0].expired), None)
        if waiting is not None:
            self._watch = loop.call_at(waiting[0].deadline, self._expire)


def _became(draft: Draft, entry: Entry) -> bool:
    return (draft.conversation, draft.at, draft.cid, draft.ref, draft.kind) == (
        entry.conversation,
        entry.at,
        entry.cid,
        entry.ref,
        entry.kind,
    )
