"""The history: opens MongoDB, and hands out the ports it makes real, beside a store that has everything else.

Called by the composition root and by tests.
"""

from dataclasses import dataclass

from teahouse.backends.mongodb import collections
from teahouse.backends.mongodb.batch import Room
from teahouse.backends.mongodb.connection import Connection
from teahouse.backends.mongodb.cursors import MongoCursors
from teahouse.backends.mongodb.debts import Debts
from teahouse.backends.mongodb.directory import SettledDirectory
from teahouse.backends.mongodb.erasures import MongoErasures
from teahouse.backends.mongodb.files import FilesElsewhere, MongoFiles
from teahouse.backends.mongodb.finder import MongoFinder
from teahouse.backends.mongodb.gate import Gate
from teahouse.backends.mongodb.heads import Heads
from teahouse.backends.mongodb.inventory import MongoInventory
from teahouse.backends.mongodb.log import MongoLog
from teahouse.backends.mongodb.log_index import MongoLogIndex
from teahouse.backends.mongodb.options import MongoOptions
from teahouse.backends.mongodb.outlets import MongoOutlets
from teahouse.backends.mongodb.retention import Retention
from teahouse.ports.accounts import Accounts, Erasures
from teahouse.ports.cursors import Cursors
from teahouse.ports.directory import Directory, Users
from teahouse.ports.hidden import Hidden
from teahouse.ports.inventory import Inventory
from teahouse.ports.outlets import Outlets


@dataclass(frozen=True)
class Elsewhere:
    """What of the other store the history stands on."""

    users: Users
    accounts: Accounts
    directory: Directory
    cursors: Cursors
    hidden: Hidden
    files: FilesElsewhere
    erasures: Erasures
    inventory: Inventory
    outlets: Outlets


class MongoHistory:
    """Nothing is asked of MongoDB before `begin`."""

    def __init__(self, options: MongoOptions, other: Elsewhere) -> None:
        self._connection = Connection(options)
        heads = Heads(self._connection)
        self._debts = Debts(self._connection, other.directory, other.files)
        gate = Gate(other.users, other.accounts, other.directory)
        self.log = MongoLog(Room(self._connection, heads, self._debts, gate))
        self.log.begin = self.begin
        self.directory = SettledDirectory(other.directory, self._debts, self._connection)
        self.index = MongoLogIndex(self._connection)
        self.finder = MongoFinder(self._connection)
        self.cursors = MongoCursors(self._connection, heads, other.cursors, other.hidden)
        self.files = MongoFiles(self._connection, other.files, other.directory)
        self.erasures = MongoErasures(self._connection, other.erasures)
        self.inventory = MongoInventory(self._connection, heads, other.inventory)
        self.outlets = MongoOutlets(self._connection, heads, other.outlets)
        self.retention = Retention(self._connection, self.log, options.retention_days)

    async def begin(self) -> None:
        """Make what is missing, and finish what a crash left over. StoreUnavailable, with the reason."""
        await collections.is_cluster(self._connection)
        there = await collections.existing(self._connection)
        retention = self._connection.options.retention_days > 0
        await collections.run(self._connection, collections.commands(there, retention))
        await self._debts.begin()
        self.retention.begin()

    async def close(self) -> None:
        """Write what waits, and go."""
        await self.retention.stop()
        await self.log.stop()
        await self._debts.stop()
        await self._connection.close()
