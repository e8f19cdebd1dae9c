"""WebSocket (RFC 6455), the server's side, sans-I/O: bytes to messages and control frames, and frames to bytes.

Rule: a decoder that waits for the next frame keeps no buffer; there are tens of thousands of them. No extension
is negotiated, so no RSV bit has a meaning. The handshake stands in `handshake.py`. Called by
`gateways/websocket.py`; section numbers are those of RFC 6455.
"""

from codecs import utf_8_decode
from collections.abc import Iterator
from struct import Struct

# Opcodes (5.2). Plain integers: an enum member takes longer to look up than to compare.
CONTINUATION, TEXT, BINARY = 0x0, 0x1, 0x2
CLOSE, PING, PONG = 0x8, 0x9, 0xA

# Close codes (7.4.1).
NORMAL = 1000
GOING_AWAY = 1001
PROTOCOL_ERROR = 1002
UNSUPPORTED_DATA = 1003
INVALID_DATA = 1007
POLICY_VIOLATION = 1008
TOO_BIG = 1009

# What a peer may put into a close frame (7.4): defined codes, and those of libraries and applications.
_DEFINED_CODES = frozenset({1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014})
_OWN_CODES = range(3000, 5000)

_FIN = 0x80
_RSV = 0x70
_MASKED = 0x80
_FIN_TEXT = _FIN | TEXT
_LENGTH_16, _LENGTH_64 = 126, 127  # in place of a length: it follows, in so many bits

_CONTROL_LIMIT = 125  # 5.5
_FRAGMENTS_LIMIT = 4096  # of one message: an empty fragment costs its sender six bytes, and us a turn


class Violation(Exception):
    """The peer broke the protocol: fail the connection (7.1.7) with this close code."""

    def __init__(self, code: int, reason: str) -> None:
        super().__init__(code, reason)
        self.code = code
        self.reason = reason


class Decoder:
    """Decodes what one client sends. `limit` is the most bytes of a message, over all its fragments."""

    __slots__ = ("_closed", "_limit", "_message", "_needed", "_partial")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._partial: bytearray | None = None  # the beginning of a frame,
        self._needed = 0  # and how long it must be to be looked at again
        self._message: _Fragments | None = None
        self._closed = False

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """Whole messages (TEXT, BINARY) and control frames that `data` completes, as (opcode, payload), in
        order. To be used up before the next call.

        Raises Violation as soon as one is certain; the messages before it have come by then, and the decoder is
        of no use any more. What follows a close frame is ignored (5.5.1).
        """
        if self._partial is not None:
            self._partial += data
            if len(self._partial) < self._needed:
                return
            data, self._partial = bytes(self._partial), None
        at, size = 0, len(data)
        while at < size and not self._closed:
            start, end = self._payload_place(data, at, size)
            if end > size:
                self._partial, self._needed = bytearray(data[at:]), end - at
                return
            first, at, payload = data[at], end, _unmask(data, start, end)
            if first == _FIN_TEXT:
                _check_utf8(payload)
                yield TEXT, payload
            elif (message := self._receive(first & _FIN, first & 0x0F, payload)) is not None:
                yield message

    def _payload_place(self, data: bytes, at: int, size: int) -> tuple[int, int]:
        """Where the payload of the frame at `at` begins and ends, after its header is found in order.

        While the header is incomplete, the end is where the part of it ends that must be seen next.
        """
        if size - at < 2:
            return at, at + 2
        first, second = data[at], data[at + 1]
        if first != _FIN_TEXT or second < _MASKED or self._message is not None:
            self._check_start(first, second)
        length = second & ~_MASKED
        if length < _LENGTH_16:
            return at + 6, at + 6 + length
        start = at + (8 if length == _LENGTH_16 else 14)
        if start > size:
            return at, start
        if length == _LENGTH_16:
            length = data[at + 2] << 8 | data[at + 3]
            minimum = _LENGTH_16
        else:
            length = int.from_bytes(data[at + 2 : at + 10], "big")
            minimum = 1 << 16
        if length < minimum or length >> 63:
            raise Violation(
                PROTOCOL_ERROR, "a length is written wrongly, or in more bytes than it takes"
            )  # 5.2
        if length + (self._message.size if self._message else 0) > self._limit:
            raise Violation(TOO_BIG, f"a frame has at most {self._limit} bytes")
        return start, start + length

    def _check_start(self, first: int, second: int) -> None:
        """The rules that the first two bytes of a frame can break."""
        if second < _MASKED:
            raise Violation(PROTOCOL_ERROR, "a client masks its frames")  # 5.1
        if first & _RSV:
            raise Violation(PROTOCOL_ERROR, "no extension was agreed on")  # 5.2
        opcode = first & 0x0F
        if opcode in (PING, PONG, CLOSE):
            if not first & _FIN:
                raise Violation(PROTOCOL_ERROR, "a control frame is never fragmented")  # 5.4
            if second - _MASKED > _CONTROL_LIMIT:
                raise Violation(PROTOCOL_ERROR, "a control frame has at most 125 bytes")  # 5.5
        elif opcode == CONTINUATION:
            if self._message is None:
                raise Violation(PROTOCOL_ERROR, "there is nothing to continue")  # 5.4
        elif opcode not in (TEXT, BINARY):
            raise Violation(PROTOCOL_ERROR, f"opcode {opcode:#x} is reserved")  # 5.2
        elif self._message is not None:
            raise Violation(PROTOCOL_ERROR, "the message before is not finished")  # 5.4

    def _receive(self, fin: int, opcode: int, payload: bytes) -> tuple[int, bytes] | None:
        """One frame that is not a whole text; what it completes, if anything."""
        if opcode >= CLOSE:
            if opcode == CLOSE:
                _check_close(payload)
                self._closed = True
            return opcode, payload
        if fin and opcode == BINARY:
            return BINARY, payload
        if self._message is None:
            self._message = _Fragments(opcode)
        self._message.add(payload, bool(fin), self._limit)
        if not fin:
            return None
        message, self._message = self._message, None
        return message.opcode, bytes(message.data)


