"""Which ids there are, for whoever wants to know what there is not (backends/cached/known.py)."""

from collections.abc import Sequence
from enum import StrEnum
from typing import Protocol


class IdKind(StrEnum):
    USER = "user"
    CONVERSATION = "conversation"
    FILE = "file"


class Ids(Protocol):
    """Ids of everything of a kind.

    I1  `page` is in order of id: `limit` of those after the id `after`.
    I2  What was stored before a call, and can be found by its id, is on the page it belongs to.
    """

    async def page(self, kind: IdKind, after: str, limit: int) -> Sequence[str]: ...
