"""Group commit: few transactions, answers in order, and only the culprit fails."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from pathlib import Path

import apsw
import pytest

from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.errors import StoreUnavailable

Planned = tuple[list[Statement], list[int]]


class Bench:
    """A writer on a table of one unique column, and what its planner was asked for."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connects = 0
        self.forgotten = 0
        self.batches: list[list[int]] = []
        self.broken: Exception | None = None
        self.writer = Writer(self.connect, batch_rows=100, checkpoint_pages=100)
        self.writer.on_failure(self.forget)
        self.writer.start()

    def connect(self) -> apsw.Connection:
        self.connects += 1
        database = apsw.Connection(str(self.path))
        database.pragma("journal_mode", "wal")
        database.execute("CREATE TABLE IF NOT EXISTS t (n INTEGER PRIMARY KEY, filling BLOB)")
        return database

    def forget(self) -> None:
        self.forgotten += 1

    def plan(self, database: apsw.Connection, requests: Sequence[int], careful: bool) -> Planned:
        self.batches.append(list(requests))
        if self.broken is not None:
            raise self.broken
        if careful and 13 in requests:
            raise ValueError("thirteen")
        rows = [Statement("INSERT OR ROLLBACK INTO t VALUES (?, zeroblob(3000))", (n,)) for n in requests]
        return rows, [n * 2 for n in requests]

    def stored(self) -> list[int]:
        database = apsw.Connection(str(self.path))
        rows = [n for (n,) in database.execute("SELECT n FROM t ORDER BY n")]
        database.close()
        return rows


@pytest.fixture
async def bench(tmp_path: Path) -> AsyncIterator[Bench]:
    bench = Bench(tmp_path / "t.db")
    yield bench
    await bench.writer.close()


async def test_jobs_that_wait_share_a_commit(bench: Bench) -> None:
    """Five hundred jobs of one loop turn are committed in about six transactions of at most 100 rows."""
    futures = [bench.writer.submit(bench.plan, n) for n in range(500)]
    assert await asyncio.gather(*futures) == [n * 2 for n in range(500)]
    assert [n for batch in bench.batches for n in batch] == list(range(500))
    assert len(bench.batches) <= 20
    assert max(map(len, bench.batches)) <= 100
    assert bench.stored() == list(range(500))


async def test_the_weight_of_a_job_counts(bench: Bench) -> None:
    """A batch is full when its rows are, however many jobs they come from."""
    await asyncio.gather(*(bench.writer.submit(bench.plan, n, rows=40) for n in range(30)))
    assert max(map(len, bench.batches)) <= 3


async def test_only_the_culprit_fails(bench: Bench) -> None:
    """A job that cannot be planned or violates a constraint takes nobody with it."""
    await bench.writer.submit(bench.plan, 13)
    results = await asyncio.gather(
        *(bench.writer.submit(bench.plan, n) for n in range(10, 20)), return_exceptions=True
    )
    assert isinstance(results.pop(3), ValueError)
    assert results == [n * 2 for n in range(10, 20) if n != 13]
    assert bench.stored() == list(range(10, 20))
    assert bench.forgotten >= 2


async def test_a_disk_that_fails_is_unavailable(bench: Bench) -> None:
    """The whole batch is told, and later jobs work, on the same connection if it is sound."""
    bench.broken = apsw.IOError("disk I/O error")
    results = await asyncio.gather(
        *(bench.writer.submit(bench.plan, n) for n in range(5)), return_exceptions=True
    )
    assert {type(result) for result in results} == {StoreUnavailable}
    assert "disk I/O error" in str(results[0])
    bench.broken = None
    assert await bench.writer.submit(bench.plan, 1) == 2
    assert bench.connects == 1
    assert bench.stored() == [1]


async def test_a_broken_connection_is_opened_again(bench: Bench) -> None:
    """One that cannot even read."""

    def break_it(database: apsw.Connection, requests: Sequence[None], careful: bool) -> Planned:
        database.close()
        raise apsw.IOError("disk I/O error")

    with pytest.raises(StoreUnavailable):
        await bench.writer.submit(break_it, None)
    assert await bench.writer.submit(bench.plan, 1) == 2
    assert bench.connects == 2


async def test_who_gave_up_is_passed_over(bench: Bench) -> None:
    """A cancelled job that was not begun is not done."""
    futures = [bench.writer.submit(bench.plan, n) for n in range(300)]
    futures[299].cancel()
    await asyncio.gather(*futures[:299])
    assert bench.stored() == list(range(299))


async def test_close_commits_what_waits(bench: Bench) -> None:
    futures = [bench.writer.submit(bench.plan, n) for n in range(300)]
    await bench.writer.close()
    assert await asyncio.gather(*futures) == [n * 2 for n in range(300)]
    with pytest.raises(StoreUnavailable, match="closed"):
        bench.writer.submit(bench.plan, 1)


async def test_the_write_ahead_log_stays_short(bench: Bench) -> None:
    """Checkpoints let it begin anew: over 1,500 pages are written, and it holds hardly more than 200."""
    for n in range(500):
        await bench.writer.submit(bench.plan, n)
    size = (bench.path.parent / "t.db-wal").stat().st_size
    assert size < 300 * 4096


async def test_what_is_apart_is_a_batch_by_itself_and_fails_alone(bench: Bench) -> None:
    """In its turn; and what comes before and after it is written."""
    bench.writer.submit(bench.plan, 1)
    await asyncio.sleep(0.05)
    bench.batches.clear()
    failing = StoreUnavailable("the index is broken")

    def broken(database: apsw.Connection, requests: Sequence[int], careful: bool) -> Planned:
        bench.batches.append(list(requests))
        raise failing

    outcomes = await asyncio.gather(
        bench.writer.submit(bench.plan, 2),
        bench.writer.submit(broken, 3, apart=True),
        bench.writer.submit(bench.plan, 4),
        bench.writer.submit(bench.plan, 5, apart=True),
        return_exceptions=True,
    )
    assert [str(outcome) for outcome in outcomes] == ["4", str(failing), "8", "10"]
    assert [3] in bench.batches
    assert [5] in bench.batches
    assert bench.stored() == [1, 2, 4, 5]


async def test_what_is_apart_is_written_when_the_writer_closes(bench: Bench) -> None:
    waiting = [bench.writer.submit(bench.plan, 1), bench.writer.submit(bench.plan, 2, apart=True)]
    await bench.writer.close()
    assert await asyncio.gather(*waiting) == [2, 4]


@pytest.mark.parametrize("fails", [False, True])
async def test_after_what_is_apart_commits_are_durable_again(tmp_path: Path, fails: bool) -> None:
    """`synchronous` is 2 (FULL) for every other commit, whatever became of the one that was apart."""
    store = SqliteStore(tmp_path)
    levels: list[int] = []

    def look(
        database: apsw.Connection, requests: Sequence[str], careful: bool
    ) -> tuple[list[Statement], Sequence[str]]:
        levels.append(database.pragma("synchronous"))
        return [Statement(request) for request in requests], requests

    writer = store._writer
    nothing = "UPDATE user SET nick = nick"
    await writer.submit(look, nothing)
    if fails:
        with pytest.raises(apsw.SQLError):
            await writer.submit(
                lambda d, r, c: ([Statement(nothing), Statement("no SQL")], r), "", apart=True
            )
    else:
        await writer.submit(look, nothing, apart=True)
    await writer.submit(look, nothing)
    assert set(levels) == {2}
    await store.close()
