"""A whole installation goes from one store to another, also when it is interrupted, and what is wrong is noticed."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path

import apsw
import pytest

from teahouse.backends.sqlite.store import FILE, SqliteStore
from teahouse.model.archive import KINDS, Kind, Row
from teahouse.ops.moving import CannotMove, Ledger, Move
from teahouse.ports.archive import Archive
from tests.support.rows import made

DERIVED = {"log", "hour", "follower"}
"""Tables of the SQLite store that are no kind: they are made from the others."""

ROWS = 2500  # more than two pages


@asynccontextmanager
async def opened(data: Path) -> AsyncIterator[SqliteStore]:
    store = SqliteStore(data)
    try:
        yield store
    finally:
        await store.close()


async def fill(archive: Archive, count: int = 7) -> None:
    for kind in KINDS:
        await archive.put(kind, made(kind, ROWS if kind.name in ("entry", "user") else count))


async def everything(archive: Archive) -> dict[str, list[Row]]:
    """All rows; entries in the order the store gives them (Z1), all others in any."""
    found: dict[str, list[Row]] = {}
    for kind in archive.kinds:
        rows, place = await archive.page(kind, None, 1000)
        while place is not None:
            more, place = await archive.page(kind, place, 1000)
            rows += more
        found[kind.name] = rows if kind.name == "entry" else sorted(rows, key=repr)
    return found


def quiet(kind: str, done: int, total: int) -> None:
    assert done <= total


def test_every_table_of_the_store_is_a_kind_or_derived(tmp_path: Path) -> None:
    from teahouse.backends.sqlite.connections import connect_writer
    from teahouse.backends.sqlite.options import SqliteOptions

    connect_writer(tmp_path / FILE, SqliteOptions()).close()
    database = apsw.Connection(str(tmp_path / FILE))
    names = "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    tables = {name for (name,) in database.execute(names) if not name.startswith("finding")} - DERIVED
    assert tables == {kind.name for kind in KINDS}
    for kind in KINDS:
        columns = {row[1] for row in database.execute(f'PRAGMA table_info("{kind.name}")')}
        numbered = {"log": "conversation"} if kind.name in ("entry", "mention", "reply", "posting") else {}
        own = {"id"} if kind.name == "entry" else set()
        assert {numbered.get(c, c) for c in columns - own} == set(kind.columns), kind.name


async def test_all_goes_and_is_there_once_it_is_opened_anew(tmp_path: Path) -> None:
    async with opened(tmp_path / "old") as old, opened(tmp_path / "new") as new:
        await fill(old.archive)
        ledger = Ledger("old", "new", {})
        move = Move(old.archive, new.archive, ledger, tmp_path / "ledger")
        await move.check()
        await move.run(quiet)
        await move.verify(quiet)
        before = await everything(old.archive)
    async with opened(tmp_path / "new") as new:
        assert await everything(new.archive) == before
        assert {name: len(rows) for name, rows in before.items()} == {
            kind.name: await new.archive.count(kind) for kind in KINDS
        }
        entries = await new.log.read("c1", 0, 2**60, 5)
        assert [entry.seq for entry in entries] == [1, 2, 3, 4, 5]


class Breaking:
    """An archive that breaks after so many puts."""

    def __init__(self, archive: Archive, puts: int) -> None:
        self._archive = archive
        self._left = puts
        self.kinds = archive.kinds

    async def count(self, kind: Kind) -> int:
        return await self._archive.count(kind)

    async def page(self, kind: Kind, after: bytes | None, limit: int) -> tuple[list[Row], bytes | None]:
        return await self._archive.page(kind, after, limit)

    async def put(self, kind: Kind, rows: Sequence[Row]) -> None:
        await self._archive.put(kind, rows)
        self._left -= 1
        if not self._left:
            raise ConnectionError("pulled out")


@pytest.mark.parametrize("puts", [1, 2, 3, 11, 30])
async def test_what_was_interrupted_goes_on(tmp_path: Path, puts: int) -> None:
    file = tmp_path / "ledger"
    async with opened(tmp_path / "old") as old, opened(tmp_path / "new") as new:
        await fill(old.archive)
        breaking = Breaking(new.archive, puts)
        with pytest.raises(ConnectionError):
            await Move(old.archive, breaking, Ledger.open(file, "old", "new"), file).run(quiet)
        again = Move(old.archive, new.archive, Ledger.open(file, "old", "new"), file)
        await again.check()
        await again.run(quiet)
        await again.verify(quiet)
        assert await everything(new.archive) == await everything(old.archive)


async def test_a_row_that_differs_is_found(tmp_path: Path) -> None:
    async with opened(tmp_path / "old") as old, opened(tmp_path / "new") as new:
        await fill(old.archive)
        move = Move(old.archive, new.archive, Ledger("old", "new", {}), tmp_path / "ledger")
        await move.run(quiet)
        kind = next(kind for kind in KINDS if kind.name == "contact")
        row = made(kind, 1)[0]
        await new.archive.put(kind, [(*row[:2], "another alias", row[3])])
        with pytest.raises(CannotMove, match="contact"):
            await move.verify(quiet)


async def test_a_store_that_has_something_is_not_moved_into(tmp_path: Path) -> None:
    async with opened(tmp_path / "old") as old, opened(tmp_path / "new") as new:
        await fill(old.archive)
        await fill(new.archive, 1)
        with pytest.raises(CannotMove, match="not empty"):
            await Move(old.archive, new.archive, Ledger("old", "new", {}), tmp_path / "ledger").check()


def test_the_ledger_of_another_move_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "ledger"
    Ledger("old", "elsewhere", {}).save(file)
    with pytest.raises(CannotMove, match="elsewhere"):
        Ledger.open(file, "old", "new")
    file.write_text("{")
    with pytest.raises(CannotMove, match="no ledger"):
        Ledger.open(file, "old", "new")
