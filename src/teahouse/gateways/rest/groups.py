"""Conversations over REST, seen from who runs them: settings, who is in, who may not come back."""

import re
from http import HTTPStatus
from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, Struct, UnsetType
from starlette.responses import Response

from teahouse.gateways import problems
from teahouse.gateways.rest.conversations import READ, WRITE
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, Last, Limit, UserId, governing
from teahouse.model.errors import Code, Problem

_TAGS = re.compile(r'(?<!W/)"([^"]*)"')
_CHANGED = "`conflict`: the settings are no longer those of the tag"


class Settings(Struct, frozen=True):
    """What is given is changed, the rest stays."""

    title: governing.Title | UnsetType = UNSET
    topic: governing.Topic | UnsetType = UNSET
    description: governing.Description | UnsetType = UNSET
    avatar: governing.Avatar | UnsetType = UNSET
    join: governing.JoinRule | UnsetType = UNSET
    reach: governing.Reach | UnsetType = UNSET
    last: Last | UnsetType = UNSET
    limit: governing.MemberLimit | UnsetType = UNSET
    invite: governing.Circle | UnsetType = UNSET
    post: governing.Circle | UnsetType = UNSET


class IfMatch(Struct, frozen=True):
    """The tag of an earlier answer: the change is made only if nobody changed the settings since."""

    tags: Annotated[str, Meta(max_length=200)] | None = msgspec.field(name="If-Match", default=None)


class Asking(Struct, frozen=True):
    """`text` goes with a request to be let in."""

    text: Annotated[str, Meta(max_length=500)] = ""


class Invited(Struct, frozen=True):
    users: Annotated[list[UserId], Meta(min_length=1, max_length=500)]


class Place(Struct, frozen=True):
    """A role, or whether they are muted (`until`: milliseconds UTC, 0 for good), or both."""

    role: Literal["owner", "admin", "member"] | None = None
    muted: bool | None = None
    until: Annotated[int, Meta(ge=0, lt=2**53)] = 0


class Banning(Struct, frozen=True):
    reason: Annotated[str, Meta(max_length=500)] = ""


