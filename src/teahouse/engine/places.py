"""Places: how somebody's place in a conversation is changed, whoever wanted it. Used by membership, entrance and bans.

Rule: a change of place is an entry that carries it, so that all members hear of it. From `large_group` members on,
coming and going by itself is not: thousands would be told of each one. It is then a change of the directory alone,
and those whose own place it is are told without a seq (decision 0021).
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple
from weakref import WeakValueDictionary

import msgspec

from teahouse.engine import ack
from teahouse.engine.fanout import Fanout
from teahouse.engine.nodes import placed_by
from teahouse.engine.options import EngineOptions
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import MANAGERS, Route, access_manager
from teahouse.engine.session import Session
from teahouse.engine.store import Append
from teahouse.engine.stores import Stores
from teahouse.model import commands, events
from teahouse.model.changes import SEQ_OF_ENTRY, Change, DropRequest, PutMember, placed_member, reads_of
from teahouse.model.conversations import Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.entries import Appended, Draft, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person, User
from teahouse.model.results import Joined, Logged, Result

_encode = msgspec.json.Encoder().encode


class MemberContent(msgspec.Struct, omit_defaults=True):
    """`change`: joined, left, invited, kicked, role, muted, unmuted, banned, unbanned."""

    user: Person
    change: str
    role: str = ""
    until: int = 0
    reason: str = ""


class Cause(NamedTuple):
    """Who changes something; `session` and `re` where the change answers a command, by `answer`."""

    user: User
    session: Session | None = None
    re: commands.Id | None = None
    answer: Callable[[Draft, Appended], Result] = ack.logged
    reason: str = ""


class Places:
    """`whisper` tells somebody alone, on all devices but one."""

    def __init__(
        self,
        stores: Stores,
        pipeline: Pipeline,
        route: Route,
        rosters: Rosters,
        fanout: Fanout,
        options: EngineOptions,
    ) -> None:
        self._stores = stores
        self._clock = stores.clock
        self._pipeline = pipeline
        self._route = route
        self._rosters = rosters
        self._fanout = fanout
        self._large = options.large_group
        self._judging = pipeline.judging
        self.whisper: Callable[[str, events.AnyEvent, Session | None], None]
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    def rests(self, roster: Roster, users: Iterable[str], most: int = -1) -> tuple[Change, ...]:
        """What a change of the settings rests on (judging.py)."""
        return self._judging.expect(roster, users, most)

    def turn(self, conversation: str) -> asyncio.Lock:
        """One change of settings, roles, mutes or bans of a conversation at a time: each replaces whole rows, and
        must know what those before it made of them."""
        lock = self._locks.get(conversation)
        if lock is None:
            lock = self._locks[conversation] = asyncio.Lock()
        return lock

    def is_large(self, roster: Roster) -> bool:
        return len(roster.members) >= self._large

    def check_admissible(self, roster: Roster, user: User) -> None:
        """May this user come in at all? A ban keeps them out, and while one is being written, or they are leaving,
        nobody knows."""
        if roster.conversation.dissolved:
            raise Problem(Code.NOT_FOUND, f"there is no conversation {roster.conversation.id!r}")
        if roster.is_banned(user.id):
            raise Problem(Code.FORBIDDEN, f"{user.nick!r} is banned from this conversation")
        if user.id in roster.leaving:
            raise Problem(Code.CONFLICT, f"{user.nick!r} is going out right now; try again")

    def check_room(self, roster: Roster, more: int) -> None:
        room = roster.room()
        if room is not None and more > room:
            limit = roster.conversation.limit
            raise Problem(Code.CONFLICT, f"the conversation is full: it has at most {limit} members")

    async def bring_in(
        self, cause: Cause, roster: Roster, people: Sequence[User], change: str, also: Sequence[Change] = ()
    ) -> Result | None:
        """Let people in, an entry each; the last one answers the command. Their room is taken at once. `also`
        happens together with the last one."""
        for user in people:
            self.check_admissible(roster, user)
        self.check_room(roster, len(people))
        entering = {user.id for user in people}
        roster.entering |= entering
        try:
            if self.is_large(roster):
                return await self._bring_in_quietly(cause, roster, people, change, also)
            alone = Cause(cause.user)
            *first, last = [returning(roster, user) for user in people]
            started = []
            for member in first:
                changed = self.change(alone, roster, member, change, self._admitted(roster, member))
                if self._judging.alone:
                    started.append(changed)
                else:
                    await changed  # one may be refused, and the last one is the answer
            started += [self.change(cause, roster, last, change, [*self._admitted(roster, last), *also])]
            for settled in started:
                await settled
        finally:
            roster.entering -= entering
        return None

    def _admitted(self, roster: Roster, member: Member) -> list[Change]:
        """What somebody's coming in, besides their place, changes, and rests on."""
        return [*self._settled(roster, member), *self._roomy(roster, [member.user])]

    def _roomy(self, roster: Roster, users: Sequence[str]) -> tuple[Change, ...]:
        """There is room for these."""
        limit = roster.conversation.limit
        return self._judging.expect(roster, users, limit - len(users)) if limit else ()

    def _settled(self, roster: Roster, member: Member) -> list[Change]:
        """A request to join is settled by coming in, whatever way."""
        if roster.conversation.join is JoinRule.APPROVAL:
            return [DropRequest(member.conversation, member.user)]
        return []

    async def _bring_in_quietly(
        self, cause: Cause, roster: Roster, people: Sequence[User], change: str, also: Sequence[Change]
    ) -> Result:
        conversation = roster.conversation.id
        head = await self._head(conversation)
        members = [after(returning(roster, user), roster.conversation, head) for user in people]
        changes: list[Change] = [PutMember(member) for member in members]
        for member in members:
            changes += self._settled(roster, member)
        users = [user.id for user in people]
        changes += [*self._judging.expect(roster, [*users, cause.user.id]), *self._roomy(roster, users)]
        await self._apply(conversation, [*changes, *also])
        for user in people:
            self._fanout.admit(conversation, user.id, head)
            self._tell_about(cause, conversation, user, change)
        if cause.answer is ack.logged:
            mine = roster.member(cause.user)
            return Logged(0 if mine is None else mine.joined)
        return Joined(conversation, head)

    async def remove(
        self, cause: Cause, roster: Roster, member: Member, change: str, also: Sequence[Change] = ()
    ) -> Result | None:
        """Let somebody out. From now on they cannot send, so that nothing of theirs follows the entry."""
        roster.leaving.add(member.user)
        try:
            if change == "left" and self.is_large(roster):
                return await self._remove_quietly(cause, roster, member, also)
            await self.change(cause, roster, leaving(member), change, also)
        finally:
            roster.leaving.discard(member.user)
        return None

    async def _remove_quietly(
        self, cause: Cause, roster: Roster, member: Member, also: Sequence[Change]
    ) -> Result:
        conversation = roster.conversation.id
        head = max(await self._head(conversation), 1)
        put = PutMember(placed_member(leaving(member), head))
        await self._apply(conversation, [put, *self._judging.expect(roster, [member.user]), *also])
        self._fanout.part(conversation, member.user)
        self._tell_about(cause, conversation, User(member.user, member.nick), "left")
        return Logged(head)

    async def _apply(self, conversation: str, changes: Sequence[Change]) -> None:
        """Make changes that no entry carries true, in the store and here. A store that does not answer in time may
        have made them all the same: then they are read anew."""
        try:
            await self._stores.directory.apply(changes)
        except BaseException:
            self._rosters.forget(conversation)
            raise
        self._rosters.apply(changes, 0)
        if (news := placed_by(changes, 0)) is not None:
            self._fanout.nodes.tell(news)

    async def _head(self, conversation: str) -> int:
        """The last seq that was committed."""
        if (head := self._fanout.head(conversation)) is not None:
            return head
        return (await self._stores.log.heads([conversation])).get(conversation, 0)

    def _tell_about(self, cause: Cause, conversation: str, user: User, change: str) -> None:
        """Tell somebody's devices of their own place, which no entry does."""
        event = events.Membership(
            conversation,
            Person(user.id, user.nick),
            change,
            Person(cause.user.id, cause.user.nick),
            self._clock.now(),
        )
        self.whisper(user.id, event, cause.session)

    def change(
        self, cause: Cause, roster: Roster, member: Member, change: str, also: Sequence[Change] = ()
    ) -> asyncio.Future[Appended]:
        """Write the entry that changes a member's place. Overtaken if another node changed it, or that of whoever
        wants it, or the settings."""
        content = MemberContent(
            Person(member.user, member.nick),
            change,
            member.role if change == "role" else "",
            member.muted_until if change == "muted" else 0,
            cause.reason,
        )
        rests = self._judging.expect(roster, [member.user, cause.user.id])
        changes = (PutMember(member), *also, *rests)
        return self.write(cause, roster.conversation.id, Kind.MEMBER, _encode(content), changes)

    def write(
        self, cause: Cause, conversation: str, kind: Kind, content: bytes, changes: Sequence[Change]
    ) -> asyncio.Future[Appended]:
        """Write an entry that is no message."""
        by = cause.user
        draft = Draft(conversation, kind, by.id, by.nick, self._clock.now(), content, changes=tuple(changes))
        return self._pipeline.commit(Append(draft, cause.answer, cause.session, cause.re))

    async def managed(self, session: Session, conversation: str, name: str) -> tuple[Roster, Member]:
        """A member the user has power over: admins over members, the owner over all but themselves."""
        roster = await self._rosters.load(conversation)
        manager = access_manager(roster, session.identity)
        check_several(roster.conversation)
        target = await self.target(roster, name)
        check_power(manager, target)
        return roster, target

    async def target(self, roster: Roster, name: str) -> Member:
        person = await self._route.person(name)
        member = roster.member(person)
        if member is None:
            raise Problem(Code.NOT_FOUND, f"{name!r} is not a member of this conversation")
        return member

    async def people(self, names: Sequence[str], without: str = "") -> list[User]:
        """Users by id or `@nick`, each once."""
        found: dict[str, User] = {}
        for name in names:
            user = await self._route.person(name)
            if user.id != without:
                found[user.id] = user
        return list(found.values())

    async def check_not_blocked(self, user: User, people: Sequence[User]) -> None:
        """Who blocked somebody is not brought into conversations by them."""
        if not people:
            return
        blockers = await self._stores.relations.blockers(user.id, [person.id for person in people])
        if blockers:
            nick = next(person.nick for person in people if person.id in blockers)
            raise Problem(Code.BLOCKED, f"{nick!r} has blocked you")


