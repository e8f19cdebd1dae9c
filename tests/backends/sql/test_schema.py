"""The revisions make the tables that the program asks, on both databases, however many nodes start at once."""

import asyncio

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.failures import CannotOpen
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.schema import migrate
from teahouse.backends.sql.tables.everything import METADATA

pytestmark = pytest.mark.service


def differences(connection: Connection) -> list[object]:
    context = MigrationContext.configure(connection, opts={"compare_type": True})
    return list(compare_metadata(context, METADATA))


async def test_nodes_that_start_at_once_make_the_tables_once(url: str) -> None:
    nodes = [Database(SqlOptions(url=url)) for _ in range(3)]
    await asyncio.gather(*(migrate(node) for node in nodes))

    async def compare(connection: AsyncConnection) -> list[object]:
        return await connection.run_sync(differences)

    assert await nodes[0].run_alone(compare) == []
    for node in nodes:
        await node.close()


async def test_a_newer_schema_is_refused(url: str) -> None:
    database = Database(SqlOptions(url=url))
    await migrate(database)

    async def renumber(connection: AsyncConnection) -> None:
        await connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))

    await database.transact(renumber)
    with pytest.raises(CannotOpen, match="newer version"):
        await migrate(database)
    await database.close()


@pytest.mark.parametrize("table", ["log"])
async def test_names_are_sorted_as_python_sorts_them(url: str, table: str) -> None:
    """Case, accents and spaces at the end count, and so does what lies beyond the basic plane."""
    names = ["a", "A", "a ", "b", "B", "é", "e", "茶", "茶馆", "\U0001f375", "\uffee", "ß", "ss", "_", "~"]
    database = Database(SqlOptions(url=url))
    await migrate(database)

    async def fill(connection: AsyncConnection) -> None:
        log = METADATA.tables[table]
        await connection.execute(log.insert(), [{"conversation": name, "last": 0} for name in names])

    await database.transact(fill)
    rows = await database.fetch(text(f"SELECT conversation FROM {table} ORDER BY conversation"))
    assert [row[0] for row in rows] == sorted(names)
    await database.close()
