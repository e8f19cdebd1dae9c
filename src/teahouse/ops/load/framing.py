"""The client's side of the two transports, sans-I/O: WebSocket frames (RFC 6455) and lines of JSON.

Rule: only what Teahouse's server sends is understood - whole, unmasked frames - and anything else is a
FramingError, so that the generator doubles as a check. Written for speed: one pass, one slice a message.
"""

from typing import NamedTuple, Protocol

TEXT = 0x81  # FIN and opcode 1 (RFC 6455 5.2)
CLOSE = 0x88
PING = 0x89
PONG = 0x8A

# RFC 6455 1.3's own example pair: a load generator has nothing to protect a nonce for.
_KEY = "dGhlIHNhbXBsZSBub25jZQ=="
_ACCEPT = b"s3pPLMBiTxaQ9kYGzzhZRbK+xOo="

# A mask of zeros is a valid mask: the server has its full work, the generator none.
_MASK = b"\0\0\0\0"


class FramingError(Exception):
    """The server sent something that Teahouse's servers never send."""


class Split(NamedTuple):
    """What was in a piece of the stream: whole messages, control frames (first byte, payload), and the rest."""

    messages: list[bytes]
    controls: list[tuple[int, bytes]]
    rest: bytes


class Framing(Protocol):
    """How messages lie in the byte stream."""

    def wrap(self, message: bytes) -> bytes: ...

    def split(self, data: bytes) -> Split: ...


class Lines:
    """One JSON object a line."""

    def wrap(self, message: bytes) -> bytes:
        return message + b"\n"

    def split(self, data: bytes) -> Split:
        *lines, rest = data.split(b"\n")
        return Split(lines, [], rest)


class Frames:
    """One JSON object a text frame; what the client sends is masked (RFC 6455 5.3)."""

    def wrap(self, message: bytes) -> bytes:
        return control(TEXT, message)

    def split(self, data: bytes) -> Split:
        messages: list[bytes] = []
        controls: list[tuple[int, bytes]] = []
        at, end = 0, len(data)
        while end - at >= 2:
            length, start = data[at + 1], at + 2
            if length == 126:
                start = at + 4
                length = int.from_bytes(data[at + 2 : start], "big")
            elif length == 127:
                start = at + 10
                length = int.from_bytes(data[at + 2 : start], "big")
            elif length > 127:
                raise FramingError("the server masked a frame (RFC 6455 5.1)")
            stop = start + length
            if stop > end:  # also when the length itself is cut
                break
            if data[at] == TEXT:
                messages.append(data[start:stop])
            else:
                controls.append((data[at], data[start:stop]))
            at = stop
        return Split(messages, controls, data[at:])


def control(first: int, payload: bytes) -> bytes:
    """A masked frame of any kind with this first byte."""
    length = len(payload)
    if length < 126:
        head = bytes((first, 0x80 | length))
    elif length < 65536:
        head = bytes((first, 0xFE)) + length.to_bytes(2, "big")
    else:
        head = bytes((first, 0xFF)) + length.to_bytes(8, "big")
    return head + _MASK + payload


def upgrade_request(host: str, path: str) -> bytes:
    """The opening handshake (RFC 6455 4.1)."""
    return (
        f"GET {path} HTTP/1.1\r\nHost: {host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
        f"Sec-WebSocket-Key: {_KEY}\r\nSec-WebSocket-Version: 13\r\n\r\n"
    ).encode()


def check_upgrade(head: bytes) -> None:
    """FramingError unless the server's answer, up to the blank line, opens the WebSocket (RFC 6455 4.2.2)."""
    status, _, headers = head.partition(b"\r\n")
    if status.split(b" ")[1:2] != [b"101"]:
        raise FramingError(f"the server did not upgrade: {status[:80].decode('latin-1')}")
    if _ACCEPT not in headers:
        raise FramingError("the server's Sec-WebSocket-Accept is wrong")
