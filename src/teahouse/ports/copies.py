"""Copies of what a slow store has, kept in front of it: by one node (`Copies`), and by all in common (`CommonCopies`).

Rule: a copy is never the truth, and may be lost at any time. What it stands for is changed in the store first. Made by
app/caching.py; the engine tells other nodes of changes, and hears of theirs (engine/elsewhere.py).
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Protocol

from msgspec import Struct


class Copies(Protocol):
    """What this node keeps, by name.

    K1  `told` is called, once a change was stored, with the names of what is not so any more. It may be heard twice.
    K2  `outdated`: another node was told that. What was read before is not given any more by a read that begins after.
    K3  `forget`: something may not have been heard. Nothing that was read before is given any more.
    """

    told: Callable[[Sequence[str]], None]

    def outdated(self, names: Collection[str]) -> None: ...

    def forget(self) -> None: ...

    def counts(self) -> Mapping[tuple[str, str], int]:
        """How often something was asked for, by cache and by what answered: own, joined, common, store or filter."""
        ...

    def sizes(self) -> Mapping[str, int]:
        """How many values are kept, by cache."""
        ...


class Taken(Struct, frozen=True, gc=False):
    """What there was under a name: a value, or else the leave to put one, if it is to be had."""

    value: bytes | None = None
    lease: bytes | None = None


class CommonCopies(Protocol):
    """What all nodes keep in common, by name. A change is made between `hold` and `drop`.

    C1  `take` gives what was put last. If there is nothing, one of those who ask gets a lease; the others get nothing.
    C2  `put` stores if its lease holds: for a few seconds, and until somebody holds or drops the name, or has put.
    C3  From `hold` on there is nothing under the names, and nothing can be put, until `drop`; or if that never comes,
        for longer than a transaction takes.
    C4  No call raises, and none waits for long: without an answer it is as if nothing were kept. What could not be
        held is dropped later, and until then not given to the node that tried to.
    C5  A value goes after so many seconds as it was put with, or a little earlier.
    """

    async def take(self, name: str) -> Taken: ...

    def put(self, name: str, lease: bytes, value: bytes, keep_s: float) -> None:
        """Nobody waits for it."""
        ...

    async def hold(self, names: Collection[str]) -> None: ...

    def drop(self, names: Collection[str]) -> None:
        """Nobody waits for it. What was published before it is heard after it, where hints go the same way."""
        ...
