"""Membership: create, join, leave, invite, kick, role, mute. Each is an entry that carries its change."""

from collections.abc import Awaitable, Callable

import msgspec

from teahouse.engine import fresh
from teahouse.engine.options import EngineOptions
from teahouse.engine.places import Cause, Places, check_several, entering
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.model import commands
from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutConversation, PutMember
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.entries import Appended, Draft, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.people import Person, User
from teahouse.model.results import Created, Joined, Logged, Pending, Result
from teahouse.model.topics import check_pattern
from teahouse.ports.clock import Clock

_encode = msgspec.json.Encoder().encode
FOREVER = -1


class ConversationContent(msgspec.Struct, omit_defaults=True):
    """What entry 1 says of a conversation that was made."""

    kind: str
    title: str
    topic: str = ""
    members: tuple[Person, ...] = ()


class Membership:
    """`by_link` lets somebody in who holds an invitation link, `ask` takes a request to be let in (entrance.py)."""

    def __init__(self, places: Places, rosters: Rosters, clock: Clock, options: EngineOptions) -> None:
        self._places = places
        self._rosters = rosters
        self._clock = clock
        self._options = options
        self.by_link: Callable[[Session, commands.Join, str], Awaitable[Result | None]]
        self.ask: Callable[[Session, Roster, str], Awaitable[Pending]]

    async def create(self, session: Session, command: commands.Create) -> None:
        """A new conversation, its owner and first members: one entry, all or nothing."""
        user = session.identity
        others = await self._places.people(command.members, without=user.id)
        await self._places.check_not_blocked(user, others)
        made = self._conversation(command)
        if made.limit and len(others) >= made.limit:
            raise Problem(Code.BAD_REQUEST, f"a group has at most {made.limit} members")
        changes: list[Change] = [PutConversation(made)]
        changes += [PutMember(entering(made, user, Role.OWNER))]
        changes += [PutMember(entering(made, other)) for other in others]
        people = tuple(Person(u.id, u.nick) for u in (user, *others))
        content = _encode(ConversationContent(made.kind, made.title, made.topic, people))

        def created(draft: Draft, appended: Appended) -> Result:
            return Created(draft.conversation, appended.seq, made.kind, made.title)

        cause = Cause(user, session, command.id, created)
        await self._places.write(cause, made.id, Kind.CONVERSATION, content, changes)

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
            last=command.last if command.reach == "last" else 0,
            invite=Circle.MEMBERS if group else Circle.ADMINS,
            post=Circle.ADMINS if kind is ConversationKind.CHANNEL else Circle.MEMBERS,
            revision=SEQ_OF_ENTRY,
        )

    async def join(self, session: Session, command: commands.Join) -> Result | None:
        """Come in by oneself, by a link, or ask to be let in."""
        user = session.identity
        if command.link is not None:
            return await self.by_link(session, command, command.link)
        if command.conversation is None:
            raise Problem(Code.BAD_REQUEST, "join needs a conversation or a link")
        roster = await self._rosters.load(command.conversation)
        if (member := roster.member(user)) is not None:
            return Joined(command.conversation, member.joined)
        if roster.conversation.join is JoinRule.APPROVAL and not roster.conversation.dissolved:
            return await self.ask(session, roster, command.text)
        if roster.conversation.join is not JoinRule.OPEN:
            access(roster, user)
        return await self._places.bring_in(
            Cause(user, session, command.id, entered), roster, [user], "joined"
        )

    async def leave(self, session: Session, command: commands.Leave) -> Result | None:
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            member = self._check_leavable(roster, session.identity)
            others = len(roster.members) > 1 or roster.entering
            if member.role is Role.OWNER and others and len(roster.owners()) == 1:
                raise Problem(
                    Code.FORBIDDEN, "hand the ownership over before you leave (op role, role owner)"
                )
            cause = Cause(session.identity, session, command.id)
            owners = [owner.user for owner in roster.owners()]
            rests = self._places.rests(roster, owners, 1 if member.role is Role.OWNER and not others else -1)
            return await self._places.remove(cause, roster, member, "left", rests)

    async def invite(self, session: Session, command: commands.Invite) -> Result | None:
        """Bring others in, by those who may."""
        roster = await self._rosters.load(command.conversation)
        user = session.identity
        member = access(roster, user)
        check_several(roster.conversation)
        if roster.conversation.invite is Circle.ADMINS and member.role is Role.MEMBER:
            raise Problem(Code.FORBIDDEN, "only the owner and admins may invite here")
        names = [*(command.users or ()), *([command.user] if command.user else ())]
        if not names:
            raise Problem(Code.BAD_REQUEST, "invite needs user or users")
        people = [p for p in await self._places.people(names) if p.id not in roster.members]
        if not people:
            return Logged(member.joined)
        await self._places.check_not_blocked(user, people)
        people = [p for p in people if p.id not in roster.members]  # who came in meanwhile
        if not people:
            return Logged(member.joined)
        return await self._places.bring_in(Cause(user, session, command.id), roster, people, "invited")

    async def kick(self, session: Session, command: commands.Kick) -> Result | None:
        async with self._places.turn(command.conversation):
            roster, target = await self._places.managed(session, command.conversation, command.user)
            cause = Cause(session.identity, session, command.id)
            return await self._places.remove(cause, roster, target, "kicked")

    async def role(self, session: Session, command: commands.Role) -> None:
        """By the owner. Making somebody the owner hands the ownership over."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            user = session.identity
            if access(roster, user).role is not Role.OWNER:
                raise Problem(Code.FORBIDDEN, "only the owner gives roles")
            target = await self._places.target(roster, command.user)
            role = Role(command.role)
            if target.user == user.id and role is not Role.OWNER:
                raise Problem(Code.FORBIDDEN, "hand the ownership to somebody else instead")
            changed = msgspec.structs.replace(target, role=role)
            more: list[Change] = []
            if role is Role.OWNER and target.user != user.id:
                more = [PutMember(msgspec.structs.replace(roster.members[user.id], role=Role.ADMIN))]
            await self._places.change(Cause(user, session, command.id), roster, changed, "role", more)

    async def mute(self, session: Session, command: commands.Mute, user: str) -> None:
        """Forbid a member to send, or allow it again."""
        async with self._places.turn(command.conversation):
            roster, target = await self._places.managed(session, command.conversation, user)
            until = (command.until or FOREVER) if command.on else 0
            changed = msgspec.structs.replace(target, muted_until=until)
            cause = Cause(session.identity, session, command.id)
            await self._places.change(cause, roster, changed, "muted" if command.on else "unmuted")

    def _check_leavable(self, roster: Roster, user: User) -> Member:
        member = access(roster, user)
        if roster.conversation.id == LOBBY:
            raise Problem(Code.FORBIDDEN, "everybody is in the lobby; it cannot be left")
        check_several(roster.conversation)
        return member


def entered(draft: Draft, appended: Appended) -> Result:
    """The answer to somebody who came in."""
    return Joined(draft.conversation, appended.seq)
