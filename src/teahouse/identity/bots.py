"""Bots: programs that are users. Who owns one makes it, gives it a new token, and ends it.

Rule: a token is told once, stored as a hash, and found by it; what it may do are the scopes of its bot. Each change and
its record are one transaction, and only after it live sessions are ended: whoever is told that a token holds no longer
can rely on it. Called by REST; BotTokens by whoever asks for tokens.
"""

import asyncio
import secrets
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from hashlib import sha256

import uuid_utils
from msgspec.structs import replace

from teahouse.model.audit import Detail, Record
from teahouse.model.bots import Bot, SlashCommand
from teahouse.model.caller import Caller
from teahouse.model.changes import Audited, Change, DropBot, PutBot, PutUser
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import check_nick, fold_nick
from teahouse.model.people import User
from teahouse.ports.bots import Bots
from teahouse.ports.clock import Clock
from teahouse.ports.directory import Directory
from teahouse.ports.identity import Tokens
from teahouse.ports.presence import PresenceBook

PREFIX = "tb_"
"""What bots' tokens begin with: so that they are told from others without I/O, and found in leaked files."""

MOST = 20
"""Bots of one owner."""

_REMEMBERED = 10_000

NOBODY: Mapping[str, Tokens] = {}


async def _everybody_stands(_owner: str) -> bool:
    return True


class BotTokens:
    """Tokens (ports/identity.py) of bots. `stands` tells whether a user is in good standing: a bot that was disabled,
    or whose owner was, is let in nowhere. Nothing is waited for after the last look, and what is taken back is
    stored first and told next: so nobody comes in who was just sent away."""

    def __init__(self, bots: Bots, stands: Callable[[str], Awaitable[bool]] = _everybody_stands) -> None:
        self._bots = bots
        self._stands = stands
        self._known: OrderedDict[bytes, Caller] = OrderedDict()
        self._owned: dict[str, set[str]] = {}
        self._forgotten = 0

    def known(self, token: str) -> Caller | None:
        return self._known.get(digest(token))

    async def verify(self, token: str) -> Caller | None:
        secret = digest(token)
        while True:
            forgotten = self._forgotten
            bot = await self._bots.by_secret(secret)
            good = bot is not None and await self._stands(bot.owner) and await self._stands(bot.id)
            if forgotten == self._forgotten:  # else it may have been revoked while it was read
                break
        if bot is None or not good:
            return None
        caller = self._known[secret] = Caller(user_of(bot), bot.grant, scopes=bot.scopes)
        self._owned.setdefault(bot.owner, set()).add(bot.id)
        if len(self._known) > _REMEMBERED:
            self._known.popitem(last=False)
        return caller

    def forget(self, bot: str) -> None:
        """What is known of the bot's tokens holds no longer."""
        self._forgotten += 1
        for secret in [secret for secret, caller in self._known.items() if caller.user.id == bot]:
            del self._known[secret]

    def forget_all(self) -> None:
        """Another node may have taken back any of them."""
        self._forgotten += 1
        self._known.clear()
        self._owned.clear()

    def forget_owner(self, user: str) -> set[str]:
        """The standing of a user, perhaps a bot, changed: what is known of the tokens of this bot, or of those the
        user owns, holds no longer. The bots that were let in."""
        bots = self._owned.pop(user, set()) | {user}
        for bot in bots:
            self.forget(bot)
        return bots


class AnyTokens:
    """Tokens of bots, of `others`, and those of people, told apart by how they begin. `people` is optional."""

    def __init__(self, bots: BotTokens, people: Tokens | None, others: Mapping[str, Tokens] = NOBODY) -> None:
        self._people = people
        self._others: Mapping[str, Tokens] = {PREFIX: bots, **others}

    def known(self, token: str) -> Caller | None:
        whose = self._whose(token)
        return None if whose is None else whose.known(token)

    async def verify(self, token: str) -> Caller | None:
        whose = self._whose(token)
        return None if whose is None else await whose.verify(token)

    def _whose(self, token: str) -> Tokens | None:
        return next(
            (whose for begins, whose in self._others.items() if token.startswith(begins)), self._people
        )


@dataclass(frozen=True)
class BotStores:
    """What bots stand on."""

    bots: Bots
    directory: Directory
    presence: PresenceBook
    clock: Clock


@dataclass(frozen=True)
class Doings:
    """What the engine does about bots: end a bot's sessions, learn of changes, leave all conversations."""

    revoke: Callable[[str], object]
    learn: Callable[[Sequence[Change]], None]
    leave: Callable[[User], Awaitable[None]]


@dataclass(frozen=True)
class Wanted:
    """A bot as its owner describes it."""

    nick: str
    scopes: tuple[str, ...]
    description: str = ""


