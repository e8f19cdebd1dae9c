"""Reads from a replica see what was there when they were asked, whatever becomes of the replica."""

import asyncio
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text

from teahouse.backends.sql import replica as replicas
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.replica import Replica
from teahouse.backends.sql.store import SqlStore
from teahouse.model.audit import Record, Search
from teahouse.model.breaker import AFTER
from teahouse.model.entries import Kind
from teahouse.model.errors import StoreUnavailable
from tests.backends.sql.test_search import find, saying
from tests.support.mariadb import Mariadb
from tests.support.postgres import Postgres
from tests.support.replicas import MariadbReplica, PostgresReplica, mariadb_pair, postgres_pair

pytestmark = pytest.mark.service

WHERE = {"postgresql": "pg_is_in_recovery()", "mysql": "@@server_id = 2"}
_numbers = count()


@dataclass
class Pair:
    primary: Postgres | Mariadb
    replica: PostgresReplica | MariadbReplica
    database: Database
    reading: Replica
    name: str

    async def write(self) -> None:
        await self.database.transact(lambda c: c.execute(text("INSERT INTO tea (cups) VALUES (1)")))

    async def read(self) -> tuple[int, bool]:
        """How many rows there are, and whether the replica said so."""
        where = WHERE[self.database.dialect]
        ((cups, away),) = await self.reading.fetch(text(f"SELECT count(*), {where} FROM tea"))
        return cups, bool(away)


@pytest.fixture(scope="module", params=["postgresql", "mariadb"])
def servers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Postgres | Mariadb, PostgresReplica | MariadbReplica]]:
    pairs: dict[str, Callable[[Path], AbstractContextManager[Any]]] = {
        "postgresql": postgres_pair,
        "mariadb": mariadb_pair,
    }
    with pairs[request.param](tmp_path_factory.mktemp(request.param)) as pair:
        yield pair


@pytest.fixture
async def pair(servers: tuple[Postgres | Mariadb, PostgresReplica | MariadbReplica]) -> AsyncIterator[Pair]:
    primary, replica = servers
    name = f"tea{next(_numbers)}"
    primary.create(name)
    database = Database(SqlOptions(url=primary.address(name)))
    await database.transact(lambda c: c.execute(text("CREATE TABLE tea (cups INT)")))
    while not replica.has(name):  # noqa: ASYNC110 - another process
        await asyncio.sleep(0.02)
    away = Database(SqlOptions(url=replica.address(name), timeout_s=2.0))
    yield Pair(primary, replica, database, Replica(database, away), name)
    await database.close()
    await away.close()


async def test_what_was_committed_is_read_from_the_replica(pair: Pair) -> None:
    """At once, each time; and hardly ever by the primary."""
    found = []
    for _ in range(60):
        await pair.write()
        found.append(await pair.read())
    assert [cups for cups, _ in found] == list(range(1, 61))
    assert sum(away for _, away in found) > 50


async def test_a_replica_that_is_behind_is_not_read(pair: Pair) -> None:
    """The primary reads, and after a while nobody waits any more."""
    await pair.write()
    pair.replica.replay(False)
    try:
        for n in range(2, 2 + AFTER):
            await pair.write()
            assert await pair.read() == (n, False)
        begun = time.monotonic()
        assert await pair.read() == (1 + AFTER, False)
        assert time.monotonic() - begun < replicas.WAIT_S
    finally:
        pair.replica.replay(True)


async def test_a_replica_that_is_away_is_not_missed(pair: Pair) -> None:
    await pair.write()
    assert await pair.read() == (1, True)
    pair.replica.kill()
    try:
        for _ in range(AFTER + 1):
            assert await pair.read() == (1, False)
    finally:
        pair.replica.start()


async def test_a_replica_that_says_nothing_is_not_waited_for(
    pair: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replicas, "PATIENCE_S", 0.3)
    await pair.write()
    assert await pair.read() == (1, True)
    pair.replica.freeze(True)
    try:
        begun = time.monotonic()
        assert await pair.read() == (1, False)
        assert time.monotonic() - begun < 1.5
    finally:
        pair.replica.freeze(False)


async def test_nothing_is_read_without_the_primary(pair: Pair) -> None:
    """What the replica has may be old."""
    await pair.write()
    assert await pair.read() == (1, True)
    pair.primary.kill()
    try:
        with pytest.raises(StoreUnavailable):
            await pair.read()
    finally:
        pair.primary.start()


async def test_a_server_that_is_no_replica_is_not_read(pair: Pair) -> None:
    pair.reading = Replica(pair.database, pair.database)
    await pair.write()
    assert await pair.read() == (1, False)


async def test_a_store_reads_what_is_long_from_its_replica(pair: Pair) -> None:
    """Search, lists, the audit log and exports; and never what was there before (S6), replica or not."""
    name = pair.name
    store = SqlStore(SqlOptions(url=pair.primary.address(name), replica_url=pair.replica.address(name)))
    await store.open()
    try:
        for n in range(4):
            pair.replica.replay(n % 2 == 0)
            await store.log.append_many([saying("tea")])
            await store.finder.caught_up()
            assert await find(store, "tea") == [2 * n + 1]
            await store.log.append_many([saying("", kind=Kind.RECALL, ref=2 * n + 1)])
            assert await find(store, "tea") == []
            await store.audit.append([Record(n, "u", "tea.made")])
            assert len(await store.audit.page(Search(), 10**9, 9)) == n + 1
            assert (await store.inventory.totals(0)).messages == n + 1
            assert len((await store.erasures.entries("u-alice", 0))[0]) == 2 * n + 2
    finally:
        pair.replica.replay(True)
        await store.close()
