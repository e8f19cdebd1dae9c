"""Fixtures of the contract suite: each test runs once for every backend of its port."""

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.contract.backends import (
    BOOKS,
    DATABASES,
    HUBS,
    STORES,
    Books,
    Nodes,
    Store,
    parameters,
    redis_books,
    redis_nodes,
    sql_store,
)
from tests.contract.copies import COMMONS, Commons, redis_commons
from tests.contract.limits import LIMITS, Shared, redis_limits
from tests.support.mariadb import running as running_mariadb
from tests.support.postgres import running as running_postgres
from tests.support.rabbit import Rabbit, running
from tests.support.redis import RedisServer
from tests.support.redis import running as running_redis
from tests.support.sql import SqlPlace


@pytest.fixture(params=parameters([*STORES, *DATABASES]))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    if request.param in DATABASES:
        async with sql_store(request.getfixturevalue(request.param)) as store:
            yield store
    else:
        async with STORES[request.param](tmp_path / "data") as store:
            yield store


@pytest.fixture(scope="session")
def mariadb(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlPlace]:
    with running_mariadb(tmp_path_factory.mktemp("mariadb")) as server:
        yield SqlPlace(server)


@pytest.fixture(scope="session")
def postgresql(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SqlPlace]:
    with running_postgres(tmp_path_factory.mktemp("postgres"), "fsync=off") as server:
        yield SqlPlace(server)


@pytest.fixture(scope="session")
def rabbit(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rabbit]:
    """Begins to start with the first test that asks for it."""
    with running(tmp_path_factory.mktemp("rabbitmq")) as rabbit:
        yield rabbit


@pytest.fixture(scope="session")
def redis(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running_redis(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture(params=parameters([*BOOKS, "redis"]))
async def books(request: pytest.FixtureRequest) -> AsyncIterator[Books]:
    if request.param == "redis":
        async with redis_books(request.getfixturevalue("redis")) as books:
            yield books
    else:
        async with BOOKS[request.param]() as books:
            yield books


@pytest.fixture(params=parameters([*HUBS, "redis"]))
async def nodes(request: pytest.FixtureRequest) -> AsyncIterator[Nodes]:
    if request.param == "redis":
        async with redis_nodes(request.getfixturevalue("redis")) as nodes:
            yield nodes
    else:
        async with HUBS[request.param]() as nodes:
            yield nodes


@pytest.fixture(params=parameters([*LIMITS, "redis"]))
async def limits(request: pytest.FixtureRequest) -> AsyncIterator[Shared]:
    if request.param == "redis":
        async with redis_limits(request.getfixturevalue("redis")) as limits:
            yield limits
    else:
        async with LIMITS[request.param]() as limits:
            yield limits


@pytest.fixture(params=parameters([*COMMONS, "redis"]))
async def commons(request: pytest.FixtureRequest) -> AsyncIterator[Commons]:
    if request.param == "redis":
        async with redis_commons(request.getfixturevalue("redis")) as commons:
            yield commons
    else:
        async with COMMONS[request.param]() as commons:
            yield commons
