"""The SQL store: opens the database, and hands out the ports it makes real.

Called by the composition root and by tests.
"""

from sqlalchemy import text

from teahouse.backends.sql.accounts import SqlAccounts, SqlVouchers
from teahouse.backends.sql.archive import SqlArchive
from teahouse.backends.sql.audit import SqlAudit
from teahouse.backends.sql.bots import SqlBots, SqlHooks
from teahouse.backends.sql.cursors import SqlCursors
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.deliveries import SqlDeliveries
from teahouse.backends.sql.desk import SqlLibrary, SqlStaff, SqlTickets, SqlVisitors
from teahouse.backends.sql.directory import SqlDirectory, SqlUsers
from teahouse.backends.sql.durability import warn
from teahouse.backends.sql.entrance import SqlLinks, SqlRequests
from teahouse.backends.sql.erasures import SqlErasures
from teahouse.backends.sql.files import SqlFiles
from teahouse.backends.sql.ids import SqlIds
from teahouse.backends.sql.inventory import SqlInventory
from teahouse.backends.sql.jobs import SqlJobs
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.log import SqlLog
from teahouse.backends.sql.log_index import SqlLogIndex
from teahouse.backends.sql.logins import SqlLogins
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.outlets import SqlOutlets
from teahouse.backends.sql.providers import SqlPasses, SqlSubjects
from teahouse.backends.sql.push import SqlNotifications, SqlPushDevices
from teahouse.backends.sql.relations import SqlRelations
from teahouse.backends.sql.replica import Reading, Replica, require_fence
from teahouse.backends.sql.reports import SqlReports
from teahouse.backends.sql.schedules import SqlSchedules
from teahouse.backends.sql.schema import migrate
from teahouse.backends.sql.search.finder import SqlFinder
from teahouse.backends.sql.search.indexer import Indexer
from teahouse.backends.sql.stays import SqlStays
from teahouse.backends.sql.vault import SqlSpent, SqlVault
from teahouse.backends.sql.wishes import SqlHidden, SqlPreferences


class SqlStore:
    """The ports on one database, which other nodes use, too. Nothing is asked of it before `open`."""

    def __init__(self, options: SqlOptions) -> None:
        self.database = database = Database(options)
        self._replica = Database(options, options.replica_url) if options.replica_url else None
        reading: Reading = database if self._replica is None else Replica(database, self._replica)
        latches = Latches(database)
        self.indexer = Indexer(database)
        self.finder = SqlFinder(reading, self.indexer)
        self.log = SqlLog(database, self.indexer.wake)
        self.users = SqlUsers(database)
        self.directory = SqlDirectory(database)
        self.cursors = SqlCursors(database)
        self.jobs = SqlJobs(database)
        self.schedules = SqlSchedules(database)
        self.hidden = SqlHidden(database)
        self.preferences = SqlPreferences(database)
        self.index = SqlLogIndex(database)
        self.accounts = SqlAccounts(database, latches)
        self.logins = SqlLogins(database, latches)
        self.erasures = SqlErasures(database, reading)
        self.vouchers = SqlVouchers(database)
        self.files = SqlFiles(database, latches)
        self.relations = SqlRelations(database, latches)
        self.links = SqlLinks(database, latches)
        self.requests = SqlRequests(database, latches)
        self.reports = SqlReports(database)
        self.subjects = SqlSubjects(database)
        self.passes = SqlPasses(database)
        self.audit = SqlAudit(database, reading)
        self.bots, self.hooks = SqlBots(database), SqlHooks(database)
        self.outlets = SqlOutlets(database)
        self.inventory = SqlInventory(database.dialect, reading)
        self.ids = SqlIds(database)
        self.tickets, self.staff = SqlTickets(database), SqlStaff(database)
        self.visitors, self.library = SqlVisitors(database), SqlLibrary(database)
        self.deliveries = SqlDeliveries(database)
        self.stays = SqlStays(database)
        self.push_devices = SqlPushDevices(database, latches)
        self.notifications = SqlNotifications(database)
        self.vault, self.spent = SqlVault(database), SqlSpent(database)

    @property
    def archive(self) -> SqlArchive:
        """Everything, for moving it elsewhere; no port is used beside it."""
        return SqlArchive(self.database)

    async def open(self) -> None:
        """Bring the schema up to date. CannotOpen or StoreUnavailable if the database cannot be used."""
        await migrate(self.database)
        if self._replica is not None:
            await require_fence(self.database)
        await warn(self.database)
        self.indexer.wake()

    async def check(self) -> None:
        """StoreUnavailable if the database does not answer."""
        await self.database.fetch(text("SELECT 1"))

    async def close(self) -> None:
        """Commit what waits."""
        await self.log.close()
        await self.indexer.stop()
        if self._replica is not None:
            await self._replica.close()
        await self.database.close()
