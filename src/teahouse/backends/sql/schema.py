"""How an older database becomes a newer one.

Rule: Alembic's table says which revision a database has. Nodes that start at once migrate one after the other, under
a lock of the database's own, and those that come later find nothing to do. Called by store.py at start.
"""

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.failures import CannotOpen
from teahouse.backends.sql.tables.columns import is_mysql

_NUMBER = 0x7EA_4005E
_WAIT_S = 120


def configured() -> Config:
    """Where Alembic finds the revisions."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    return config


async def migrate(database: Database) -> None:
    """Bring the schema up to date. CannotOpen if it is newer than this program, or others migrate for too long."""

    async def alone(connection: AsyncConnection) -> None:
        await _lock(connection)
        try:
            await connection.run_sync(_upgrade)
            await connection.commit()
        finally:
            await _unlock(connection)

    await database.run_alone(alone)


def _upgrade(connection: Connection) -> None:
    config = configured()
    directory = ScriptDirectory.from_config(config)
    head = directory.get_current_head()
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in directory.walk_revisions()}
    if current is not None and current not in known:
        raise CannotOpen(
            f"the database was written by a newer version of this program: its schema has revision {current}, "
            f"the newest this program knows is {head}"
        )
    if current != head:
        config.attributes["connection"] = connection
        command.upgrade(config, "head")


async def _lock(connection: AsyncConnection) -> None:
    if is_mysql(connection.dialect):
        got = (await connection.execute(text(f"SELECT GET_LOCK('teahouse-{_NUMBER}', {_WAIT_S})"))).scalar()
        if got != 1:
            raise CannotOpen("another server migrates the database, and has not finished; start again later")
    else:
        await connection.execute(text(f"SELECT pg_advisory_lock({_NUMBER})"))
        await connection.commit()


async def _unlock(connection: AsyncConnection) -> None:
    """The lock goes with the connection anyway; this gives it back at once."""
    if is_mysql(connection.dialect):
        await connection.execute(text(f"SELECT RELEASE_LOCK('teahouse-{_NUMBER}')"))
    else:
        await connection.execute(text(f"SELECT pg_advisory_unlock({_NUMBER})"))
    await connection.commit()
