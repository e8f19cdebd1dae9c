"""Upkeep: a conversation's settings: what they are, changing them, and its end.

Rule: a change of settings is an entry of kind `conversation` that carries all settings as they are from then on.
"""

from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import msgspec
from msgspec import UNSET

from teahouse.engine.places import Cause, Places, check_several
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access, access_manager
from teahouse.engine.session import Session
from teahouse.engine.sync import title_of
from teahouse.model import commands
from teahouse.model.changes import SEQ_OF_ENTRY, PutConversation
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Reach, Role
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.people import User
from teahouse.model.results import ConversationView, Logged
from teahouse.model.topics import check_pattern

_encode = msgspec.json.Encoder().encode
MOST_MEMBERS = 100_000
LAST = 50
"""So many entries before their own do joiners read, where `reach` is last and nobody said how many."""


class SettingsContent(msgspec.Struct):
    """What an entry says of a conversation whose settings were changed."""

    kind: str
    title: str
    topic: str
    description: str
    avatar: str
    join: str
    reach: str
    last: int
    limit: int
    invite: str
    post: str
    expires_s: int


class EndContent(msgspec.Struct):
    kind: str
    title: str
    dissolved: bool = True


class Upkeep:
    """`picture` refuses what may not be an avatar."""

    def __init__(self, places: Places, rosters: Rosters) -> None:
        self._places = places
        self._rosters = rosters
        self.picture: Callable[[User, str], Awaitable[None]]

    async def conversation(self, session: Session, command: commands.Conversation) -> ConversationView:
        """The settings, for members."""
        roster = await self._rosters.load(command.conversation)
        user = session.identity
        member = access(roster, user)
        c = roster.conversation
        return ConversationView(
            c.id,
            c.kind,
            title_of(roster, user),
            c.topic,
            c.description,
            c.avatar,
            c.join,
            c.reach,
            c.last,
            c.limit,
            c.invite,
            c.post,
            c.created,
            c.revision,
            len(roster.members),
            member.role,
            c.expires_s,
        )

    async def update(self, session: Session, command: commands.Update) -> Logged | None:
        """By owner and admins. With `revision`, only if nobody changed the settings since."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            member = access_manager(roster, session.identity)
            before = roster.conversation
            self._check(roster, command)
            if command.revision is not None and command.revision != before.revision:
                raise Problem(Code.CONFLICT, "the settings were changed meanwhile; look at them again")
            after = _changed(before, command)
            if after.avatar != before.avatar:
                await self.picture(session.identity, after.avatar)
            if after == before:
                return Logged(before.revision or member.joined)
            content = SettingsContent(
                after.kind,
                after.title,
                after.topic,
                after.description,
                after.avatar,
                after.join,
                after.reach,
                after.last,
                after.limit,
                after.invite,
                after.post,
                after.expires_s,
            )
            put = PutConversation(msgspec.structs.replace(after, revision=SEQ_OF_ENTRY))
            cause = Cause(session.identity, session, command.id)
            limit = after.limit if after.limit != before.limit and after.limit else -1
            changes = [put, *self._places.rests(roster, [member.user], limit)]
            await self._places.write(cause, before.id, Kind.CONVERSATION, _encode(content), changes)
            return None

    def _check(self, roster: Roster, command: commands.Update) -> None:
        conversation = roster.conversation
        check_several(conversation)
        if command.topic is not UNSET and command.topic:
            if conversation.kind is not ConversationKind.ROOM:
                raise Problem(Code.CONFLICT, "only a room listens to a topic")
            check_pattern(command.topic)
        if command.limit is not UNSET and 0 < command.limit < len(roster.members):
            raise Problem(Code.CONFLICT, f"there are {len(roster.members)} members already")
        if (
            command.limit is not UNSET
            and conversation.kind is ConversationKind.GROUP
            and not 2 <= command.limit <= MOST_MEMBERS
        ):
            raise Problem(Code.CONFLICT, f"a group has at least 2 and at most {MOST_MEMBERS} members")

    async def dissolve(self, session: Session, command: commands.Dissolve) -> None:
        """By the owner: everybody is out, and may still read what was there until then."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            user = session.identity
            member = access(roster, user)
            check_several(roster.conversation)
            if member.role is not Role.OWNER or roster.conversation.id == LOBBY:
                raise Problem(Code.FORBIDDEN, "only the owner dissolves a conversation")
            await self._end(Cause(user, session, command.id), roster, [user.id])

    async def end(self, session: Session, command: commands.End) -> None:
        """The same by an administrator of the server, who need not be in."""
        async with self._places.turn(command.conversation):
            roster = await self._rosters.load(command.conversation)
            conversation = roster.conversation
            check_several(conversation)
            if conversation.id == LOBBY or conversation.dissolved:
                raise Problem(Code.CONFLICT, "this conversation cannot be dissolved, or is already")
            await self._end(Cause(session.identity, session, command.id), roster, [])

    async def _end(self, cause: Cause, roster: Roster, by: Sequence[str]) -> None:
        """`by` whom, if they must be the owner for that."""
        before = roster.conversation
        ended = msgspec.structs.replace(before, topic="", dissolved=SEQ_OF_ENTRY, revision=SEQ_OF_ENTRY)
        content = _encode(EndContent(before.kind, before.title))
        changes = [PutConversation(ended), *self._places.rests(roster, by)]
        await self._places.write(cause, before.id, Kind.CONVERSATION, content, changes)


def _changed(before: Conversation, command: commands.Update) -> Conversation:
    """The settings with what the command gives."""
    given: dict[str, Any] = {}
    for name in ("title", "topic", "description", "avatar", "last", "limit"):
        if (value := getattr(command, name)) is not UNSET:
            given[name] = value.strip() if isinstance(value, str) else value
    for name, kind in (("join", JoinRule), ("reach", Reach), ("invite", Circle), ("post", Circle)):
        if (value := getattr(command, name)) is not UNSET:
            given[name] = kind(value)
    after = msgspec.structs.replace(before, **given)
    last = (after.last or LAST) if after.reach is Reach.LAST else 0
    return msgspec.structs.replace(after, last=last)
