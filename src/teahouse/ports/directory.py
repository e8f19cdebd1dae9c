"""Who there is, which conversations there are, and who is in them."""

from collections.abc import Sequence
from typing import Protocol

from teahouse.model.changes import Change
from teahouse.model.conversations import Conversation, Member
from teahouse.model.people import User


class Users(Protocol):
    """Users by their names.

    U1  An applied PutUser is found by all three calls, at once and after a restart.
    U2  `account` finds accounts only, by folded nick; guests have no name that lasts.
    """

    async def user(self, user: str) -> User | None: ...

    async def account(self, nick: str) -> User | None:
        """The account whose folded nick is `nick` (already folded)."""
        ...

    async def guest(self, resume: bytes) -> User | None:
        """The guest whose resume secret has this SHA-256."""
        ...


class Directory(Protocol):
    """Conversations and members.

    D1  `apply` is durable when it returns, all changes or none; applying the same changes again does nothing.
    D2  Changes that travel with log entries (L5) become visible here with the entry.
    D3  `members` gives those who left, too; `memberships` only conversations the user is still in, `formerly` only
        those they are no longer in. Who is in a conversation that was dissolved is in it no more.
    D4  PutMember replaces the whole row of (conversation, user), PutConversation the whole row of its id.
    D5  Changes with an Expect that is not so are refused as Overtaken, all of them.
    """

    async def conversation(self, conversation: str) -> Conversation | None: ...

    async def members(self, conversation: str, after: str = "", limit: int = 1_000_000) -> list[Member]:
        """Rows in order of user id, `limit` after the user id `after`."""
        ...

    async def place(self, conversation: str, user: str) -> Member | None:
        """The row of one user, who may have left."""
        ...

    async def memberships(self, user: str) -> list[str]:
        """Ids of the conversations the user is in, in order. The lobby is not listed: everybody is in it."""
        ...

    async def formerly(self, user: str) -> list[str]:
        """Ids of the conversations the user was in and left, or had to leave, in order."""
        ...

    async def topics(self) -> list[tuple[str, str]]:
        """(conversation, pattern) of all rooms that listen to a topic pattern."""
        ...

    async def apply(self, changes: Sequence[Change]) -> None:
        """Apply changes that no entry carries (D1). SEQ_OF_ENTRY is not allowed here."""
        ...
