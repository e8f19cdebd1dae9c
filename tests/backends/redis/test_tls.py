"""Redis by TLS: with a certificate whose authority is trusted, and never with another."""

import asyncio
import socket
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.redis.broker import RedisBroker
from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.options import RedisOptions
from teahouse.backends.redis.place import CannotUse
from teahouse.backends.redis.presence import RedisPresence
from teahouse.model.people import Availability
from teahouse.ports.broker import Hint
from tests.support.http2 import certificates
from tests.support.redis import RedisServer, running

pytestmark = pytest.mark.service

ALICE = Availability("u1", "Alice", at=1)


@dataclass
class Secured:
    server: RedisServer
    port: int
    authority: Path


@pytest.fixture(scope="module")
def secured(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Secured]:
    folder = tmp_path_factory.mktemp("redis")
    authority, chain = certificates(folder)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = int(free.getsockname()[1])
    tls = ["--tls-port", str(port), "--tls-auth-clients", "no"]
    files = [
        "--tls-cert-file",
        str(chain),
        "--tls-key-file",
        str(chain),
        "--tls-ca-cert-file",
        str(authority),
    ]
    with running(folder, *tls, *files) as server:
        yield Secured(server, port, authority)


async def test_nodes_meet_by_tls(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secured.authority))
    await secured.server.ready()
    options = RedisOptions(url=f"rediss://localhost:{secured.port}", prefix="tls", timeout_s=5.0)
    one, other = Redis(options, "a"), Redis(options, "b")
    heard: list[Hint] = []
    broker, listening = RedisBroker(one, "a"), RedisBroker(other, "b")
    listening.listen(heard.append, lambda: None)
    book = RedisPresence(one, ManualClock(), "a")
    for redis in (one, other):
        await redis.start()
        await redis.ready()
    listening.subscribe("c")
    await listening.settled()
    broker.publish([Hint("a", "c", upto=7)])
    await book.touch(ALICE)
    assert await book.everyone(9) == [ALICE]
    async with asyncio.timeout(5):
        while not heard:  # noqa: ASYNC110 - another process
            await asyncio.sleep(0.005)
    assert heard[0].upto == 7
    clients = secured.server.say("CLIENT", "LIST")
    assert clients.count(f"laddr=127.0.0.1:{secured.port} ") == 2
    await book.stop()
    for redis in (one, other):
        await redis.stop()


async def test_an_authority_that_is_not_trusted(secured: Secured) -> None:
    await secured.server.ready()
    redis = Redis(RedisOptions(url=f"rediss://localhost:{secured.port}", timeout_s=5.0))
    with pytest.raises(CannotUse, match=r"certificate of Redis is not trusted.*SSL_CERT_FILE"):
        await redis.start()


async def test_a_certificate_of_another_host(secured: Secured, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(secured.authority))
    await secured.server.ready()
    redis = Redis(RedisOptions(url=f"rediss://127.0.0.2:{secured.port}", timeout_s=5.0))
    with pytest.raises(CannotUse, match=r"not trusted \(IP address mismatch"):
        secured.server.say("CONFIG", "SET", "bind", "127.0.0.1 127.0.0.2")
        await redis.start()


async def test_what_does_not_speak_tls(secured: Secured) -> None:
    """Nobody is told a password in the clear."""
    await secured.server.ready()

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(b"-ERR no TLS here\r\n")
        writer.close()

    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    redis = Redis(RedisOptions(url=f"rediss://:secret@127.0.0.1:{port}", timeout_s=5.0))
    with pytest.raises(CannotUse, match="no TLS with Redis"):
        await redis.start()
    server.close()
