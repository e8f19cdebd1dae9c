"""The readers: a few threads and as many read-only connections.

Rule: a query is one statement whose rows are fetched at once, and other work leaves none unfinished, so that no
snapshot stays open and the write-ahead log can be reset. A query begins after it was asked, so it sees every commit
that was answered before (L8).

Used by log.py, directory.py, cursors.py and search/; made by store.py.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, TypeVar

import apsw

from teahouse.backends.sqlite.failures import translated
from teahouse.backends.sqlite.statements import Value
from teahouse.model.errors import StoreUnavailable

T = TypeVar("T")

Row = tuple[Any, ...]
Bindings = Sequence[Value] | Mapping[str, Value]


class Readers:
    """All connections are opened at once, while the disk has room for what SQLite notes beside the file: so
    reads go on when it is full."""

    def __init__(self, connect: Callable[[], apsw.Connection], threads: int) -> None:
        self._pool = ThreadPoolExecutor(threads, "sqlite-reader")
        self._idle: SimpleQueue[apsw.Connection] = SimpleQueue()
        self._closed = False
        for _ in range(threads):
            self._idle.put(connect())

    async def query(self, sql: str, bindings: Bindings = ()) -> list[Row]:
        """All rows of one statement; StoreUnavailable if the file cannot be read."""
        return await self.run(lambda database: database.execute(sql, bindings).fetchall())

    async def run(self, work: Callable[[apsw.Connection], T]) -> T:
        """What `work` makes of the database, on a thread; StoreUnavailable if the file cannot be read."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._do, work)

    async def close(self) -> None:
        """Let running queries end, then close the connections."""
        self._closed = True
        await asyncio.to_thread(self._pool.shutdown)
        while not self._idle.empty():
            self._idle.get().close()

    def _do(self, work: Callable[[apsw.Connection], T]) -> T:
        database = self._idle.get()
        try:
            return work(database)
        except apsw.Error as error:
            raise translated(error) from error
        finally:
            self._idle.put(database)
