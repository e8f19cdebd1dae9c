"""The SQLite store: opens the file of a data directory, and hands out the ports it makes real.

Called by the composition root and by tests.
"""

from collections.abc import Sequence
from pathlib import Path

import apsw

from teahouse.backends.sqlite.cursors import SqliteCursors
from teahouse.backends.sqlite.directory import SqliteDirectory, SqliteUsers
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.lock import DirectoryLock
from teahouse.backends.sqlite.log import SqliteLog
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.schema import STEPS, migrate
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer

FILE = "teahouse.db"
LOCK = "teahouse.lock"


class SqliteStore:
    """`log`, `users`, `directory` and `cursors` on one file. CannotOpen if the directory cannot be used,
    another server has it, or a newer program wrote it."""

    def __init__(self, data: Path, options: SqliteOptions | None = None) -> None:
        self._options = options or SqliteOptions()
        self._file = data / FILE
        try:
            data.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._lock = DirectoryLock(data / LOCK)
        except OSError as error:
            raise CannotOpen(f"{data} cannot be used: {error}") from error
        try:
            self._writer = Writer(self._connect_writer, self._options.batch_rows)
        except apsw.Error as error:
            self._lock.release()
            raise CannotOpen(f"{self._file} cannot be opened: {error}") from error
        except BaseException:
            self._lock.release()
            raise
        self._readers = Readers(self._connect_reader, self._options.readers)
        self.log = SqliteLog(self._writer, self._readers, self._options.cached_heads)
        self.users = SqliteUsers(self._readers)
        self.directory = SqliteDirectory(self._writer, self._readers)
        self.cursors = SqliteCursors(self._writer, self._readers)

    async def check(self) -> None:
        """Write something: StoreUnavailable, with the reason, if that cannot be done now."""
        await self._writer.submit(plan_probe, None)

    async def close(self) -> None:
        """Commit what waits, fold the write-ahead log into the file, and let the directory go."""
        await self._readers.close()
        await self._writer.close()
        self._lock.release()

    def _connect_writer(self) -> apsw.Connection:
        database = apsw.Connection(str(self._file))
        try:
            self._set_up(database, self._options.cache_mib)
            database.pragma("journal_mode", "wal")
            database.pragma("synchronous", "full")
            database.pragma("secure_delete", True)  # what is recalled is gone from the file, too
            database.pragma("wal_autocheckpoint", self._options.checkpoint_pages)
            migrate(database)
        except BaseException:
            database.close()
            raise
        return database

    def _connect_reader(self) -> apsw.Connection:
        database = apsw.Connection(str(self._file), flags=apsw.SQLITE_OPEN_READONLY)
        self._set_up(database, max(1, self._options.cache_mib // 4))
        return database

    def _set_up(self, database: apsw.Connection, cache_mib: int) -> None:
        """What both kinds of connection need. No mmap: through it, a read error of the disk is a signal that
        ends the process."""
        database.set_busy_timeout(self._options.busy_timeout_ms)
        database.pragma("temp_store", "memory")
        database.pragma("cache_size", -1024 * cache_mib)


def plan_probe(
    database: apsw.Connection, requests: Sequence[None], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) that writes what stands there already."""
    return [Statement(f"PRAGMA user_version = {len(STEPS)}")], [None] * len(requests)
