"""Lines of JSON over a byte stream (newline-delimited JSON): finds the lines, does not read them.

Rule: each byte is looked at once, and no more than one line is kept. Called by `gateways/tcp.py`.
"""

from collections.abc import Iterator

from teahouse.wire.errors import too_large


def line(body: bytes) -> bytes:
    """One JSON object, framed for sending."""
    return body + b"\n"


class LineSplitter:
    """Gives lines without their LF; a CR before it stays, it is white space to JSON. Blank lines are dropped."""

    __slots__ = ("_limit", "_partial")

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._partial: bytearray | None = None

    def feed(self, data: bytes) -> Iterator[bytes]:
        """The lines that `data` completes, in order. To be used up before the next call.

        Raises WireError `too_large` as soon as a line has more than `limit` bytes, newline or not; the lines
        before it have come by then. The splitter is of no use after that.
        """
        lines = data.split(b"\n")
        rest = lines.pop()
        if lines and self._partial is not None:
            lines[0] = bytes(self._extend(lines[0]))
            self._partial = None
        for one in lines:
            if len(one) - one.endswith(b"\r") > self._limit:
                raise too_large(self._limit)
            if one and not one.isspace():
                yield one
        if rest:
            self._extend(rest)

    def _extend(self, piece: bytes) -> bytearray:
        """Add to the line whose end has not come yet. A CR at its end does not count, it may be half a CR LF."""
        if self._partial is None:
            self._partial = bytearray()
        self._partial += piece
        if len(self._partial) - self._partial.endswith(b"\r") > self._limit:
            raise too_large(self._limit)
        return self._partial
