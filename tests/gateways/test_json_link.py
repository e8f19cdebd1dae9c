"""What TCP and WebSocket links share, where it does not matter which of them it is: slow readers, above all."""

import asyncio

import pytest

from teahouse.gateways.json_link import JsonLink
from teahouse.model.events import Notice
from tests.gateways.doubles import FakeEngine, LinePeer, Site, WebSocketPeer, until

PIECE = "x" * 10_000
NOTICE = Notice("test", PIECE)


@pytest.fixture(params=["tcp", "websocket"])
async def peer(request: pytest.FixtureRequest, site: Site) -> LinePeer | WebSocketPeer:
    if request.param == "tcp":
        return await LinePeer.connect(await site.tcp())
    return await WebSocketPeer.open(await site.http())


async def test_write_is_that_of_the_transport(peer: LinePeer, engine: FakeEngine) -> None:
    """The fan-out calls it for every member; a Python function in between would double its cost."""
    await peer.hello()
    assert engine.session.write == engine.link._transport.write


async def test_a_link_has_no_dictionary(peer: LinePeer, engine: FakeEngine) -> None:
    await peer.hello()
    assert not hasattr(engine.link, "__dict__")


async def test_a_slow_reader_stalls_and_recovers(peer: LinePeer, engine: FakeEngine, site: Site) -> None:
    """The engine stops writing at the limit, so that is all the memory a client can take."""
    await peer.hello()
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
    written = 0
    while "stalled" not in engine.told:
        engine.session.write(engine.link.wire.event(NOTICE))
        written += 1
        await asyncio.sleep(0)
    unsent = engine.link._transport.get_write_buffer_size()
    assert site.links.unsent_bytes < unsent < site.links.unsent_bytes + 2 * len(PIECE)

    peer.writer.transport.resume_reading()  # type: ignore[attr-defined]
    for _ in range(written):
        assert (await peer.hear())["text"] == PIECE
    await until(lambda: engine.told == ["open", "stalled", "drained"])


async def test_a_client_that_never_reads_is_cut_off_after_goodbye(
    peer: LinePeer, engine: FakeEngine, site: Site
) -> None:
    await peer.hello()
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
    while "stalled" not in engine.told:
        engine.session.write(engine.link.wire.event(NOTICE))
        await asyncio.sleep(0)
    engine.dismiss(None)
    await until(lambda: "closed" in engine.told)
    assert len(site.admission) == 0


async def test_failures_in_one_read_are_bounded(peer: LinePeer, engine: FakeEngine, site: Site) -> None:
    """While the client is held, what it was answered is at most what one read can cause."""
    engine.stalled = lambda session: session.link.hold(True)  # type: ignore[method-assign]
    await peer.hello()
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
    if isinstance(peer, LinePeer):
        peer.send(b'x\n{"op":"ping"}\n' * 100_000)
    else:
        for _ in range(20_000):
            peer.say("nonsense")
    await asyncio.sleep(0.5)
    assert engine.link._transport.get_write_buffer_size() < 4_000_000


async def test_after_the_connection_nothing_raises(peer: LinePeer, engine: FakeEngine, site: Site) -> None:
    await peer.hello()
    link: JsonLink = engine.link
    peer.abort()
    await until(lambda: "closed" in engine.told)
    link.hold(True)
    link.hold(False)
    link.close(None)
    await asyncio.sleep(0)
    assert engine.told[-1] == "closed"
    assert engine.told.count("closed") == 1
