import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from teahouse.model.errors import Code
from teahouse.wire.errors import WireError
from teahouse.wire.ndjson import LineSplitter, line
from tests.wire.frames import cut

LIMIT = 20


def feed_all(pieces: list[bytes], limit: int = LIMIT) -> tuple[list[bytes], bool]:
    """The lines, and whether the splitter gave up."""
    splitter = LineSplitter(limit)
    found: list[bytes] = []
    try:
        for piece in pieces:
            found.extend(one.strip() for one in splitter.feed(piece))
    except WireError:
        return found, True
    return found, False


@pytest.mark.parametrize(
    ("data", "lines"),
    [
        (b"one\ntwo\n", [b"one", b"two"]),
        (b"one\r\ntwo\r\n", [b"one", b"two"]),
        (b"\n\r\n  \t\nx\n", [b"x"]),
        (b"unfinished", []),
        (b"", []),
    ],
)
def test_lines(data: bytes, lines: list[bytes]) -> None:
    assert feed_all([data]) == (lines, False)


@given(st.binary(max_size=80), st.lists(st.integers(0, 100), max_size=8))
def test_any_split_gives_the_same(data: bytes, places: list[int]) -> None:
    data = data.replace(b"a", b"\n").replace(b"b", b"\r\n")
    assert feed_all(cut(data, places)) == feed_all([data])


@given(st.lists(st.binary(min_size=1, max_size=LIMIT).filter(lambda b: b"\n" not in b and not b.isspace())))
def test_round_trip(bodies: list[bytes]) -> None:
    stream = b"".join(line(body) for body in bodies)
    assert feed_all([stream]) == ([body.strip() for body in bodies], False)


def test_too_long_a_line_is_refused_before_its_end() -> None:
    splitter = LineSplitter(LIMIT)
    assert list(splitter.feed(b"x" * LIMIT)) == []
    with pytest.raises(WireError) as refused:
        list(splitter.feed(b"x"))
    assert refused.value.problem.code is Code.BAD_FRAME
    assert refused.value.re is None


def test_the_limit_does_not_count_the_end_of_the_line() -> None:
    for end in (b"\n", b"\r\n"):
        assert feed_all([b"x" * LIMIT + end]) == ([b"x" * LIMIT], False)
        assert feed_all([b"x" * LIMIT, end]) == ([b"x" * LIMIT], False)
        assert feed_all([b"x" * (LIMIT + 1) + end]) == ([], True)
    assert feed_all([b"x" * LIMIT + b"\r", b"\n"]) == ([b"x" * LIMIT], False)


def test_lines_before_one_that_is_too_long_still_come() -> None:
    assert feed_all([b"one\n" + b"x" * 100]) == ([b"one"], True)


def test_a_dribble_takes_linear_time() -> None:
    """64 KiB byte by byte; quadratic work would take minutes."""
    splitter = LineSplitter(65_536)
    started = time.process_time()
    for _ in range(65_000):
        assert not list(splitter.feed(b"x"))
    assert list(splitter.feed(b"\n")) == [b"x" * 65_000]
    assert time.process_time() - started < 2


def test_an_idle_splitter_holds_nothing() -> None:
    splitter = LineSplitter(LIMIT)
    assert list(splitter.feed(b"some\nline\n")) == [b"some", b"line"]
    assert splitter._partial is None
