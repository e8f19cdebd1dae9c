"""`teahouse chat`: full-screen on a terminal, else line by line.

The line client: what is typed is sent; a line that begins with `/` is a command.

Rule: everything it can do it does through teahouse.client, as any program could. The full-screen client is another
room, and is imported only if it is wanted.
"""

import asyncio
import os
import sys
import time
from collections.abc import Awaitable, Callable

from teahouse.app.entering import Visitor, enter, remember
from teahouse.app.terminal import Terminal, printable, restored
from teahouse.client import Client, Dismissed, Event, LogEvent
from teahouse.client.messages import Listed, Listing
from teahouse.model import commands, events
from teahouse.model.errors import Problem
from teahouse.model.ids import LOBBY
from teahouse.model.results import Created, OnlineList

GREETING = 10  # messages of the lobby that a newcomer is shown

_PATIENCE_S = 3.0  # for what is on its way when one leaves

Handler = Callable[[str], Awaitable[None]]


def run(visitor: Visitor, plain: bool = False, language: str | None = None) -> int:
    """Chat until /quit or the end of input. The exit code: 0, 1 if the server refuses, 2 for wrong use."""
    lines = plain or not fit_for_full_screen()
    try:
        with restored():
            return asyncio.run(_chat_in_lines(visitor) if lines else _chat(visitor, language))
    except ValueError as error:
        return _fail(str(error), 2)
    except Problem as problem:
        return _fail(problem.message, 1)
    except Dismissed as error:
        return _fail(f"the server says goodbye: {error}", 1)
    except OSError as error:
        return _fail(f"no chat with {visitor.server}: {error}; does the server run (teahouse serve)?", 1)


def fit_for_full_screen() -> bool:
    """Whether a person sits at a terminal that can move its cursor."""
    return sys.stdin.isatty() and sys.stdout.isatty() and os.environ.get("TERM", "") not in ("", "dumb")


def _fail(sentence: str, code: int) -> int:
    sys.stderr.write(f"teahouse: {sentence}\n")
    return code


async def _chat_in_lines(visitor: Visitor) -> int:
    client, _ = await enter(visitor)
    try:
        await Chat(client, Terminal(f"{client.welcome.user.nick}> ")).run()
    finally:
        await client.close()
    return 0


async def _chat(visitor: Visitor, language: str | None) -> int:
    """Full-screen; at the end one is told how to come back, and what was not sent."""
    from teahouse.fullscreen.language import language_of
    from teahouse.fullscreen.program import Program

    say = language_of(language, os.environ)
    client, login = await enter(visitor)
    program = Program(client, login, say, renamed=lambda: remember(client))
    try:
        await program.run_async()
        unsent = await program.visit.close(_PATIENCE_S)
    finally:
        await client.close()
    nick = client.welcome.user.nick
    sys.stdout.write(f"{say('bye', nick, visitor.again(nick))}\n")
    for outgoing in unsent:
        sys.stdout.write(f"{say('unsent', printable(outgoing.text))}\n")
    if program.ended is not None:
        raise program.ended
    return program.return_code or 0


class Quit(Exception):
    """The person has had enough."""


