"""Frames: what server and worker say to one another on the socket: four bytes of length, then a struct as MessagePack.

Used by offering.py and taking.py, which are of the same version: they come out of one installation.
"""

import asyncio

import msgspec

from teahouse.ports.calls import Answer, Call

FILE = "calls.sock"
_LONGEST = 64 * 1024 * 1024
"""A picture of a link, at its largest (previews.image_bytes), and more."""
_LENGTH = 4


class Offer(msgspec.Struct, frozen=True, gc=False, tag="offer"):
    """Server: make this call."""

    number: int
    call: Call


class Room(msgspec.Struct, frozen=True, gc=False, tag="room"):
    """Worker: give me so many at once."""

    calls: int


class Took(msgspec.Struct, frozen=True, gc=False, tag="took"):
    """Worker: I make it."""

    number: int


class Made(msgspec.Struct, frozen=True, gc=False, tag="made"):
    """Worker: this is what became of it."""

    number: int
    answer: Answer


Said = Room | Took | Made
"""By a worker."""

_encode = msgspec.msgpack.Encoder().encode
decode_offer = msgspec.msgpack.Decoder(Offer).decode
decode_said = msgspec.msgpack.Decoder(Said).decode


def frame(what: Offer | Said) -> bytes:
    body = _encode(what)
    return len(body).to_bytes(_LENGTH, "big") + body


async def read(reader: asyncio.StreamReader) -> bytes | None:
    """The next one, without its length; None at the end, however it came."""
    try:
        length = int.from_bytes(await reader.readexactly(_LENGTH), "big")
        return None if length > _LONGEST else await reader.readexactly(length)
    except (asyncio.IncompleteReadError, OSError):
        return None


def node_file(node: str) -> str:
    """The name of the socket; of one node among several on this directory, its own."""
    return f"calls-{node}.sock" if node else FILE
