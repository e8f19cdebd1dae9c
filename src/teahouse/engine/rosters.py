"""Rosters: conversations with their members, as the engine keeps them in memory.

Rule: a cache of the directory, moved by the changes that were committed and by nothing else. What is not here is
loaded once, however many ask, and a page at a time, so that nobody waits for a large one. What somebody may read is
said in one place, `Roster.readable`.
"""

import asyncio
from bisect import bisect_left, bisect_right, insort
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Sequence

from msgspec.structs import replace

from teahouse.model.changes import Change, PutConversation, PutMember, placed_member
from teahouse.model.changes import placed as placed_change
from teahouse.model.conversations import LOBBY_CONVERSATION, Conversation, ConversationKind, Member, Role
from teahouse.model.entries import JUDGED
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.people import User
from teahouse.ports.directory import Directory
from teahouse.ports.relations import Relations

_PAGE = 1000
_NOBODY: frozenset[str] = frozenset()


class Roster:
    """A conversation and who is, or was, in it. `entering` and `leaving` are users whose coming in or removal is
    being written. `blockers` are, of the two of a direct conversation, those who have blocked the other. `reachable`
    is push.py's, and forgotten when a place changes. `since` is an entry: what it and those before it changed is known;
    judging.py raises it. Below 0 on a server that is alone."""

    __slots__ = (
        "_by_nick",
        "_order",
        "blockers",
        "conversation",
        "entering",
        "former",
        "leaving",
        "managers",
        "members",
        "reachable",
        "since",
    )

    def __init__(self, conversation: Conversation, members: Iterable[Member] = ()) -> None:
        self.conversation = conversation
        self.members: dict[str, Member] = {}
        self.former: dict[str, Member] = {}
        self.managers: set[str] = set()
        self.entering: set[str] = set()
        self.leaving: set[str] = set()
        self.blockers = _NOBODY
        self._by_nick: dict[str, str] | None = None
        self._order: list[str] | None = None
        self.reachable: tuple[int, Sequence[str]] | None = None
        self.since = 0
        for member in members:
            self.put(member)

    def member(self, user: User) -> Member | None:
        """The user's place, if they are in. Everybody is in the lobby."""
        member = self.members.get(user.id)
        if member is None and self.conversation.id == LOBBY:
            return Member(LOBBY, user.id, user.nick)
        return None if user.id in self.leaving else member

    def place(self, user: User) -> Member | None:
        """The user's place now, or the one they had. Who was banned without ever having been in had none."""
        place = self.member(user) or self.members.get(user.id) or self.former.get(user.id)
        return None if place is not None and place.left and not place.joined else place

    def room(self) -> int | None:
        """How many more may come in; None for any number."""
        if not self.conversation.limit:
            return None
        return self.conversation.limit - len(self.members) - len(self.entering - self.members.keys())

    def put(self, member: Member) -> None:
        """Somebody's place is now this."""
        self.reachable = None
        user = member.user
        before = self.members.get(user)
        if member.left or self.conversation.dissolved:
            self.former[user] = member
            if before is not None:
                del self.members[user]
                self._forget(before)
            return
        self.members[user] = member
        if before is None:
            self.former.pop(user, None)
            if self._order is not None:
                insort(self._order, user)
        self._index(before, member)
        if member.role is Role.MEMBER:
            self.managers.discard(user)
        else:
            self.managers.add(user)

    def _forget(self, member: Member) -> None:
        self.managers.discard(member.user)
        if self._order is not None:
            del self._order[bisect_left(self._order, member.user)]
        self._unindex(member)

    def _index(self, before: Member | None, member: Member) -> None:
        if self._by_nick is None:
            return
        if before is not None and before.nick != member.nick:
            self._unindex(before)
        self._by_nick[fold_nick(member.nick)] = member.user

    def _unindex(self, member: Member) -> None:
        """A small index is made again, which also finds others of the same nick; a large one is mended."""
        if self._by_nick is None or len(self._by_nick) <= _PAGE:
            self._by_nick = None
        elif self._by_nick.get(folded := fold_nick(member.nick)) == member.user:
            del self._by_nick[folded]

    def named(self, folded: str) -> str | None:
        """The member with this folded nick."""
        if self._by_nick is None:
            self._by_nick = {fold_nick(member.nick): member.user for member in self.members.values()}
        return self._by_nick.get(folded)

    def page(self, after: str, limit: int) -> list[str]:
        """Members in order of user id, `limit` after the user id `after`."""
        if self._order is None:
            self._order = sorted(self.members)
        start = bisect_right(self._order, after)
        return self._order[start : start + limit]

    def index(self) -> None:
        """Keep a nick index from now on, so that a large roster need not make one at once."""
        if self._by_nick is None:
            self.named("")

    def owners(self) -> list[Member]:
        return [m for user in self.managers if (m := self.members[user]).role is Role.OWNER]

    def banned(self) -> list[Member]:
        """Those who may not come back, in order of user id."""
        return sorted((m for m in self.former.values() if m.banned), key=lambda m: m.user)

    def is_banned(self, user: str) -> bool:
        former = self.former.get(user)
        return former is not None and former.banned > 0

    def close(self) -> None:
        """The conversation was dissolved: nobody is in it any more, and what was there stays readable."""
        self.former.update(self.members)
        self.members = {}
        self.managers = set()
        self._by_nick = self._order = self.reachable = None

    def readable(self, user: User) -> tuple[int, int] | None:
        """The seqs a user may read: (after, upto), upto 0 for no end; None for nothing at all.

        This is the one place that says so: for history, search, replies, files and exports alike.
        """
        member = self.place(user)
        if member is None:
            return None
        return max((member.reads or member.joined) - 1, 0), member.left or self.conversation.dissolved


