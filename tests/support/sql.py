"""A database server as a place for tests: one database, migrated once and emptied for each test.

Rule: only tables that have rows are emptied, for that is what costs; and nothing is waited for on the disk.
"""

from sqlalchemy import text

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.schema import migrate
from teahouse.backends.sql.tables.everything import METADATA
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres

NAME = "teahouse"


class SqlPlace:
    def __init__(self, server: Mariadb | Postgres, name: str = NAME) -> None:
        self.server = server
        self.name = name
        self.options = SqlOptions(url=server.address(name), readers=4, writers=3)
        self._ready = False

    async def fresh(self) -> SqlOptions:
        """Where an empty database is."""
        if not self._ready:
            self.server.create(self.name)
        database = Database(self.options)
        try:
            if not self._ready:
                await migrate(database)
                self._ready = True
            else:
                await _empty(database)
        finally:
            await database.close()
        return self.options

    async def writable(self, on: bool) -> None:
        """Take away that anybody can write, or give it back."""
        if isinstance(self.server, Mariadb):
            self.server.run(f"SET GLOBAL read_only = {int(not on)}")
        else:
            state = "off" if on else "on"
            self.server.run(f"ALTER DATABASE {self.name} SET default_transaction_read_only = {state}")
            self.server.run(
                f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{self.name}'"
            )


async def _empty(database: Database) -> None:
    tables = reversed(METADATA.sorted_tables)
    quote = '"' if database.dialect == "postgresql" else "`"
    names = [f"{quote}{table.name}{quote}" for table in tables]
    asked = " UNION ALL ".join(f"SELECT {n}, EXISTS (SELECT 1 FROM {name})" for n, name in enumerate(names))
    full = [names[n] for n, some in await database.fetch(text(asked)) if some]

    async def work(connection: object) -> None:
        for name in full:
            await connection.execute(text(f"DELETE FROM {name}"))  # type: ignore[attr-defined]

    if full:
        await database.transact(work)
