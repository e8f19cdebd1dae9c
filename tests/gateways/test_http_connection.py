import asyncio
import json
from typing import Any

from starlette.types import Receive, Scope, Send

from tests.gateways.doubles import SECOND, FakeEngine, Peer, Site, WebSocketPeer, until, upgrade_request

GET = b"GET /ping HTTP/1.1\r\nHost: x\r\n\r\n"


def status(response: bytes) -> int:
    assert response.startswith(b"HTTP/1.1 "), response
    return int(response[9:12])


def problem(response: bytes) -> Any:
    head, _, body = response.partition(b"\r\n\r\n")
    assert b"application/problem+json" in head
    return json.loads(body)


async def ask(site: Site, data: bytes, **options: Any) -> bytes:
    """All that comes back before the server ends the connection."""
    peer = await Peer.connect(await site.http(**options))
    peer.send(data)
    return await peer.rest()


async def response(peer: Peer) -> bytes:
    """One response with a Content-Length."""
    async with asyncio.timeout(5):
        head = await peer.reader.readuntil(b"\r\n\r\n")
        size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return head + await peer.reader.readexactly(size)


async def test_requests_one_after_the_other(site: Site) -> None:
    peer = await Peer.connect(await site.http())
    for data in (GET, GET[:5], GET[5:] + GET, b"\r\n" + GET):
        peer.send(data)
        await asyncio.sleep(0.01)
    for _ in range(4):
        assert (await response(peer)).endswith(b'{"message":"pong"}')
    peer.close()
    await until(lambda: len(site.admission) == 0)


async def test_what_is_not_http(site: Site) -> None:
    for data in (b"nonsense\r\n\r\n", b"\x16\x03\x01\x02\x00\x01\x00" * 10, b'{"op":"hello"}\n'):
        assert status(await ask(site, data)) == 400


async def test_a_head_that_never_ends(site: Site) -> None:
    """Slowloris: a byte now and then."""
    peer = await Peer.connect(await site.http(header_s=3))
    peer.send(b"GET /ping HTTP/1.1\r\nHost: x\r\n")

    async def dribble() -> None:
        while True:
            await asyncio.sleep(SECOND / 2)
            peer.send(b"X-a: b\r\n")

    dribbling = asyncio.create_task(dribble())
    refused = await peer.rest()
    dribbling.cancel()
    assert status(refused) == 408
    assert "head" in problem(refused)["detail"]


async def test_a_connection_that_says_nothing(site: Site) -> None:
    assert status(await ask(site, b"", header_s=1)) == 408
    assert status(await ask(site, b"\r\n\r\n", header_s=1)) == 408


async def test_a_body_that_never_ends(site: Site) -> None:
    refused = await ask(site, b"POST /ping HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc", body_s=1)
    assert status(refused) in (405, 408)  # the application may have answered without it


async def test_a_body_the_application_waits_for(site: Site) -> None:
    disconnected = asyncio.Event()

    async def patient(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        disconnected.set()

    peer = await Peer.connect(await site.http(patient, body_s=1))
    peer.send(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nabc")
    assert status(await peer.rest()) == 408
    await asyncio.wait_for(disconnected.wait(), 5)


async def test_a_head_that_is_too_large(site: Site) -> None:
    for data in (
        b"GET /ping HTTP/1.1\r\nHost: x\r\nX-a: " + b"x" * 40_000 + b"\r\n\r\n",
        b"GET /ping HTTP/1.1\r\nHost: x\r\n" + b"X-a: b\r\n" * 5000 + b"\r\n",
        b"GET /" + b"x" * 40_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /ping HTTP/1.1\r\nHost: x\r\nX-a: " + b"x" * 3_000_000,
    ):
        refused = await ask(site, data)
        assert status(refused) == 431
        assert problem(refused)["code"] == "too_large"


async def test_a_body_that_is_too_large(site: Site) -> None:
    head = b"POST /ping HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2000000\r\n\r\n"
    refused = await ask(site, head)
    assert (status(refused), problem(refused)["code"]) == (413, "too_large")


async def test_a_chunked_body_that_is_too_large(site: Site) -> None:
    async def greedy(scope: Scope, receive: Receive, send: Send) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass

    peer = await Peer.connect(await site.http(greedy))
    peer.send(b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n")
    peer.send((b"10000\r\n" + b"x" * 0x10000 + b"\r\n") * 20)
    assert status(await peer.rest()) == 413


async def test_an_answer_under_way_is_not_mixed_with_a_refusal(site: Site) -> None:
    async def halting(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"4")]})
        await send({"type": "http.response.body", "body": b"ab", "more_body": True})
        await asyncio.sleep(0.2)
        await send({"type": "http.response.body", "body": b"cd"})

    peer = await Peer.connect(await site.http(halting))
    peer.send(GET)
    await peer.reader.readuntil(b"ab")
    peer.send(b"nonsense\r\n\r\n")
    assert b"HTTP/1.1" not in await peer.rest()


