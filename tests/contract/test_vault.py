"""The promises of Vault and Spent, by number (ports/vault.py)."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

from teahouse.backends.files.vault import FileVault
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemorySpent, MemoryVault
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.vault import SqlSpent, SqlVault
from teahouse.identity.sealed import SealedVault
from teahouse.ports.vault import Spent, Vault
from tests.contract.backends import DATABASES, parameters
from tests.support.sql import SqlPlace

SECRET = b'{"keys":[]}\n\x00\xff'


@dataclass
class Place:
    """`open` gives a vault as another node, or the same after a restart, would open it."""

    open: Callable[[], Awaitable[Vault]]
    spent: Callable[[], Awaitable[Spent]] | None = None


@asynccontextmanager
async def memory_place(folder: Path) -> AsyncIterator[Place]:
    store = MemoryStore()

    async def vault() -> Vault:
        return MemoryVault(store)

    async def spent() -> Spent:
        return MemorySpent(store)

    yield Place(vault, spent)


@asynccontextmanager
async def file_place(folder: Path) -> AsyncIterator[Place]:
    async def vault() -> Vault:
        return FileVault(folder)

    yield Place(vault)


@asynccontextmanager
async def sealed_place(folder: Path) -> AsyncIterator[Place]:
    store = MemoryStore()

    async def vault() -> Vault:
        return SealedVault(MemoryVault(store), "a long sentence that only the server knows")

    yield Place(vault)


@asynccontextmanager
async def sql_place(database: SqlPlace) -> AsyncIterator[Place]:
    """Each node has pools of its own."""
    options = await database.fresh()
    opened: list[Database] = []

    def node() -> Database:
        opened.append(Database(options))
        return opened[-1]

    async def vault() -> Vault:
        return SqlVault(node())

    async def spent() -> Spent:
        return SqlSpent(node())

    yield Place(vault, spent)
    for one in opened:
        await one.close()


PLACES = {"memory": memory_place, "files": file_place, "sealed": sealed_place}


@pytest.fixture(params=parameters([*PLACES, *DATABASES]))
async def place(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Place]:
    if request.param in DATABASES:
        async with sql_place(request.getfixturevalue(request.param)) as opened:
            yield opened
    else:
        async with PLACES[request.param](tmp_path) as opened:
            yield opened


async def test_x1_what_was_put_is_found(place: Place) -> None:
    vault = await place.open()
    assert await vault.get("keys") is None
    assert await vault.put("keys", SECRET, 0)
    for opened in (vault, await place.open()):
        found = await opened.get("keys")
        assert found is not None
        assert (found.value, found.version) == (SECRET, 1)
        assert found.place
    assert await vault.get("other") is None


async def test_x2_a_change_takes_what_is_there_to_be_what_was_seen(place: Place) -> None:
    vault = await place.open()
    assert not await vault.put("keys", b"x", 1), "there is nothing yet"
    assert await vault.put("keys", b"1", 0)
    assert not await vault.put("keys", b"x", 0)
    assert await vault.put("keys", b"2", 1)
    assert not await vault.put("keys", b"x", 1)
    found = await vault.get("keys")
    assert found is not None
    assert (found.value, found.version) == (b"2", 2)


async def test_x1_names_are_apart_and_secrets_may_be_long(place: Place) -> None:
    vault = await place.open()
    assert await vault.put("keys", b"", 0)
    assert await vault.put("Keys", bytes(range(256)) * 256, 0)
    empty, long = await vault.get("keys"), await vault.get("Keys")
    assert empty is not None and long is not None
    assert (empty.value, len(long.value)) == (b"", 65536)
    assert await vault.put("keys", SECRET, 1)
    kept = await (await place.open()).get("Keys")
    assert kept is not None and kept.value == long.value


async def test_x2_of_many_at_once_one_gets_through(place: Place) -> None:
    """X2: on one node, and on several where there can be some."""
    vault = await place.open()
    other = vault if place.spent is None else await place.open()
    for seen in (0, 1):
        putting = [(vault, other)[n % 2].put("keys", b"%d" % n, seen) for n in range(10)]
        told = await asyncio.gather(*putting)
        assert sum(told) == 1
        found = await vault.get("keys")
        assert found is not None
        assert found.value == b"%d" % told.index(True)


async def test_x3_x4_once_until_it_is_forgotten(place: Place) -> None:
    if place.spent is None:
        pytest.skip("what is good once is remembered elsewhere")
    spent, other = await place.spent(), await place.spent()
    told = await asyncio.gather(*(one.spend(b"a" * 32, 100) for one in (spent, other) for _ in range(5)))
    assert sum(told) == 1
    assert await spent.spend(b"b" * 32, 200)
    assert await spent.forget(150) == 1
    assert await spent.spend(b"a" * 32, 300)
    assert not await other.spend(b"b" * 32, 300)
