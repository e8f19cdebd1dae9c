"""Slash commands: `/name rest` in a message, for a bot that is there.

Rule: a command is an ordinary message, stored like any other; what is added is `command`, which says whom it is for. So
a bot that was away finds it on coming back. What no bot here answers to is plain text: a path, or a slip. Two are done
by the server itself, `/me` and `/shrug`. Called by the pipeline for texts that begin with a slash; the table is kept in
memory and moved by the changes to bots.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from msgspec import Struct

from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model.bots import Bot, SlashCommand
from teahouse.model.changes import Change, DropBot, PutBot
from teahouse.model.commands import Slash
from teahouse.model.ids import LOBBY, fold_nick
from teahouse.model.people import Person
from teahouse.model.programs import CommandList, CommandRow

_COMMAND = re.compile(
    r"/(?P<name>[a-z][a-z0-9_\-]{0,31})(?:@(?P<nick>\S{1,64}))?(?:\s+(?P<rest>.*))?", re.DOTALL
)
_SHRUG = "¯\\_(ツ)_/¯"

BUILT_IN = (
    CommandRow("me", "Say what you do", "<what>"),
    CommandRow("shrug", "Shrug", "<text>"),
)


class Called(Struct, frozen=True, gc=False):
    """What stands in the content of a message that is a command: for which bot, which one, and what follows it."""

    bot: str
    name: str
    rest: str


class Commands:
    """`bots` are those with commands, oldest first: of two with one name in one place the older is meant, unless the
    other is named: `/name@bot`."""

    def __init__(self, stores: Stores, rosters: Rosters, sessions: Sessions) -> None:
        self._stores = stores
        self._rosters = rosters
        self._sessions = sessions
        self._bots: dict[str, Bot] = {}
        self._names: Mapping[str, tuple[tuple[Bot, SlashCommand], ...]] = {}

    async def start(self) -> None:
        """Read which bots listen to which commands; again, when another node changed them."""
        if self._stores.bots is not None:
            self._bots = {bot.id: bot for bot in await self._stores.bots.commanded()}
            self._index()

    def learn(self, changes: Iterable[Change]) -> None:
        """Bots that were put or dropped."""
        for change in changes:
            if isinstance(change, PutBot):
                self._bots[change.bot.id] = change.bot
            elif isinstance(change, DropBot):
                self._bots.pop(change.bot, None)
        self._index()

    def _index(self) -> None:
        names: dict[str, list[tuple[Bot, SlashCommand]]] = {}
        for bot in sorted(self._bots.values(), key=lambda bot: (bot.created, bot.id)):
            for command in bot.commands:
                names.setdefault(command.name, []).append((bot, command))
        self._names = {name: tuple(found) for name, found in names.items()}

    def called(self, text: str, roster: Roster) -> Called | None:
        """Which bot's command the text is, if it is one."""
        found = _COMMAND.fullmatch(text)
        if found is None:
            return None
        nick = fold_nick(found["nick"]) if found["nick"] else None
        for bot, command in self._names.get(found["name"], ()):
            if self._listens(bot, command, roster) and nick in (None, fold_nick(bot.nick)):
                return Called(bot.id, command.name, (found["rest"] or "").strip())
        return None

    async def slash(self, session: Session, command: Slash) -> CommandList:
        """What may be written after a slash in a conversation, in order of name."""
        roster = await self._rosters.load(command.conversation)
        access(roster, session.identity)
        return CommandList(tuple(sorted((*BUILT_IN, *self._here(roster)), key=lambda row: row.name)))

    def _here(self, roster: Roster) -> Iterator[CommandRow]:
        for name, listeners in self._names.items():
            for bot, command in listeners:
                if self._listens(bot, command, roster):
                    yield CommandRow(name, command.description, command.hint, Person(bot.id, bot.nick))

    def _listens(self, bot: Bot, command: SlashCommand, roster: Roster) -> bool:
        """Whether it is in, which in the lobby is to be connected, and the command is for this place."""
        conversation = roster.conversation.id
        here = self._sessions.is_around(bot.id) if conversation == LOBBY else bot.id in roster.members
        return here and command.conversation in ("", conversation)


def spoken(text: str) -> dict[str, Any] | None:
    """The body of a text that is a command of the server's own."""
    name, _, rest = text.partition(" ")
    rest = rest.strip()
    if name == "/me" and rest:
        return {"type": "text", "text": rest, "action": True}
    if name == "/shrug":
        return {"type": "text", "text": f"{rest} {_SHRUG}".strip()}
    return None
