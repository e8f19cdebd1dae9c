"""Conversations over REST: the list of one's own, making them, and who is in them."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, Last, Limit, UserId
from teahouse.model.errors import Code

READ, WRITE = "conversations:read", "conversations:write"


class NewConversation(Struct, frozen=True):
    """`members` are user ids or `@nick`s."""

    kind: Literal["group", "channel", "room"]
    title: Annotated[str, Meta(max_length=200)] = ""
    members: Annotated[list[UserId], Meta(max_length=500)] = []
    topic: Annotated[str, Meta(max_length=200)] = ""
    join: Literal["open", "approval", "invite"] | None = None
    reach: Literal["joined", "all", "last"] | None = None
    last: Last = 50


class MembersPage(Struct, frozen=True):
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Whose(Struct, frozen=True):
    conversation: ConversationId | None = None


class Conversations:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation("GET /conversations", scope=READ)
    async def mine(self, call: Call) -> results.ConversationList:
        """The conversations one is in, pinned ones first, then by last message."""
        return await self._ask(call, commands.Conversations(id=0), results.ConversationList)

    @operation(
        "POST /conversations",
        201,
        scope=WRITE,
        refuses=(Code.NOT_FOUND, Code.BLOCKED),
        example={"kind": "group", "title": "Tasting", "members": ["@bob"]},
    )
    async def create(self, call: Call, body: NewConversation) -> results.Created:
        """Make a group, channel or room, with its first members."""
        command = commands.Create(
            id=0,
            kind=body.kind,
            title=body.title,
            members=body.members,
            topic=body.topic,
            join=body.join,
            reach=body.reach,
            last=body.last,
        )
        return await self._ask(call, command, results.Created)

    @operation("GET /conversations/{conversation}/members", scope=READ)
    async def members(
        self, call: Call, conversation: ConversationId, query: MembersPage
    ) -> results.MemberPage:
        """Who is in, in order of user id, `limit` after the user id `after`."""
        command = commands.Members(id=0, conversation=conversation, after=query.after, limit=query.limit)
        return await self._ask(call, command, results.MemberPage)

    @operation("GET /online", scope=READ, refuses=(Code.NOT_FOUND,))
    async def online(self, call: Call, query: Whose) -> results.OnlineList:
        """Who is here now: of one conversation, or all."""
        return await self._ask(
            call, commands.Online(id=0, conversation=query.conversation), results.OnlineList
        )
