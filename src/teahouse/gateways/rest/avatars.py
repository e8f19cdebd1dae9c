"""Avatars over REST: the picture of an account, and that of a conversation."""

from starlette.responses import Response

from teahouse.engine.keeper import Keeper
from teahouse.gateways.rest.files import UNCHANGED
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.gateways.rest.served import picture_response
from teahouse.identity.accounts import Accounts
from teahouse.model import commands
from teahouse.model.commands import ConversationId, UserId
from teahouse.model.results import ConversationView

KEPT_S = 300
"""So long a browser shows the picture of before: the address stays when the picture changes."""


class Avatars:
    def __init__(self, ask: Ask, keeper: Keeper, accounts: Accounts) -> None:
        self._ask = ask
        self._take = keeper.take_call
        self._avatars = keeper.avatars
        self._accounts = accounts

    @operation("GET /users/{user}/avatar", scope="users:read", gives="image/webp", also=UNCHANGED)
    async def of_user(self, call: Call, user: UserId) -> Response:
        """The picture of an account, as a small WebP; `not_found` if there is none."""
        self._take(call.user)
        return await self._shown(call, (await self._accounts.find(user)).avatar)

    @operation(
        "GET /conversations/{conversation}/avatar",
        scope="conversations:read",
        gives="image/webp",
        also=UNCHANGED,
    )
    async def of_conversation(self, call: Call, conversation: ConversationId) -> Response:
        """The picture of a conversation, for its members, as a small WebP; `not_found` if there is none."""
        asked = commands.Conversation(id=0, conversation=conversation)
        return await self._shown(call, (await self._ask(call, asked, ConversationView)).avatar)

    async def _shown(self, call: Call, file: str) -> Response:
        etag, size, content = await self._avatars.picture(file)
        return picture_response(call.request, etag, size, content, KEPT_S)
