"""Bots and incoming webhooks. They are put and dropped by changes (model/changes.py)."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.bots import Bot, Hook


class Bots(Protocol):
    """The bots.

    B1  An applied PutBot is found by all calls, at once and after a restart; a dropped one by none.
    B2  A secret belongs to one bot at most.
    B3  A bot is an account of kind bot (ports/accounts.py) from PutBot to DropBot, by its nick and without a password;
        `conflict` if somebody else logs in by that name.
    """

    async def bot(self, bot: str) -> Bot | None: ...

    async def by_secret(self, secret: bytes) -> Bot | None:
        """The bot whose token has this SHA-256."""
        ...

    async def owned(self, owner: str) -> Sequence[Bot]:
        """In order of id."""
        ...

    async def commanded(self) -> Sequence[Bot]:
        """All bots that have slash commands, oldest first."""
        ...


class Hooks(Protocol):
    """The incoming webhooks.

    H1  An applied PutHook is found by all calls, at once and after a restart; a dropped one by none.
    H2  A secret belongs to one hook at most.
    """

    async def hook(self, hook: str) -> Hook | None: ...

    async def by_secret(self, secret: bytes) -> Hook | None:
        """The hook whose address has this SHA-256."""
        ...

    async def of(self, conversation: str) -> Sequence[Hook]:
        """In order of id."""
        ...
