"""A server that may lose what it acknowledged is told about at start."""

from collections.abc import Iterator

import pytest

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.durability import warn
from teahouse.backends.sql.options import SqlOptions
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres

pytestmark = pytest.mark.service


@pytest.fixture
def hasty(server: Postgres | Mariadb, url: str) -> Iterator[str]:
    """Set so that a commit waits for no disk; for new connections."""
    if isinstance(server, Mariadb):
        server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 2")
        yield "innodb_flush_log_at_trx_commit"
        server.run("SET GLOBAL innodb_flush_log_at_trx_commit = 1")
    else:
        name = url.rpartition("/")[2]
        server.run(f"ALTER DATABASE {name} SET synchronous_commit = off")
        yield "synchronous_commit"


async def test_a_server_as_it_comes_keeps_what_it_acknowledges(url: str) -> None:
    database = Database(SqlOptions(url=url))
    assert await warn(database) == []
    await database.close()


async def test_a_hasty_server_is_told_about(url: str, hasty: str) -> None:
    database = Database(SqlOptions(url=url))
    assert await warn(database) == [hasty]
    await database.close()
