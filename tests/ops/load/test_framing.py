"""Framing: what is wrapped and split, in whatever pieces it comes."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.ops.load.framing import (
    CLOSE,
    PING,
    Frames,
    Framing,
    FramingError,
    Lines,
    check_upgrade,
    control,
)

MESSAGES = st.lists(st.binary(min_size=1, max_size=300).map(lambda b: b.replace(b"\n", b" ")), max_size=8)


def server_frame(message: bytes, first: int = 0x81) -> bytes:
    size = len(message)
    if size < 126:
        return bytes((first, size)) + message
    if size < 65536:
        return bytes((first, 126)) + size.to_bytes(2, "big") + message
    return bytes((first, 127)) + size.to_bytes(8, "big") + message


def read_all(framing: Framing, pieces: list[bytes]) -> list[bytes]:
    found, rest = [], b""
    for piece in pieces:
        messages, _, rest = framing.split(rest + piece)
        found += messages
    assert rest == b""
    return found


def cut(data: bytes, places: list[int]) -> list[bytes]:
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[a:b] for a, b in pairwise(edges)]


@given(MESSAGES, st.lists(st.integers(0, 5000), max_size=10))
def test_any_cut_gives_the_same_messages(messages: list[bytes], places: list[int]) -> None:
    lines = b"".join(message + b"\n" for message in messages)
    assert read_all(Lines(), cut(lines, places)) == messages
    frames = b"".join(server_frame(message) for message in messages)
    assert read_all(Frames(), cut(frames, places)) == messages


@pytest.mark.parametrize("size", [0, 1, 125, 126, 65535, 65536])
def test_lengths(size: int) -> None:
    message = b"x" * size
    assert Frames().split(server_frame(message) + b"\x81") == ([message], [], b"\x81")
    wrapped = Frames().wrap(message)
    assert wrapped[1] & 0x80, "clients mask"
    assert wrapped.endswith(bytes(4) + message)


def test_control_frames_stand_apart() -> None:
    data = server_frame(b"?", PING) + server_frame(b"{}") + server_frame(b"\x03\xe8", CLOSE)
    assert Frames().split(data) == ([b"{}"], [(PING, b"?"), (CLOSE, b"\x03\xe8")], b"")
    assert control(PING, b"?") == b"\x89\x81\0\0\0\0?"


def test_a_masked_frame_from_the_server_is_refused() -> None:
    with pytest.raises(FramingError):
        Frames().split(Frames().wrap(b"{}"))


@pytest.mark.parametrize("head", [b"HTTP/1.1 404 Not Found", b"HTTP/1.1 101 Switching\r\nX: y", b""])
def test_a_failed_upgrade(head: bytes) -> None:
    with pytest.raises(FramingError):
        check_upgrade(head)
