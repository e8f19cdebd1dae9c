"""The readers: a few threads, each with a read-only connection of its own.

Rule: a query is one statement whose rows are fetched at once, so that no snapshot stays open and the write-ahead
log can be reset. A query begins after it was asked, so it sees every commit that was answered before (L8).
"""

import asyncio
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import apsw

from teahouse.backends.sqlite.failures import translated
from teahouse.backends.sqlite.statements import Value
from teahouse.model.errors import StoreUnavailable

Row = tuple[Any, ...]
Bindings = Sequence[Value] | Mapping[str, Value]


class Readers:
    def __init__(self, connect: Callable[[], apsw.Connection], threads: int) -> None:
        self._connect = connect
        self._mine = threading.local()
        self._opened: list[apsw.Connection] = []
        self._pool = ThreadPoolExecutor(threads, "sqlite-reader")
        self._closed = False

    async def query(self, sql: str, bindings: Bindings = ()) -> list[Row]:
        """All rows of one statement; StoreUnavailable if the file cannot be read."""
        if self._closed:
            raise StoreUnavailable("the store is closed")
        return await asyncio.get_running_loop().run_in_executor(self._pool, self._fetch, sql, bindings)

    def _fetch(self, sql: str, bindings: Bindings) -> list[Row]:
        try:
            return self._connection().execute(sql, bindings).fetchall()
        except apsw.Error as error:
            raise translated(error) from error

    def _connection(self) -> apsw.Connection:
        database: apsw.Connection | None = getattr(self._mine, "database", None)
        if database is None:
            database = self._mine.database = self._connect()
            self._opened.append(database)
        return database

    async def close(self) -> None:
        """Let running queries end, then close the connections."""
        self._closed = True
        await asyncio.to_thread(self._pool.shutdown)
        for database in self._opened:
            database.close()