class BotOwners:
    """`caller` is who asks, `address` from where. A bot of somebody else is not there, but for administrators.

    A bot is read, changed and stored by one call at a time: else who sets its commands could store again the token
    that was just taken from it.
    """

    def __init__(self, stores: BotStores, tokens: BotTokens, doings: Doings) -> None:
        self._stores = stores
        self._tokens = tokens
        self._doings = doings
        self._turn = asyncio.Lock()

    async def make(self, caller: Caller, wanted: Wanted, address: str) -> tuple[Bot, str]:
        """The bot and its token. `conflict` if somebody has the name."""
        if caller.user.guest:
            raise Problem(Code.FORBIDDEN, "a guest cannot own a bot; register first")
        nick = check_nick(wanted.nick)
        if len(await self._stores.bots.owned(caller.user.id)) >= MOST:
            raise Problem(Code.CONFLICT, f"one owner has at most {MOST} bots; end one first")
        token, secret = _fresh_token()
        now = self._stores.clock.now()
        scopes = tuple(sorted(set(wanted.scopes)))
        bot = Bot(
            "u" + uuid_utils.uuid7().hex, nick, caller.user.id, scopes, secret, now, now, wanted.description
        )
        details: dict[str, Detail] = {"nick": nick, "scopes": " ".join(scopes)}
        record = self._record(caller, "bot.created", bot, address, details)
        async with self._holding(bot):
            await self._apply(PutUser(user_of(bot), now), PutBot(bot), record)
        return bot, token

    @asynccontextmanager
    async def _holding(self, bot: Bot) -> AsyncIterator[None]:
        """Hold its name while it is made, so that no guest takes it meanwhile; `conflict` if one has it."""
        presence, folded = self._stores.presence, fold_nick(bot.nick)
        if await presence.claim(folded, bot.id) != bot.id:
            raise Problem(Code.CONFLICT, f"the name {bot.nick!r} is taken")
        try:
            yield
        finally:
            await presence.release(folded, bot.id)

    async def owned(self, caller: Caller) -> Sequence[Bot]:
        return await self._stores.bots.owned(caller.user.id)

    async def find(self, caller: Caller, bot: str) -> Bot:
        """One's own bot, or oneself; `not_found`."""
        found = await self._stores.bots.bot(bot)
        if found is None or not (caller.admin or caller.user.id in (found.owner, found.id)):
            raise Problem(Code.NOT_FOUND, f"there is no bot {bot[:80]!r}")
        return found

    async def turn(self, caller: Caller, bot: str, address: str) -> tuple[Bot, str]:
        """A new token; the old one holds no longer, and sessions that began with it end."""
        token, secret = _fresh_token()
        async with self._turn:
            found = await self.find(caller, bot)
            turned = replace(found, secret=secret, turned=self._stores.clock.now())
            await self._apply(PutBot(turned), self._record(caller, "bot.turned", found, address))
            self._cut(found)
        return turned, token

    async def instruct(self, caller: Caller, bot: str, commands: Sequence[SlashCommand], address: str) -> Bot:
        """Set its slash commands, all of them."""
        details: dict[str, Detail] = {"commands": " ".join(command.name for command in commands)}
        async with self._turn:
            found = await self.find(caller, bot)
            instructed = replace(found, commands=tuple(commands))
            record = self._record(caller, "bot.commands", found, address, details)
            await self._apply(PutBot(instructed), record)
        return instructed

    async def end(self, caller: Caller, bot: str, address: str) -> None:
        """No token opens it any more, it leaves its conversations, and its name is free. What it wrote stays. If
        this is cut short, it is ended by asking again: until the last step it is there, without a token."""
        _, unknown = _fresh_token()
        async with self._turn:
            found = await self.find(caller, bot)
            await self._apply(PutBot(replace(found, secret=unknown, commands=())))
            self._cut(found)
        await self._doings.leave(user_of(found))
        nobody = PutUser(User(found.id, found.nick, guest=True), found.created)
        async with self._turn:
            await self._apply(nobody, DropBot(found.id), self._record(caller, "bot.ended", found, address))
            self._cut(found)

    async def end_all(self, owner: str) -> None:
        """The owner goes for good, and so do the bots."""
        for bot in await self._stores.bots.owned(owner):
            await self.end(Caller(User(owner, "", guest=False)), bot.id, "")

    def _cut(self, bot: Bot) -> None:
        self._tokens.forget(bot.id)
        self._doings.revoke(bot.id)

    async def _apply(self, *changes: Change) -> None:
        await self._stores.directory.apply(changes)
        self._doings.learn(changes)

    def _record(
        self,
        caller: Caller,
        action: str,
        bot: Bot,
        address: str,
        details: dict[str, Detail] | None = None,
    ) -> Audited:
        now = self._stores.clock.now()
        return Audited(Record(now, caller.user.id, action, bot.id, address, details or {}))


def user_of(bot: Bot) -> User:
    return User(bot.id, bot.nick, guest=False)


def digest(token: str) -> bytes:
    """The stored form. A plain hash is enough for a secret nobody chose, and looking it up by that hash takes no
    time that would tell how much of a guess is right."""
    return sha256(token.encode("utf-8", "surrogatepass")).digest()


def _fresh_token() -> tuple[str, bytes]:
    token = PREFIX + secrets.token_urlsafe(32)
    return token, digest(token)
