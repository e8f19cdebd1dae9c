import asyncio
import json

import websockets
from websockets.exceptions import ConnectionClosed

from teahouse.gateways.http import HttpListener
from teahouse.gateways.websocket import COME_BACK, STAY_AWAY
from teahouse.model.commands import Ping, Send
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from tests.gateways.doubles import FakeEngine, Site, WebSocketPeer, until
from tests.wire import frames
from tests.wire.frames import BINARY, CLOSE, PING, PONG, TEXT, frame


def websocket_url(listener: HttpListener) -> str:
    return listener.url.replace("http", "ws") + "/ws"


async def test_a_conversation(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    assert (await peer.hello())["ok"]["user"]["nick"] == "alice"
    peer.send(frames.split('{"op":"send","to":"lobby","text":"hé"}'.encode(), 3))
    assert await peer.hear() == {"ev": "notice", "code": "echo", "text": "hé"}
    peer.send(frames.close(1000))
    assert await peer.close_code() == 1000
    assert await peer.is_cut()
    assert engine.told == ["open", "closed"]
    peer.close()
    await until(lambda: len(site.admission) == 0)


async def test_frames_may_come_with_the_handshake(site: Site) -> None:
    peer = await WebSocketPeer.open(await site.http(), early=frame(TEXT, b'{"op":"ping","id":1}'))
    assert await peer.hear() == {"re": 1, "ok": {"at": 0}}


async def test_nothing_of_the_http_connection_stays(site: Site, engine: FakeEngine) -> None:
    import gc

    from teahouse.gateways.http_connection import HttpConnection

    def connections() -> set[int]:
        return {id(thing) for thing in gc.get_objects() if isinstance(thing, HttpConnection)}

    url = await site.http()
    gc.collect()  # other tests may have left some
    gc.disable()
    try:
        before = connections()
        peer = await WebSocketPeer.open(url)
        await peer.hello()
        assert connections() <= before
    finally:
        gc.enable()


async def test_bad_json_is_answered_and_the_third_in_a_row_is_the_last(
    site: Site, engine: FakeEngine
) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    for text in (b"x", b"[]", b'{"op":'):
        peer.send(frame(TEXT, text))
        assert (await peer.hear())["error"]["code"] == "bad_frame"
    assert (await peer.hear())["ev"] == "bye"
    assert await peer.close_code() == STAY_AWAY
    peer.send(frame(TEXT, b'{"op":"ping"}') + frames.close(STAY_AWAY))
    assert await peer.is_cut()
    assert engine.told == ["open", "closed"]
    assert len(engine.commands) == 1


async def test_too_large_a_message_is_the_last(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    peer.send(frame(TEXT, b"x" * 1_000_000))
    assert (await peer.hear())["error"]["code"] == "bad_frame"
    assert (await peer.hear())["ev"] == "bye"
    assert await peer.close_code() == 1009
    assert await peer.is_cut()
    assert engine.told == ["open", "closed"]


async def test_a_broken_protocol_is_told_by_the_close_code_alone(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    broken = {
        1002: frame(TEXT, b"x", mask=b""),
        1003: frame(BINARY, b"x"),
        1007: frame(TEXT, b"\xff"),
        1008: frame(TEXT, fin=False) + frame(0, fin=False) * 5000,
    }
    for code, data in broken.items():
        peer = await WebSocketPeer.open(listener)
        peer.send(data + frame(TEXT, b'{"op":"ping","id":1}'))
        assert await peer.close_code() == code
        assert await peer.is_cut()
    assert engine.commands == []


async def test_pings_are_answered(site: Site) -> None:
    peer = await WebSocketPeer.open(await site.http())
    peer.send(frame(PING, b"one") + frame(PONG, b"unasked") + frame(PING, b"two"))
    assert await peer.next_frame() == (True, PONG, b"one")
    assert await peer.next_frame() == (True, PONG, b"two")


async def test_a_silent_client_is_asked_by_a_ping(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    assert engine.link.probe() is True
    assert await peer.next_frame() == (True, PING, b"")
    engine.second = 99
    peer.send(frame(PONG))
    await until(lambda: engine.session.seen == 99)


async def test_close_codes_of_goodbye(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    for bye, code in (
        (Bye("moved", True, 50), COME_BACK),
        (Bye("replaced", False), STAY_AWAY),
        (None, 1000),
    ):
        peer = await WebSocketPeer.open(listener)
        await peer.hello()
        engine.dismiss(bye)
        if bye is not None:
            assert (await peer.hear())["reason"] == bye.reason
        assert await peer.close_code() == code
        peer.send(frame(TEXT, b'{"op":"ping"}') + frames.close(code))
        assert await peer.is_cut()
    assert not [command for command in engine.commands if isinstance(command, Ping)]


async def test_a_server_that_leaves_says_so(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    peer = await WebSocketPeer.open(listener)
    await peer.hello()
    listener.close()
    engine.dismiss(Bye("the server is going down", True, 5))
    assert (await peer.hear())["after_ms"] == 5
    assert await peer.close_code() == 1001


async def test_an_answered_close_is_not_answered_again(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    engine.dismiss(None)
    peer.send(frames.close(1000))
    assert await peer.close_code() == 1000
    assert await peer.is_cut()


async def test_a_violation_while_closing_changes_nothing(site: Site, engine: FakeEngine, monkeypatch) -> None:
    monkeypatch.setattr("teahouse.gateways.connected.LINGER_S", 0)
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    engine.dismiss(None)
    assert await peer.close_code() == 1000
    peer.send(frame(TEXT, b"\xff") + frame(TEXT, b"\xff"))
    assert await peer.is_cut()
    await until(lambda: engine.told == ["open", "closed"])


async def test_a_lost_connection_is_told_once(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    for _ in range(10):
        peer = await WebSocketPeer.open(listener)
        peer.abort()
        peer = await WebSocketPeer.open(listener)
        peer.writer.write_eof()
        assert await peer.is_cut()
    await until(lambda: engine.told.count("closed") == 20)
    assert len(site.admission) == 0


async def test_hello_has_a_deadline(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http(hello_s=1))
    assert (await peer.hear())["error"]["code"] == "unauthenticated"
    assert (await peer.hear())["ev"] == "bye"
    assert await peer.close_code() == STAY_AWAY


async def test_refused_connections_are_told_why_in_the_protocol(site: Site, engine: FakeEngine) -> None:
    """A browser shows a script no HTTP status, but it does show frames."""
    engine.refusal = Problem(Code.UNAVAILABLE, "the server is going down")
    listener = await site.http()
    peer = await WebSocketPeer.open(listener)
    assert (await peer.hear())["reason"] == "the server is going down"
    assert await peer.close_code() == COME_BACK

    engine.refusal = None
    site.admission._most = 0
    crowded = await WebSocketPeer.open(listener)
    bye = await crowded.hear()
    assert bye["reconnect"] is True
    assert bye["after_ms"] >= 1000
    assert await crowded.close_code() == COME_BACK
    assert "open" not in engine.told


async def test_a_large_message_out(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    for size in (10, 100, 1000, 60_000):
        peer.say("send", to="lobby", text="x" * size)
        assert (await peer.hear())["text"] == "x" * size


# --- an independent implementation ---


async def test_the_websockets_library(site: Site, engine: FakeEngine) -> None:
    async with websockets.connect(websocket_url(await site.http()), subprotocols=["teahouse.v1"]) as client:  # type: ignore[list-item]
        assert client.subprotocol == "teahouse.v1"
        assert client.response is not None
        assert "Sec-WebSocket-Extensions" not in client.response.headers
        await client.send('{"op":"hello","id":1,"nick":"bob"}')
        assert json.loads(await client.recv())["re"] == 1
        await client.send(['{"op":"send","to":"lobby",', '"text":"in ', 'pieces"}'])
        assert json.loads(await client.recv())["text"] == "in pieces"
        await asyncio.wait_for(await client.ping(), 5)
        await client.send('{"op":"send","to":"lobby","text":"' + "茶" * 10_000 + '"}')
        assert json.loads(await client.recv())["text"] == "茶" * 10_000
    assert client.close_code == 1000
    await until(lambda: engine.told == ["open", "closed"])
    assert [type(command) for command in engine.commands[1:]] == [Send, Send]


async def test_the_websockets_library_is_told_goodbye(site: Site, engine: FakeEngine) -> None:
    async with websockets.connect(websocket_url(await site.http())) as client:
        await client.send('{"op":"hello","id":1,"nick":"bob"}')
        await client.recv()
        engine.dismiss(Bye("enough", False))
        assert json.loads(await client.recv())["ev"] == "bye"
        try:
            await client.recv()
        except ConnectionClosed as closed:
            assert closed.rcvd is not None
            assert (closed.rcvd.code, closed.rcvd.reason) == (STAY_AWAY, "enough")
    await until(lambda: len(site.admission) == 0)


async def test_close_frames_of_the_client_end_the_session_at_once(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    peer.send(frame(CLOSE) + frame(TEXT, b'{"op":"ping"}'))
    assert await peer.close_code() == 1000
    assert await peer.is_cut()
    assert len(engine.commands) == 1
