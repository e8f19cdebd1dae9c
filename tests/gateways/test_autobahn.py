"""The cases of the Autobahn|Testsuite (sections 1 to 7, 9 and 10), against the gateway on a real socket.

The link under test echoes messages as Autobahn wants it; framing, handshake and closing are the gateway's own.
Sections 12 and 13 are about compression, which is not negotiated. A case is what the client sends, and what it has
to hear: messages, and at last the close code. `CUT` stands for an end without a close frame.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

import pytest

from teahouse.gateways import websocket
from teahouse.gateways.http import HttpListener
from teahouse.gateways.websocket import WebSocketLink
from teahouse.wire import websocket as ws
from teahouse.wire.json import JsonWire
from tests.gateways.doubles import Site, WebSocketPeer
from tests.wire import frames
from tests.wire.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, frame

Heard = list[tuple[int, bytes]]
LIMIT = 65_536
NORMAL = frames.close(1000)


class EchoLink(WebSocketLink):
    wire = JsonWire(lambda body: b"")  # no words of our own before a close frame

    def _receive(self, frame: bytes) -> None:
        if not self._closing:
            self.write(ws.text_frame(frame))

    def _receive_other(self, opcode: int, payload: bytes) -> None:
        if opcode == BINARY:
            self.write(ws.binary_frame(payload))
        else:
            super()._receive_other(opcode, payload)


@pytest.fixture
async def echo(site: Site, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[HttpListener]:
    monkeypatch.setattr(websocket, "WebSocketLink", EchoLink)
    yield await site.http()


async def play(listener: HttpListener, chops: Sequence[bytes]) -> tuple[Heard, int | None]:
    """Send, and hear all there is to hear: (messages, close code)."""
    peer = await WebSocketPeer.open(listener)
    for chop in chops:
        if peer.writer.is_closing() or peer.reader.at_eof():
            break  # it has heard enough
        peer.send(chop)
        await asyncio.sleep(0)
    reader = frames.ServerFrames()
    heard = [(opcode, payload) for _, opcode, payload in reader.take(await peer.rest())]
    peer.close()
    if heard and heard[-1][0] == CLOSE:
        _, payload = heard.pop()
        return heard, int.from_bytes(payload[:2], "big")
    return heard, None


def bytewise(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


def echoes(*messages: tuple[int, bytes]) -> bytes:
    return b"".join(frame(opcode, payload) for opcode, payload in messages)


# name: (what is sent, what comes back, close code)
CASES: dict[str, tuple[bytes, Heard, int]] = {}


def case(name: str, data: bytes, heard: Heard, code: int = 1000) -> None:
    """A case that ends well is ended by the client's close frame."""
    assert name not in CASES
    CASES[name] = (data + NORMAL, heard, code)


# 1 Framing: payloads of all sizes
for section, opcode in (("1.1", TEXT), ("1.2", BINARY)):
    for number, size in enumerate((0, 125, 126, 127, 128, 65_535, LIMIT), start=1):
        case(f"{section}.{number}", frame(opcode, b"*" * size), [(opcode, b"*" * size)])

