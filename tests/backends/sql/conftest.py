"""Stores on real databases, each started for the tests alone."""

from collections.abc import AsyncIterator, Iterator
from itertools import count

import pytest

from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.store import SqlStore
from tests.support import mariadb, postgres
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres

_numbers = count()


@pytest.fixture(scope="session", params=["postgresql", "mariadb"])
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Postgres | Mariadb]:
    place = tmp_path_factory.mktemp(request.param)
    with postgres.running(place) if request.param == "postgresql" else mariadb.running(place) as server:
        yield server


@pytest.fixture
def url(server: Postgres | Mariadb) -> str:
    """Of a database that is new."""
    name = f"sql{next(_numbers)}"
    server.create(name)
    return server.address(name)


@pytest.fixture
async def pair(url: str) -> AsyncIterator[tuple[SqlStore, SqlStore]]:
    """Two nodes on one database."""
    stores = SqlStore(SqlOptions(url=url)), SqlStore(SqlOptions(url=url))
    for store in stores:
        await store.open()
    yield stores
    for store in stores:
        await store.close()
