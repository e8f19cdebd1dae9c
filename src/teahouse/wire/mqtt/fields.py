"""The data types of MQTT (1.5): integers, strings, binary data, and a cursor over the body of one packet.

Rule: a read beyond the end of the packet is `malformed`; no length is believed before it is compared with what is
there. Called by the other files of this folder.
"""

from struct import Struct

from teahouse.wire.mqtt.reasons import malformed

U16 = Struct(">H")
U32 = Struct(">I")
LARGEST_VARINT = 268_435_455
LARGEST_STRING = 65_535


class Cursor:
    """Reads a packet's body from the front."""

    __slots__ = ("at", "data", "end")

    def __init__(self, data: bytes) -> None:
        self.data = data
        self.at = 0
        self.end = len(data)

    def byte(self) -> int:
        at = self.at
        if at >= self.end:
            raise malformed("the packet ends too early")
        self.at = at + 1
        return self.data[at]

    def take(self, size: int) -> bytes:
        at = self.at
        stop = at + size
        if stop > self.end:
            raise malformed("the packet ends too early")
        self.at = stop
        return self.data[at:stop]

    def two(self) -> int:
        at = self.at
        if at + 2 > self.end:
            raise malformed("the packet ends too early")
        self.at = at + 2
        return self.data[at] << 8 | self.data[at + 1]

    def four(self) -> int:
        return int.from_bytes(self.take(4), "big")

    def varint(self) -> int:
        """1.5.5; in as few bytes as it takes (MQTT-1.5.5-1)."""
        value = 0
        for shift in (0, 7, 14, 21):
            byte = self.byte()
            value |= (byte & 0x7F) << shift
            if byte < 0x80:
                if shift and not byte:
                    raise malformed("a length takes more bytes than it needs")
                return value
        raise malformed("a length of more than four bytes")

    def binary(self) -> bytes:
        return self.take(self.two())

    def text(self) -> str:
        """UTF-8 without surrogates and without U+0000 (MQTT-1.5.4-1, -2)."""
        try:
            text = self.take(self.two()).decode()
        except UnicodeDecodeError:
            raise malformed("a string is not UTF-8") from None
        if "\0" in text:
            raise malformed("a string has the character U+0000")
        return text

    def rest(self) -> bytes:
        at, self.at = self.at, self.end
        return self.data[at:]

    def finish(self) -> None:
        if self.at != self.end:
            raise malformed("the packet has more bytes than it should")


def varint(value: int) -> bytes:
    """1.5.5."""
    if value < 0x80:
        return _SHORT[value]
    if value > LARGEST_VARINT:
        raise ValueError("too large for MQTT")
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    out.append(value)
    return bytes(out)


_SHORT = [bytes((value,)) for value in range(0x80)]


def binary(value: bytes) -> bytes:
    return U16.pack(len(value)) + value


def text(value: str) -> bytes:
    return binary(value.encode())
