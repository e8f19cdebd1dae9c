"""Slash commands: what a person types after `/` that is not said but done.

Rule: a table of names; each handler gets what follows the name. What is not in the table but in the server's or a bot's
list is sent as it is; all else is refused, so that a slip is not told to everybody. Called by program.py.
"""

import re
from collections.abc import Awaitable, Callable
from typing import TYPE_CHECKING

from msgspec import Struct

from teahouse.client import LogEvent
from teahouse.fullscreen import deeds
from teahouse.model.ids import check_nick

if TYPE_CHECKING:
    from teahouse.fullscreen.program import Program

Handler = Callable[[str], Awaitable[None]]

SERVERS = ("me", "shrug")


class Form(Struct, frozen=True):
    """`/name arguments`: in words for the person; `does` is a key of the language."""

    name: str
    arguments: str
    does: str


class WrongUse(Exception):
    """The command was not said as it should be; the text is how."""


FORMS = (
    Form("help", "", "cmd_help"),
    Form("open", "@bob", "cmd_open"),
    Form("group", "TITLE @bob @carol", "cmd_group"),
    Form("room", "TITLE", "cmd_room"),
    Form("join", "ID", "cmd_join"),
    Form("leave", "", "cmd_leave"),
    Form("invite", "@bob", "cmd_invite"),
    Form("search", "WORDS", "cmd_search"),
    Form("members", "", "cmd_members"),
    Form("reply", "[#NUMBER] TEXT", "cmd_reply"),
    Form("edit", "[#NUMBER] TEXT", "cmd_edit"),
    Form("recall", "[#NUMBER]", "cmd_recall"),
    Form("react", "[#NUMBER] 🍵", "cmd_react"),
    Form("save", "[#NUMBER]", "cmd_save"),
    Form("md", "TEXT", "cmd_md"),
    Form("me", "TEXT", "cmd_me"),
    Form("shrug", "TEXT", "cmd_shrug"),
    Form("nick", "NAME", "cmd_nick"),
    Form("pin", "", "cmd_pin"),
    Form("mute", "", "cmd_mute"),
    Form("theme", "", "cmd_theme"),
    Form("quit", "", "cmd_quit"),
)

_NUMBERED = re.compile(r"#(\d{1,15})(?:\s+|\Z)(.*)", re.DOTALL)


class Slash:
    """The commands of one program."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._visit = program.visit
        own = {form.name for form in FORMS} - set(SERVERS)
        self._handlers: dict[str, Handler] = {name: getattr(self, f"_{name}") for name in own}

    def names(self) -> list[str]:
        """All that may be written after a slash here."""
        there = [row.name for row in self._visit.slash()]
        return sorted({*(form.name for form in FORMS), *there})

    def rows(self) -> list[tuple[str, str]]:
        """The commands with what they do, for people."""
        say = self._program.say
        rows = [(f"/{form.name} {form.arguments}".strip(), say(form.does)) for form in FORMS]
        for row in self._visit.slash():
            if row.bot is not None:
                told = f"{row.description} ({say('by_bot', row.bot.nick)})"
                rows.append((f"/{row.name} {row.hint}".strip(), told))
        return rows

    def handler(self, name: str) -> Handler | None:
        return self._handlers.get(name)

    def said(self, name: str) -> bool:
        """Whether it is a message that the server or a bot understands."""
        return name in SERVERS or any(row.name == name.partition("@")[0] for row in self._visit.slash())

    # --- which message is meant ------------------------------------------------------------------------

    def _meant(self, rest: str, own: bool) -> tuple[LogEvent, str]:
        """A message by its number or, without one, the last that may be meant; and what follows."""
        transcript = self._visit.transcript(self._visit.here)
        found = _NUMBERED.fullmatch(rest)
        if found is not None and (entry := transcript.entry(int(found[1]))) is not None:
            return entry, found[2].strip()
        chosen = self._program.chosen_entry
        last = chosen or (transcript.last_own() if own else transcript.last_said())
        if last is None:
            raise WrongUse(self._program.say("no_own" if own else "choose_message"))
        return last, rest

    def _wrong(self, name: str) -> WrongUse:
        form = next(form for form in FORMS if form.name == name)
        return WrongUse(self._program.say("say_it", f"/{form.name} {form.arguments}"))

    # --- what they do ----------------------------------------------------------------------------------

    async def _help(self, _rest: str) -> None:
        self._program.action_help()

    async def _open(self, rest: str) -> None:
        if not rest:
            raise self._wrong("open")
        talk = self._visit.talks.named(rest)
        if talk is not None:
            await self._program.enter(talk.conversation)
        elif rest.startswith("@") and len(rest) > 1:
            await self._program.enter(rest)
        else:
            raise WrongUse(self._program.say("no_such", rest))

    async def _group(self, rest: str) -> None:
        words = rest.split()
        people = [word for word in words if word.startswith("@")]
        title = " ".join(word for word in words if not word.startswith("@"))
        if not people or not title:
            raise self._wrong("group")
        await self._program.enter(await deeds.make(self._visit, "group", title, people))

    async def _room(self, rest: str) -> None:
        if not rest:
            raise self._wrong("room")
        await self._program.enter(await deeds.make(self._visit, "room", rest, []))

    async def _join(self, rest: str) -> None:
        if not rest:
            raise self._wrong("join")
        if await deeds.join(self._visit, rest):
            await self._program.enter(rest)
        else:
            self._program.tell(self._program.say("asked"))

    async def _leave(self, _rest: str) -> None:
        await deeds.leave(self._visit, self._visit.here)
        await self._program.enter(self._visit.client.welcome.lobby)

    async def _invite(self, rest: str) -> None:
        people = [word if word.startswith("@") else f"@{word}" for word in rest.split()]
        if not people:
            raise self._wrong("invite")
        await deeds.invite(self._visit, people)

    async def _search(self, rest: str) -> None:
        self._program.action_search(rest)

    async def _members(self, _rest: str) -> None:
        self._program.action_members()

    async def _reply(self, rest: str) -> None:
        entry, text = self._meant(rest, own=False)
        if text:
            self._program.writing.send(text, reply_to=entry.seq)
        else:
            self._program.writing.begin_reply(entry)

    async def _edit(self, rest: str) -> None:
        entry, text = self._meant(rest, own=True)
        if text:
            await deeds.edit(self._visit, entry, text)
        else:
            self._program.writing.begin_edit(entry)

    async def _recall(self, rest: str) -> None:
        entry, _ = self._meant(rest, own=True)
        await deeds.recall(self._visit, entry)

    async def _react(self, rest: str) -> None:
        entry, emoji = self._meant(rest, own=False)
        if not emoji:
            raise self._wrong("react")
        await deeds.react(self._visit, entry, emoji)

    async def _save(self, rest: str) -> None:
        entry, _ = self._meant(rest, own=False)
        await self._program.save(entry)

    async def _md(self, rest: str) -> None:
        if not rest:
            raise self._wrong("md")
        self._program.writing.send(rest, markdown=True)

    async def _nick(self, rest: str) -> None:
        await self._program.rename(check_nick(rest.removeprefix("@")))

    async def _pin(self, _rest: str) -> None:
        talk = self._visit.talk
        await deeds.keep(self._visit, pin=not (talk is not None and talk.pinned))

    async def _mute(self, _rest: str) -> None:
        talk = self._visit.talk
        await deeds.keep(self._visit, mute=not (talk is not None and talk.muted))

    async def _theme(self, _rest: str) -> None:
        self._program.action_theme()

    async def _quit(self, _rest: str) -> None:
        self._program.action_leave()
