"""Blocks and contacts over REST, by people: no bot has any."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import Limit, UserId
from teahouse.model.errors import Code


class PeoplePage(Struct, frozen=True):
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Alias(Struct, frozen=True):
    alias: Annotated[str, Meta(max_length=64)] = ""


class Relations:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation("GET /users/me/blocks", guests=True)
    async def blocks(self, call: Call, query: PeoplePage) -> results.BlockPage:
        """Whom one has blocked, in order of user id, `limit` after the user id `after`."""
        command = commands.Blocks(id=0, after=query.after, limit=query.limit)
        return await self._ask(call, command, results.BlockPage)

    @operation("PUT /users/me/blocks/{user}", guests=True, refuses=(Code.CONFLICT,))
    async def block(self, call: Call, user: UserId) -> None:
        """Block somebody: they cannot write to one, see one's presence, or bring one into groups."""
        await self._ask(call, commands.Block(id=0, user=user), results.Done)

    @operation("DELETE /users/me/blocks/{user}", guests=True)
    async def unblock(self, call: Call, user: UserId) -> None:
        """Block somebody no longer."""
        await self._ask(call, commands.Unblock(id=0, user=user), results.Done)

    @operation("GET /users/me/contacts", guests=True)
    async def contacts(self, call: Call, query: PeoplePage) -> results.ContactPage:
        """One's contacts, in order of user id, `limit` after the user id `after`."""
        command = commands.Contacts(id=0, after=query.after, limit=query.limit)
        return await self._ask(call, command, results.ContactPage)

    @operation(
        "PUT /users/me/contacts/{user}", guests=True, refuses=(Code.CONFLICT,), example={"alias": "Bobby"}
    )
    async def contact(self, call: Call, user: UserId, body: Alias) -> None:
        """Add a contact, or give it another alias."""
        await self._ask(call, commands.Contact(id=0, user=user, alias=body.alias), results.Done)

    @operation("DELETE /users/me/contacts/{user}", guests=True)
    async def uncontact(self, call: Call, user: UserId) -> None:
        """Take somebody out of one's contacts."""
        await self._ask(call, commands.Contact(id=0, user=user, on=False), results.Done)
