"""Bots over REST: making them, new tokens, their slash commands, and their end. By their owners."""

from typing import Annotated, Literal

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.identity.bots import BotOwners, Wanted
from teahouse.model import commands, programs
from teahouse.model.bots import Bot, SlashCommand
from teahouse.model.commands import ConversationId
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

Scope = Literal[
    "messages:read",
    "messages:write",
    "conversations:read",
    "conversations:write",
    "commands:write",
    "users:read",
    "relations:read",
    "relations:write",
    "reports:write",
    "files:read",
    "files:write",
    "stream",
]
BotId = Annotated[str, Meta(min_length=1, max_length=80, description="The id of a bot; `me` for itself.")]
CommandName = Annotated[str, Meta(pattern="^[a-z][a-z0-9_-]{0,31}$")]

_TAKEN = frozenset({"me", "shrug"})


class NewBot(Struct, frozen=True):
    """`scopes` are what its token allows."""

    nick: Annotated[str, Meta(min_length=1, max_length=32)]
    scopes: Annotated[list[Scope], Meta(max_length=20)]
    description: Annotated[str, Meta(max_length=500)] = ""


class NewCommand(Struct, frozen=True):
    """`hint` shows what may follow the name. Without `conversation` it holds wherever the bot is."""

    name: CommandName
    description: Annotated[str, Meta(max_length=200)] = ""
    hint: Annotated[str, Meta(max_length=80)] = ""
    conversation: Annotated[str, Meta(max_length=80)] = ""


class NewCommands(Struct, frozen=True):
    commands: Annotated[list[NewCommand], Meta(max_length=100)]


class BotRow(Result, frozen=True, omit_defaults=False):
    """`turned` is when it got its token (milliseconds UTC)."""

    id: str
    nick: str
    owner: str
    scopes: tuple[str, ...]
    description: str
    created: int
    turned: int
    commands: tuple[SlashCommand, ...] = ()


class BotMade(Result, frozen=True):
    """`token` is told now and never again."""

    bot: BotRow
    token: str


class BotList(Result, frozen=True, omit_defaults=False):
    bots: tuple[BotRow, ...]


class BotResource:
    def __init__(self, owners: BotOwners, ask: Ask) -> None:
        self._owners = owners
        self._ask = ask

    @operation(
        "POST /bots",
        201,
        refuses=(Code.CONFLICT,),
        example={"nick": "kettle", "scopes": ["messages:read", "messages:write"], "description": "Boils."},
    )
    async def make(self, call: Call, body: NewBot) -> BotMade:
        """Make a bot. The answer has its token, which is told once.

        A bot is a user: it is invited like people, and bound by the same rates. Its token takes the place of an
        access token, as bearer and in `hello`, and allows what its scopes say.
        """
        wanted = Wanted(body.nick, tuple(body.scopes), body.description)
        call.keep_secret()
        bot, token = await self._owners.make(call.caller, wanted, call.address)
        return BotMade(row_of(bot), token)

    @operation("GET /bots")
    async def mine(self, call: Call) -> BotList:
        """The bots one owns."""
        return BotList(tuple(row_of(bot) for bot in await self._owners.owned(call.caller)))

    @operation("GET /bots/{bot}", scope="commands:write")
    async def one(self, call: Call, bot: BotId) -> BotRow:
        """One of one's bots; a bot itself may ask, too."""
        return row_of(await self._owners.find(call.caller, _meant(call, bot)))

    @operation("POST /bots/{bot}/token")
    async def turn(self, call: Call, bot: BotId) -> BotMade:
        """A new token. The old one holds no longer, and connections that came with it are ended."""
        call.keep_secret()
        found, token = await self._owners.turn(call.caller, bot, call.address)
        return BotMade(row_of(found), token)

    @operation(
        "PUT /bots/{bot}/commands",
        scope="commands:write",
        example={"commands": [{"name": "brew", "description": "Make tea", "hint": "<kind>"}]},
    )
    async def instruct(self, call: Call, bot: BotId, body: NewCommands) -> BotRow:
        """Set all slash commands of a bot, by its owner or by itself."""
        places = [(command.name, command.conversation) for command in body.commands]
        if len(set(places)) < len(places):
            raise Problem(Code.BAD_REQUEST, "one command stands there twice for the same place")
        if taken := _TAKEN & {name for name, _ in places}:
            raise Problem(Code.BAD_REQUEST, f"/{min(taken)} is the server's own; choose another name")
        given = [SlashCommand(c.name, c.description, c.hint, c.conversation) for c in body.commands]
        return row_of(await self._owners.instruct(call.caller, _meant(call, bot), given, call.address))

    @operation("DELETE /bots/{bot}")
    async def end(self, call: Call, bot: BotId) -> None:
        """End a bot: its token holds no longer, and it leaves its conversations. What it wrote stays."""
        await self._owners.end(call.caller, bot, call.address)

    @operation("GET /conversations/{conversation}/commands", scope="conversations:read")
    async def slash(self, call: Call, conversation: ConversationId) -> programs.CommandList:
        """What may be written after a slash here: the commands of the bots that are in, and the server's own."""
        return await self._ask(call, commands.Slash(id=0, conversation=conversation), programs.CommandList)


def _meant(call: Call, bot: str) -> str:
    return call.user if bot == "me" else bot


def row_of(bot: Bot) -> BotRow:
    return BotRow(
        bot.id, bot.nick, bot.owner, bot.scopes, bot.description, bot.created, bot.turned, bot.commands
    )
