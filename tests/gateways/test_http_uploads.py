"""Bodies that are files: larger and slower than others may be, by their path, and only while they go on."""

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.types import Receive, Scope, Send

from teahouse.gateways.http_connection import UploadLimits
from tests.gateways.doubles import SECOND, Peer, Site
from tests.gateways.test_http_connection import problem, status

UPLOADS = UploadLimits(b"/api/v1/files", 1_000_000, 100)


class Application:
    """Takes a body as it comes. `refusing`: answers at once, `lazy`: does not read."""

    def __init__(self, refusing: bool = False, lazy: bool = False) -> None:
        self.taken = 0
        self.refusing = refusing
        self.lazy = lazy
        self.disconnected = asyncio.Event()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        while not self.refusing:
            if self.lazy:
                await asyncio.sleep(60)
            message = await receive()
            if message["type"] == "http.disconnect":
                self.disconnected.set()
                return
            self.taken += len(message["body"])
            if not message["more_body"]:
                break
        await send({"type": "http.response.start", "status": 401, "headers": [(b"content-length", b"2")]})
        await send({"type": "http.response.body", "body": b"ok"})


def head(path: str, size: int | None, method: str = "POST") -> bytes:
    length = "Transfer-Encoding: chunked" if size is None else f"Content-Length: {size}"
    return f"{method} {path} HTTP/1.1\r\nHost: x\r\n{length}\r\n\r\n".encode()


async def asked(site: Site, app: Any, data: bytes, **options: Any) -> bytes:
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS, body_bytes=1024, **options))
    peer.send(data + b"x" * 5000)
    return await peer.rest()


@pytest.mark.parametrize("path", ["/api/v1/files", "/api/v1/files?name=a", "/api/v1/files/uploads"])
@pytest.mark.parametrize("method", ["POST", "PATCH"])
async def test_a_file_may_be_larger(site: Site, path: str, method: str) -> None:
    app = Application()
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS, body_bytes=1024))
    peer.send(head(path, 900_000, method))
    for _ in range(9):
        peer.send(b"x" * 100_000)
    async with asyncio.timeout(5):
        assert status(await peer.reader.readuntil(b"ok")) == 401
    assert app.taken == 900_000


@pytest.mark.parametrize(
    ("path", "method"),
    [
        ("/api/v1/filesystem", "POST"),
        ("/api/v1/conversations/x/messages", "POST"),
        ("/api/v1/files/uploads/x", "DELETE"),
        ("/api/v1/files/x", "GET"),
        ("/api/v1/%66iles", "POST"),
        ("//api/v1/files", "POST"),
        ("/x/api/v1/files", "POST"),
    ],
)
async def test_nothing_else_may(site: Site, path: str, method: str) -> None:
    app = Application()
    assert status(await asked(site, app, head(path, 5000, method))) == 413
    assert app.taken == 0


async def test_a_file_has_a_limit_too(site: Site) -> None:
    app = Application()
    assert status(await asked(site, app, head("/api/v1/files", 1_000_001))) == 413
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS))
    peer.send(head("/api/v1/files", None))
    for _ in range(11):
        peer.send(b"%x\r\n%s\r\n" % (100_000, b"x" * 100_000))
    assert status(await peer.rest()) == 413
    assert app.taken <= 1_000_000


async def test_a_file_may_take_long_while_it_goes_on(site: Site) -> None:
    app = Application()
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS, body_s=2))
    peer.send(head("/api/v1/files", 2000))
    for _ in range(20):
        peer.send(b"x" * 100)
        await asyncio.sleep(SECOND)
    async with asyncio.timeout(5):
        assert status(await peer.reader.readuntil(b"ok")) == 401


async def test_a_file_that_trickles_is_cut_off(site: Site) -> None:
    app = Application()
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS, body_s=2))
    peer.send(head("/api/v1/files", 2000))

    async def trickle() -> None:
        while True:
            peer.send(b"x")
            await asyncio.sleep(SECOND / 2)

    with running(trickle()):
        refused = await peer.rest()
    assert status(refused) == 408
    assert "body" in problem(refused)["detail"]
    await asyncio.wait_for(app.disconnected.wait(), 5)


@contextmanager
def running(coroutine: Any) -> Iterator[None]:
    task = asyncio.ensure_future(coroutine)
    yield
    task.cancel()


async def test_when_we_do_not_read_nobody_is_cut_off(site: Site) -> None:
    peer = await Peer.connect(await site.http(Application(lazy=True), uploads=UPLOADS, body_s=2))
    peer.send(head("/api/v1/files", 900_000) + b"x" * 500_000)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(8 * SECOND):
            await peer.reader.read(1)


async def test_who_was_answered_already_need_not_go_on(site: Site) -> None:
    """A refusal, say for want of a token: what comes after it is for nobody."""
    app = Application(refusing=True)
    peer = await Peer.connect(await site.http(app, uploads=UPLOADS))
    peer.send(head("/api/v1/files", 1_000_000))
    async with asyncio.timeout(5):
        assert status(await peer.reader.readuntil(b"ok")) == 401
    peer.send(b"x" * 100_000)
    assert await peer.rest() == b""
