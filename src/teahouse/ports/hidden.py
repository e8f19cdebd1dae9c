"""What somebody has deleted for themselves."""

from collections.abc import Mapping, Sequence
from typing import Protocol


class Hidden(Protocol):
    """Entries that one user does not want to see any more, and everybody else still sees.

    H1  `hide` is durable when it returns, and hiding again does nothing.
    H2  `hidden` gives what this user has hidden, after < seq <= upto, and nobody else's.
    H3  `everywhere` gives all that this user has hidden, by conversation; None if that are more than `most` entries.
    """

    async def hide(self, user: str, conversation: str, seqs: Sequence[int]) -> None: ...

    async def hidden(self, user: str, conversation: str, after: int, upto: int) -> frozenset[int]: ...

    async def everywhere(self, user: str, most: int) -> Mapping[str, frozenset[int]] | None: ...
