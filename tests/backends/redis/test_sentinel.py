"""Redis behind Sentinel: real servers, one of which dies. And what is no server that we can use."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import pytest

from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.place import CannotUse, Place, place_of
from teahouse.ports.broker import Hint
from tests.support.nginx import free_ports
from tests.support.redis import RedisServer, running, sentinel

pytestmark = pytest.mark.service


@pytest.fixture
def pair(tmp_path: Path) -> Iterator[tuple[RedisServer, RedisServer]]:
    """A master and its replica."""
    for name in ("master", "replica"):
        (tmp_path / name).mkdir()
    with running(tmp_path / "master") as master:
        follows = ("--replicaof", "127.0.0.1", str(master.port), "--repl-diskless-sync-delay", "0")
        with running(tmp_path / "replica", *follows) as replica:
            yield master, replica


@pytest.fixture
async def nodes(pair: tuple[RedisServer, RedisServer], tmp_path: Path) -> AsyncIterator[list[Redis]]:
    """Two of them. One of the sentinels that they were told of is not there."""
    master, replica = pair
    for server in pair:
        await server.ready()
    (tmp_path / "sentinel").mkdir()
    async with AsyncExitStack() as stack:
        with sentinel(tmp_path / "sentinel", "tea", master) as watching:
            await watching.ready()
            async with asyncio.timeout(20):
                while f"port\n{replica.port}\n" not in watching.say("SENTINEL", "REPLICAS", "tea"):  # noqa: ASYNC110
                    await asyncio.sleep(0.1)
            [absent] = free_ports(1)
            url = f"redis+sentinel://127.0.0.1:{absent},127.0.0.1:{watching.port}/tea/0"
            made = [Redis(RedisOptions(url=url, timeout_s=1), name) for name in "ab"]
            for redis in made:
                stack.push_async_callback(redis.stop)
            yield made


@pytest.mark.timeout(90)
async def test_a_master_that_dies_is_followed_by_its_replica(
    pair: tuple[RedisServer, RedisServer], nodes: list[Redis]
) -> None:
    one, other = nodes
    heard: list[Hint] = []
    brokers = [RedisBroker(redis, name) for redis, name in zip(nodes, "ab", strict=True)]
    brokers[0].listen(heard.append, lambda: None)
    brokers[0].subscribe("c")
    for redis in nodes:
        await redis.start()
    assert one.connected
    assert other.connected
    pair[0].kill()
    async with asyncio.timeout(60):
        while one.connected or other.connected:  # noqa: ASYNC110 - it is the network's
            await asyncio.sleep(0.01)
        await asyncio.gather(one.ready(), other.ready())
        while not heard:
            brokers[1].publish([Hint("b", "c", upto=1)])
            await asyncio.sleep(0.05)
    assert (await one.ask("ROLE"))[0] == b"master"


async def test_a_master_that_no_sentinel_knows(nodes: list[Redis]) -> None:
    wrong = Redis(RedisOptions(url=nodes[0].options.url.replace("/tea/", "/coffee/"), timeout_s=1))
    with pytest.raises(CannotUse, match="knows no master called coffee"):
        await wrong.start()


async def test_sentinels_that_do_not_answer_keep_nobody_from_starting() -> None:
    one, other = free_ports(2)
    redis = Redis(RedisOptions(url=f"redis+sentinel://127.0.0.1:{one},127.0.0.1:{other}/tea", timeout_s=1))
    await redis.start()
    assert not redis.connected
    await redis.stop()


async def test_a_cluster_and_a_sentinel_are_no_server(tmp_path: Path) -> None:
    for name in ("cluster", "sentinel", "server"):
        (tmp_path / name).mkdir()
    with (
        running(tmp_path / "cluster", "--cluster-enabled", "yes") as cluster,
        running(tmp_path / "server") as server,
        sentinel(tmp_path / "sentinel", "tea", server) as watching,
    ):
        for of, said in ((cluster, "part of a cluster"), (watching, "is a sentinel: write redis[+]sentinel")):
            await of.ready()
            with pytest.raises(CannotUse, match=said):
                await Redis(RedisOptions(url=of.url)).start()


def test_places() -> None:
    assert place_of("redis://h") == Place((("h", 6379),), False, "", "", "", "0")
    assert place_of("rediss://u:p%40@h:7/3") == Place((("h", 7),), True, "u", "p@", "", "3")
    assert place_of("redis+sentinel://:p@[::1]:1,h/tea/2") == Place(
        (("::1", 1), ("h", 26379)), False, "", "p", "tea", "2"
    )
    for wrong in ("redis+sentinel://h:1", "redis://a,b", "redis://h:tea", "redis://h:99999"):
        with pytest.raises(CannotUse, match=r"^redis\.url "):
            place_of(wrong)