class Chat:
    """One person's conversation with the server. `to` is where plain lines go."""

    def __init__(self, client: Client, terminal: Terminal) -> None:
        self._client = client
        self._terminal = terminal
        self._to = LOBBY
        self._titles: dict[str, str] = {}
        self._commands: dict[str, tuple[str, str, Handler]] = {
            "help": ("", "this list", self._help),
            "who": ("", "who is online", self._who),
            "msg": ("@nick text", "say something to one person", self._msg),
            "to": ("conversation or @nick", "talk there from now on", self._go),
            "list": ("", "your conversations", self._list),
            "history": ("[number]", "the latest messages here", self._history),
            "join": ("conversation", "join a room or channel, and talk there", self._join),
            "create": ("[@nick ...] title", "a room, or a group with these people", self._create),
            "quit": ("", "leave", self._quit),
        }

    async def run(self) -> None:
        """Until the person quits or the input ends. Dismissed or Problem when the server ends it."""
        self._note(f"you are {self._client.welcome.user.nick} in the lobby; /help tells what you can do")
        await self._history(str(GREETING))
        listener = asyncio.create_task(self._listen())
        try:
            while (line := await self._next_line(listener)) is not None:
                await self._obey(line)
        except Quit:
            pass
        finally:
            listener.cancel()

    async def _next_line(self, listener: asyncio.Task[None]) -> str | None:
        reading = asyncio.create_task(self._terminal.line())
        await asyncio.wait([reading, listener], return_when=asyncio.FIRST_COMPLETED)
        if reading.done():
            return reading.result()
        reading.cancel()
        listener.result()
        return None

    async def _obey(self, line: str) -> None:
        line = line.strip()
        if not line:
            return
        try:
            if not line.startswith("/"):
                await self._say(self._to, line)
                return
            word, _, rest = line[1:].partition(" ")
            if word in self._commands:
                await self._commands[word][2](rest.strip())
            else:
                self._note(f"there is no /{word}; /help tells what there is")
        except Problem as problem:
            self._note(problem.message)
        except TimeoutError:
            self._note("the server does not answer")
        except Dismissed:
            raise
        except ConnectionError:
            self._note("the connection was lost meanwhile; try that again")

    # --- what a person can do ---------------------------------------------------------------------------

    async def _say(self, to: str, text: str) -> None:
        sent = await self._client.send(to, text)
        if to.startswith("@"):
            self._titles[sent.conversation] = to
            if to == self._to:
                self._to = sent.conversation

    async def _help(self, _rest: str) -> None:
        for name, (arguments, meaning, _) in self._commands.items():
            self._terminal.show(f"  {f'/{name} {arguments}':32}{meaning}")
        self._terminal.show(f"  {'anything else':32}is said in {self._titles.get(self._to, self._to)}")

    async def _who(self, _rest: str) -> None:
        online = await self._client.request(commands.Online(), OnlineList)
        names = [
            user.nick if user.status == "online" else f"{user.nick} ({user.status})" for user in online.users
        ]
        self._note(f"{online.count} online: {', '.join(names)}")

    async def _msg(self, rest: str) -> None:
        to, _, text = rest.partition(" ")
        if not to.startswith("@") or not text.strip():
            self._note("say it like this: /msg @nick text")
            return
        await self._say(to, text.strip())

    async def _go(self, rest: str) -> None:
        await self._refresh()
        by_title = {title.casefold(): conversation for conversation, title in self._titles.items()}
        target = by_title.get(rest.casefold(), rest)
        if target not in self._titles and not target.startswith("@"):
            self._note(f"you are in no conversation {rest!r}; /list shows them, /join brings you into one")
            return
        self._to = target
        self._note(f"talking in {self._titles.get(target, target)}")

    async def _list(self, _rest: str) -> None:
        for listed in await self._refresh():
            unread = f", {listed.unread} unread" if listed.unread else ""
            here = "*" if listed.conversation == self._to else " "
            title = self._titles[listed.conversation]
            self._terminal.show(f"{here} {title} ({listed.kind}{unread})  {listed.conversation}")

    async def _history(self, rest: str) -> None:
        if self._to.startswith("@"):
            return
        limit = int(rest) if rest.isascii() and rest.isdigit() else 20
        page = await self._client.history(self._to, limit=max(1, min(limit, 200)))
        for entry in page.entries:
            self._show_entry(entry)

    async def _join(self, rest: str) -> None:
        await self._client.request(commands.Join(conversation=rest), dict)
        await self._go(rest)

    async def _create(self, rest: str) -> None:
        words = rest.split()
        people = [word for word in words if word.startswith("@")]
        title = " ".join(word for word in words if not word.startswith("@"))
        command = commands.Create(kind="group" if people else "room", title=title, members=people)
        created = await self._client.request(command, Created)
        self._titles[created.conversation] = title or created.conversation
        self._to = created.conversation
        how = "" if people else f"; others come in with /join {created.conversation}"
        self._note(f"made {title or created.conversation}{how}")

    async def _quit(self, _rest: str) -> None:
        raise Quit

    async def _refresh(self) -> tuple[Listed, ...]:
        listing = await self._client.request(commands.Conversations(), Listing)
        for listed in listing.conversations:
            title = listed.title or listed.conversation
            self._titles[listed.conversation] = f"@{title}" if listed.kind == "direct" else title
        return listing.conversations

    # --- what a person is shown -------------------------------------------------------------------------

    async def _listen(self) -> None:
        async for event in self._client.events():
            await self._show(event)

    async def _show(self, event: Event) -> None:
        match event:
            case LogEvent():
                if event.conversation not in self._titles:
                    await self._learn_titles()
                self._show_entry(event)
            case events.Ephemeral():
                self._line(event.at, event.conversation, f"{event.sender.nick}: {event.body.get('text', '')}")
            case events.Membership():
                who = "" if event.user.id == event.by.id else f" {event.user.nick}"
                self._line(event.at, event.conversation, f"{event.by.nick} {event.change}{who}")
            case events.Presence() if event.nick:
                self._note(f"{event.nick} is {event.status}")
            case events.Notice():
                self._note(event.text)

    async def _learn_titles(self) -> None:
        try:
            await self._refresh()
        except (Problem, OSError):
            return  # it is shown by its id, then

    def _show_entry(self, entry: LogEvent) -> None:
        nick = entry.sender.nick
        match entry.ev:
            case "message":
                said = f"{nick}: {entry.text}" if not entry.recalled else f"{nick} took a message back"
            case "edit":
                said = f"{nick} now says: {entry.text}"
            case "recall":
                said = f"{nick} took a message back"
            case "reaction":
                said = f"{nick} {'reacts' if entry.on else 'no longer reacts'} with {entry.emoji}"
            case "member" if entry.user is not None:
                who = "" if entry.user.id == entry.sender.id else f" {entry.user.nick}"
                said = f"{nick} {entry.change}{who}"
            case "conversation":
                done = "dissolved" if entry.dissolved else "changed" if entry.join else "made"
                said = f"{nick} {done} {entry.title or 'this conversation'}"
            case _:
                return
        self._line(entry.at, entry.conversation, said)

    def _line(self, at: int, conversation: str, said: str) -> None:
        clock = time.strftime("%H:%M", time.localtime(at / 1000))
        place = "" if conversation == self._to else f"[{self._titles.get(conversation, conversation)}] "
        self._terminal.show(printable(f"{clock} {place}{said}"))

    def _note(self, sentence: str) -> None:
        self._terminal.show(printable(f"-- {sentence}"))