async def test_pipelines_are_bounded(site: Site) -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(60)

    listener = await site.http(slow)
    peer = await Peer.connect(listener)
    peer.send(GET * 5000)
    assert await peer.is_cut()


async def test_a_deadline_of_an_earlier_request_is_not_that_of_a_later_one(site: Site) -> None:
    peer = await Peer.connect(await site.http(header_s=2))
    for _ in range(4):
        peer.send(GET[:-2])
        await asyncio.sleep(SECOND)
        peer.send(GET[-2:])
        assert status(await response(peer)) == 200


async def test_more_connections_than_allowed(site: Site, engine: FakeEngine) -> None:
    site.limit(connections=1)
    listener = await site.http()
    peer = await WebSocketPeer.open(listener)
    await peer.hello()
    late = await Peer.connect(listener)
    late.send(GET)
    refused = await late.rest()
    assert status(refused) == 503
    assert b"Retry-After: " in refused
    assert problem(refused)["code"] == "unavailable"


async def test_a_flood_of_connections_is_cut(site: Site) -> None:
    listener = await site.http()
    site.admission._most = site.admission._most_leaving = 0
    peer = await Peer.connect(listener)
    assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)


# --- WebSocket handshakes ---


async def test_the_way_to_websocket(site: Site) -> None:
    await WebSocketPeer.open(await site.http())


async def test_handshakes_that_are_refused(site: Site, engine: FakeEngine) -> None:
    for request, expected in (
        (upgrade_request("/elsewhere"), 404),
        (upgrade_request("/ws", Sec_WebSocket_Version="8"), 426),
        (upgrade_request("/ws", Sec_WebSocket_Key="short"), 400),
        (upgrade_request("/ws").replace(b"GET", b"POST"), 405),
    ):
        refused = await ask(site, request)
        assert status(refused) == expected
        assert problem(refused)["status"] == expected
    assert b"Sec-WebSocket-Version: 13\r\n" in await ask(site, upgrade_request(Sec_WebSocket_Version="8"))
    assert engine.told == []


async def test_paths_with_a_slash_or_a_query(site: Site) -> None:
    listener = await site.http()
    for path in ("/ws", "/ws/", "/ws?v=1"):
        peer = await Peer.connect(listener)
        peer.send(upgrade_request(path))
        assert status(await peer.reader.readuntil(b"\r\n\r\n")) == 101


async def test_foreign_origins(site: Site) -> None:
    listener = await site.http(origins=("https://chat.example.org",))
    peer = await Peer.connect(listener)
    peer.send(upgrade_request(Origin="https://evil.example.org"))
    assert status(await peer.rest()) == 403
    await WebSocketPeer.open(listener, Origin="https://chat.example.org")


async def test_ws_without_an_upgrade_is_an_ordinary_request(site: Site) -> None:
    assert status(await ask(site, b"GET /ws HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")) == 404


async def test_other_upgrades_are_ignored(site: Site) -> None:
    request = b"GET /ping HTTP/1.1\r\nHost: x\r\nConnection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n"
    assert status(await ask(site, request)) == 200


async def test_a_handshake_behind_an_unanswered_request(site: Site, engine: FakeEngine) -> None:
    async def slow(scope: Scope, receive: Receive, send: Send) -> None:
        await asyncio.sleep(5)

    peer = await Peer.connect(await site.http(slow))
    peer.send(GET + upgrade_request())
    assert b" 101 " not in await peer.rest()
    assert engine.told == []
