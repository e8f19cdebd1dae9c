"""MySQL 8, as far as it can be tried without one: what is said to it, in its own words. What MariaDB is asked in these
tests it is asked in MySQL's strict mode (tests/support/mariadb.py).
"""

from types import SimpleNamespace
from typing import Any

import pytest
from asyncmy.cursors import RE_INSERT_VALUES
from sqlalchemy import Executable
from sqlalchemy.dialects.mysql import asyncmy
from sqlalchemy.schema import CreateTable

from teahouse.backends.sql.additions import _GROW
from teahouse.backends.sql.failures import CannotOpen
from teahouse.backends.sql.replica import require_fence
from teahouse.backends.sql.tables.everything import METADATA
from teahouse.backends.sql.tables.log import log
from teahouse.backends.sql.upserts import insert_if_absent, upsert

ROW = {"id": 1, "conversation": "c", "last": 3}


@pytest.fixture
def dialect() -> Any:
    dialect = asyncmy.dialect()
    dialect.is_mariadb = False
    dialect.server_version_info = (8, 0, 36)
    dialect._requires_alias_for_on_duplicate_key = True  # as it finds by that version when it connects
    return dialect


def said(statement: Executable, dialect: Any) -> str:
    return str(statement.compile(dialect=dialect, column_keys=list(ROW)))  # type: ignore[attr-defined]


def test_tables_are_made_with_a_collation_that_it_has(dialect: Any) -> None:
    made = "".join(str(CreateTable(table).compile(dialect=dialect)) for table in METADATA.sorted_tables)
    assert "COLLATE utf8mb4_0900_bin" in made
    assert made.count("COLLATE utf8mb4_0900_bin") == made.count("COLLATE")


def test_rows_that_may_be_there(dialect: Any) -> None:
    connection: Any = SimpleNamespace(dialect=dialect)
    for statement in (upsert(connection, log, [ROW]), insert_if_absent(connection, log, [ROW]), _GROW):
        words = said(statement, dialect)
        assert " AS new ON DUPLICATE KEY UPDATE " in words
        assert "RETURNING" not in words


def test_the_driver_makes_one_statement_of_many_rows(dialect: Any) -> None:
    assert RE_INSERT_VALUES.match(said(_GROW, dialect))


@pytest.mark.parametrize(
    ("kind", "version", "refused"),
    [
        ("mysql", "8.0.36", True),
        ("mysql", "10.11.6-MariaDB", False),
        ("postgresql", "PostgreSQL 15.4", False),
    ],
)
async def test_a_replica_of_it_is_refused(kind: str, version: str, refused: bool) -> None:
    async def fetch(_statement: Executable) -> list[tuple[str]]:
        return [(version,)]

    primary: Any = SimpleNamespace(dialect=kind, fetch=fetch)
    if refused:
        with pytest.raises(CannotOpen, match=r"sql\.replica_url is for MariaDB"):
            await require_fence(primary)
    else:
        await require_fence(primary)
