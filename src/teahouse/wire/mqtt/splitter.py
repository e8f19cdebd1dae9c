"""Packets in a byte stream: finds where each begins and ends (2.1), does not read them.

Rule: as in wire/ndjson.py: each byte is copied once at most, a packet that is too large is refused as soon as its
length is known, and a splitter that waits for the next packet keeps nothing; there are tens of thousands of them.
"""

from collections.abc import Iterator

from teahouse.wire.mqtt.reasons import TOO_LARGE, MqttError, malformed


class PacketSplitter:
    """`limit` is the most bytes of a packet, its header included; it may be changed between two calls."""

    __slots__ = ("_needed", "_partial", "limit")

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self._partial: bytearray | None = None  # the beginning of a packet,
        self._needed = 0  # and how long it must be to be looked at again

    @property
    def idle(self) -> bool:
        """Whether the next byte begins a packet."""
        return self._partial is None

    def feed(self, data: bytes) -> Iterator[tuple[int, bytes]]:
        """The packets that `data` completes, as (first byte, body), in order. To be used up before the next call.

        Raises MqttError as soon as a packet is certain to be wrong; those before it have come by then, and the
        splitter is of no use after that.
        """
        if self._partial is not None:
            self._partial += data
            if len(self._partial) < self._needed:
                return
            data, self._partial = bytes(self._partial), None
        at, size = 0, len(data)
        while at < size:
            start, end = self._place(data, at, size)
            if end > size:
                self._partial, self._needed = bytearray(data[at:]), end - at
                return
            first, at, body = data[at], end, data[start:end]
            yield first, body

    def _place(self, data: bytes, at: int, size: int) -> tuple[int, int]:
        """Where the body of the packet at `at` begins and ends. While its length is incomplete, the end is where the
        part of it ends that must be seen next."""
        length = shift = 0
        place = at + 1
        while True:
            if place >= size:
                return at, place + 1
            byte = data[place]
            place += 1
            length |= (byte & 0x7F) << shift
            if byte < 0x80:
                break
            shift += 7
            if shift > 21:
                raise malformed("a length of more than four bytes")
        if shift and not byte:
            raise malformed("a length takes more bytes than it needs")
        if place - at + length > self.limit:
            raise MqttError(TOO_LARGE, f"a packet has at most {self.limit} bytes")
        return place, place + length
