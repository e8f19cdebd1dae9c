"""The floor of durable sends: what SQLite alone gives on this disk, now.

A bare loop, one thread and nothing else, commits rows of the store's own schema, 256 to a transaction, with
synchronous=FULL. Rows are made beforehand; the statement is the fastest that was found, and checkpoints are as
rare as the store's, which is a third faster than SQLite's default. The second number is how long the commit of
one row takes. Other benchmarks divide by these, because disks differ by a factor of ten, and one disk differs
from hour to hour.

    python -m bench.sqlite_floor [--rows N] [--commits N] [--dir DIR] [--json]
"""

import argparse
import json
import tempfile
import time
import uuid
from itertools import chain
from pathlib import Path

import apsw
from msgspec import Struct
from msgspec.json import encode

from teahouse.backends.sqlite.options import SqliteOptions
from teahouse.backends.sqlite.schema import migrate

CONVERSATIONS = 100
SENDERS = 200
BATCH = 256
TEXT = "x" * 150

_COLUMNS = "log, seq, kind, sender, nick, at, content, cid, ref"
_ROW = f"({', '.join('?' * len(_COLUMNS.split(', ')))})"


class Floor(Struct, frozen=True):
    """`cpu_us_per_row` is the processor's time of the batched loop, `batch_p99_ms` of its commits; the other commits
    are of one row each."""

    rows_per_s: float
    cpu_us_per_row: float
    batch_p99_ms: float
    commit_p50_ms: float
    commit_p99_ms: float


def measure(directory: Path, rows: int = 51_200, commits: int = 1000) -> Floor:
    """Run both loops on a fresh file in `directory`, which is removed again. Takes a few seconds."""
    with tempfile.TemporaryDirectory(dir=directory) as made:
        database = open_file(Path(made))
        for log in range(1, CONVERSATIONS + 1):
            database.execute("INSERT INTO log VALUES (?, ?)", (log, f"c{uuid.uuid4().hex}"))
        rows_per_s, cpu_us, batches = batched(database, make_rows(0, rows))
        times = sorted(single(database, make_rows(rows, commits)))
        database.close()
    batch_p99 = percentile(sorted(batches), 0.99) * 1e3
    return Floor(rows_per_s, cpu_us, batch_p99, percentile(times, 0.50) * 1e3, percentile(times, 0.99) * 1e3)


def open_file(directory: Path) -> apsw.Connection:
    database = apsw.Connection(str(directory / "floor.db"))
    database.pragma("journal_mode", "wal")
    database.pragma("synchronous", "full")
    database.pragma("temp_store", "memory")
    database.pragma("cache_size", -1024 * SqliteOptions().cache_mib)
    database.pragma("wal_autocheckpoint", SqliteOptions().checkpoint_pages)
    migrate(database)
    return database


def make_rows(start: int, count: int) -> list[tuple[object, ...]]:
    """Messages of 150 bytes with idempotency keys, to the conversations in turn."""
    senders = [f"u{uuid.uuid4().hex}" for _ in range(SENDERS)]
    content = encode({"type": "text", "text": TEXT})
    now = time.time_ns() // 1_000_000
    return [
        (
            n % CONVERSATIONS + 1,
            n // CONVERSATIONS + 1,
            0,
            senders[n % SENDERS],
            "alice",
            now + n,
            content,
            uuid.uuid4().hex,
            None,
        )
        for n in range(start, start + count)
    ]


def batched(database: apsw.Connection, rows: list[tuple[object, ...]]) -> tuple[float, float, list[float]]:
    """Rows per second, microseconds of processor time a row, and the seconds of each commit."""
    sql = statement(BATCH)
    whole = len(rows) // BATCH * BATCH
    batches = [tuple(chain.from_iterable(rows[i : i + BATCH])) for i in range(0, whole, BATCH)]
    execute = database.execute
    begun, cpu = time.perf_counter(), time.process_time()
    times, last = [], begun
    for batch in batches:
        execute(sql, batch)  # a statement alone is a transaction
        last, before = time.perf_counter(), last
        times.append(last - before)
    return whole / (last - begun), (time.process_time() - cpu) / whole * 1e6, times


def single(database: apsw.Connection, rows: list[tuple[object, ...]]) -> list[float]:
    """Seconds that the commit of each row takes."""
    sql = statement(1)
    times = []
    for row in rows:
        begun = time.perf_counter()
        database.execute(sql, row)
        times.append(time.perf_counter() - begun)
    return times


def statement(rows: int) -> str:
    return f"INSERT OR ROLLBACK INTO entry ({_COLUMNS}) VALUES " + ", ".join([_ROW] * rows)  # noqa: S608


def percentile(ordered: list[float], part: float) -> float:
    return ordered[min(len(ordered) - 1, int(len(ordered) * part))]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--rows", type=int, default=51_200)
    parser.add_argument("--commits", type=int, default=1000)
    parser.add_argument("--dir", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args()
    floor = measure(given.dir, given.rows, given.commits)
    if given.json:
        print(json.dumps({name: getattr(floor, name) for name in floor.__struct_fields__}))
        return
    print(
        f"{floor.rows_per_s:,.0f} rows/s in transactions of {BATCH}, {floor.cpu_us_per_row:.1f} us CPU a row"
    )
    print(f"one row: p50 {floor.commit_p50_ms:.2f} ms, p99 {floor.commit_p99_ms:.2f} ms a commit")


if __name__ == "__main__":
    main()
