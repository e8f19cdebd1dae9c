"""Finding messages again."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.entries import Entry
from teahouse.model.searching import Criteria, Window


class Finder(Protocol):
    """Messages by what they say. What it keeps is derived from the log and can be made from it anew.

    S1  `find` gives messages that fit the criteria (`fits()` in model/searching.py, by the content of their newest
        edit) and lie in one of the windows; never another one.
    S2  Newest first, in the order in which they were committed; within one conversation by descending seq.
    S3  With `start`, the place of a message, only what comes after it in this order. So pages taken one after the
        other, each from the last message of the one before, hold each message once.
    S4  All of it: fewer than `limit` means that there are no more.
    S5  What was appended, edited, recalled or redacted before `caught_up` was called is found, or no longer found,
        when it returns. Without that call, within moments; also after a restart, and after a crash in between.
    S6  What is recalled or redacted is not found from that moment on, and its words are erased with it. A message of
        which an edit alone is redacted need not be found any more.
    """

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        """Messages as the log has them (S1-S4). Problem `unavailable` if it takes too long."""
        ...

    async def caught_up(self) -> None: ...
