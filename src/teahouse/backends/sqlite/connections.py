"""How the file is opened: one connection that writes, and read-only ones.

Called by the writer and the readers, through store.py, also to open again what broke.
"""

from pathlib import Path

import apsw

from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.schema import migrate


def connect_writer(file: Path, options: SqliteOptions) -> apsw.Connection:
    """The connection that writes, on a file that is up to date. CannotOpen if the file is too new."""
    file.touch(mode=0o600)
    database = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        _set_up(database, options.cache_mib, options.busy_timeout_ms)
        database.pragma("journal_mode", "wal")
        database.pragma("synchronous", "full")
        database.pragma("secure_delete", True)  # what is recalled is gone from the file, too
        migrate(database)
    except BaseException:
        database.close()
        raise
    return database


def connect_reader(file: Path, options: SqliteOptions) -> apsw.Connection:
    database = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    _set_up(database, max(1, options.cache_mib // 4), options.busy_timeout_ms)
    database.pragma("schema_version")  # the first read is what opens the file
    return database


def _set_up(database: apsw.Connection, cache_mib: int, busy_timeout_ms: int) -> None:
    """What both kinds need. No mmap: a read error of the disk would come as a signal that ends the process."""
    database.set_busy_timeout(busy_timeout_ms)
    database.pragma("temp_store", "memory")
    database.pragma("cache_size", -1024 * cache_mib)
