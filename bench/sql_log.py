"""How fast the log of a SQL database is, as a part of what its driver alone does on the same server, in one run.

The floor is a bare loop: the driver alone adds many rows at once to the same table, 256 to a transaction. Above it
1, 8, 64 and 512 senders append a message each, wait, and append the next, over 100 conversations.

    python -m bench.sql_log [--seconds N] [--rows N] [--dir DIR]
"""

import argparse
import asyncio
import tempfile
import time
from collections.abc import Sequence
from itertools import count
from pathlib import Path

import asyncmy
import asyncpg  # type: ignore[import-untyped]
from sqlalchemy import make_url

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

_cids = count()


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


async def floor(url: str, rows: int) -> float:
    """Rows a second of the driver."""
    made = [row_of(message("floor", "u"), FLOOR_LOG, seq) for seq in range(1, rows + 1)]
    names, values = list(made[0]), [tuple(row.values()) for row in made]
    batches = [values[first : first + BATCH] for first in range(0, rows, BATCH)]
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


async def appends(store: SqlStore, senders: int, seconds: float) -> float:
    """Messages a second that were acknowledged."""
    until = time.perf_counter() + seconds
    done = 0

    async def send(number: int) -> None:
        nonlocal done
        while time.perf_counter() < until:
            await store.log.append_many([message(f"c{done % CONVERSATIONS}", f"u{number}")])
            done += 1

    began = time.perf_counter()
    await asyncio.gather(*(send(number) for number in range(senders)))
    return done / (time.perf_counter() - began)


async def measure(name: str, url: str, seconds: float, rows: int) -> None:
    store = SqlStore(SqlOptions(url=url))
    await store.open()
    await store.indexer.stop()  # searching is indexed behind the sends, and measured elsewhere
    await appends(store, 64, 1.0)  # connections, conversations and statements are there
    bare = await floor(url, rows)
    print(f"{name}: bare {bare:,.0f} rows/s")
    for senders in SENDERS:
        rate = await appends(store, senders, seconds)
        print(f"{name}: {senders} senders: {rate:,.0f} messages/s, {rate / bare:.2f} of bare")
    await store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--rows", type=int, default=20 * BATCH)
    parser.add_argument("--dir", type=Path)
    given = parser.parse_args()
    for name, running in (("postgresql", postgres.running), ("mariadb", mariadb.running)):
        with tempfile.TemporaryDirectory(dir=given.dir) as place, running(Path(place)) as server:
            server.create("bench")
            asyncio.run(measure(name, server.address("bench"), given.seconds, given.rows))


if __name__ == "__main__":
    main()
