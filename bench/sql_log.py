"""How fast the log of a SQL database is, as a part of what its driver alone does on the same server, in one run.

The floor is a bare loop: the driver alone adds rows to the same table, 256 to a transaction, and again one to a
transaction, which is what a sender who is alone cannot be faster than. Above it 1, 8, 64 and 512 senders append a
message each, wait, and append the next, over 100 conversations. A round measures everything once, so that the ratios
are of the same minute; the medians of the rounds are told.

    python -m bench.sql_log [--rounds N] [--seconds N] [--rows N] [--dir DIR]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path
from statistics import median

import asyncmy
import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

from teahouse.backends.sql.log import SqlLog
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.rows import row_of
from teahouse.backends.sql.store import SqlStore
from teahouse.model.entries import Draft, Kind
from tests.support import mariadb, postgres

CONVERSATIONS = 100
SENDERS = (1, 8, 64, 512)
BATCH = 256
TEXT = "x" * 150
FLOOR_LOG = 10**6
"""A conversation's number that no conversation has."""

Batches = Sequence[Sequence[tuple[object, ...]]]

_cids, _floor_seqs = count(), count()


def message(conversation: str, sender: str) -> Draft:
    content = b'{"text":"%s"}' % TEXT.encode()
    return Draft(
        conversation=conversation,
        kind=Kind.MESSAGE,
        sender=sender,
        nick=sender,
        at=int(time.time() * 1000),
        content=content,
        cid=str(next(_cids)),
    )


async def floor(url: str, rows: int, together: int = BATCH) -> float:
    """Rows a second of the driver, so many `together` in a transaction."""
    first_seq = next(_floor_seqs) * 10**9
    made = [row_of(message("floor", "u"), FLOOR_LOG, first_seq + number) for number in range(rows)]
    names, values = list(made[0]), [tuple(row.values()) for row in made]
    batches = [values[first : first + together] for first in range(0, rows, together)]
    insert = asyncpg_inserts if url.startswith("postgresql") else asyncmy_inserts
    return rows / await insert(url, names, batches)


async def asyncpg_inserts(url: str, names: Sequence[str], batches: Batches) -> float:
    """Seconds it took."""
    places = ", ".join(f"${n + 1}" for n in range(len(names)))
    columns = ", ".join(f'"{name}"' for name in names)
    connection = await asyncpg.connect(url)
    began = time.perf_counter()
    for batch in batches:
        async with connection.transaction():
            await connection.executemany(f"INSERT INTO entry ({columns}) VALUES ({places})", batch)  # noqa: S608
    took = time.perf_counter() - began
    await connection.close()
    return took


async def asyncmy_inserts(url: str, names: Sequence[str], batches: Batches) -> float:
    """Seconds it took. The driver makes one statement of many rows."""
    at = make_url(url)
    columns = ", ".join(f"`{name}`" for name in names)
    places = ", ".join(["%s"] * len(names))
    connection = await asyncmy.connect(host=at.host, port=at.port, user=at.username, db=at.database)
    began = time.perf_counter()
    for batch in batches:
        async with connection.cursor() as cursor:
            await cursor.executemany(f"INSERT INTO entry ({columns}) VALUES ({places})", batch)  # noqa: S608
        await connection.commit()
    took = time.perf_counter() - began
    connection.close()
    return took


async def appends(log: SqlLog, senders: int, seconds: float) -> float:
    """Messages a second that were acknowledged."""
    until = time.perf_counter() + seconds
    done = 0

    async def send(number: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            await log.append_many([message(f"c{done % CONVERSATIONS}", f"u{number}")])
            done += 1

    began = time.perf_counter()
    await asyncio.gather(*(send(number) for number in range(senders)))
    return done / (time.perf_counter() - began)


async def measure(name: str, url: str, given: argparse.Namespace) -> None:
    store = SqlStore(SqlOptions(url=url))
    await store.open()
    log = SqlLog(store.database)  # one that wakes no indexer: searching is measured elsewhere
    await appends(log, 64, 1.0)  # connections, conversations and statements are there
    found: dict[int, list[tuple[float, float, float]]] = {}
    for _ in range(given.rounds):
        many = await floor(url, given.rows)
        alone = await floor(url, given.rows // 20, together=1)
        for senders in SENDERS:
            cpu_s = time.process_time()
            rate = await appends(log, senders, given.seconds)
            cpu_us = (time.process_time() - cpu_s) / (rate * given.seconds) * 1e6
            found.setdefault(senders, []).append((rate, cpu_us, rate / (many if senders > 1 else alone)))
        found.setdefault(0, []).append((many, alone, 0))
    many, alone, _ = map(median, zip(*found.pop(0), strict=True))
    print(
        f"{name}: bare {many:,.0f} rows/s, {BATCH} to a transaction; {alone:,.0f} rows/s, one to a transaction"
    )
    for senders, runs in found.items():
        rate, cpu_us, part = map(median, zip(*runs, strict=True))
        of = f"bare, {BATCH if senders > 1 else 1} to a transaction"
        print(
            f"{name}: {senders} senders: {rate:,.0f} messages/s, {part:.2f} of {of}; {cpu_us:,.0f} us of CPU each"
        )
    await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--seconds", type=float, default=2.0)
    parser.add_argument("--rows", type=int, default=20 * BATCH)
    parser.add_argument("--dir", type=Path)
    given = parser.parse_args()
    for name, running in (("postgresql", postgres.running), ("mariadb", mariadb.running)):
        with tempfile.TemporaryDirectory(dir=given.dir) as place, running(Path(place)) as server:
            server.create("bench")
            asyncio.run(measure(name, server.address("bench"), given))


if __name__ == "__main__":
    main()
