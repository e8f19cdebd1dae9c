"""Users and Directory (ports/directory.py) in memory."""

from collections.abc import Sequence

from teahouse.backends.drafts import check_placed
from teahouse.backends.memory.changes import account, admits, apply, check, standing
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.standing import Wanted
from teahouse.model.changes import Change, UseLink
from teahouse.model.conversations import Conversation, Member
from teahouse.model.errors import Code, Overtaken, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.people import User


class MemoryUsers:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def user(self, user: str) -> User | None:
        return self._store.users.get(user)

    async def account(self, nick: str) -> User | None:
        return account(self._store, nick)

    async def guest(self, resume: bytes) -> User | None:
        users = self._store.users
        return next(
            (users[u] for u, r in self._store.resumes.items() if r == resume and users[u].guest), None
        )


class MemoryDirectory:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def conversation(self, conversation: str) -> Conversation | None:
        return self._store.conversations.get(conversation)

    async def members(self, conversation: str, after: str = "", limit: int = 1_000_000) -> list[Member]:
        members = self._store.members.get(conversation, {})
        return [members[user] for user in sorted(members) if user > after][:limit]

    async def place(self, conversation: str, user: str) -> Member | None:
        return self._store.members.get(conversation, {}).get(user)

    async def memberships(self, user: str) -> list[str]:
        return sorted(
            conversation
            for conversation, members in self._store.members.items()
            if user in members and not members[user].left and self._lives(conversation)
        )

    async def formerly(self, user: str) -> list[str]:
        return sorted(
            conversation
            for conversation, members in self._store.members.items()
            if user in members and members[user].left
        )

    def _lives(self, conversation: str) -> bool:
        known = self._store.conversations.get(conversation)
        return conversation != LOBBY and (known is None or not known.dissolved)

    async def topics(self) -> list[tuple[str, str]]:
        return sorted((c.id, c.topic) for c in self._store.conversations.values() if c.topic)

    async def apply(self, changes: Sequence[Change]) -> None:
        self._store.check_writable()
        expected = Wanted()
        expected.expect(changes)
        wrong = standing(self._store, expected).contradicted(changes)
        if wrong is not None:
            raise Overtaken(wrong)
        for change in changes:
            check_placed(change)
            check(self._store, change)
            if isinstance(change, UseLink) and not admits(self._store, change):
                raise Problem(Code.CONFLICT, "the invitation link lets nobody in any more")
        for change in changes:
            apply(self._store, change)
