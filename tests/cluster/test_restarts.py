"""Restarts while people talk: workers of one machine, and nodes behind nginx. Real processes on a real database and a
real broker. Nobody loses anything or hears it twice, whether a worker is killed, all are replaced one after the other,
or nodes are restarted in turn as an operator does it.
"""

import asyncio
import json
import os
import random
import signal
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from itertools import count
from pathlib import Path

import httpx2
import pytest
from prometheus_client.parser import text_string_to_metric_families

from tests.app.test_pool import gone
from tests.cluster import test_storm
from tests.cluster.test_storm import Person, finish, open_groups, people
from tests.support import mariadb, redis
from tests.support.cluster import Node, nodes
from tests.support.doors import DOORS
from tests.support.nginx import proxying

pytestmark = [pytest.mark.service, pytest.mark.slow]

Engines = Callable[[str], dict[str, str]]
WORKERS = 3
PROXIED = {"TEAHOUSE_HTTP_TRUSTED_PROXIES": "127.0.0.1", "TEAHOUSE_TCP_TRUSTED_PROXIES": "127.0.0.1"}


@pytest.fixture(scope="module")
def engines(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engines]:
    """The settings of an installation by its name."""
    with (
        mariadb.running(tmp_path_factory.mktemp("database")) as database,
        redis.running(tmp_path_factory.mktemp("broker")) as broker,
    ):
        numbers = count()

        def installation(name: str) -> dict[str, str]:
            name = f"{name}{next(numbers)}"
            database.create(name)
            return {
                "TEAHOUSE_STORE_KIND": "sql",
                "TEAHOUSE_SQL_URL": database.address(name),
                "TEAHOUSE_BROKER_KIND": "redis",
                "TEAHOUSE_REDIS_URL": broker.url,
                "TEAHOUSE_REDIS_PREFIX": name,
                "TEAHOUSE_LIMITS": "off",
            }

        yield installation


@pytest.fixture(autouse=True)
def fewer_people_who_talk_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(test_storm, "PEOPLE", 18)
    monkeypatch.setattr(test_storm, "PAUSE_S", 0.5)


class Pool(Node):
    """`teahouse serve --workers 3`, as a node that is several."""

    def lines(self, event: str) -> list[dict]:
        said = [json.loads(line) for line in self.log.splitlines() if line.startswith("{")]
        return [line for line in said if line["event"] == event]

    async def said(self, event: str, times: int = 1) -> None:
        async with asyncio.timeout(90):
            while len(self.lines(event)) < times:  # noqa: ASYNC110 - it is another process's
                await asyncio.sleep(0.05)

    async def answering(self) -> set[str]:
        """The names of those who answer."""
        names: set[str] = set()
        for _ in range(40):  # a connection each: the kernel deals them out
            async with httpx2.AsyncClient(trust_env=False) as client:
                names.add((await client.get(f"{self.url}/healthz")).headers["x-teahouse-node"])
        return names

    async def told(self, name: str) -> dict[str, float]:
        """A metric by node, over all its labels, as one of them tells it of all."""
        async with httpx2.AsyncClient(trust_env=False) as client:
            page = (await client.get(f"{self.url}/metrics")).text
        found: dict[str, float] = {}
        for family in text_string_to_metric_families(page):
            for sample in family.samples:
                if sample.name == name:
                    node = sample.labels["node"]
                    found[node] = found.get(node, 0) + sample.value
        return found


@pytest.fixture
def pool(tmp_path: Path, engines: Engines) -> Iterator[Pool]:
    variables = engines("workers") | {"TEAHOUSE_NODE_WORKERS": str(WORKERS)}
    pool = Pool("tea", tmp_path / "pool", variables)
    pool.start()
    try:
        yield pool
    finally:
        pool.end()


@asynccontextmanager
async def talking(urls: list[str]) -> AsyncIterator[list[Person]]:
    """People who talk, and at the end have heard everything."""
    moments = random.Random(test_storm.SEED)
    print(f"SEED={test_storm.SEED}")
    async with people(urls) as everybody:
        places = await open_groups(everybody)
        for number, person in enumerate(everybody):
            person.talk(["lobby", places[number % 2]], moments)
        await asyncio.sleep(1)
        yield everybody
        await asyncio.sleep(1)
        await finish(everybody, places)


@pytest.mark.timeout(240)
async def test_workers_are_killed_replaced_and_drained_while_people_talk(pool: Pool) -> None:
    ready = await asyncio.to_thread(pool.ready)
    assert ready["http"] == pool.url and ready["tcp"] == f"tcp://127.0.0.1:{pool.upstream.tcp}"
    assert ready.keys() == {"ready", *DOORS}
    names = {f"tea-{number + 1}" for number in range(WORKERS)}
    urls = [f"tcp://127.0.0.1:{pool.upstream.tcp}", f"ws://127.0.0.1:{pool.upstream.http}/ws"]
    async with talking(urls):
        assert await pool.answering() == names

        os.kill(children_of(pool)[1], signal.SIGKILL)
        await pool.said("a worker died; another takes its place")
        await pool.said("ready", WORKERS + 2)
        assert await pool.answering() == names

        before = children_of(pool)
        os.kill(pool.pid, signal.SIGHUP)
        await pool.said("rolling restart done")
        assert not set(children_of(pool)) & set(before)
        assert await pool.answering() == names
        await all_are_told_of(pool)
    workers = children_of(pool)
    assert await asyncio.to_thread(pool.stop) == 0
    assert gone(workers)
    assert "Traceback" not in pool.log, pool.log[-4000:]
    assert len(pool.lines("stopped")) == 2 * WORKERS + 1  # with those that were replaced, and the parent
    assert not pool.lines("this node does not hear the others")


def children_of(pool: Pool) -> list[int]:
    tasks = Path(f"/proc/{pool.pid}/task/{pool.pid}/children")
    return [int(pid) for pid in tasks.read_text().split()]


async def all_are_told_of(pool: Pool) -> None:
    """Whichever worker is asked: all sessions of all workers."""
    async with asyncio.timeout(30):
        while True:
            found = await pool.told("teahouse_sessions")
            if len(found) == WORKERS and sum(found.values()) == test_storm.PEOPLE:
                return
            await asyncio.sleep(0.2)


@pytest.mark.timeout(240)
async def test_nodes_are_restarted_in_turn_while_people_talk(
    tmp_path: Path, engines: Engines, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "house").mkdir()
    with nodes(tmp_path / "house", ("a", "b", "c"), engines("rolling") | PROXIED) as house:
        upstreams = [node.upstream for node in house.values()]
        with proxying(tmp_path / "nginx", upstreams, "none") as nginx:
            monkeypatch.setenv("SSL_CERT_FILE", str(nginx.folder / "fullchain.pem"))
            async with talking([f"tcp://127.0.0.1:{nginx.tcp}", nginx.wss]):
                for node in house.values():
                    assert await asyncio.to_thread(node.stop) == 0
                    node.start()
                    await asyncio.to_thread(node.ready)
        for node in house.values():
            assert "Traceback" not in node.log, node.log[-4000:]
