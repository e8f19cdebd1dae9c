"""A user of Redis that lacks a right: the server says so when it starts, and which one."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack
from pathlib import Path

import msgspec
import pytest

from teahouse.app.filing import CannotShare
from teahouse.app.settings import Settings
from teahouse.app.shared import open_between
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.place import CannotUse
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

SCRIPTED = ("time", "get", "set", "del", "exists", "incr", "pexpire", "hget", "hset", "hdel", "hgetall")
SORTED = ("zadd", "zrem", "zrange")
ASKED = ("eval", "evalsha", "spublish", "ssubscribe")
RIGHTS = ("hello", "auth", "ping", "select", *SCRIPTED, *SORTED, *ASKED, "sunsubscribe")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    with running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
async def redis(server: RedisServer) -> AsyncIterator[Redis]:
    await server.ready()
    url = server.url.replace("redis://", "redis://tea:leaves@")
    redis = Redis(RedisOptions(url=url, prefix="teahouse", timeout_s=5.0))
    yield redis
    await redis.stop()


def allow(
    server: RedisServer, *without: str, keys: str = "~teahouse:*", channels: str = "&teahouse:*"
) -> None:
    rights = [f"+{right}" for right in RIGHTS if right not in without]
    server.say("ACL", "SETUSER", "tea", "reset", "on", ">leaves", keys, channels, "-@all", *rights)


async def test_the_rights_of_the_documents_are_enough(server: RedisServer, redis: Redis) -> None:
    """And a connection that was looked at is as good as any."""
    documented = (Path(__file__).parents[3] / "docs" / "how-to" / "redis.md").read_text()
    assert all(f"+{right}" in documented for right in RIGHTS)
    allow(server)
    await redis.start()
    await redis.ready()
    assert [await redis.ask("SET", "teahouse:k", n) for n in range(3)] == [b"OK"] * 3
    assert await redis.ask("GET", "teahouse:k") == b"2"
    assert server.say("KEYS", "teahouse:rights").strip() == ""


async def test_nodes_that_connect_at_once_do_not_hear_one_another_try(
    server: RedisServer, redis: Redis
) -> None:
    """What is published to see whether it may be is no hint."""
    allow(server)
    await redis.start()
    await redis.ready()
    lost: list[bool] = []
    broker = RedisBroker(redis, "a")
    broker.listen(lambda hint: lost.append(False), lambda: lost.append(True))
    broker.subscribe("rights")
    await broker.settled()
    others = [Redis(redis.options) for _ in range(5)]
    await asyncio.gather(*(other.start() for other in others))
    await broker.settled()
    assert redis.connected and not lost
    for other in others:
        await other.stop()


@pytest.mark.parametrize("right", [*ASKED, *SCRIPTED, *SORTED])
async def test_a_right_that_is_missing_is_named(server: RedisServer, redis: Redis, right: str) -> None:
    allow(server, right)
    with pytest.raises(CannotUse, match=rf"may not use [a-z, ]*\b{right}\b.*docs/how-to/redis.md"):
        await redis.start()


async def test_keys_of_another_prefix_are_no_use(server: RedisServer, redis: Redis) -> None:
    allow(server, keys="~coffee:*")
    with pytest.raises(CannotUse, match="keys and channels that begin with teahouse"):
        await redis.start()


async def test_channels_of_another_prefix_are_no_use(server: RedisServer, redis: Redis) -> None:
    allow(server, channels="&coffee:*")
    with pytest.raises(CannotUse, match="spublish, ssubscribe"):
        await redis.start()


async def test_a_redis_that_is_full_is_used_as_far_as_it_goes(server: RedisServer, redis: Redis) -> None:
    allow(server)
    server.say("CONFIG", "SET", "maxmemory", "1")
    try:
        await redis.start()
        await redis.ready()
    finally:
        server.say("CONFIG", "SET", "maxmemory", "0")


async def test_the_server_does_not_start(server: RedisServer, redis: Redis) -> None:
    allow(server, "eval")
    url = redis.options.url
    settings = msgspec.convert(
        {
            "store": {"kind": "sql"},
            "sql": {"url": "mysql://x/y"},
            "broker": {"kind": "redis"},
            "redis": {"url": url},
        },
        Settings,
    )
    async with AsyncExitStack() as stack:
        with pytest.raises(CannotShare, match="may not use eval"):
            await open_between(settings, "a", ManualClock(), stack)
