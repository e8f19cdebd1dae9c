"""The opening handshake of WebSocket (RFC 6455, 4.2): a request that an HTTP parser has read, to a response.

Rule: decides, and writes nothing. Called by `gateways/websocket.py`; section numbers are those of RFC 6455.
"""

from base64 import b64decode, b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha1

SUBPROTOCOL = b"teahouse.v1"
"""Agreed on with clients that offer it; nobody has to."""

_GUID = b"258EAFA5-E914-47DA-95CA-C5AB0DC85B11"  # 1.3


class Refusal(Exception):
    """No WebSocket: answer with this HTTP status instead (4.2.2, 4.4)."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(status, detail)
        self.status = status
        self.detail = detail


def accept(
    method: bytes,
    headers: Iterable[tuple[bytes, bytes]],
    origins: Iterable[str] = (),
    subprotocol: bytes = SUBPROTOCOL,
) -> bytes:
    """The 101 response to a request whose header names are in lower case, or Refusal.

    `origins`: where scripts may come from (10.2); none means anywhere. The protocol knows who somebody is by
    `hello` and never by a cookie, so a foreign page that connects is nobody. `subprotocol` is agreed on, if offered.
    """
    fields = _combine(headers)
    if method != b"GET":
        raise Refusal(405, "a WebSocket handshake is a GET request")
    if b"websocket" not in _tokens(fields, b"upgrade") or b"upgrade" not in _tokens(fields, b"connection"):
        raise Refusal(400, "this is not a WebSocket handshake")
    if fields.get(b"sec-websocket-version") != b"13":
        raise Refusal(426, "this server speaks version 13 of WebSocket")  # 4.2.2, 4.4
    if b"host" not in fields:
        raise Refusal(400, "the Host header is missing")
    if b"transfer-encoding" in fields or fields.get(b"content-length", b"0") != b"0":
        raise Refusal(400, "a WebSocket handshake has no body")
    key = fields.get(b"sec-websocket-key", b"")
    _check_key(key)
    _check_origin(fields.get(b"origin"), origins)
    offered = _tokens(fields, b"sec-websocket-protocol")
    return _response(key, subprotocol if subprotocol in offered else b"")


def _combine(headers: Iterable[tuple[bytes, bytes]]) -> dict[bytes, bytes]:
    """Repeated fields are one list (RFC 9110, 5.3)."""
    fields: dict[bytes, bytes] = {}
    for name, value in headers:
        fields[name] = fields[name] + b"," + value if name in fields else value
    return fields


def _tokens(fields: Mapping[bytes, bytes], name: bytes) -> set[bytes]:
    return {token.strip().lower() for token in fields.get(name, b"").split(b",")}


def _check_key(key: bytes) -> None:
    try:
        nonce = b64decode(key, validate=True)
    except ValueError:
        nonce = b""
    if len(nonce) != 16:
        raise Refusal(400, "Sec-WebSocket-Key is not 16 bytes in base64")  # 4.2.1


def _check_origin(origin: bytes | None, allowed: Iterable[str]) -> None:
    """Only browsers send an Origin, and there a page cannot forge it."""
    names = {name.lower() for name in allowed}
    if names and origin is not None and origin.decode("latin-1").lower() not in names:
        raise Refusal(403, "pages of this origin may not connect")


def _response(key: bytes, subprotocol: bytes) -> bytes:
    digest = sha1(key + _GUID, usedforsecurity=False).digest()
    lines = [
        b"HTTP/1.1 101 Switching Protocols",
        b"Upgrade: websocket",
        b"Connection: Upgrade",
        b"Sec-WebSocket-Accept: " + b64encode(digest),
    ]
    if subprotocol:
        lines.append(b"Sec-WebSocket-Protocol: " + subprotocol)
    return b"\r\n".join(lines) + b"\r\n\r\n"