class BansPage(Struct, frozen=True):
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Groups:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation("GET /conversations/{conversation}", scope=READ)
    async def settings(self, call: Call, conversation: ConversationId) -> results.ConversationView:
        """A conversation's settings. The `ETag` changes with them."""
        command = commands.Conversation(id=0, conversation=conversation)
        view = await self._ask(call, command, results.ConversationView)
        call.headers["ETag"] = _tag(view)
        return view

    @operation(
        "PATCH /conversations/{conversation}",
        scope=WRITE,
        also={412: _CHANGED},
        refuses=(Code.CONFLICT,),
        example={"title": "Tasting", "join": "approval", "reach": "last", "last": 50},
    )
    async def update(
        self, call: Call, conversation: ConversationId, body: Settings, headers: IfMatch
    ) -> results.ConversationView | Response:
        """Change settings, by owner and admins. With `If-Match`, only if they are still those of the tag."""
        revision = None
        if headers.tags is not None and headers.tags.strip() != "*":
            before = await self.settings(call, conversation)
            if str(before.revision) not in _TAGS.findall(headers.tags):
                return _changed_meanwhile()
            revision = before.revision
        given = {name: getattr(body, name) for name in body.__struct_fields__}
        command = commands.Update(id=0, conversation=conversation, revision=revision, **given)
        try:
            await self._ask(call, command, results.Logged)
        except Problem as problem:
            if problem.code is not Code.CONFLICT or revision is None:
                raise
            if (await self.settings(call, conversation)).revision == revision:
                raise
            return _changed_meanwhile()
        return await self.settings(call, conversation)

    @operation("DELETE /conversations/{conversation}", scope=WRITE, answer={"seq": 9})
    async def dissolve(self, call: Call, conversation: ConversationId) -> results.Logged:
        """End a conversation, by its owner: everybody is out, and may read what was there until now."""
        command = commands.Dissolve(id=0, conversation=conversation)
        return await self._ask(call, command, results.Logged)

    @operation(
        "POST /conversations/{conversation}/join",
        scope=WRITE,
        refuses=(Code.CONFLICT,),
        example={"text": "I brew at home."},
    )
    async def join(
        self, call: Call, conversation: ConversationId, body: Asking
    ) -> results.Joined | results.Pending:
        """Come in, where anybody may; or ask to be let in, where that takes approval."""
        command = commands.Join(id=0, conversation=conversation, text=body.text)
        result = await self._ask(call, command, results.Result)
        assert isinstance(result, results.Joined | results.Pending)
        return result

    @operation("POST /conversations/{conversation}/leave", scope=WRITE, answer={"seq": 9})
    async def leave(self, call: Call, conversation: ConversationId) -> results.Logged:
        """Go. An owner who is not alone hands over first."""
        return await self._ask(call, commands.Leave(id=0, conversation=conversation), results.Logged)

    @operation(
        "POST /conversations/{conversation}/members",
        201,
        scope=WRITE,
        refuses=(Code.CONFLICT, Code.BLOCKED),
        example={"users": ["@bob"]},
        answer={"seq": 9},
    )
    async def invite(self, call: Call, conversation: ConversationId, body: Invited) -> results.Logged:
        """Bring others in, by those who may invite."""
        command = commands.Invite(id=0, conversation=conversation, users=body.users)
        return await self._ask(call, command, results.Logged)

    @operation(
        "PATCH /conversations/{conversation}/members/{user}",
        scope=WRITE,
        example={"role": "admin"},
        answer={"seq": 9},
    )
    async def place(
        self, call: Call, conversation: ConversationId, user: UserId, body: Place
    ) -> results.Logged:
        """Give a role (by the owner; `owner` hands the ownership over), or mute or unmute a member."""
        view = await self._ask(
            call, commands.Conversation(id=0, conversation=conversation), results.ConversationView
        )
        logged = results.Logged(view.revision)
        if body.role is not None:
            role = commands.Role(id=0, conversation=conversation, user=user, role=body.role)
            logged = await self._ask(call, role, results.Logged)
        if body.muted is not None:
            mute = commands.Mute(id=0, conversation=conversation, user=user, on=body.muted, until=body.until)
            logged = await self._ask(call, mute, results.Logged)
        return logged

    @operation("DELETE /conversations/{conversation}/members/{user}", scope=WRITE, answer={"seq": 9})
    async def kick(self, call: Call, conversation: ConversationId, user: UserId) -> results.Logged:
        """Remove a member. They hear nothing more."""
        command = commands.Kick(id=0, conversation=conversation, user=user)
        return await self._ask(call, command, results.Logged)

    @operation("GET /conversations/{conversation}/bans", scope=READ)
    async def bans(self, call: Call, conversation: ConversationId, query: BansPage) -> results.BanPage:
        """Who is banned, in order of user id, `limit` after the user id `after`. For owner and admins."""
        command = commands.Bans(id=0, conversation=conversation, after=query.after, limit=query.limit)
        return await self._ask(call, command, results.BanPage)

    @operation(
        "PUT /conversations/{conversation}/bans/{user}",
        scope=WRITE,
        refuses=(Code.CONFLICT,),
        example={"reason": "spam"},
        answer={"seq": 9},
    )
    async def ban(
        self, call: Call, conversation: ConversationId, user: UserId, body: Banning
    ) -> results.Logged:
        """Remove somebody for good, or keep somebody out."""
        command = commands.Ban(id=0, conversation=conversation, user=user, reason=body.reason)
        return await self._ask(call, command, results.Logged)

    @operation("DELETE /conversations/{conversation}/bans/{user}", scope=WRITE, answer={"seq": 9})
    async def unban(self, call: Call, conversation: ConversationId, user: UserId) -> results.Logged:
        """Let somebody come back, if they want to."""
        command = commands.Unban(id=0, conversation=conversation, user=user)
        return await self._ask(call, command, results.Logged)


def _tag(view: results.ConversationView) -> str:
    return f'"{view.revision}"'


def _changed_meanwhile() -> Response:
    """RFC 9110, 13.1.1."""
    status = HTTPStatus.PRECONDITION_FAILED
    detail = "the settings were changed meanwhile; look at them again"
    document = problems.Document(status.phrase, status, detail, Code.CONFLICT)
    return Response(problems.encode(document), status, media_type=problems.MEDIA_TYPE)
