import asyncio
import logging
import signal
import socket

import pytest
from starlette.types import Receive, Scope, Send

from teahouse.gateways.listening import CannotListen
from tests.gateways.doubles import FakeEngine, Peer, Site, WebSocketPeer, address

GET = b"GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"


async def test_the_real_port_is_reported(site: Site) -> None:
    listener = await site.http()
    _, port = address(listener)
    assert listener.url == f"http://127.0.0.1:{port}"
    assert port != 0


async def test_a_port_in_use(site: Site) -> None:
    from teahouse.gateways.http import HttpListener
    from teahouse.gateways.options import HttpOptions
    from tests.gateways.doubles import as_uvicorn

    _, port = address(await site.http())
    second = HttpListener(as_uvicorn(None), site.context(10), HttpOptions(port=port))
    with pytest.raises(CannotListen, match=str(port)):
        await second.start()
    await second.stop(1)  # of what never started is harmless


async def test_signals_stay_ours(site: Site) -> None:
    before = signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)
    await site.http()
    assert (signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGINT)) == before


async def test_the_server_does_not_name_itself_but_tells_the_date(site: Site) -> None:
    peer = await Peer.connect(await site.http())
    peer.send(GET)
    head = (await peer.reader.readuntil(b"\r\n\r\n")).lower()
    assert b"server:" not in head
    assert b"date:" in head


async def test_bad_requests_are_not_logged(site: Site, caplog: pytest.LogCaptureFixture) -> None:
    peer = await Peer.connect(await site.http())
    with caplog.at_level(logging.INFO):
        peer.send(GET)
        await peer.reader.readuntil(b"pong")
        peer.send(b"nonsense\r\n\r\n")
        await peer.rest()
    assert not [record for record in caplog.records if record.name.startswith("uvicorn")]


async def test_close_stops_accepting_and_keeps_websockets(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    peer = await WebSocketPeer.open(listener)
    host, port = address(listener)
    listener.close()
    await asyncio.sleep(0)
    with socket.socket() as late:
        assert late.connect_ex((host, port)) != 0
    assert "ok" in await peer.hello()
    await listener.stop(1)
    peer.say("ping", id=1)
    assert "ok" in await peer.hear()


async def test_stop_lets_requests_finish(site: Site) -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(0.3)
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"done"})

    listener = await site.http(slow)
    peer, idle = await Peer.connect(listener), await Peer.connect(listener)
    peer.send(GET)
    await asyncio.sleep(0.05)
    stopping = asyncio.create_task(listener.stop(5))
    assert (await peer.rest()).endswith(b"done")
    assert await idle.is_cut()
    await asyncio.wait_for(stopping, 3)


async def test_stop_does_not_wait_for_ever(site: Site) -> None:
    async def stuck(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(60)

    listener = await site.http(stuck)
    peer = await Peer.connect(listener)
    peer.send(GET)
    await asyncio.sleep(0.05)
    await asyncio.wait_for(listener.stop(0.5), 4)