class Rosters:
    """All rosters in memory, the least used ones let go: `most` of them at most, with `most_members` members. `end`
    says where a log ends (judging.py)."""

    def __init__(
        self, directory: Directory, relations: Relations, most: int, most_members: int = 2_000_000
    ) -> None:
        self._directory = directory
        self._relations = relations
        self._most = most
        self._most_members = most_members
        self._members = 0  # in all that are cached, as they were loaded
        self._sizes: dict[str, int] = {}
        self._cached: OrderedDict[str, Roster] = OrderedDict()
        self._loading: dict[str, asyncio.Task[Roster | None]] = {}
        self._stale: set[str] = set()
        self._late: dict[str, list[tuple[int, Member]]] = {}
        self.end: Callable[[str], Awaitable[int]] = _unknown

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
        try:
            while True:
                self._stale.discard(conversation)
                late: list[tuple[int, Member]] = []
                self._late[conversation] = late
                since = await self.end(conversation)
                known = await self._directory.conversation(conversation)
                if known is None and conversation == LOBBY:
                    known = LOBBY_CONVERSATION
                if known is None:
                    return None
                roster = await self._read(known)
                roster.since = since
                if conversation not in self._stale:  # else a change came in between: read again
                    break
        finally:
            self._late.pop(conversation, None)
        for seq, member in late:  # what was committed meanwhile; a page may be older
            if not _has(roster, seq, member):
                roster.put(member)
        self._keep(roster)
        return roster

    async def _read(self, conversation: Conversation) -> Roster:
        """A roster, a page at a time: the loop runs in between."""
        roster = Roster(conversation)
        after = ""
        while page := await self._directory.members(conversation.id, after, _PAGE):
            for member in page:
                roster.put(member)
            if len(page) < _PAGE:
                break
            after = page[-1].user
            roster.index()
        if conversation.kind is ConversationKind.DIRECT:
            roster.blockers = await self._blockers(roster)
        return roster

    async def _blockers(self, roster: Roster) -> frozenset[str]:
        """Of the two of a direct conversation, those who have blocked the other."""
        both = tuple(roster.members)
        found: set[str] = set()
        for user in both:
            found.update(await self._relations.blockers(user, [other for other in both if other != user]))
        return frozenset(found)

    def _keep(self, roster: Roster) -> None:
        name = roster.conversation.id
        self._cached[name] = roster
        self._sizes[name] = len(roster.members) + len(roster.former)
        self._members += self._sizes[name]
        while len(self._cached) > self._most or (
            self._members > self._most_members and len(self._cached) > 1
        ):
            self._drop(next(iter(self._cached)))

    def _drop(self, conversation: str) -> None:
        if self._cached.pop(conversation, None) is not None:
            self._members -= self._sizes.pop(conversation)

    def forget(self, conversation: str) -> None:
        """Another node changed it: read it anew when it is next needed."""
        self._drop(conversation)
        self._touch(conversation)

    def forget_all(self, but: Iterable[str] = ()) -> None:
        """What other nodes did may not have been heard: read anew what is needed, except `but` these."""
        kept = set(but)
        for conversation in [c for c in self._cached if c not in kept]:
            self._drop(conversation)
        self._stale.update(c for c in self._loading if c not in kept)

    def blocked(self, conversation: str, blocker: str, on: bool) -> None:
        """Somebody blocked the other of a direct conversation, or does no longer."""
        self._touch(conversation)
        if (roster := self._cached.get(conversation)) is not None:
            roster.blockers = roster.blockers | {blocker} if on else roster.blockers - {blocker}

    def apply(self, changes: Iterable[Change], seq: int) -> list[Member]:
        """Make committed changes true here, too; the members they put, with the seq of their entry."""
        put = []
        for change in changes:
            if isinstance(change, PutMember):
                member = placed_member(change.member, seq)
                put.append(member)
                if (late := self._late.get(member.conversation)) is not None:
                    late.append((seq, member))
                roster = self._cached.get(member.conversation)
                if roster is not None and not _has(roster, seq, member):
                    roster.put(member)
            elif isinstance(change, PutConversation):
                made = placed_change(change, seq)
                assert isinstance(made, PutConversation)
                self._settle(made.conversation, seq)
        return put

    def rename(self, user: User) -> None:
        """The user's places have another nick, in the directory already."""
        self._stale.update(self._loading)
        for roster in self._cached.values():
            member = roster.members.get(user.id)
            if member is not None and member.nick != user.nick:
                roster.put(replace(member, nick=user.nick))

    def _settle(self, conversation: Conversation, seq: int) -> None:
        self._touch(conversation.id)
        if (roster := self._cached.get(conversation.id)) is not None and not _has(roster, seq):
            roster.conversation = conversation
            if conversation.dissolved:
                roster.close()

    def _touch(self, conversation: str) -> None:
        if conversation in self._loading:
            self._stale.add(conversation)


async def _unknown(_conversation: str) -> int:
    return JUDGED


def _has(roster: Roster, seq: int, member: Member | None = None) -> bool:
    """Whether it was read with what entry `seq` changed, and maybe with what came after that. What came without an
    entry is told by where the place begins and ends."""
    if seq or member is None:
        return 0 < seq <= roster.since
    known = roster.members.get(member.user) or roster.former.get(member.user)
    return known is not None and max(known.joined, known.left) > max(member.joined, member.left)


def joined(roster: Roster, user: User) -> int:
    """The seq of the entry that let the user in: nothing up to it counts as unread."""
    member = roster.member(user)
    return 0 if member is None else member.joined
