"""An installation goes from SQLite to a database and back, and is the same."""

from pathlib import Path

import pytest

from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.store import SqlStore
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.model.entries import Draft, Kind
from teahouse.model.searching import Window
from teahouse.ops.moving import CannotMove, Ledger, Move
from tests.contract.test_search import asking, saying
from tests.ops.test_moving import everything, quiet
from tests.support.rows import installation

pytestmark = pytest.mark.service


async def fill(store: SqliteStore) -> None:
    for kind, rows in installation(1200):
        await store.archive.put(kind, rows)


async def test_there_and_back(url: str, tmp_path: Path) -> None:
    old, new = SqliteStore(tmp_path / "old"), SqliteStore(tmp_path / "new")
    between = SqlStore(SqlOptions(url=url))
    await between.open()
    try:
        await fill(old)
        there = Move(old.archive, between.archive, Ledger("old", "sql", {}), tmp_path / "there")
        await there.check()
        await there.run(quiet)
        await there.verify(quiet)
        back = Move(between.archive, new.archive, Ledger("sql", "new", {}), tmp_path / "back")
        await back.run(quiet)
        await back.verify(quiet)
        assert await everything(new.archive) == await everything(old.archive)
    finally:
        await old.close()
        await new.close()
        await between.close()


async def test_what_was_moved_goes_on(url: str, tmp_path: Path) -> None:
    """Seqs are counted on, names are taken, pins are known, and what was there is found."""
    old = SqliteStore(tmp_path / "old")
    store = SqlStore(SqlOptions(url=url))
    try:
        said = saying("今天天气 nice", cid="k")
        pin = Draft("c", Kind.PIN, "u", "ada", 2, b'{"on":true}', None, 1)
        await old.log.append_many([said, pin])
        await store.open()
        move = Move(old.archive, store.archive, Ledger("old", "sql", {}), tmp_path / "ledger")
        await move.run(quiet)
        with pytest.raises(CannotMove, match="not empty"):
            await Move(old.archive, store.archive, Ledger("old", "sql", {}), tmp_path / "other").check()
        await store.close()
        store = SqlStore(SqlOptions(url=url))
        await store.open()
        again, more = await store.log.append_many([said, Draft("c", Kind.MESSAGE, "u", "ada", 3, b"{}", "l")])
        assert (again.seq, again.duplicate, more.seq) == (1, True, 3)
        assert await store.index.pinned("c", 9, 9) == [(1, 2)]
        await store.finder.caught_up()
        found = await store.finder.find(asking("天气"), [Window("c", 0, 2**60)], None, 9)
        assert [entry.seq for entry in found] == [1]
    finally:
        await old.close()
        await store.close()
