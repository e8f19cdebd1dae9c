"""Fuzz the line splitter: any cut of the bytes gives the same lines, none of them too long, and memory is bounded."""

from random import Random

from fuzz import harness
from teahouse.wire.errors import WireError
from teahouse.wire.ndjson import LineSplitter

LIMIT = 64

SAMPLES = [
    b'{"op":"ping"}\n{"op":"hello","nick":"alice"}\r\n',
    b"\r\n\n  \n" * 3,
    b"x" * (LIMIT - 1) + b"\n" + b"y" * LIMIT + b"\r\n" + b"z" * (LIMIT + 1) + b"\n",
]


def split(pieces: list[bytes]) -> tuple[list[bytes], bool]:
    splitter = LineSplitter(LIMIT)
    lines: list[bytes] = []
    try:
        for piece in pieces:
            for line in splitter.feed(piece):
                assert b"\n" not in line
                assert 0 < len(line) <= LIMIT + 1
                lines.append(line)
            assert splitter._partial is None or len(splitter._partial) <= LIMIT + 1
    except WireError:
        return lines, True
    return lines, False


def check(data: bytes) -> None:
    assert split([data]) == split(harness.cuts(data, Random(len(data))))


if __name__ == "__main__":
    harness.main(check, SAMPLES)
