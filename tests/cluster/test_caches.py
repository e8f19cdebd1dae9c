"""Caches of two real nodes on MariaDB and Redis: what is changed on one is seen on the other; the database is asked
once; and without Redis all goes on."""

import asyncio
import re
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from tests.support import mariadb, redis
from tests.support.cluster import Node, nodes
from tests.support.mariadb import Mariadb
from tests.support.redis import RedisServer

pytestmark = pytest.mark.service

PASSWORD = "correct horse battery"
SOON_S = 1.0

House = tuple[Mariadb, RedisServer, Node, Node]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    for name in ("database", "redis"):
        (tmp_path / name).mkdir()
    with mariadb.running(tmp_path / "database") as database, redis.running(tmp_path / "redis") as broker:
        database.create("teahouse")
        variables = {
            "TEAHOUSE_STORE_KIND": "sql",
            "TEAHOUSE_SQL_URL": database.address(),
            "TEAHOUSE_BROKER_KIND": "redis",
            "TEAHOUSE_REDIS_URL": broker.url,
            "TEAHOUSE_IDENTITY_REGISTRATION": "open",
            "TEAHOUSE_LIMITS": "off",
        }
        with nodes(tmp_path, ["a", "b"], variables) as both:
            yield database, broker, both["a"], both["b"]


async def counts(client: httpx2.AsyncClient, cache: str) -> dict[str, int]:
    """How often, by who answered."""
    page = (await client.get("/metrics")).text
    found = re.findall(rf'teahouse_cache_reads_total{{by="(\w+)",cache="{cache}"}} (\d+)', page)
    return {who: int(number) for who, number in found}


async def seen(client: httpx2.AsyncClient, user: str, nick: str, within_s: float) -> None:
    async with asyncio.timeout(within_s):
        while (await client.get(f"/api/v1/users/{user}")).json()["nick"] != nick:  # noqa: ASYNC110
            await asyncio.sleep(0.02)


async def test_two_nodes(house: House) -> None:
    _, broker, a, b = house
    async with httpx2.AsyncClient(base_url=a.url) as at_a, httpx2.AsyncClient(base_url=b.url) as at_b:
        body = {"user": "ann", "password": PASSWORD, "device": "test"}
        told = (await at_a.post("/api/v1/auth/register", json=body)).json()
        for client in (at_a, at_b):
            client.headers["Authorization"] = f"Bearer {told['access_token']}"
        ann = told["user"]["id"]

        for client in (at_a, at_b, at_b, at_b):
            assert (await client.get(f"/api/v1/users/{ann}")).json()["nick"] == "ann"
        assert (await counts(at_a, "users"))["store"] == 1
        there = await counts(at_b, "users")
        assert (there["store"], there["common"], there["own"]) == (0, 1, 2)

        for nick in ("anna", "anny", "annie"):
            assert (await at_a.patch("/api/v1/users/me", json={"nick": nick})).status_code == 200
            await seen(at_a, ann, nick, 0.2)
            await seen(at_b, ann, nick, SOON_S)

        long_ago = "u0199a0a0a0a07000800000000000000a"
        for _ in range(3):
            assert (await at_b.get(f"/api/v1/users/{long_ago}")).status_code == 404
        assert (await counts(at_b, "ids"))["filter"] == 3

        broker.kill()
        assert (await at_a.patch("/api/v1/users/me", json={"nick": "alone"})).status_code == 200
        await seen(at_a, ann, "alone", 0.5)
        await seen(at_b, ann, "alone", 2 * SOON_S)
        broker.start()
        await broker.ready()
        await asyncio.sleep(1)
        assert (await at_b.patch("/api/v1/users/me", json={"nick": "together"})).status_code == 200
        await seen(at_a, ann, "together", 2 * SOON_S)