# 2 Pings and pongs
case("2.1", frame(PING), [(PONG, b"")])
case("2.2", frame(PING, b"Hello, world!"), [(PONG, b"Hello, world!")])
case("2.3", frame(PING, b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff"), [(PONG, b"\x00\xff\xfe\xfd\xfc\xfb\x00\xff")])
case("2.4", frame(PING, b"\xfe" * 125), [(PONG, b"\xfe" * 125)])
case("2.5", frame(PING, b"\xfe" * 126), [], 1002)
case("2.7", frame(PONG), [])
case("2.8", frame(PONG, b"unsolicited"), [])
case("2.9", frame(PONG, b"unsolicited") + frame(PING, b"ping"), [(PONG, b"ping")])
case(
    "2.10",
    b"".join(frame(PING, b"payload-%d" % n) for n in range(10)),
    [(PONG, b"payload-%d" % n) for n in range(10)],
)

# 3 Reserved bits
HELLO = (TEXT, b"Hello, world!")
case("3.1", frame(TEXT, b"x", rsv=1), [], 1002)
case("3.2", echoes(HELLO) + frame(TEXT, b"x", rsv=2) + frame(PING), [HELLO], 1002)
case("3.3", echoes(HELLO) + frame(TEXT, b"x", rsv=3) + frame(PING), [HELLO], 1002)
case("3.4", echoes(HELLO) + frame(TEXT, b"x", rsv=4) + frame(PING), [HELLO], 1002)
case("3.5", frame(BINARY, b"\x00\xff", rsv=5), [], 1002)
case("3.6", frame(PING, b"x", rsv=6), [], 1002)
case("3.7", frame(CLOSE, rsv=7), [], 1002)

# 4 Reserved opcodes
for section, opcodes in (("4.1", range(3, 8)), ("4.2", range(11, 16))):
    for number, opcode in enumerate(opcodes, start=1):
        case(f"{section}.{number}", frame(opcode), [], 1002)
        case(
            f"{section}.{number} after text", echoes(HELLO) + frame(opcode, b"x") + frame(PING), [HELLO], 1002
        )

# 5 Fragmentation
ONE, TWO = b"fragment1", b"fragment2"
WHOLE: Heard = [(TEXT, ONE + TWO)]
case("5.1", frame(PING, ONE, fin=False) + frame(CONTINUATION, TWO), [], 1002)
case("5.2", frame(PONG, ONE, fin=False) + frame(CONTINUATION, TWO), [], 1002)
case("5.3", frame(TEXT, ONE, fin=False) + frame(CONTINUATION, TWO), WHOLE)
case(
    "5.6",
    frame(TEXT, ONE, fin=False) + frame(PING, b"ping") + frame(CONTINUATION, TWO),
    [(PONG, b"ping"), *WHOLE],
)
case("5.9", frame(CONTINUATION, b"x") + frame(TEXT, b"Hello"), [], 1002)
case("5.12", frame(CONTINUATION, b"x", fin=False) + frame(TEXT, b"Hello"), [], 1002)
case("5.15", frame(TEXT, ONE, fin=False) + frame(CONTINUATION, TWO) + frame(CONTINUATION, b"x"), WHOLE, 1002)
case("5.16", (frame(CONTINUATION, ONE, fin=False) + frame(TEXT, TWO, fin=False)) * 2, [], 1002)
case("5.17", (frame(CONTINUATION, ONE) + frame(TEXT, TWO, fin=False)) * 2, [], 1002)
case("5.18", frame(TEXT, ONE, fin=False) + frame(TEXT, TWO), [], 1002)
case(
    "5.19",
    frame(TEXT, b"1", fin=False)
    + frame(CONTINUATION, b"2", fin=False)
    + frame(PING, b"pongme 1!")
    + frame(CONTINUATION, b"3", fin=False)
    + frame(CONTINUATION, b"4", fin=False)
    + frame(PING, b"pongme 2!")
    + frame(CONTINUATION, b"5"),
    [(PONG, b"pongme 1!"), (PONG, b"pongme 2!"), (TEXT, b"12345")],
)

# 6 UTF-8
KOSME = "κόσμε".encode()
for name, text in {
    "6.1.1": b"",
    "6.2.1": "Hello-µ@ßöäüàá-UTF-8!!".encode(),
    "6.5.1": KOSME,
    "6.6 greek": KOSME,
    "6.7.1": b"\x00",
    "6.7.2": b"\xc2\x80",
    "6.7.3": b"\xe0\xa0\x80",
    "6.7.4": b"\xf0\x90\x80\x80",
    "6.9.1": b"\x7f",
    "6.9.2": b"\xdf\xbf",
    "6.9.3": b"\xef\xbf\xbf",
    "6.9.4": b"\xf4\x8f\xbf\xbf",
    "6.11.1": b"\xed\x9f\xbf",
    "6.11.2": b"\xee\x80\x80",
    "6.11.3": b"\xef\xbf\xbd",
    "6.11.4": b"\xf4\x8f\xbf\xbf",
    "6.22 noncharacters": b"\xef\xbf\xbe\xef\xbf\xbf\xf0\x9f\xbf\xbe\xf0\x9f\xbf\xbf\xf4\x8f\xbf\xbe",
    "6.23 specials": b"\xef\xbf\xb9\xef\xbf\xba\xef\xbf\xbb\xef\xbf\xbc\xef\xbf\xbd",
}.items():
    case(name, frame(TEXT, text), [(TEXT, text)])
    case(f"{name} by the byte", frames.split(text, 1), [(TEXT, text)])
case("6.1.2", frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) + frame(CONTINUATION), [(TEXT, b"")])
case(
    "6.1.3",
    frame(TEXT, fin=False) + frame(CONTINUATION, b"middle", fin=False) + frame(CONTINUATION),
    [(TEXT, b"middle")],
)
for name, text in {
    "6.3.1": KOSME + b"\xed\xa0\x80" + b"edited",
    "6.6.1": KOSME[:1],
    "6.6.2": KOSME[:3],
    "6.8.1 5 bytes": b"\xf8\x88\x80\x80\x80",
    "6.8.2 6 bytes": b"\xfc\x84\x80\x80\x80\x80",
    "6.10.1 above U+10FFFF": b"\xf7\xbf\xbf\xbf",
    "6.10.2": b"\xfb\xbf\xbf\xbf\xbf",
    "6.10.3": b"\xfd\xbf\xbf\xbf\xbf\xbf",
    "6.11.5": b"\xf4\x90\x80\x80",
    "6.12.1 continuations": b"\x80",
    "6.12.2": b"\xbf",
    "6.12.8": bytes(range(0x80, 0xC0)),
    "6.13.1 lonely starts": b" ".join(bytes([byte]) for byte in range(0xC0, 0xE0)),
    "6.13.2": b" ".join(bytes([byte]) for byte in range(0xE0, 0xF0)),
    "6.13.3": b" ".join(bytes([byte]) for byte in range(0xF0, 0xF8)),
    "6.13.4": b" ".join(bytes([byte]) for byte in range(0xF8, 0xFC)),
    "6.13.5": b"\xfc \xfd",
    "6.14.1 last byte missing": b"\xc0",
    "6.14.2": b"\xe0\x80",
    "6.14.3": b"\xf0\x80\x80",
    "6.14.6": b"\xdf",
    "6.14.7": b"\xef\xbf",
    "6.14.8": b"\xf7\xbf\xbf",
    "6.15.1": b"\xc0\xe0\x80\xf0\x80\x80\xf8\x80\x80\x80\xfc\x80\x80\x80\x80",
    "6.16.1 impossible bytes": b"\xfe",
    "6.16.2": b"\xff",
    "6.16.3": b"\xfe\xfe\xff\xff",
    "6.17.1 overlong": b"\xc0\xaf",
    "6.17.2": b"\xe0\x80\xaf",
    "6.17.3": b"\xf0\x80\x80\xaf",
    "6.17.4": b"\xf8\x80\x80\x80\xaf",
    "6.17.5": b"\xfc\x80\x80\x80\x80\xaf",
    "6.18.1": b"\xc1\xbf",
    "6.18.2": b"\xe0\x9f\xbf",
    "6.18.3": b"\xf0\x8f\xbf\xbf",
    "6.19.1 overlong NUL": b"\xc0\x80",
    "6.19.2": b"\xe0\x80\x80",
    "6.20.1 surrogates": b"\xed\xa0\x80",
    "6.20.2": b"\xed\xad\xbf",
    "6.20.4": b"\xed\xaf\xbf",
    "6.20.7": b"\xed\xbf\xbf",
    "6.21.1 pairs of them": b"\xed\xa0\x80\xed\xb0\x80",
    "6.21.8": b"\xed\xaf\xbf\xed\xbf\xbf",
}.items():
    case(name, frame(TEXT, text), [], 1007)
    case(f"{name} by the byte", frames.split(text, 1), [], 1007)

# 7 Closing
case("7.1.1", frame(TEXT, b"Hello World!"), [(TEXT, b"Hello World!")])
case("7.1.2 two close frames", NORMAL, [])
case("7.1.3 ping after close", NORMAL + frame(PING), [])
case("7.1.4 text after close", NORMAL + frame(TEXT, b"x"), [])
case("7.1.5 close between fragments", frame(TEXT, ONE, fin=False) + NORMAL + frame(CONTINUATION, TWO), [])
case("7.3.1 no code", frame(CLOSE), [])
case("7.3.2 one byte", frame(CLOSE, b"a"), [], 1002)
case("7.3.3 a code", frame(CLOSE, b"\x03\xe8"), [])
case("7.3.4 and a reason", frames.close(1000, b"Hello World!"), [])
case("7.3.5 a long one", frames.close(1000, b"*" * 123), [])
case("7.3.6 too long a one", frames.close(1000, b"*" * 124), [], 1002)
case("7.5.1 a wrong one", frames.close(1000, KOSME + b"\xed\xa0\x80"), [], 1007)
for code in (1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999):
    case(f"7.7 {code}", frames.close(code), [], code)
for code in (0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999, 5000, 65_535):
    case(f"7.9 {code}", frames.close(code), [], 1002)

# 9 Limits: what is within ours is echoed, what is above is 1009
for section, opcode in (("9.1", TEXT), ("9.2", BINARY)):
    case(f"{section} too large", frame(opcode, b"*" * (LIMIT + 1)), [], 1009)
    for size in (64, 256, 1024, 4096, 16_384):
        case(
            f"{section} in fragments of {size}",
            frames.split(b"*" * LIMIT, size, opcode),
            [(opcode, b"*" * LIMIT)],
        )
        case(
            f"{section} too large in fragments of {size}",
            frames.split(b"*" * (LIMIT + 1), size, opcode),
            [],
            1009,
        )
case("9.7 many small messages", echoes(*[(TEXT, b"*" * 16)] * 1000), [(TEXT, b"*" * 16)] * 1000)

# 10 Auto-fragmentation
case("10.1.1", frames.split(b"*" * LIMIT, 1300), [(TEXT, b"*" * LIMIT)])


async def test_every_case(echo: HttpListener) -> None:
    wrong = {}
    for name, (data, heard, code) in CASES.items():
        if (outcome := await play(echo, [data])) != (heard, code):
            wrong[name] = outcome[1], [(opcode, payload[:40]) for opcode, payload in outcome[0][:5]]
    assert not wrong


async def test_short_cases_in_octet_wise_chops(echo: HttpListener) -> None:
    """2.6, 2.11, 5.5, 5.8, 6.2.4 and others: what is sent comes byte by byte."""
    wrong = {}
    for name, (data, heard, code) in CASES.items():
        if len(data) < 60 and (outcome := await play(echo, bytewise(data))) != (heard, code):
            wrong[name] = outcome
    assert not wrong


async def test_unmasked_frames(echo: HttpListener) -> None:
    """RFC 6455, 5.1; Autobahn leaves it out because its own client always masks."""
    for opcode in (TEXT, BINARY, PING, CLOSE):
        assert await play(echo, [frame(opcode, b"", mask=b"")]) == ([], 1002)


async def test_invalid_text_is_refused_at_its_fragment(echo: HttpListener) -> None:
    """6.4: the message is not finished, and need not be."""
    invalid = frame(TEXT, KOSME + b"\xf4\x90\x80\x80", fin=False)
    assert await play(echo, [invalid]) == ([], 1007)


async def test_an_end_without_close_frame(echo: HttpListener) -> None:
    peer = await WebSocketPeer.open(echo)
    peer.writer.write_eof()
    assert await peer.is_cut()
