"""Avatars over REST: the picture of an account, and that of a conversation."""

from typing import Annotated

from msgspec import Meta, Struct
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
"""So long a browser shows the picture of before, for an address that does not say which picture it means."""

DAY_S = 86_400


class Version(Struct, frozen=True):
    """`v` is the id of the file that is the avatar now: with it, the address is another one when the picture is."""

    v: Annotated[str, Meta(max_length=80)] = ""


class Avatars:
    def __init__(self, ask: Ask, keeper: Keeper, accounts: Accounts) -> None:
        self._ask = ask
        self._take = keeper.take_call
        self._avatars = keeper.avatars
        self._accounts = accounts

    @operation("GET /users/{user}/avatar", scope="users:read", gives="image/webp", also=UNCHANGED)
    async def of_user(self, call: Call, user: UserId, query: Version) -> Response:
        """The picture of an account, as a small WebP; `not_found` if there is none."""
        self._take(call.user)
        return await self._shown(call, (await self._accounts.profile(user)).avatar, query.v)

    @operation(
        "GET /conversations/{conversation}/avatar",
        scope="conversations:read",
        gives="image/webp",
        also=UNCHANGED,
    )
    async def of_conversation(self, call: Call, conversation: ConversationId, query: Version) -> Response:
        """The picture of a conversation, for its members, as a small WebP; `not_found` if there is none."""
        asked = commands.Conversation(id=0, conversation=conversation)
        return await self._shown(call, (await self._ask(call, asked, ConversationView)).avatar, query.v)

    async def _shown(self, call: Call, file: str, version: str) -> Response:
        etag, size, content = await self._avatars.picture(file)
        return picture_response(call.request, etag, size, content, DAY_S if version == file else KEPT_S)
