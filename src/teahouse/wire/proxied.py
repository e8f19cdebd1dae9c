"""The PROXY protocol, versions 1 and 2: the head a TCP proxy puts before a connection, to say whose it is.

Its description is that of HAProxy, "The PROXY protocol", referred to here as PP with the number of its chapter. Rule:
reads the head and nothing after it; a head is bounded, and what is none raises WireError. Called by
`gateways/announced.py`.
"""

from ipaddress import IPv4Address, IPv6Address

from msgspec import Struct

from teahouse.model.addresses import parsed
from teahouse.model.errors import Code, Problem
from teahouse.wire.errors import WireError

_V1 = b"PROXY "
_V1_LONGEST = 107  # PP 2.1, with its CR LF
_V2 = b"\r\n\r\n\0\r\nQUIT\n"  # PP 2.2
_V2_FIXED = 16
_V2_LONGEST = 2048  # addresses take 36 bytes; what else a proxy may tell of the connection is passed over
_LOCAL, _PROXY = 0x20, 0x21
_TCP4, _TCP6 = 0x11, 0x21
_TCP4_BYTES, _TCP6_BYTES = 12, 36
_V1_WORDS = 6


class Head(Struct, frozen=True):
    """`address` is whose the connection is; empty: the proxy's own, or it did not say. `size`: bytes of the head."""

    address: str
    size: int


def read(data: bytes) -> Head | None:
    """The head at the beginning of `data`, None if more is needed to tell. Raises WireError for what is no head."""
    if data.startswith(_V2):
        return _second(data)
    if data.startswith(_V1):
        return _first(data)
    if _V1.startswith(data) or _V2.startswith(data):
        return None
    raise _no_head()


def _first(data: bytes) -> Head | None:
    """PP 2.1: `PROXY TCP4 192.0.2.1 198.51.100.7 56324 9000`, a line."""
    line, end, _ = data[:_V1_LONGEST].partition(b"\r\n")
    if not end:
        if len(data) >= _V1_LONGEST:
            raise _no_head()
        return None
    words = line.decode("latin-1").split(" ")
    size = len(line) + len(end)
    if words[1] == "UNKNOWN":
        return Head("", size)
    address = parsed(words[2]) if len(words) == _V1_WORDS and words[1] in ("TCP4", "TCP6") else None
    if address is None:
        raise _no_head()
    return Head(str(address), size)


def _second(data: bytes) -> Head | None:
    """PP 2.2: 12 bytes of signature, version and command, family, length of the rest, addresses."""
    if len(data) < _V2_FIXED:
        return None
    command, family, length = data[12], data[13], int.from_bytes(data[14:16], "big")
    if command not in (_LOCAL, _PROXY) or length > _V2_LONGEST:
        raise _no_head()
    if len(data) < _V2_FIXED + length:
        return None
    rest = data[_V2_FIXED : _V2_FIXED + length]
    size = _V2_FIXED + length
    if command == _LOCAL:
        return Head("", size)
    if family == _TCP4 and length >= _TCP4_BYTES:
        return Head(str(IPv4Address(rest[:4])), size)
    if family == _TCP6 and length >= _TCP6_BYTES:
        found = IPv6Address(rest[:16])
        return Head(str(found.ipv4_mapped or found), size)
    return Head("", size)  # a family we do not know: "must accept the connection" and use the real one


def _no_head() -> WireError:
    return WireError(Problem(Code.BAD_FRAME, "a proxy we trust must begin with the PROXY protocol"))
