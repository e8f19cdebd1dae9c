"""Bad input on real sockets: a clear error or an end, memory bounded, and others not delayed."""

import asyncio
import random
import time

import pytest

from tests.gateways.doubles import FakeEngine, LinePeer, Peer, Site, WebSocketPeer, until, upgrade_request
from tests.wire import frames
from tests.wire.frames import TEXT, frame

SEED = 20_261_123


def random_bytes(chance: random.Random) -> bytes:
    """Noise, cuttings of commands, and brackets and quotes, which a parser fears most."""
    command = b'{"op":"send","id":7,"to":"lobby","text":"hello","body":{"type":"text"}}'
    kind = chance.randrange(4)
    if kind == 0:
        return chance.randbytes(chance.randrange(60))
    if kind == 1:
        return command[: chance.randrange(len(command))]
    if kind == 2:
        return bytes(chance.choices(b'[]{}",:\\u0', k=chance.randrange(200)))
    at = chance.randrange(len(command))
    return command[:at] + chance.randbytes(1) + command[at + 1 :]


async def answered(peer: LinePeer | WebSocketPeer) -> float:
    """How long a ping takes, in seconds."""
    began = time.monotonic()
    peer.say("ping", id="probe")
    while (await peer.hear()).get("re") != "probe":
        pass
    return time.monotonic() - began


async def test_ten_thousand_random_lines(site: Site, engine: FakeEngine) -> None:
    listener = await site.tcp()
    witness = await LinePeer.connect(listener)
    await witness.hello()
    chance = random.Random(SEED)
    for _ in range(200):
        peer = await LinePeer.connect(listener)
        peer.send(b"\n".join(random_bytes(chance) for _ in range(50)) + b"\n")
        peer.writer.write_eof()
        for line in (await peer.rest()).splitlines():
            assert line.startswith((b'{"error":', b'{"re":', b'{"ev":"bye"', b'{"ev":"notice"')), line
        peer.close()
    await until(lambda: len(site.admission) == 1)
    assert await answered(witness) < 1


async def test_ten_thousand_random_frames(site: Site, engine: FakeEngine) -> None:
    listener = await site.http()
    witness = await WebSocketPeer.open(listener)
    await witness.hello()
    chance = random.Random(SEED)
    for _ in range(200):
        peer = await WebSocketPeer.open(listener)
        for _ in range(50):
            data = random_bytes(chance)
            peer.send(
                data if chance.randrange(30) == 0 else frame(chance.choice((TEXT, TEXT, 0, 2, 9, 10)), data)
            )
        peer.writer.write_eof()
        frames.ServerFrames().take(await peer.rest())  # asserts that they are frames
        peer.close()
    await until(lambda: len(site.admission) == 1)
    assert await answered(witness) < 1


async def test_random_http(site: Site) -> None:
    listener = await site.http()
    chance = random.Random(SEED)
    request = upgrade_request()
    for _ in range(300):
        at = chance.randrange(len(request))
        peer = await Peer.connect(listener)
        peer.send(request[:at] + chance.randbytes(chance.randrange(1, 4)) + request[at + 1 :])
        peer.writer.write_eof()
        answer = await peer.rest()
        assert answer == b"" or answer.startswith(b"HTTP/1.1 "), answer
        peer.close()
    await until(lambda: len(site.admission) == 0)


@pytest.mark.parametrize("gateway", ["tcp", "http"])
async def test_half_open_connections_go_by_their_deadline(
    site: Site, engine: FakeEngine, gateway: str
) -> None:
    """Connections that say nothing, or only half of something, do not stay."""
    if gateway == "tcp":
        listener = await site.tcp(hello_s=2)
        beginnings = [b"", b'{"op":"he', b'{"op":"ping"}\n', b"\r\n"]
    else:
        listener = await site.http(hello_s=2, header_s=2)  # type: ignore[assignment]
        handshake = upgrade_request()
        beginnings = [
            b"",
            handshake[:50],
            handshake,
            handshake + b"\x81",
            handshake + b"\x81\xfe\xff\xff....",
        ]
    peers = [await Peer.connect(listener) for _ in beginnings * 10]
    for peer, beginning in zip(peers, beginnings * 10, strict=True):
        peer.send(beginning)
    for peer in peers:
        await peer.rest()
        peer.close()
    await until(lambda: len(site.admission) == 0)


async def test_a_slow_sender_delays_nobody(site: Site) -> None:
    listener = await site.tcp()
    witness = await LinePeer.connect(listener)
    await witness.hello()
    slow = [await LinePeer.connect(listener) for _ in range(50)]

    async def dribble(peer: LinePeer) -> None:
        for byte in b'{"op":"ping","id":1}\n':
            peer.send(bytes([byte]))
            await asyncio.sleep(0.005)
        assert "ok" in await peer.hear()

    dribbling = asyncio.gather(*map(dribble, slow))
    delays = [await answered(witness) for _ in range(20)]
    await dribbling
    assert sorted(delays)[len(delays) // 2] < 0.2


async def test_a_large_message_by_the_byte(site: Site, engine: FakeEngine) -> None:
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    data = frame(TEXT, b'{"op":"send","to":"lobby","text":"' + b"x" * 5000 + b'"}')
    for at in range(0, len(data), 7):
        peer.send(data[at : at + 7])
        await asyncio.sleep(0)
    assert (await peer.hear())["text"] == "x" * 5000


@pytest.mark.parametrize(
    "evil",
    [
        b"[" * 60_000,
        b'{"a":' * 12_000,
        b'{"op":"send","to":"x","body":' + b"[" * 30_000 + b"]" * 30_000 + b"}",
        b'"' * 60_000,
        b'{"op":"ping","x":[' + b'"\\"' * 20_000,
        b'{"op":"ping","id":' + b"9" * 60_000 + b"}",
        b'{"op":"ping","x":"' + b"\\ud800" * 9_000 + b'"}',
        b'{"op":"' + b"\xf0\x9f" * 20_000 + b'"}',
    ],
    ids=["arrays", "objects", "closed arrays", "quotes", "escaped quotes", "digits", "surrogates", "bytes"],
)
async def test_evil_frames_are_answered_fast(site: Site, evil: bytes) -> None:
    peer = await LinePeer.connect(await site.tcp())
    began = time.process_time()
    peer.send(evil + b"\n")
    assert (await peer.hear())["error"]["code"] in ("bad_frame", "bad_request")
    assert time.process_time() - began < 0.5
    assert await answered(peer) < 1


async def test_a_flood_of_pings_without_reading(site: Site, engine: FakeEngine) -> None:
    """Pongs are what a client can make us write without the engine; held, it can make us write no more."""
    engine.stalled = lambda session: session.link.hold(True)  # type: ignore[method-assign]
    peer = await WebSocketPeer.open(await site.http())
    await peer.hello()
    peer.writer.transport.pause_reading()  # type: ignore[attr-defined]
    flood = frame(frames.PING, b"x" * 125) * 1000
    for _ in range(100):
        peer.send(flood)
        await asyncio.sleep(0)
    await asyncio.sleep(0.2)
    assert engine.link._transport.get_write_buffer_size() < 1_000_000
