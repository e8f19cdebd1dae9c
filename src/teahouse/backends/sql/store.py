"""The SQL store: opens the database, and hands out the ports it makes real.

Called by the composition root and by tests.
"""

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.schema import migrate
from teahouse.backends.sql.vault import SqlSpent, SqlVault


class SqlStore:
    """The ports on one database, which other nodes use, too. Nothing is asked of it before `open`."""

    def __init__(self, options: SqlOptions) -> None:
        self.database = Database(options)
        self.vault, self.spent = SqlVault(self.database), SqlSpent(self.database)

    async def open(self) -> None:
        """Bring the schema up to date. CannotOpen or StoreUnavailable if the database cannot be used."""
        await migrate(self.database)

    async def close(self) -> None:
        await self.database.close()
