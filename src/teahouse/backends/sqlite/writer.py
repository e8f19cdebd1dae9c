"""The writer: one thread, one connection, group commit.

Rule: callers hand in requests on the event loop and await a future. The thread takes everything that waits, up
to a number of rows, as one transaction, commits, and wakes all callers with one call into the loop. While it
commits, the next batch collects; that is all the pipelining there is.

A planner turns the requests of a batch into statements, looking at the committed state at most. So a batch is
nearly always one statement, and what a planner remembers is forgotten when a commit fails (`on_failure`).
Requests of one batch overlap by definition; those of one planner take effect in the order they came.

Used by log.py, directory.py and cursors.py; made by store.py.
"""

import asyncio
import contextlib
import threading
import time
from collections.abc import Callable, Sequence
from queue import Empty, SimpleQueue
from typing import Any, Generic, TypeAlias, TypeVar

import apsw

from teahouse.backends.sqlite.failures import translated
from teahouse.backends.sqlite.statements import Statement
from teahouse.model.errors import StoreUnavailable

Q = TypeVar("Q")
R = TypeVar("R")

Planner: TypeAlias = Callable[[apsw.Connection, Sequence[Q], bool], tuple[list[Statement], Sequence[R]]]
"""`plan(database, requests, careful)` gives the statements that fulfil the requests, and one result for each.
It runs on the writer's thread and may read `database`. The first attempt is hopeful: it need not look for what
violates a constraint. When one was violated, the batch is planned again, `careful`."""


class _Job(Generic[Q, R]):
    """One request under way; `error` or `result` is set when it is done. One that is `apart` is a batch by itself."""

    __slots__ = ("apart", "error", "future", "planner", "request", "result", "rows")

    def __init__(
        self, planner: Planner[Q, R], request: Q, rows: int, apart: bool, future: "asyncio.Future[R]"
    ) -> None:
        self.planner = planner
        self.request = request
        self.rows = rows
        self.apart = apart
        self.future = future
        self.result: R
        self.error: Exception | None = None


AnyJob = _Job[Any, Any]

_LONGEST_REST_S = 0.002
_CROWD = 64  # so many jobs waiting are a batch already


