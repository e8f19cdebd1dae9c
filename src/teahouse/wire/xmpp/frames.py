"""How what the engine writes travels to a link: frames that many links share, and each makes its own stanzas of.

Rule: a frame is made once for all (wire.py) and taken apart once for all (`Taken`), because the fan-out gives the very
same bytes to each session. What differs per recipient is a mark of one control character, which no stanza can have
otherwise (markup.py): a link puts its addresses in their place. Called by wire.py and by gateways/xmpp.
"""

from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

FULL, BARE = "\x01", "\x03"
"""The recipient's full address, and the bare one. Each stanza has exactly one FULL."""

_FRAME, _FIELD = b"\x02", b"\x1f"


class Sort(Enum):
    """GROUP and DIRECT: an entry as a stanza. ENTRY: one that each link has to think about. The rest are not entries;
    their payload is JSON."""

    GROUP = b"G"
    DIRECT = b"D"
    ENTRY = b"N"
    EVENT = b"E"
    ANSWER = b"A"
    FAILURE = b"F"


class Mark(Struct, array_like=True, frozen=True, gc=False):
    """Which entry a frame tells of."""

    conversation: str
    seq: int
    at: int
    sender: str
    nick: str


class Frame(Struct, frozen=True, gc=False):
    sort: Sort
    payload: bytes
    mark: Mark | None = None


_SORTS = {sort.value: sort for sort in Sort}
_encode = msgspec.json.Encoder().encode
_mark = msgspec.json.Decoder(Mark)


def is_direct(conversation: str) -> bool:
    """By how ids are made (model/ids.py, engine/fresh.py)."""
    return len(conversation) == 25 and conversation[0] == "d"


def told(sort: Sort, mark: Mark, payload: bytes) -> bytes:
    return _FRAME + sort.value + _encode(mark) + _FIELD + payload


def said(sort: Sort, value: Any) -> bytes:
    return _FRAME + sort.value + _FIELD + _encode(value)


def taken(data: bytes) -> list[Frame]:
    """The frames in what the engine wrote."""
    found = []
    for frame in data.split(_FRAME)[1:]:
        mark, _, payload = frame[1:].partition(_FIELD)
        found.append(Frame(_SORTS[frame[:1]], payload, _mark.decode(mark) if mark else None))
    return found
