import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.wire import websocket as ws
from tests.wire import frames
from tests.wire.frames import BINARY, CLOSE, CONTINUATION, PING, PONG, TEXT, frame

LIMIT = 65_536

Outcome = tuple[list[tuple[int, bytes]], int | None]


def feed_all(pieces: list[bytes], limit: int = LIMIT) -> Outcome:
    """The messages, and the close code of the violation, if there was one."""
    decoder = ws.Decoder(limit)
    found: list[tuple[int, bytes]] = []
    try:
        for piece in pieces:
            found.extend(decoder.feed(piece))
    except ws.Violation as violation:
        return found, violation.code
    return found, None


def bytewise(data: bytes) -> list[bytes]:
    return [data[at : at + 1] for at in range(len(data))]


@pytest.mark.parametrize("size", [0, 1, 125, 126, 127, 65_535, 65_536])
@pytest.mark.parametrize("opcode", [TEXT, BINARY])
def test_whole_messages_of_every_length_form(opcode: int, size: int) -> None:
    payload = b"*" * size
    assert feed_all([frame(opcode, payload)]) == ([(opcode, payload)], None)


def test_several_frames_in_one_read() -> None:
    data = frame(TEXT, b"one") + frame(PING, b"x") + frame(TEXT, b"two")
    assert feed_all([data]) == ([(TEXT, b"one"), (PING, b"x"), (TEXT, b"two")], None)


def test_fragments_with_control_frames_between() -> None:
    data = (
        frame(TEXT, b"a", fin=False)
        + frame(PING, b"1")
        + frame(CONTINUATION, b"b", fin=False)
        + frame(PONG)
        + frame(CONTINUATION, b"c")
    )
    assert feed_all([data]) == ([(PING, b"1"), (PONG, b""), (TEXT, b"abc")], None)


