"""Invitation links and requests to join, over REST."""

from msgspec import Struct

from teahouse.gateways.rest.conversations import READ, WRITE
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, LinkToken, UserId, governing
from teahouse.model.errors import Code


class NewLink(Struct, frozen=True):
    """`expires_in`: seconds it works, null for ever; `uses`: how many it lets in, null for any number."""

    expires_in: governing.Seconds | None = None
    uses: governing.Uses | None = None


class Entrance:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "POST /conversations/{conversation}/links",
        201,
        scope=WRITE,
        refuses=(Code.CONFLICT,),
        example={"uses": 10},
    )
    async def make(self, call: Call, conversation: ConversationId, body: NewLink) -> results.LinkMade:
        """Make an invitation link, by owner and admins. Its token is told this once."""
        command = commands.Link(id=0, conversation=conversation, expires_in=body.expires_in, uses=body.uses)
        return await self._ask(call, command, results.LinkMade)

    @operation("GET /conversations/{conversation}/links", scope=READ)
    async def links(self, call: Call, conversation: ConversationId) -> results.LinkList:
        """The links that work, without their tokens. For owner and admins."""
        return await self._ask(call, commands.Links(id=0, conversation=conversation), results.LinkList)

    @operation("DELETE /conversations/{conversation}/links/{link}", scope=WRITE)
    async def revoke(self, call: Call, conversation: ConversationId, link: LinkToken) -> None:
        """A link lets nobody in any more."""
        await self._ask(call, commands.Unlink(id=0, conversation=conversation, link=link), results.Done)

    @operation("GET /links/{token}", scope=READ, answer={"title": "Tasting", "members": 12})
    async def preview(self, call: Call, token: LinkToken) -> results.Preview:
        """Where a link leads: title and number of members."""
        return await self._ask(call, commands.Preview(id=0, link=token), results.Preview)

    @operation("POST /links/{token}/join", scope=WRITE, refuses=(Code.CONFLICT,))
    async def join(self, call: Call, token: LinkToken) -> results.Joined:
        """Come in by a link. A link with one use lets in one, however many come at once."""
        return await self._ask(call, commands.Join(id=0, link=token), results.Joined)

    @operation("GET /conversations/{conversation}/requests", scope=READ)
    async def requests(self, call: Call, conversation: ConversationId) -> results.RequestList:
        """Who asked to be let in, in the order they came. For owner and admins."""
        command = commands.Requests(id=0, conversation=conversation)
        return await self._ask(call, command, results.RequestList)

    @operation(
        "POST /conversations/{conversation}/requests/{user}/approve",
        scope=WRITE,
        refuses=(Code.CONFLICT,),
        answer={"seq": 9},
    )
    async def approve(self, call: Call, conversation: ConversationId, user: UserId) -> results.Logged:
        """Let somebody in who asked."""
        command = commands.Approve(id=0, conversation=conversation, user=user)
        return await self._ask(call, command, results.Logged)

    @operation("DELETE /conversations/{conversation}/requests/{user}", scope=WRITE)
    async def reject(self, call: Call, conversation: ConversationId, user: UserId) -> None:
        """Do not let somebody in; with one's own id, ask no longer."""
        command = commands.Reject(id=0, conversation=conversation, user=user)
        await self._ask(call, command, results.Done)
