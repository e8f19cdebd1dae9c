"""The PROXY protocol's head, against what its description shows."""

import pytest

from teahouse.wire.errors import WireError
from teahouse.wire.proxied import Head, read

V2 = b"\r\n\r\n\0\r\nQUIT\n"


@pytest.mark.parametrize(
    ("line", "address"),
    [
        (b"PROXY TCP4 192.0.2.1 198.51.100.7 56324 9000\r\n", "192.0.2.1"),
        (b"PROXY TCP6 2001:db8::1 2001:db8::2 56324 9000\r\n", "2001:db8::1"),
        (b"PROXY TCP6 ::ffff:192.0.2.1 ::1 56324 9000\r\n", "192.0.2.1"),
        (b"PROXY UNKNOWN\r\n", ""),
        (b"PROXY UNKNOWN ffff:f...f:ffff ffff:f...f:ffff 65535 65535\r\n", ""),
    ],
)
def test_the_first_version_is_a_line(line: bytes, address: str) -> None:
    assert read(line) == Head(address, len(line))
    assert read(line + b'{"op":"ping"}\r\n') == Head(address, len(line))


def second(command: int, family: int, rest: bytes) -> bytes:
    return V2 + bytes((command, family)) + len(rest).to_bytes(2, "big") + rest


V4 = bytes((192, 0, 2, 1, 198, 51, 100, 7, 0xDC, 0x04, 0x23, 0x28))
V6 = bytes.fromhex("20010db8000000000000000000000001") * 2 + b"\xdc\x04\x23\x28"
MAPPED = bytes.fromhex("00000000000000000000ffffc0000201") * 2 + b"\xdc\x04\x23\x28"


@pytest.mark.parametrize(
    ("head", "address"),
    [
        (second(0x21, 0x11, V4), "192.0.2.1"),
        (second(0x21, 0x21, V6), "2001:db8::1"),
        (second(0x21, 0x21, MAPPED), "192.0.2.1"),
        (second(0x21, 0x11, V4 + b"\x04\x00\x02ab"), "192.0.2.1"),  # TLVs: more about the connection
        (second(0x20, 0x00, b""), ""),  # LOCAL: the proxy looks whether we are there
        (second(0x21, 0x00, b""), ""),
        (second(0x21, 0x31, bytes(216)), ""),  # AF_UNIX
    ],
)
def test_the_second_version_is_binary(head: bytes, address: str) -> None:
    assert read(head) == Head(address, len(head))
    assert read(head + b"{}") == Head(address, len(head))
    assert {read(head[:end]) for end in range(len(head))} == {None}


@pytest.mark.parametrize(
    "data",
    [
        b'{"op":"hello"}\n',
        b"PROXY TCP4 192.0.2.1\r\n",
        b"PROXY TCP4 alice 198.51.100.7 56324 9000\r\n",
        b"PROXY UDP4 192.0.2.1 198.51.100.7 56324 9000\r\n",
        b"PROXY " + b"x" * 200,
        second(0x11, 0x11, V4),  # another version
        second(0x22, 0x11, V4),  # another command
        V2 + b"\x21\x11\xff\xff",  # longer than anybody says
    ],
)
def test_what_is_no_head(data: bytes) -> None:
    with pytest.raises(WireError):
        read(data)
