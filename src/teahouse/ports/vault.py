"""What the server knows that nobody else may, and what is good once: the same on all its nodes."""

from typing import Protocol

from msgspec import Struct


class Secret(Struct, frozen=True):
    """What is kept under a name. `version` grows with each change, from 1. `place` is where, for a person."""

    value: bytes
    version: int
    place: str = ""


class Vault(Protocol):
    """Secrets of the server itself, few and small: what tokens are signed with, who it is to push services.

    X1  What `put` stored is durable when it returns, and found by all nodes at once, and after a restart.
    X2  `put` takes effect if nobody has put since the version that was seen (0: there was nothing); else it changes
        nothing and gives False. Of many at once one gets True.
    """

    async def get(self, name: str) -> Secret | None: ...

    async def put(self, name: str, value: bytes, seen: int) -> bool: ...


class Spent(Protocol):
    """What is good once, over all nodes, and was used; known by a digest.

    X3  `spend` is True for the first who spends it, and for nobody else until it is forgotten; durable when it
        returns.
    X4  `forget` forgets what was spent `until` a time before `now` (milliseconds UTC): by then it is no good anyway.
    """

    async def spend(self, digest: bytes, until: int) -> bool: ...

    async def forget(self, now: int) -> int:
        """How many."""
        ...
