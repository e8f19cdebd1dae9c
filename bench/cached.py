"""What caches in front of a SQL store save: the same reads with and without them, in one run, on MariaDB and Redis.

Ports: 64 readers ask for 1,000 users, some much more often than others. REST: 4 clients ask a server for profiles, and
for the list of 10 conversations.

    python -m bench.cached [--seconds N] [--dir DIR]
"""

import argparse
import asyncio
import random
import tempfile
import time
from collections.abc import Awaitable, Callable
from itertools import accumulate
from pathlib import Path

import httpx2

from bench.verdict import show
from teahouse.backends.cached.caches import Around, Behind, Caches
from teahouse.backends.cached.options import CacheOptions
from teahouse.backends.clock import SystemClock
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.copies import RedisCopies
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.sql.options import SqlOptions
from teahouse.backends.sql.store import SqlStore
from teahouse.model.changes import PutUser
from teahouse.model.people import User
from tests.support import mariadb, redis
from tests.support.cluster import nodes

READERS, CLIENTS = 64, 4
USERS = 1000
CONVERSATIONS = 10

Ask = Callable[[], Awaitable[object]]


async def rate(ask: Ask, seconds: float, at_once: int) -> float:
    """How often a second, asked by so many at once."""
    until, done = time.perf_counter() + seconds, 0

    async def reader() -> None:
        nonlocal done
        while time.perf_counter() < until:
            await ask()
            done += 1

    await asyncio.gather(*(reader() for _ in range(at_once)))
    return done / seconds


async def ports(sql_url: str, redis_url: str, seconds: float) -> dict[str, float | str]:
    store, client = SqlStore(SqlOptions(url=sql_url)), Redis(RedisOptions(url=redis_url, prefix="bench"))
    await store.open()
    await client.start()
    await client.ready()
    users = [f"u{n:032x}" for n in range(USERS)]
    await store.directory.apply([PutUser(User(user, user[-8:]), 1) for user in users])
    behind = Behind(**{name: getattr(store, name) for name in Behind.__dataclass_fields__})
    around = Around(SystemClock(), RedisCopies(client, 1.0))
    cached = Caches(behind, around, CacheOptions())
    common = Caches(behind, around, CacheOptions(keep_s=1e-9))  # as if each read were a node's first
    chance, weights = random.Random(7), list(accumulate(1 / (n + 5) for n in range(USERS)))

    async def measured(user: Callable[[str], Awaitable[object]]) -> float:
        return await rate(lambda: user(chance.choices(users, cum_weights=weights)[0]), seconds, READERS)

    bare = await measured(store.users.user)
    kept, shared = await measured(cached.users.user), await measured(common.users.user)
    await store.close()
    await client.stop()
    return {
        "users/s, from the database": bare,
        "users/s, kept by the node": kept,
        "ratio": kept / bare,
        "users/s, kept in Redis, or asked for at once": shared,
        "ratio to the database": shared / bare,
    }


async def rest(url: str, seconds: float) -> dict[str, float]:
    async with httpx2.AsyncClient(base_url=f"{url}/api/v1", timeout=30) as client:
        body = {"user": "ann", "password": "correct horse battery", "device": "bench"}
        told = (await client.post("/auth/register", json=body)).json()
        client.headers["Authorization"] = f"Bearer {told['access_token']}"
        for number in range(CONVERSATIONS):
            body = {"kind": "group", "name": f"g{number}"}
            made = (await client.post("/conversations", json=body)).json()
            await client.post(f"/conversations/{made['conversation']}/messages", json={"text": "hello"})

        async def get(path: str) -> None:
            (await client.get(path)).raise_for_status()

        return {
            name: await rate(lambda path=path: get(path), seconds, CLIENTS)  # type: ignore[misc]
            for name, path in (
                ("profiles/s", f"/users/{told['user']['id']}"),
                ("lists of conversations/s", "/conversations"),
            )
        }


async def measure(place: Path, seconds: float) -> None:
    for name in ("database", "redis"):
        (place / name).mkdir()
    with mariadb.running(place / "database") as database, redis.running(place / "redis") as broker:
        await broker.ready()
        database.create("ports")
        show(await ports(database.address("ports"), broker.url, seconds))
        found: dict[str, dict[str, float]] = {}
        for enabled in ("false", "true"):
            database.create("teahouse")
            variables = {
                "TEAHOUSE_STORE_KIND": "sql",
                "TEAHOUSE_SQL_URL": database.address(),
                "TEAHOUSE_BROKER_KIND": "redis",
                "TEAHOUSE_REDIS_URL": broker.url,
                "TEAHOUSE_LIMITS": "off",
                "TEAHOUSE_IDENTITY_REGISTRATION": "open",
                "TEAHOUSE_CACHE_ENABLED": enabled,
                "TEAHOUSE_BLOBS_FOLDER": str(place / enabled),
            }
            with nodes(place, [enabled], variables) as running:
                found[enabled] = await rest(running[enabled].url, seconds)
        for name, without in found["false"].items():
            kept = found["true"][name]
            show({f"{name}, without": without, f"{name}, with": kept, "ratio": kept / without})


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.cached", description=__doc__)
    parser.add_argument("--seconds", type=float, default=4.0)
    parser.add_argument("--dir", type=Path, default=None, help="where the engines keep their data")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory(dir=given.dir) as folder:
        asyncio.run(measure(Path(folder), given.seconds))


if __name__ == "__main__":
    main()
