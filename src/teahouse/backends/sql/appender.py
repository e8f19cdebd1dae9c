"""The appender: all appends of this node, a batch a transaction, one after the other.

Rule: while a batch is committed the next one collects; calls take effect and are answered in their order (L3). A batch
that cannot be done as a whole, because of something in one of its calls, is done call by call. Used by log.py.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Sequence
from functools import partial

from sqlalchemy.exc import IntegrityError

from teahouse.backends.sql.append import append
from teahouse.backends.sql.database import Database
from teahouse.model.entries import Appended, Draft
from teahouse.model.errors import StoreUnavailable


class _Call:
    __slots__ = ("drafts", "future")

    def __init__(self, drafts: Sequence[Draft]) -> None:
        self.drafts = drafts
        self.future: asyncio.Future[list[Appended]] = asyncio.get_running_loop().create_future()


class Appender:
    """`news` is called after each commit of entries."""

    def __init__(self, database: Database, news: Callable[[], None] = lambda: None) -> None:
        self._database = database
        self._news = news
        self._waiting: deque[_Call] = deque()
        self._task: asyncio.Task[None] | None = None
        self._closed = False

    def append(self, drafts: Sequence[Draft]) -> asyncio.Future[list[Appended]]:
        """Durable when the future is done."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        call = _Call(drafts)
        self._waiting.append(call)
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._run())
        return call.future

    async def close(self) -> None:
        """Commit what waits."""
        self._closed = True
        if self._task is not None:
            await self._task

    async def _run(self) -> None:
        try:
            while batch := self._collect():
                await self._settle(batch)
        finally:
            self._task = None
            if self._waiting and not self._closed:  # cancelled from outside: nobody may wait for ever
                for call in self._waiting:
                    call.future.cancel()
                self._waiting.clear()

    def _collect(self) -> list[_Call]:
        batch: list[_Call] = []
        rows = 0
        while self._waiting and rows < self._database.options.batch_rows:
            call = self._waiting.popleft()
            if not call.future.cancelled():  # its caller gave up: it may try again with the same cid
                batch.append(call)
                rows += len(call.drafts)
        return batch

    async def _settle(self, batch: list[_Call]) -> None:
        try:
            answers = await self._commit(batch)
        except StoreUnavailable as error:
            _fail(batch, error)
        except Exception as error:
            if len(batch) == 1:
                _fail(batch, error)
                return
            for call in batch:
                await self._settle([call])
        else:
            for call, answer in zip(batch, answers, strict=True):
                if not call.future.done():
                    call.future.set_result(answer)
            self._news()

    async def _commit(self, batch: list[_Call]) -> list[list[Appended]]:
        calls = [call.drafts for call in batch]
        try:
            return await self._database.transact(partial(append, calls=calls, careful=False))
        except IntegrityError:
            return await self._database.transact(partial(append, calls=calls, careful=True))


def _fail(batch: list[_Call], error: Exception) -> None:
    for call in batch:
        if not call.future.done():
            call.future.set_exception(error)
