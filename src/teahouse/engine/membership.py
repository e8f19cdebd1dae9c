"""Membership: create, join, leave, invite, kick, role, mute. Each is an entry that carries its change."""

from asyncio import Future
from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from teahouse.engine import ack, fresh
from teahouse.engine.options import EngineOptions
from teahouse.engine.pipeline import Pipeline
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import MANAGERS, Route, access, access_manager
from teahouse.engine.session import Session
from teahouse.engine.store import Append
from teahouse.model import commands
from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.entries import Appended, Draft, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.people import Person, User
from teahouse.model.results import Created, Logged, Result
from teahouse.model.topics import check_pattern
from teahouse.ports.clock import Clock

_encode = msgspec.json.Encoder().encode
FOREVER = -1


class MemberContent(msgspec.Struct, omit_defaults=True):
    """`change`: joined, left, invited, kicked, role, muted, unmuted."""

    user: Person
    change: str
    role: str = ""
    until: int = 0


class ConversationContent(msgspec.Struct, omit_defaults=True):
    kind: str
    title: str
    topic: str = ""
    members: tuple[Person, ...] = ()


class Cause(NamedTuple):
    """Who changes something; `session` and `re` where the change answers a command."""

    user: User
    session: Session | None = None
    re: commands.Id | None = None