def check_power(manager: Member, target: Member) -> None:
    """Has this owner or admin power over that member?"""
    if target.user == manager.user:
        raise Problem(Code.BAD_REQUEST, "you cannot do this to yourself")
    if target.role in MANAGERS and manager.role is not Role.OWNER:
        raise Problem(Code.FORBIDDEN, "only the owner has power over owners and admins")


def check_several(conversation: Conversation) -> None:
    if conversation.kind is ConversationKind.DIRECT:
        raise Problem(Code.FORBIDDEN, "a direct conversation has its two people for good")


def entering(conversation: Conversation, user: User, role: Role = Role.MEMBER) -> Member:
    """The place of somebody who comes in, as the conversation's settings are now."""
    reads = reads_of(conversation.reach, conversation.last)
    return Member(conversation.id, user.id, user.nick, role, joined=SEQ_OF_ENTRY, reads=reads)


def returning(roster: Roster, user: User) -> Member:
    """Who was muted and left comes back muted."""
    member = entering(roster.conversation, user)
    former = roster.former.get(user.id)
    return member if former is None else msgspec.structs.replace(member, muted_until=former.muted_until)


def leaving(member: Member) -> Member:
    return msgspec.structs.replace(member, role=Role.MEMBER, left=SEQ_OF_ENTRY)


def after(member: Member, conversation: Conversation, head: int) -> Member:
    """The place of somebody who comes in without an entry, when the log ends with entry `head`."""
    reads = 1 if conversation.reach is Reach.ALL else max(head + 1 - conversation.last, 1)
    return msgspec.structs.replace(member, joined=max(head, 1), reads=reads)
