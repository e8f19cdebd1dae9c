import asyncio
import socket

from teahouse.gateways.tcp import TcpListener
from teahouse.model.commands import Hello, Ping, Send
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from tests.gateways.doubles import SECOND, FakeEngine, LinePeer, Site, address, until


async def test_a_conversation(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    assert (await peer.hello())["ok"]["user"]["nick"] == "alice"
    peer.send(b'{"op":"ping","id":1}\r\n\n  \n{"op":"send","to":"lobby","text":"h\xc3\xa9"}\n')
    assert await peer.hear() == {"re": 1, "ok": {"at": 0}}
    assert await peer.hear() == {"ev": "notice", "code": "echo", "text": "hé"}
    assert engine.commands == [Hello(id=0, nick="alice"), Ping(id=1), Send(to="lobby", text="hé")]
    assert engine.session.peer == "127.0.0.1"
    peer.close()
    await until(lambda: "closed" in engine.told)
    assert len(site.admission) == 0


async def test_every_read_is_a_sign_of_life(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    engine.second = 99
    peer.send(b"{")
    await until(lambda: engine.session.seen == 99)


async def test_only_programs_that_ping_are_held_to_it(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    assert engine.link.probe() is False
    peer.say("ping", id=1)
    await peer.hear()
    assert engine.link.probe() is True


async def test_the_kernel_watches_connections(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    accepted = engine.link._transport.get_extra_info("socket")
    assert accepted.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE) == 1
    assert accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) == 30


async def test_bad_frames_are_answered_and_the_third_in_a_row_is_the_last(
    site: Site, engine: FakeEngine
) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    peer.send(b"x\nx\n")
    for _ in range(2):
        failure = await peer.hear()
        assert failure["error"]["code"] == "bad_frame"
        assert "re" not in failure
    peer.say("ping", id=1)
    assert "ok" in await peer.hear()
    peer.send(b'[]\n{"op"\n\xff\n{"op":"ping","id":2}\n')
    assert [(await peer.hear())["error"]["code"] for _ in range(3)] == ["bad_frame"] * 3
    bye = await peer.hear()
    assert (bye["ev"], bye["reconnect"]) == ("bye", False)
    assert await peer.is_cut()
    assert engine.commands[-1] == Ping(id=1)
    assert engine.told.count("closed") == 1


async def test_wrong_commands_are_answered_with_their_id_and_count_for_nothing(site: Site) -> None:
    peer = await LinePeer.connect(await site.tcp())
    for number in range(5):
        peer.say("nonsense", id=number)
        assert await peer.hear() == {
            "re": number,
            "error": {"code": "unknown_op", "message": "there is no op 'nonsense'", "retry": False},
        }


async def test_too_long_a_line_is_the_last(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    peer.say("ping", id=1)
    peer.send(b"x" * 1_000_000)  # more than anybody reads: the answer must come all the same
    assert "ok" in await peer.hear()
    assert (await peer.hear())["error"]["code"] == "bad_frame"
    assert (await peer.hear())["ev"] == "bye"
    assert await peer.is_cut()
    peer.close()
    await until(lambda: len(site.admission) == 0)
    assert engine.told == ["open", "closed"]


async def test_who_has_said_all_still_gets_the_answers(site: Site, engine: FakeEngine) -> None:
    """`printf ... | nc`, and the last line may lack its end."""
    peer = await LinePeer.connect(await site.tcp())
    peer.send(b'{"op":"ping","id":1}\n{"op":"ping","id":2}')
    peer.writer.write_eof()
    assert (await peer.rest()).count(b'"ok"') == 2
    await until(lambda: engine.told == ["open", "ended", "closed"])
    assert len(site.admission) == 0


async def test_goodbye(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    engine.dismiss(Bye("enough", True, 100))
    engine.dismiss(Bye("again", True))  # only once
    peer.say("ping", id=1)  # is not heard any more
    assert await peer.hear() == {"ev": "bye", "reason": "enough", "reconnect": True, "after_ms": 100}
    assert await peer.is_cut()
    peer.close()
    await until(lambda: engine.told == ["open", "closed"])


async def test_a_client_that_does_not_go_is_cut_off(site: Site, engine: FakeEngine, monkeypatch) -> None:
    monkeypatch.setattr("teahouse.gateways.connected.LINGER_S", 0)
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    engine.dismiss(None)
    assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)


async def test_hello_has_a_deadline(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp(hello_s=1))
    assert (await peer.hear())["error"]["code"] == "unauthenticated"
    assert (await peer.hear())["reconnect"] is False
    assert await peer.is_cut()
    assert "closed" in engine.told


async def test_who_said_hello_may_be_silent(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp(hello_s=1))
    await peer.hello()
    await asyncio.sleep(3 * SECOND)
    peer.say("ping", id=1)
    assert "ok" in await peer.hear()


async def test_hold_stops_reading(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    engine.link.hold(True)
    engine.link.hold(True)
    peer.say("ping", id=1)
    await asyncio.sleep(0.05)
    assert len(engine.commands) == 1
    engine.link.hold(False)
    assert "ok" in await peer.hear()


async def test_what_was_read_before_hold_is_still_submitted(site: Site, engine: FakeEngine) -> None:
    peer = await LinePeer.connect(await site.tcp())
    await peer.hello()
    engine.submit = lambda session, command: (engine.commands.append(command), session.link.hold(True))  # type: ignore[method-assign,func-returns-value,assignment]
    peer.send(b'{"op":"ping"}\n' * 100)
    await until(lambda: len(engine.commands) == 101)


async def test_a_refused_connection_is_told_why(site: Site, engine: FakeEngine) -> None:
    engine.refusal = Problem(Code.UNAVAILABLE, "the server is going down")
    peer = await LinePeer.connect(await site.tcp())
    bye = await peer.hear()
    assert (bye["reason"], bye["reconnect"]) == ("the server is going down", True)
    assert await peer.is_cut()


async def test_too_many_connections(site: Site, engine: FakeEngine) -> None:
    site.limit(connections=2)
    listener = await site.tcp()
    first, second = await LinePeer.connect(listener), await LinePeer.connect(listener)
    await first.hello()
    await second.hello()
    third = await LinePeer.connect(listener)
    bye = await third.hear()
    assert bye["reconnect"] is True
    assert bye["after_ms"] >= 1000
    assert await third.is_cut()
    third.close()
    second.close()
    await until(lambda: len(site.admission) == 1)
    again = await LinePeer.connect(listener)
    await again.hello()


async def test_a_flood_of_connections_is_cut(site: Site, engine: FakeEngine) -> None:
    listener = await site.tcp()
    site.admission._most = site.admission._most_leaving = 0
    peer = await LinePeer.connect(listener)
    assert await peer.is_cut()
    await until(lambda: len(site.admission) == 0)
    assert engine.told == []


async def test_a_connection_lost_is_told_once(site: Site, engine: FakeEngine) -> None:
    listener = await site.tcp()
    for _ in range(20):
        peer = await LinePeer.connect(listener)
        await peer.hello()
        peer.abort()
    await until(lambda: engine.told.count("closed") == 20)
    assert len(site.admission) == 0


async def test_close_stops_accepting_and_keeps_connections(site: Site) -> None:
    listener: TcpListener = await site.tcp()
    peer = await LinePeer.connect(listener)
    await peer.hello()
    host, port = address(listener)
    listener.close()
    await asyncio.sleep(0)
    with socket.socket() as late:
        assert late.connect_ex((host, port)) != 0
    peer.say("ping", id=1)
    assert "ok" in await peer.hear()
