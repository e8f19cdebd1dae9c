"""Fuzz the PROXY protocol's head: any cut of the bytes gives the same answer, and nothing is read beyond it."""

from fuzz import harness
from teahouse.wire.errors import WireError
from teahouse.wire.proxied import Head, read

_V2 = b"\r\n\r\n\0\r\nQUIT\n"
LONGEST = 16 + 2048

SAMPLES = [
    b"PROXY TCP4 192.0.2.1 198.51.100.7 56324 9000\r\n{}",
    b"PROXY UNKNOWN\r\n",
    _V2 + b"\x21\x11\x00\x0c" + bytes(range(12)) + b"{}",
    _V2 + b"\x21\x21\x00\x24" + bytes(range(36)),
    _V2 + b"\x20\x00\x00\x00",
]


def told(data: bytes) -> Head | str | None:
    try:
        return read(data)
    except WireError as error:
        return error.problem.message


def check(data: bytes) -> None:
    whole = told(data)
    for end in range(len(data)):
        part = told(data[:end])
        assert part is None or part == whole, "what was said once holds, whatever comes after it"
    if isinstance(whole, Head):
        assert 0 < whole.size <= min(len(data), LONGEST)
        assert told(data[: whole.size]) == whole


if __name__ == "__main__":
    harness.main(check, SAMPLES)