class _Fragments:
    """A message that comes in several frames (5.4)."""

    __slots__ = ("_count", "_valid", "data", "opcode")

    def __init__(self, opcode: int) -> None:
        self.opcode = opcode
        self.data = bytearray()
        self._valid = 0  # so many bytes of `data` are known to be UTF-8
        self._count = 0

    @property
    def size(self) -> int:
        return len(self.data)

    def add(self, payload: bytes, final: bool, limit: int) -> None:
        self.data += payload
        self._count += 1
        if len(self.data) > limit:
            raise Violation(TOO_BIG, f"a frame has at most {limit} bytes")
        if self._count > _FRAGMENTS_LIMIT:
            raise Violation(POLICY_VIOLATION, f"a message may have {_FRAGMENTS_LIMIT} fragments")
        if self.opcode == TEXT:
            self._valid += _check_utf8(self.data[self._valid :], final)


def _unmask(data: bytes, start: int, end: int) -> bytes:
    """The payload at start:end; the masking key stands right before it (5.3). One XOR of two long integers."""
    length = end - start
    key = (data[start - 4 : start] * (length // 4 + 1))[:length]
    return (int.from_bytes(data[start:end], "little") ^ int.from_bytes(key, "little")).to_bytes(
        length, "little"
    )


def _check_utf8(text: bytes | bytearray, final: bool = True) -> int:
    """How many bytes are valid UTF-8; what is left over, if not `final`, is the beginning of a character (8.1)."""
    if text.isascii():
        return len(text)
    try:
        _, valid = utf_8_decode(text, "strict", final)
    except UnicodeDecodeError:
        raise Violation(INVALID_DATA, "text is not UTF-8") from None
    return valid


def _check_close(payload: bytes) -> None:
    if not payload:
        return
    if len(payload) == 1:
        raise Violation(PROTOCOL_ERROR, "a close code has two bytes")  # 5.5.1
    code = int.from_bytes(payload[:2], "big")
    if code not in _DEFINED_CODES and code not in _OWN_CODES:
        raise Violation(PROTOCOL_ERROR, f"{code} is not a close code to be sent")  # 7.4
    _check_utf8(payload[2:])


def text_frame(body: bytes) -> bytes:
    """One JSON object, framed for sending."""
    return _header(TEXT, len(body)) + body


def binary_frame(body: bytes) -> bytes:
    return _header(BINARY, len(body)) + body


def ping_frame(payload: bytes = b"") -> bytes:
    return _header(PING, len(payload)) + payload


def pong_frame(payload: bytes) -> bytes:
    return _header(PONG, len(payload)) + payload


def close_frame(code: int, reason: str = "") -> bytes:
    """5.5.1. The reason is cut to fit into a control frame, between two characters."""
    text = reason.encode()[: _CONTROL_LIMIT - 2].decode(errors="ignore").encode()
    return _header(CLOSE, 2 + len(text)) + code.to_bytes(2, "big") + text


def _header(opcode: int, size: int) -> bytes:
    """5.2. A server does not mask (5.1)."""
    if size < _LENGTH_16:
        return bytes((_FIN | opcode, size))
    if size < 1 << 16:
        return _pack_16(_FIN | opcode, _LENGTH_16, size)
    return _pack_64(_FIN | opcode, _LENGTH_64, size)


_pack_16 = Struct(">BBH").pack
_pack_64 = Struct(">BBQ").pack
