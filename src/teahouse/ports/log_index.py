"""Ways into the log other than by seq: replies of a thread, pins, and single entries."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from teahouse.model.entries import Entry
from teahouse.model.threads import Thread


class LogIndex(Protocol):
    """Derived from the log, and never ahead of it or behind.

    I1  An entry that was appended with PutReply is found as a reply from then on, at once and after a restart.
    I2  `threads` counts replies that are not redacted; roots without any are left out.
    I3  `pinned` are the messages whose last pin says so; a redacted message is pinned no more.
    """

    async def pick(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        """These entries, ascending; those that do not exist are left out."""
        ...

    async def replies(
        self, conversation: str, root: int, span: tuple[int, int], limit: int, newest: bool = False
    ) -> list[Entry]:
        """Replies to `root` with span[0] < seq <= span[1], ascending, at most `limit`: the first ones, or with
        `newest` the last ones."""
        ...

    async def threads(
        self, conversation: str, roots: Sequence[int], span: tuple[int, int]
    ) -> Mapping[int, Thread]:
        """What replies in that span make of these roots (I2)."""
        ...

    async def pinned(self, conversation: str, upto: int, limit: int) -> list[tuple[int, int]]:
        """Seqs of the messages that are pinned (I3) by entries up to `upto`, with that of the pin, the last pinned
        first."""
        ...