class Writer:
    """`connect` opens the one connection that writes; it is called again when that broke."""

    def __init__(
        self, connect: Callable[[], apsw.Connection], batch_rows: int, checkpoint_pages: int
    ) -> None:
        self._connect = connect
        self._batch_rows = batch_rows
        self._checkpoint_pages = checkpoint_pages
        self._logged_pages = 0  # length of the write-ahead log
        self._database: apsw.Connection | None = None
        self._open()
        self._forget: list[Callable[[], None]] = []
        self._queue: SimpleQueue[AnyJob | None] = SimpleQueue()
        self._held: AnyJob | None = None
        self._closed = False
        self._rested_at = 0.0
        self._thread = threading.Thread(target=self._run, name="sqlite-writer", daemon=True)

    def start(self) -> None:
        """Begin to commit."""
        self._thread.start()

    def submit(
        self, planner: Planner[Q, R], request: Q, rows: int = 1, apart: bool = False
    ) -> "asyncio.Future[R]":
        """Write `request`, about `rows` rows; the future is done after the commit. StoreUnavailable (L7) or
        what the planner raised comes through the future, too. What is derived from the rest is written `apart`:
        nothing else may fail because it does, and it need not be durable, for it can be derived again."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        future: asyncio.Future[R] = asyncio.get_running_loop().create_future()
        self._queue.put(_Job(planner, request, rows, apart, future))
        return future

    def on_failure(self, forget: Callable[[], None]) -> None:
        """Call `forget`, on the writer's thread, when what was planned last did not happen."""
        self._forget.append(forget)

    async def close(self) -> None:
        """Commit what waits, then close the file."""
        if not self._closed:
            self._closed = True
            self._queue.put(None)
        await asyncio.to_thread(self._thread.join)

    def _run(self) -> None:
        running = True
        while running:
            batch, running = self._collect()
            if batch:
                begun = time.monotonic()
                self._settle(batch)
                ended = time.monotonic()
                self._rested_at = ended + min(ended - begun, _LONGEST_REST_S)
                with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
                    batch[0].future.get_loop().call_soon_threadsafe(_wake, batch)
                self._checkpoint()
        self._disconnect()

    def _collect(self) -> tuple[list[AnyJob], bool]:
        """Wait for a batch. False when it is the last one."""
        batch: list[AnyJob] = []
        rows = 0
        job = self._held or self._queue.get()
        self._held = None
        self._rest()
        while job is not None:
            if job.apart and batch:
                self._held = job
                return batch, True
            if not job.future.cancelled():  # its caller gave up: it may try again with the same cid
                batch.append(job)
                rows += job.rows
            if rows >= self._batch_rows or job.apart:
                return batch, True
            try:
                job = self._queue.get_nowait()
            except Empty:
                return batch, True
        return batch, False

    def _rest(self) -> None:
        """Commit half of the time at most. A commit costs the processor the same for one row and for a hundred,
        so under load it pays to let a batch grow as long as the last one took; an idle server never waits."""
        pause = self._rested_at - time.monotonic()
        if pause > 0 and self._queue.qsize() < _CROWD:
            time.sleep(pause)

    def _settle(self, batch: list[AnyJob]) -> None:
        """Commit the batch, or else find out which of its jobs cannot be."""
        error = self._try(batch, careful=False)
        if isinstance(error, apsw.ConstraintError):
            error = self._try(batch, careful=True)
        if error is None:
            return
        if len(batch) == 1 or isinstance(error, StoreUnavailable):
            for job in batch:
                job.error = error
            return
        for job in batch:
            self._settle([job])

    def _try(self, batch: list[AnyJob], careful: bool) -> Exception | None:
        """Commit the batch as one transaction; if that fails, leave no trace and say why."""
        try:
            self._commit(batch, careful)
        except Exception as error:
            for forget in self._forget:
                forget()
            self._roll_back()
            if batch[0].apart:
                self._disconnect()  # it may not wait for the disk any more; the next one does
            return translated(error)
        return None

    def _commit(self, batch: list[AnyJob], careful: bool) -> None:
        database = self._open()
        jobs_of: dict[Planner[Any, Any], list[AnyJob]] = {}
        for job in batch:
            jobs_of.setdefault(job.planner, []).append(job)
        statements: list[Statement] = []
        for planner, jobs in jobs_of.items():
            planned, results = planner(database, [job.request for job in jobs], careful)
            statements += planned
            for job, result in zip(jobs, results, strict=True):
                job.result = result
        if batch[0].apart:
            _execute_unsynced(database, statements)
        else:
            _execute(database, statements)

    def _checkpoint(self) -> None:
        """Copy the write-ahead log into the file when it is long: after the callers were woken, and when
        nobody waits if that can be. It starts again from its beginning then, which is fast, while a file that
        grows is slow; a second thread for this was no faster, because the disk is what is waited for."""
        urgent = self._logged_pages >= 2 * self._checkpoint_pages
        if not urgent and (self._logged_pages < self._checkpoint_pages or not self._queue.empty()):
            return
        if self._database is not None:
            self._logged_pages = 0
            with contextlib.suppress(apsw.Error):  # the next commit will tell
                self._database.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_PASSIVE)

    def _committed(self, database: apsw.Connection, name: str, pages: int) -> int:
        self._logged_pages = pages
        return apsw.SQLITE_OK

    def _open(self) -> apsw.Connection:
        if self._database is None:
            self._database = self._connect()
            self._database.set_wal_hook(self._committed)  # takes the place of SQLite's own checkpoints
        return self._database

    def _roll_back(self) -> None:
        """Leave the transaction, and the connection too if it cannot even read any more."""
        if self._database is None:
            return
        try:
            if self._database.in_transaction:
                self._database.execute("ROLLBACK")
            self._database.pragma("schema_version")
        except apsw.Error:
            self._disconnect()

    def _disconnect(self) -> None:
        database, self._database = self._database, None
        if database is not None:
            with contextlib.suppress(apsw.Error):
                database.close()


def _execute(database: apsw.Connection, statements: list[Statement]) -> None:
    """Run the statements as one transaction. One alone is one by itself, which saves two round trips."""
    if len(statements) == 1:
        database.execute(*statements[0])
        return
    if statements:
        database.execute("BEGIN IMMEDIATE")
        for sql, bindings in statements:
            database.execute(sql, bindings)
        database.execute("COMMIT")


def _execute_unsynced(database: apsw.Connection, statements: list[Statement]) -> None:
    """The same without waiting for the disk: the next commit does, for what was written before it, too. A power cut
    until then takes the whole transaction back."""
    database.pragma("synchronous", "normal")
    _execute(database, statements)
    database.pragma("synchronous", "full")


def _wake(batch: list[AnyJob]) -> None:
    """Give each caller its answer, in the order of the calls (L3)."""
    for job in batch:
        if job.future.done():
            continue
        if job.error is not None:
            job.future.set_exception(job.error)
        else:
            job.future.set_result(job.result)