VIOLATIONS = {
    "unmasked": (frame(TEXT, b"x", mask=b""), ws.PROTOCOL_ERROR),
    "rsv1": (frame(TEXT, b"x", rsv=4), ws.PROTOCOL_ERROR),
    "rsv on a control frame": (frame(PING, rsv=1), ws.PROTOCOL_ERROR),
    "rsv on a continuation": (
        frame(TEXT, b"x", fin=False) + frame(CONTINUATION, b"x", rsv=2),
        ws.PROTOCOL_ERROR,
    ),
    "reserved opcode 3": (frame(3), ws.PROTOCOL_ERROR),
    "reserved opcode 15": (frame(15), ws.PROTOCOL_ERROR),
    "fragmented ping": (frame(PING, fin=False), ws.PROTOCOL_ERROR),
    "long ping": (frame(PING, b"x" * 126), ws.PROTOCOL_ERROR),
    "nothing to continue": (frame(CONTINUATION, b"x"), ws.PROTOCOL_ERROR),
    "two messages at once": (frame(TEXT, b"x", fin=False) + frame(TEXT, b"y"), ws.PROTOCOL_ERROR),
    "length in too many bytes": (b"\x81\xfe\x00\x05....", ws.PROTOCOL_ERROR),
    "length in far too many": (b"\x81\xff" + (5).to_bytes(8, "big") + b"....", ws.PROTOCOL_ERROR),
    "negative length": (b"\x81\xff" + b"\xff" * 8 + b"....", ws.PROTOCOL_ERROR),
    "too large": (frame(TEXT, b"x" * (LIMIT + 1)), ws.TOO_BIG),
    "too large in fragments": (frames.split(b"x" * (LIMIT + 1), 5000), ws.TOO_BIG),
    "too large in small fragments": (frames.split(b"x" * (LIMIT + 1), 100), ws.TOO_BIG),
    "too many fragments": (
        frame(TEXT, fin=False) + frame(CONTINUATION, fin=False) * 5000,
        ws.POLICY_VIOLATION,
    ),
    "invalid UTF-8": (frame(TEXT, b"\xff"), ws.INVALID_DATA),
    "surrogate": (frame(TEXT, b"\xed\xa0\x80"), ws.INVALID_DATA),
    "unfinished character": (frame(TEXT, b"\xc3"), ws.INVALID_DATA),
    "close code of one byte": (frame(CLOSE, b"\x03"), ws.PROTOCOL_ERROR),
    "close code 1005": (frames.close(1005), ws.PROTOCOL_ERROR),
    "close reason": (frames.close(1000, b"\xff"), ws.INVALID_DATA),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_violations(name: str) -> None:
    data, code = VIOLATIONS[name]
    good = frame(TEXT, b"before")
    assert feed_all([good + data]) == ([(TEXT, b"before")], code)
    if len(data) < 1000:
        assert feed_all(bytewise(good + data)) == ([(TEXT, b"before")], code)


def test_too_large_is_known_from_the_header() -> None:
    header = frame(TEXT, b"x" * (LIMIT + 1))[:14]
    assert feed_all([header]) == ([], ws.TOO_BIG)


def test_invalid_text_is_known_at_the_fragment() -> None:
    assert feed_all([frame(TEXT, b"ok \xc3", fin=False)]) == ([], None)
    assert feed_all([frame(TEXT, b"ok \xff", fin=False)]) == ([], ws.INVALID_DATA)


def test_a_character_may_lie_across_fragments() -> None:
    text = "κόσμε 茶馆 😀".encode()
    assert feed_all([frames.split(text, 1)]) == ([(TEXT, text)], None)


def test_nothing_comes_after_a_close_frame() -> None:
    data = frames.close(1000) + frame(TEXT, b"late") + frame(TEXT, b"\xff")
    assert feed_all([data]) == ([(CLOSE, b"\x03\xe8")], None)
    assert feed_all(bytewise(data)) == ([(CLOSE, b"\x03\xe8")], None)


@pytest.mark.parametrize("code", [1000, 1001, 1002, 1003, 1007, 1011, 1012, 1014, 3000, 3999, 4000, 4999])
def test_close_codes_a_peer_may_send(code: int) -> None:
    assert feed_all([frames.close(code, b"why")]) == ([(CLOSE, code.to_bytes(2, "big") + b"why")], None)


@pytest.mark.parametrize("code", [0, 999, 1004, 1005, 1006, 1015, 1016, 1100, 2000, 2999, 5000, 65535])
def test_close_codes_nobody_may_send(code: int) -> None:
    assert feed_all([frames.close(code)]) == ([], ws.PROTOCOL_ERROR)


messages = st.one_of(
    st.tuples(st.just(TEXT), st.text(max_size=300).map(str.encode)),
    st.tuples(st.just(BINARY), st.binary(max_size=300)),
    st.tuples(st.sampled_from([PING, PONG]), st.binary(max_size=125)),
)


@st.composite
def streams(draw: st.DrawFn) -> tuple[bytes, list[tuple[int, bytes]]]:
    """Messages as bytes, some of them in fragments; and what should come out."""
    sent = draw(st.lists(messages, max_size=6))
    data = b""
    for opcode, payload in sent:
        if opcode in (PING, PONG):
            data += frame(opcode, payload)
        else:
            data += frames.split(payload, draw(st.integers(1, 400)), opcode)
    return data, sent


@given(streams(), st.lists(st.integers(0, 3000), max_size=8))
def test_any_split_gives_the_same(stream: tuple[bytes, list[tuple[int, bytes]]], places: list[int]) -> None:
    data, sent = stream
    assert feed_all(frames.cut(data, places)) == (sent, None)


@given(st.binary(max_size=200), st.lists(st.integers(0, 200), max_size=6))
def test_any_split_of_garbage_gives_the_same(data: bytes, places: list[int]) -> None:
    assert feed_all(frames.cut(data, places), 100) == feed_all([data], 100)


@given(st.binary(max_size=70_000))
def test_what_we_send_is_read_by_a_client(body: bytes) -> None:
    sent = ws.text_frame(body) + ws.binary_frame(body) + ws.ping_frame() + ws.pong_frame(b"x")
    read = frames.ServerFrames().take(sent)
    assert read == [(True, TEXT, body), (True, BINARY, body), (True, PING, b""), (True, PONG, b"x")]


def test_close_frames_cut_the_reason_between_characters() -> None:
    [(_, opcode, payload)] = frames.ServerFrames().take(ws.close_frame(4500, "茶" * 100))
    assert (opcode, payload[:2], payload[2:].decode()) == (CLOSE, (4500).to_bytes(2, "big"), "茶" * 41)


def test_a_dribble_takes_linear_time() -> None:
    decoder = ws.Decoder(LIMIT)
    started = time.process_time()
    found = [message for piece in bytewise(frame(TEXT, b"x" * LIMIT)) for message in decoder.feed(piece)]
    assert found == [(TEXT, b"x" * LIMIT)]
    assert time.process_time() - started < 2


def test_an_idle_decoder_holds_nothing() -> None:
    decoder = ws.Decoder(LIMIT)
    assert list(decoder.feed(frames.split(b"hello", 2))) == [(TEXT, b"hello")]
    assert decoder._partial is None
    assert decoder._message is None
