"""The SQLite store: opens the file of a data directory, and hands out the ports it makes real.

Called by the composition root and by tests.
"""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

import apsw

from teahouse.backends.sqlite.accounts import SqliteAccounts, SqliteVouchers
from teahouse.backends.sqlite.archive import SqliteArchive
from teahouse.backends.sqlite.audit import SqliteAudit
from teahouse.backends.sqlite.bots import SqliteBots, SqliteHooks
from teahouse.backends.sqlite.connections import connect_reader, connect_writer
from teahouse.backends.sqlite.cursors import SqliteCursors
from teahouse.backends.sqlite.deliveries import SqliteDeliveries
from teahouse.backends.sqlite.desk import SqliteLibrary, SqliteStaff, SqliteTickets, SqliteVisitors
from teahouse.backends.sqlite.directory import SqliteDirectory, SqliteUsers
from teahouse.backends.sqlite.entrance import SqliteLinks, SqliteRequests
from teahouse.backends.sqlite.erasures import SqliteErasures
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.files import SqliteFiles
from teahouse.backends.sqlite.hidden import SqliteHidden
from teahouse.backends.sqlite.ids import SqliteIds
from teahouse.backends.sqlite.inventory import SqliteInventory
from teahouse.backends.sqlite.jobs import SqliteJobs
from teahouse.backends.sqlite.lock import DirectoryLock
from teahouse.backends.sqlite.log import SqliteLog
from teahouse.backends.sqlite.log_index import SqliteLogIndex
from teahouse.backends.sqlite.logins import SqliteLogins
from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.outlets import SqliteOutlets
from teahouse.backends.sqlite.preferences import SqlitePreferences
from teahouse.backends.sqlite.providers import SqlitePasses, SqliteSubjects
from teahouse.backends.sqlite.push import SqliteNotifications, SqlitePushDevices
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.relations import SqliteRelations
from teahouse.backends.sqlite.reports import SqliteReports
from teahouse.backends.sqlite.schedules import SqliteSchedules
from teahouse.backends.sqlite.search.finder import SqliteFinder
from teahouse.backends.sqlite.search.indexer import Indexer
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.stays import SqliteStays
from teahouse.backends.sqlite.steps import STEPS
from teahouse.backends.sqlite.writer import Writer

FILE = "teahouse.db"
LOCK = "teahouse.lock"


class SqliteStore:
    """The ports on one file. CannotOpen if the directory cannot be used,
    another server has it, or a newer program wrote it."""

    def __init__(self, data: Path, options: SqliteOptions | None = None) -> None:
        options = options or SqliteOptions()
        self._closed = False
        self._lock = _locked(data)
        try:
            self._writer, self._readers, self._searchers = _open(data / FILE, options)
        except BaseException:
            self._lock.release()
            raise
        self._writer.start()
        self.indexer = Indexer(self._writer, self._searchers)
        self.finder = SqliteFinder(self._searchers, self.indexer)
        self.log = SqliteLog(self._writer, self._readers, options.cached_heads, self.indexer.wake)
        self.users = SqliteUsers(self._readers)
        self.directory = SqliteDirectory(self._writer, self._readers)
        self.cursors = SqliteCursors(self._writer, self._readers)
        self.jobs = SqliteJobs(self._writer, self._readers)
        self.schedules = SqliteSchedules(self._writer, self._readers)
        self.hidden = SqliteHidden(self._writer, self._readers)
        self.preferences = SqlitePreferences(self._writer, self._readers)
        self.index = SqliteLogIndex(self._readers)
        self.log.answered = self.index.answered
        self._open_people(self._writer, self._readers)

    def _open_people(self, writer: Writer, readers: Readers) -> None:
        """What is kept of people, of what they have here, and of programs."""
        self.accounts = SqliteAccounts(writer, readers)
        self.logins = SqliteLogins(writer, readers)
        self.erasures = SqliteErasures(writer, readers)
        self.vouchers = SqliteVouchers(writer)
        self.files = SqliteFiles(writer, readers)
        self.relations = SqliteRelations(writer, readers)
        self.links = SqliteLinks(writer, readers)
        self.requests = SqliteRequests(writer, readers)
        self.reports = SqliteReports(writer, readers)
        self.subjects = SqliteSubjects(writer, readers)
        self.passes = SqlitePasses(writer, readers)
        self.audit = SqliteAudit(writer, readers)
        self.bots, self.hooks = SqliteBots(readers), SqliteHooks(readers)
        self.outlets = SqliteOutlets(writer, readers)
        self.inventory, self.ids = SqliteInventory(readers), SqliteIds(readers)
        self.deliveries = SqliteDeliveries(writer, readers)
        self.stays = SqliteStays(writer, readers)
        self.tickets, self.staff = SqliteTickets(writer, readers), SqliteStaff(writer, readers)
        self.visitors, self.library = SqliteVisitors(writer, readers), SqliteLibrary(writer, readers)
        self.push_devices = SqlitePushDevices(writer, readers)
        self.notifications = SqliteNotifications(writer, readers)

    @property
    def archive(self) -> SqliteArchive:
        """Everything, for moving it elsewhere; no port is used beside it."""
        return SqliteArchive(self._writer, self._readers)

    async def check(self) -> None:
        """Write something: StoreUnavailable, with the reason, if that cannot be done now."""
        await self._writer.submit(plan_probe, None)

    async def close(self) -> None:
        """Commit what waits, fold the write-ahead log into the file, and let the directory go."""
        if self._closed:
            return
        self._closed = True
        await self.indexer.stop()
        await self._searchers.close()
        await self._readers.close()
        await self._writer.close()
        self._lock.release()


def _locked(data: Path) -> DirectoryLock:
    try:
        data.mkdir(mode=0o700, parents=True, exist_ok=True)
        return DirectoryLock(data / LOCK)
    except OSError as error:
        raise CannotOpen(f"{data} cannot be used: {error}") from error


def _open(file: Path, options: SqliteOptions) -> tuple[Writer, Readers, Readers]:
    """The writer, and readers: those for all, and those of search, for which nobody has to wait."""
    reader = partial(connect_reader, file, options)
    try:
        return (
            Writer(partial(connect_writer, file, options), options.batch_rows, options.checkpoint_pages),
            Readers(reader, options.readers),
            Readers(reader, options.searchers),
        )
    except (apsw.Error, OSError) as error:
        raise CannotOpen(f"{file} cannot be opened: {error}") from error


def plan_probe(
    database: apsw.Connection, requests: Sequence[None], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) that writes what stands there already."""
    return [Statement(f"PRAGMA user_version = {len(STEPS)}")], [None] * len(requests)
