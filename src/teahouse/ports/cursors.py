"""How far everybody has read."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from teahouse.model.marks import Advance, Mark, Unread


class Cursors(Protocol):
    """Watermarks and list settings, one Mark a (conversation, user).

    C1  Watermarks only rise: the stored value is the largest ever put, in whatever order calls come.
    C2  `advance` is durable when it returns; all its items or none.
    C3  `unread` is derived from the log at each call: entries of kind message with
        max(mark.read, mark.cleared, since, last own message) < seq, not redacted, not sent by SYSTEM, and not
        hidden by the user (ports/hidden.py). `mentions` are those of them that mention the user or EVERYBODY.
        Counting stops at 10,000.
    C4  `delivered_at` and `read_at` are the `at` of the advance by which the watermark last rose.
    """

    async def advance(self, advances: Sequence[Advance]) -> None: ...

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        """The user's marks; conversations without any are left out."""
        ...

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        """All marks of a conversation, by user: who has read what."""
        ...

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        """Unread counts (C3) of each conversation in `since`, whose value is the seq of joining."""
        ...