class Membership:
    def __init__(
        self, pipeline: Pipeline, route: Route, rosters: Rosters, clock: Clock, options: EngineOptions
    ) -> None:
        self._pipeline = pipeline
        self._route = route
        self._rosters = rosters
        self._clock = clock
        self._options = options

    async def create(self, session: Session, command: commands.Create) -> None:
        """A new conversation, its owner and first members: one entry, all or nothing."""
        user = session.identity
        others = await self._people(command.members, without=user.id)
        made = self._conversation(command)
        if made.limit and len(others) >= made.limit:
            raise Problem(Code.BAD_REQUEST, f"a group has at most {made.limit} members")
        changes: list[Change] = [PutConversation(made)]
        changes += [PutMember(_entering(made.id, user, Role.OWNER))]
        changes += [PutMember(_entering(made.id, other)) for other in others]
        people = tuple(Person(u.id, u.nick) for u in (user, *others))
        content = _encode(ConversationContent(made.kind, made.title, made.topic, people))
        draft = self._draft(user, made.id, Kind.CONVERSATION, content, changes)

        def created(draft: Draft, appended: Appended) -> Result:
            return Created(draft.conversation, appended.seq, made.kind, made.title)

        await self._pipeline.commit(Append(draft, created, session, command.id))

    def _conversation(self, command: commands.Create) -> Conversation:
        kind = ConversationKind(command.kind)
        group = kind is ConversationKind.GROUP
        if command.topic and kind is not ConversationKind.ROOM:
            raise Problem(Code.BAD_REQUEST, "only a room listens to a topic")
        return Conversation(
            fresh.conversation_id(),
            kind,
            command.title.strip(),
            check_pattern(command.topic) if command.topic else "",
            JoinRule(command.join) if command.join else (JoinRule.INVITE if group else JoinRule.OPEN),
            Reach(command.reach) if command.reach else (Reach.JOINED if group else Reach.ALL),
            self._options.group_limit if group else 0,
            self._clock.now(),
        )

    async def join(self, session: Session, command: commands.Join) -> Logged | None:
        user = session.identity
        roster = await self._rosters.load(command.conversation)
        if (member := roster.member(user)) is not None:
            return Logged(member.joined)
        if roster.conversation.join is not JoinRule.OPEN:
            access(roster, user)
        self._check_room(roster, 1)
        await self._bring_in(Cause(user, session, command.id), roster, [user], "joined")
        return None

    async def leave(self, session: Session, command: commands.Leave) -> None:
        roster = await self._rosters.load(command.conversation)
        member = self._check_leavable(roster, session.identity)
        others = len(roster.members) > 1
        if member.role is Role.OWNER and others and len(roster.owners()) == 1:
            raise Problem(Code.FORBIDDEN, "hand the ownership over before you leave (op role, role owner)")
        await self._remove(Cause(session.identity, session, command.id), roster, member, "left")

    async def invite(self, session: Session, command: commands.Invite) -> Logged | None:
        """Members of a group may bring others in; elsewhere the owner and admins."""
        roster = await self._rosters.load(command.conversation)
        member = access(roster, session.identity)
        conversation = roster.conversation
        self._check_several(conversation)
        if conversation.kind is not ConversationKind.GROUP and member.role not in MANAGERS:
            raise Problem(Code.FORBIDDEN, "only the owner and admins may invite here")
        names = [*(command.users or ()), *([command.user] if command.user else ())]
        if not names:
            raise Problem(Code.BAD_REQUEST, "invite needs user or users")
        people = [p for p in await self._people(names) if p.id not in roster.members]
        if not people:
            return Logged(member.joined)
        self._check_room(roster, len(people))
        await self._bring_in(Cause(session.identity, session, command.id), roster, people, "invited")
        return None

    async def _bring_in(self, cause: Cause, roster: Roster, people: Sequence[User], change: str) -> None:
        """Let people in, an entry each; the last one answers the command. Their room is taken at once."""
        entering = {user.id for user in people}
        roster.entering |= entering
        try:
            alone = Cause(cause.user)
            *first, last = [_returning(roster, user) for user in people]
            started = [self._change(alone, roster, member, change) for member in first]
            started += [self._change(cause, roster, last, change)]
            for settled in started:
                await settled
        finally:
            roster.entering -= entering

    async def kick(self, session: Session, command: commands.Kick) -> None:
        roster, target = await self._managed(session, command.conversation, command.user)
        await self._remove(Cause(session.identity, session, command.id), roster, target, "kicked")

    async def role(self, session: Session, command: commands.Role) -> None:
        """By the owner. Making somebody the owner hands the ownership over."""
        roster = await self._rosters.load(command.conversation)
        user = session.identity
        if access(roster, user).role is not Role.OWNER:
            raise Problem(Code.FORBIDDEN, "only the owner gives roles")
        target = await self._target(roster, command.user)
        role = Role(command.role)
        if target.user == user.id and role is not Role.OWNER:
            raise Problem(Code.FORBIDDEN, "hand the ownership to somebody else instead")
        changed = msgspec.structs.replace(target, role=role)
        more: list[Change] = []
        if role is Role.OWNER and target.user != user.id:
            more = [PutMember(msgspec.structs.replace(roster.members[user.id], role=Role.ADMIN))]
        await self._change(Cause(user, session, command.id), roster, changed, "role", more)

    async def mute(self, session: Session, command: commands.Mute, user: str) -> None:
        """Forbid a member to send, or allow it again."""
        roster, target = await self._managed(session, command.conversation, user)
        until = (command.until or FOREVER) if command.on else 0
        changed = msgspec.structs.replace(target, muted_until=until)
        cause = Cause(session.identity, session, command.id)
        await self._change(cause, roster, changed, "muted" if command.on else "unmuted")

    async def _managed(self, session: Session, conversation: str, name: str) -> tuple[Roster, Member]:
        """A member the user has power over: admins over members, the owner over all but themselves."""
        roster = await self._rosters.load(conversation)
        manager = access_manager(roster, session.identity)
        self._check_several(roster.conversation)
        target = await self._target(roster, name)
        if target.user == manager.user:
            raise Problem(Code.BAD_REQUEST, "you cannot do this to yourself")
        if target.role in MANAGERS and manager.role is not Role.OWNER:
            raise Problem(Code.FORBIDDEN, "only the owner has power over owners and admins")
        return roster, target

    async def _target(self, roster: Roster, name: str) -> Member:
        person = await self._route.person(name)
        member = roster.member(person)
        if member is None:
            raise Problem(Code.NOT_FOUND, f"{name!r} is not a member of this conversation")
        return member

    async def _people(self, names: Sequence[str], without: str = "") -> list[User]:
        found: dict[str, User] = {}
        for name in names:
            user = await self._route.person(name)
            if user.id != without:
                found[user.id] = user
        return list(found.values())

    def _check_room(self, roster: Roster, more: int) -> None:
        room = roster.room()
        if room is not None and more > room:
            limit = roster.conversation.limit
            raise Problem(Code.CONFLICT, f"the conversation is full: it has at most {limit} members")

    def _check_leavable(self, roster: Roster, user: User) -> Member:
        member = access(roster, user)
        if roster.conversation.id == LOBBY:
            raise Problem(Code.FORBIDDEN, "everybody is in the lobby; it cannot be left")
        self._check_several(roster.conversation)
        return member

    def _check_several(self, conversation: Conversation) -> None:
        if conversation.kind is ConversationKind.DIRECT:
            raise Problem(Code.FORBIDDEN, "a direct conversation has its two people for good")

    async def _remove(self, cause: Cause, roster: Roster, member: Member, change: str) -> None:
        """Let somebody out. From now on they cannot send, so that nothing of theirs follows the entry."""
        roster.leaving.add(member.user)
        try:
            await self._change(cause, roster, _leaving(member), change)
        finally:
            roster.leaving.discard(member.user)

    def _change(
        self, cause: Cause, roster: Roster, member: Member, change: str, also: Sequence[Change] = ()
    ) -> Future[Appended]:
        """Write the entry that changes a member's place."""
        content = MemberContent(
            Person(member.user, member.nick),
            change,
            member.role if change == "role" else "",
            member.muted_until if change == "muted" else 0,
        )
        changes = (PutMember(member), *also)
        draft = self._draft(cause.user, roster.conversation.id, Kind.MEMBER, _encode(content), changes)
        return self._pipeline.commit(Append(draft, ack.logged, cause.session, cause.re))

    def _draft(
        self, by: User, conversation: str, kind: Kind, content: bytes, changes: Sequence[Change]
    ) -> Draft:
        return Draft(conversation, kind, by.id, by.nick, self._clock.now(), content, changes=tuple(changes))


def _entering(conversation: str, user: User, role: Role = Role.MEMBER) -> Member:
    return Member(conversation, user.id, user.nick, role, joined=SEQ_OF_ENTRY)


def _returning(roster: Roster, user: User) -> Member:
    """Who was muted and left comes back muted."""
    member = _entering(roster.conversation.id, user)
    former = roster.former.get(user.id)
    return member if former is None else msgspec.structs.replace(member, muted_until=former.muted_until)


def _leaving(member: Member) -> Member:
    return msgspec.structs.replace(member, role=Role.MEMBER, left=SEQ_OF_ENTRY)
