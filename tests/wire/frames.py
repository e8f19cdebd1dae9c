"""The client's side of RFC 6455, as small as it gets: frames to send, and a reader of what a server answers."""

import os
from itertools import pairwise

CONTINUATION, TEXT, BINARY, CLOSE, PING, PONG = 0x0, 0x1, 0x2, 0x8, 0x9, 0xA


def frame(
    opcode: int, payload: bytes = b"", *, fin: bool = True, rsv: int = 0, mask: bytes | None = None
) -> bytes:
    """A masked frame, right unless it is told to be wrong. `mask=b""` leaves it unmasked."""
    key = os.urandom(4) if mask is None else mask
    head = bytes([fin << 7 | rsv << 4 | opcode])
    return head + length(len(payload), masked=bool(key)) + key + (xor(payload, key) if key else payload)


def length(size: int, *, masked: bool = True) -> bytes:
    flag = 0x80 if masked else 0
    if size < 126:
        return bytes([flag | size])
    if size < 1 << 16:
        return bytes([flag | 126]) + size.to_bytes(2, "big")
    return bytes([flag | 127]) + size.to_bytes(8, "big")


def xor(payload: bytes, key: bytes) -> bytes:
    return bytes(byte ^ key[index % 4] for index, byte in enumerate(payload))


def close(code: int, reason: bytes = b"") -> bytes:
    return frame(CLOSE, code.to_bytes(2, "big") + reason)


def split(payload: bytes, size: int, opcode: int = TEXT) -> bytes:
    """One message in fragments of `size` bytes."""
    pieces = [payload[at : at + size] for at in range(0, len(payload), size)] or [b""]
    last = len(pieces) - 1
    return b"".join(
        frame(opcode if index == 0 else CONTINUATION, piece, fin=index == last)
        for index, piece in enumerate(pieces)
    )


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """`data` in pieces, cut at places anywhere in it."""
    edges = [0, *sorted(place % (len(data) + 1) for place in places), len(data)]
    return [data[start:end] for start, end in pairwise(edges)]


class ServerFrames:
    """What a server sent, taken apart. `take` gives (fin, opcode, payload) of all frames that are whole."""

    def __init__(self) -> None:
        self._buffer = b""

    def take(self, data: bytes) -> list[tuple[bool, int, bytes]]:
        self._buffer += data
        found = []
        while (whole := self._next()) is not None:
            found.append(whole)
        return found

    def _next(self) -> tuple[bool, int, bytes] | None:
        buffer = self._buffer
        if len(buffer) < 2:
            return None
        assert buffer[1] < 0x80, "a server does not mask"
        start = {126: 4, 127: 10}.get(buffer[1], 2)
        size = buffer[1] if start == 2 else int.from_bytes(buffer[2:start], "big")
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return bool(buffer[0] & 0x80), buffer[0] & 0x7F, buffer[start : start + size]
