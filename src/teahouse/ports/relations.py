"""What users make of one another: blocks and contacts."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.relations import Block, Contact


class Relations(Protocol):
    """Blocks and contacts, each one user's own.

    R1  What `block`, `unblock`, `contact` and `uncontact` did is durable when they return, and found at once.
    R2  To block or to add somebody again changes nothing of a block, and the alias of a contact; `at` stays. To
        take away what is not there does nothing.
    R3  `block` and `contact` are False, and store nothing, when the user has `most` others already.
    R4  Lists are in order of user id, `limit` after the user id `after`, with the nicks of now.
    """

    async def block(self, user: str, other: str, at: int, most: int) -> bool: ...

    async def unblock(self, user: str, other: str) -> None: ...

    async def blocks(self, user: str, after: str = "", limit: int = 10_000) -> list[Block]: ...

    async def blockers(self, user: str, among: Sequence[str]) -> list[str]:
        """Those of `among` who have blocked `user`."""
        ...

    async def contact(self, user: str, contact: Contact, most: int) -> bool:
        """Add a contact, or change its alias."""
        ...

    async def uncontact(self, user: str, other: str) -> None: ...

    async def contacts(self, user: str, after: str = "", limit: int = 10_000) -> list[Contact]: ...
