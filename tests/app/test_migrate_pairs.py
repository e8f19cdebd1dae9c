"""From every kind of store to every kind, on the real engines: what went round all of them is what it was."""

from collections.abc import Iterator
from contextlib import AsyncExitStack
from itertools import count, pairwise
from pathlib import Path

import pytest

from teahouse.app.migrate import move, open_place
from teahouse.app.settings import Settings, StoreOptions
from teahouse.backends.mongodb.options import MongoOptions
from teahouse.model.archive import Row
from teahouse.ops.moving import CannotMove
from tests.ops.test_moving import everything, quiet
from tests.support import mariadb, postgres
from tests.support.mongo import drop, shared
from tests.support.rows import installation
from tests.support.sql import SqlPlace

pytestmark = [pytest.mark.service, pytest.mark.timeout(400)]

PLAIN = ("sqlite", "mariadb", "postgresql")
WITH = tuple(f"{kind}+mongodb" for kind in PLAIN)


class Engines:
    """Gives out empty places, in turns, so that one is left while the next is moved to."""

    def __init__(self, directory: Path, databases: dict[str, list[SqlPlace]]) -> None:
        self._directory = directory
        self._databases = databases
        self._numbers = count()
        self.histories: list[str] = []

    async def empty(self, kind: str) -> Settings:
        base, _, history = kind.partition("+")
        number = next(self._numbers)
        data = str(self._directory / f"data{number}")
        mongodb = MongoOptions()
        if history:
            self.histories.append(f"test-moving-{number}")
            mongodb = MongoOptions(url=shared().url, database=self.histories[-1])
        if base == "sqlite":
            return Settings(data=data, mongodb=mongodb)
        place = self._databases[base][number % 2]
        return Settings(data=data, mongodb=mongodb, store=StoreOptions(kind="sql"), sql=await place.fresh())


@pytest.fixture
def engines(tmp_path: Path) -> Iterator[Engines]:
    for name in ("mariadb", "postgresql"):
        (tmp_path / name).mkdir()
    with mariadb.running(tmp_path / "mariadb") as first, postgres.running(tmp_path / "postgresql") as second:
        databases = {
            "mariadb": [SqlPlace(first, "one"), SqlPlace(first, "two")],
            "postgresql": [SqlPlace(second, "one"), SqlPlace(second, "two")],
        }
        yield Engines(tmp_path, databases)


def round_trip() -> list[str]:
    """From each to each that has MongoDB, and back, and on; in the end through those that have it. (Between SQLite and
    databases: tests/backends/sql/test_archive.py.)"""
    way = [PLAIN[0]]
    for kind in PLAIN:
        way += [kind] if kind != way[-1] else []
        for other in WITH:
            way += [other, kind]
    return [*way, *WITH, PLAIN[0]]


def test_the_round_trip_has_every_pair_of_with_and_without() -> None:
    pairs = set(pairwise(round_trip()))
    assert {(a, b) for a in PLAIN for b in WITH} | {(b, a) for a in PLAIN for b in WITH} <= pairs
    assert all(a != b for a, b in pairs)


async def test_every_pair(engines: Engines, tmp_path: Path) -> None:
    await shared().ready()
    way = round_trip()
    settings = await engines.empty(way[0])
    async with AsyncExitStack() as stack:
        place = await open_place(settings, stack, new=True)
        for sort, rows in installation(60):
            await place.archive.put(sort, rows)
        begun = await everything(place.archive)
    for number, kind in enumerate(way[1:]):
        target = await engines.empty(kind)
        counts = await move(settings, target, tmp_path / f"ledger{number}", lambda _: quiet)
        assert counts == {name: len(rows) for name, rows in begun.items()}
        settings = target
    assert await found(settings) == begun
    for history in engines.histories:
        await drop(shared().url, history)


async def found(settings: Settings) -> dict[str, list[Row]]:
    async with AsyncExitStack() as stack:
        return await everything((await open_place(settings, stack, new=False)).archive)


async def test_old_and_new_share_nothing(tmp_path: Path) -> None:
    await shared().ready()
    ledger, one, two = tmp_path / "ledger", str(tmp_path / "one"), str(tmp_path / "two")
    history = MongoOptions(url=shared().url, database="test-shared")
    with pytest.raises(CannotMove, match="another data directory"):
        await move(Settings(data=one), Settings(data=one, mongodb=history), ledger, lambda _: quiet)
    with pytest.raises(CannotMove, match="there is no history in mongodb"):
        await move(Settings(data=one, mongodb=history), Settings(data=two), ledger, lambda _: quiet)
    async with AsyncExitStack() as stack:
        await open_place(Settings(data=one, mongodb=history), stack, new=True)
    with pytest.raises(CannotMove, match="both settings name the same mongodb"):
        await move(
            Settings(data=one, mongodb=history), Settings(data=two, mongodb=history), ledger, lambda _: quiet
        )
    await drop(shared().url, history.database)
