"""Rosters: conversations with their members, as the engine keeps them in memory.

Rule: a cache of the directory, moved by the changes that committed entries carry and by nothing else. What is not
here is loaded once, however many ask.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Iterable

from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutConversation, PutMember
from teahouse.model.conversations import LOBBY_CONVERSATION, Conversation, Member, Reach, Role
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.people import User
from teahouse.ports.directory import Directory


class Roster:
    """A conversation and who is, or was, in it. `entering` and `leaving` are users whose coming in or removal is
    being written."""

    __slots__ = ("_by_nick", "conversation", "entering", "former", "leaving", "members")

    def __init__(self, conversation: Conversation, members: Iterable[Member] = ()) -> None:
        self.conversation = conversation
        self.members: dict[str, Member] = {}
        self.former: dict[str, Member] = {}
        self.entering: set[str] = set()
        self.leaving: set[str] = set()
        self._by_nick: dict[str, str] | None = None
        for member in members:
            self.put(member)

    def member(self, user: User) -> Member | None:
        """The user's place, if they are in. Everybody is in the lobby."""
        member = self.members.get(user.id)
        if member is None and self.conversation.id == LOBBY:
            return Member(LOBBY, user.id, user.nick)
        return None if user.id in self.leaving else member

    def place(self, user: User) -> Member | None:
        """The user's place now, or the one they had."""
        return self.member(user) or self.members.get(user.id) or self.former.get(user.id)

    def room(self) -> int | None:
        """How many more may come in; None for any number."""
        if not self.conversation.limit:
            return None
        return self.conversation.limit - len(self.members) - len(self.entering - self.members.keys())

    def put(self, member: Member) -> None:
        self._by_nick = None
        if member.left:
            self.members.pop(member.user, None)
            self.former[member.user] = member
        else:
            self.members[member.user] = member
            self.former.pop(member.user, None)

    def named(self, folded: str) -> str | None:
        """The member with this folded nick."""
        if self._by_nick is None:
            self._by_nick = {fold_nick(member.nick): member.user for member in self.members.values()}
        return self._by_nick.get(folded)

    def owners(self) -> list[Member]:
        return [member for member in self.members.values() if member.role is Role.OWNER]

    def readable(self, user: User) -> tuple[int, int] | None:
        """The seqs a user may read: (after, upto), upto 0 for no end; None for nothing at all."""
        member = self.place(user)
        if member is None:
            return None
        after = 0 if self.conversation.reach is Reach.ALL else max(member.joined - 1, 0)
        return after, member.left


class Rosters:
    """All rosters in memory, the least used ones let go."""

    def __init__(self, directory: Directory, most: int) -> None:
        self._directory = directory
        self._most = most
        self._cached: OrderedDict[str, Roster] = OrderedDict()
        self._loading: dict[str, asyncio.Task[Roster | None]] = {}
        self._stale: set[str] = set()

    def get(self, conversation: str) -> Roster | None:
        """The roster, if it is in memory. The fast path of every send."""
        return self._cached.get(conversation)

    async def find(self, conversation: str) -> Roster | None:
        """The roster, from the directory if need be; None if there is no such conversation."""
        roster = self._cached.get(conversation)
        if roster is not None:
            self._cached.move_to_end(conversation)
            return roster
        task = self._loading.get(conversation)
        if task is None:
            task = asyncio.get_running_loop().create_task(self._load(conversation))
            self._loading[conversation] = task
            task.add_done_callback(lambda _: self._loading.pop(conversation, None))
        return await asyncio.shield(task)

    async def load(self, conversation: str) -> Roster:
        """`find`, or `not_found`."""
        roster = await self.find(conversation)
        if roster is None:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {conversation!r}")
        return roster

    async def _load(self, conversation: str) -> Roster | None:
        while True:
            self._stale.discard(conversation)
            known = await self._directory.conversation(conversation)
            if known is None and conversation == LOBBY:
                known = LOBBY_CONVERSATION
            if known is None:
                return None
            members = await self._directory.members(conversation)
            if conversation not in self._stale:  # else a change came in between: read again
                break
        roster = self._cached[conversation] = Roster(known, members)
        while len(self._cached) > self._most:
            self._cached.popitem(last=False)
        return roster

    def forget(self, conversation: str) -> None:
        """Another node changed it: read it anew when it is next needed."""
        self._cached.pop(conversation, None)
        self._touch(conversation)

    def apply(self, changes: Iterable[Change], seq: int) -> list[Member]:
        """Make committed changes true here, too; the members they put, with the seq of their entry."""
        put = []
        for change in changes:
            if isinstance(change, PutMember):
                member = placed(change.member, seq)
                put.append(member)
                self._touch(member.conversation)
                if (roster := self._cached.get(member.conversation)) is not None:
                    roster.put(member)
            elif isinstance(change, PutConversation):
                self._touch(change.conversation.id)
                if (roster := self._cached.get(change.conversation.id)) is not None:
                    roster.conversation = change.conversation
        return put

    def rename(self, user: User) -> None:
        """The user's places have another nick, in the directory already."""
        self._stale.update(self._loading)
        for roster in self._cached.values():
            member = roster.members.get(user.id)
            if member is not None and member.nick != user.nick:
                roster.put(replace(member, nick=user.nick))

    def _touch(self, conversation: str) -> None:
        if conversation in self._loading:
            self._stale.add(conversation)


def placed(member: Member, seq: int) -> Member:
    """The member with the seq of the entry that carries the change."""
    if member.joined != SEQ_OF_ENTRY and member.left != SEQ_OF_ENTRY:
        return member
    return Member(
        member.conversation,
        member.user,
        member.nick,
        member.role,
        seq if member.joined == SEQ_OF_ENTRY else member.joined,
        seq if member.left == SEQ_OF_ENTRY else member.left,
        member.muted_until,
    )


def joined(roster: Roster, user: User) -> int:
    """The seq of the entry that let the user in: nothing up to it counts as unread."""
    member = roster.member(user)
    return 0 if member is None else member.joined
