"""Directory (ports/directory.py) of the other store, beside a log in MongoDB.

Rule: a change that no entry carries comes after those that earlier entries carry; so what a crash left unpaid in a
conversation is paid first (debts.py). Reads go straight through. Lanes of an outlet go with it (W3).
"""

from collections.abc import Sequence

from teahouse.backends.mongodb.connection import Connection, whole
from teahouse.backends.mongodb.debts import Debts
from teahouse.model.changes import Change, DropOutlet, PutConversation, PutMember
from teahouse.model.conversations import Conversation, Member
from teahouse.ports.directory import Directory


class SettledDirectory:
    def __init__(self, directory: Directory, debts: Debts, connection: Connection) -> None:
        self._directory = directory
        self._debts = debts
        self._connection = connection

    async def conversation(self, conversation: str) -> Conversation | None:
        return await self._directory.conversation(conversation)

    async def members(self, conversation: str, after: str = "", limit: int = 1_000_000) -> list[Member]:
        return await self._directory.members(conversation, after, limit)

    async def place(self, conversation: str, user: str) -> Member | None:
        return await self._directory.place(conversation, user)

    async def memberships(self, user: str) -> list[str]:
        return await self._directory.memberships(user)

    async def formerly(self, user: str) -> list[str]:
        return await self._directory.formerly(user)

    async def topics(self) -> list[tuple[str, str]]:
        return await self._directory.topics()

    async def apply(self, changes: Sequence[Change]) -> None:
        for conversation in dict.fromkeys(c for change in changes if (c := _place(change))):
            await self._debts.settle(conversation)
        await self._directory.apply(changes)
        gone = [change.outlet for change in changes if isinstance(change, DropOutlet)]
        if gone:
            await self._drop_lanes(gone)

    @whole
    async def _drop_lanes(self, outlets: Sequence[str]) -> None:
        async with self._connection.using():
            await self._connection.lanes.delete_many({"outlet": {"$in": list(outlets)}})


def _place(change: Change) -> str:
    """Whose order counts; a conversation that is just made has none yet, but asking is cheap."""
    match change:
        case PutMember(member):
            return member.conversation
        case PutConversation(conversation):
            return conversation.id
    return ""
