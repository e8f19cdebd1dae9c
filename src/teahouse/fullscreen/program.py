"""The full-screen client: what keys do.

Rule: it gives what the person does to writing.py and deeds.py, and has the stage draw what the visit knows; it decides
nothing about messages. Made by teahouse.app.chat, which also says goodbye.
"""

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress
from pathlib import Path
from typing import ClassVar, cast

from textual import events, on
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.command import CommandPalette, Provider

from teahouse.client import Client, Dismissed, LogEvent, Problem
from teahouse.client.account import Login
from teahouse.fullscreen import deeds, look
from teahouse.fullscreen.composer import Composer
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.messages import MessageView
from teahouse.fullscreen.palette import Everything, Offer
from teahouse.fullscreen.panels import HelpScreen, Place, SearchScreen
from teahouse.fullscreen.printable import on_one_line, printable
from teahouse.fullscreen.rows import Brush
from teahouse.fullscreen.sidebar import Sidebar
from teahouse.fullscreen.slash import Slash, WrongUse
from teahouse.fullscreen.stage import Stage
from teahouse.fullscreen.visit import Visit
from teahouse.fullscreen.writing import Writing

_AGAIN_S = 5.0
_FRAME_S = 0.02  # what changes within so long is drawn once


class Program(App[None]):
    """`renamed` is told of another nick. `ended` is why the server ended it, if it did."""

    CSS = look.CSS
    COMMANDS: ClassVar[set[type[Provider] | Callable[[], type[Provider]]]] = {Everything}
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "leave", priority=True, show=False, system=True),
        Binding("f1", "help", show=False),
        Binding("f2", "talks", show=False),
        Binding("f3", "search", show=False),
        Binding("f4", "members", show=False),
        Binding("f5", "unread", show=False),
        Binding("f6", "messages", show=False, priority=True),
        Binding("alt+up,ctrl+up", "next_talk(-1)", show=False, priority=True),
        Binding("alt+down,ctrl+down", "next_talk(1)", show=False, priority=True),
        Binding("escape", "compose", show=False),
    ]

    def __init__(
        self, client: Client, login: Login | None, say: Language, renamed: Callable[[], None] = lambda: None
    ) -> None:
        super().__init__()
        self.title = "teahouse"
        self.say = say
        self.ended: Exception | None = None
        self.visit = Visit(client, login, self.changed)
        self.visit.notice = self._noticed
        self.slash = Slash(self)
        self._renamed = renamed
        self._told_nick = client.welcome.user.nick
        self._look = look.DARK_LOOK
        self._drawing = False
        self._blurred = False
        self._loading_older = False
        self._stage = Stage(self)
        self._view = self._stage.view
        self.writing = Writing(self, self._stage.composer)

    def compose(self) -> ComposeResult:
        yield from self._stage.compose()

    async def on_mount(self) -> None:
        self.register_theme(look.DARK)
        self.register_theme(look.LIGHT)
        self._colours(look.dark_terminal())
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            with suppress(ValueError, RuntimeError):  # not in the main thread
                loop.add_signal_handler(number, self.action_leave)
        self._stage.composer.focus()
        self.set_interval(1.0, self.changed)  # who was writing stops, and days begin
        self.set_interval(_AGAIN_S, self._load_again)
        self.run_worker(self._listen())
        self.do(self._begin())

    async def _begin(self) -> None:
        await self.visit.start()
        await self.enter(self.visit.client.welcome.lobby)

    def _load_again(self) -> None:
        """What could not be loaded when one came may be there now."""
        visit = self.visit
        if visit.connected and visit.talk is not None and not visit.transcript(visit.here).loaded:
            visit.errand(visit.load(visit.here))

    async def _listen(self) -> None:
        try:
            await self.visit.listen()
        except (Problem, OSError) as error:  # Dismissed is one, too
            self.ended = error
            self.exit()

    # --- doing things -----------------------------------------------------------------------------------

    def do(self, work: Awaitable[None]) -> None:
        """Do something the person asked for, and tell them if it fails."""

        async def run() -> None:
            try:
                await work
            except WrongUse as wrong:
                self.tell(str(wrong))
            except Problem as problem:
                self.tell(problem.message)
            except Dismissed:
                return  # the listener ends it
            except TimeoutError:
                self.tell(self.say("silent" if self.visit.connected else "not_now"))
            except ConnectionError:
                self.tell(self.say("try_again"))
            except (OSError, ValueError) as error:
                self.tell(str(error))
            self.changed()

        self.run_worker(run())

    def tell(self, sentence: str) -> None:
        """A sentence for the person, until they type on."""
        self._stage.hint = on_one_line(sentence, 300)
        self.changed()

    def _noticed(self, code: str, text: str) -> None:
        if code == "connected" and not self.visit.here:
            self.do(self._begin())  # it was lost before one was in
        self.tell(self.say("back") if code == "connected" else "" if code == "disconnected" else text)

    async def enter(self, conversation: str) -> None:
        """Go into a conversation."""
        self.writing.move(self.visit.here, conversation)
        if conversation != self.visit.here:
            self._view.forget()
        self.action_compose()
        await self.visit.open(conversation)

    def to_the_end(self) -> None:
        """Show the newest messages."""
        self._view.following = True
        self.changed()

    async def rename(self, nick: str) -> None:
        if not await deeds.rename(self.visit, nick):
            raise WrongUse(self.say("no_rename"))
        self.tell(self.say("you_are", nick))

    async def save(self, entry: LogEvent) -> None:
        """Save the file of a message."""
        if self.visit.login is None:
            raise WrongUse(self.say("save_account"))
        self.tell(self.say("loading"))
        path = await deeds.save(self.visit, entry, deeds.downloads(Path.home()))
        self.tell(self.say("no_file") if path is None else self.say("saved", path))

    # --- the input --------------------------------------------------------------------------------------

    @on(Composer.Submitted)
    def _submitted(self, event: Composer.Submitted) -> None:
        self._stage.hint = ""
        self.writing.submit(event.text)

    @on(Composer.EditLast)
    def _edit_last(self) -> None:
        self.writing.edit_last()

    @on(Composer.Cancelled)
    def _cancelled(self) -> None:
        self._stage.hint = ""
        self.writing.cancel()
        self._view.action_newest()
        self.changed()

    @on(Composer.Offered)
    def _offered(self, event: Composer.Offered) -> None:
        self._stage.offered = "  ".join(on_one_line(word, 40) for word in event.words[:12])
        self.changed()

    @on(Composer.Paged)
    def _paged(self, event: Composer.Paged) -> None:
        self._view.action_page(event.step)

    @on(Composer.Changed)
    def _typed(self) -> None:
        if self._stage.composer.text:
            self._stage.hint = ""
        self.writing.typed()

    # --- the messages -----------------------------------------------------------------------------------

    @property
    def chosen_entry(self) -> LogEvent | None:
        """The message the person has chosen in the view, if they came from there."""
        line = self._view.chosen_line if self._view.has_focus else None
        return line.entry if line is not None and line.seq else None

    @on(MessageView.OlderWanted)
    def _older_wanted(self) -> None:
        if not self._loading_older:
            self._loading_older = True
            self.do(self._load_older())

    async def _load_older(self) -> None:
        try:
            await self.visit.older(self.visit.here)
        finally:
            self._loading_older = False

    @on(MessageView.Moved)
    def _moved(self) -> None:
        self.changed()

    @on(MessageView.Wanted)
    def _wanted(self, event: MessageView.Wanted) -> None:
        line, entry = event.line, event.line.entry
        if entry is None or not line.seq:
            self.writing.take_back(line)
            return
        match event.what:
            case "reply":
                self.writing.begin_reply(entry)
            case "edit":
                self.writing.begin_edit(entry)
            case "recall":
                self.do(deeds.recall(self.visit, entry))
            case "react":
                self.writing.begin_reaction(entry)
            case "save":
                self.do(self.save(entry))
            case "copy":
                self.copy_to_clipboard(printable(entry.text))
                self.tell(self.say("copied"))

    # --- keys -------------------------------------------------------------------------------------------

    def action_leave(self) -> None:
        self.exit()

    def action_help(self) -> None:
        self.push_screen(HelpScreen(self.say, self._look, self.slash.rows()))

    def action_talks(self) -> None:
        self._stage.fit(self.size.width, keep=True)
        self._stage.talks.begin()

    @on(Sidebar.Chosen)
    def _talk_chosen(self, event: Sidebar.Chosen) -> None:
        self._stage.fit(self.size.width)
        self.do(self.enter(event.conversation))

    @on(Sidebar.Left)
    def _talks_left(self) -> None:
        self._stage.fit(self.size.width)
        self.action_compose()

    @on(Sidebar.FilterChanged)
    def _filtered(self) -> None:
        self.changed()

    def action_next_talk(self, step: int) -> None:
        shown = [talk.conversation for talk in self.visit.talks.shown()]
        if shown:
            at = shown.index(self.visit.here) if self.visit.here in shown else -1
            self.do(self.enter(shown[(at + step) % len(shown)]))

    def action_search(self, query: str = "") -> None:
        found = SearchScreen(self.say, self._look, self.visit.client.search, self._title_of, query)
        self.push_screen(found, self._go)

    def _title_of(self, conversation: str) -> str:
        talk = self.visit.talks.get(conversation)
        return talk.title if talk is not None else conversation

    def _go(self, place: Place | None) -> None:
        if place is not None:
            self.do(self._reveal(*place))

    async def _reveal(self, conversation: str, seq: int) -> None:
        """Go to one message."""
        await self.enter(conversation)
        reached = await self.visit.back_to(conversation, seq)
        self._draw()
        if reached and self._view.reveal(str(seq)):
            self._view.focus()
        else:
            self.tell(self.say("too_old"))

    def action_members(self) -> None:
        self._stage.toggle_members()
        self._stage.fit(self.size.width)
        self.changed()

    def action_unread(self) -> None:
        self.do(self._to_unread())

    async def _to_unread(self) -> None:
        transcript = self.visit.transcript(self.visit.here)
        if transcript.unread_from:
            await self.visit.back_to(self.visit.here, transcript.unread_from + 1)
            self._draw()
        first = transcript.first_unread()
        if not first or not self._view.reveal(str(first)):
            self.tell(self.say("no_unread"))

    def action_messages(self) -> None:
        self._view.focus()
        self.changed()

    def action_compose(self) -> None:
        self._stage.composer.focus()
        self.changed()

    def action_theme(self) -> None:
        self._colours(not self._look.dark)

    def action_command_palette(self) -> None:
        if not CommandPalette.is_open(cast(App[object], self)):
            self.push_screen(CommandPalette(placeholder=self.say("palette_hint"), id="--command-palette"))

    def offers(self) -> list[Offer]:
        """What the palette offers: what keys do, and all conversations."""
        say = self.say
        return [
            (say("search"), "F3", self.action_search),
            (say("members"), "F4", self.action_members),
            (say("unread"), "F5", self.action_unread),
            (say("light_dark"), say("light_dark_help"), self.action_theme),
            (say("help"), "F1", self.action_help),
            (say("quit"), "Ctrl+C", self.action_leave),
            *(
                (say("go", on_one_line(talk.title, 60)), say("go_help"), self._entering(talk.conversation))
                for talk in self.visit.talks.shown()
            ),
        ]

    def _entering(self, conversation: str) -> Callable[[], None]:
        return lambda: self.do(self.enter(conversation))

    # --- drawing ----------------------------------------------------------------------------------------

    def changed(self) -> None:
        """Something is different: draw, soon and once."""
        if not self._drawing and self.is_running:
            self._drawing = True
            self.set_timer(_FRAME_S, self._draw)

    def _draw(self) -> None:
        self._drawing = False
        at_the_end = self._view.following and not self._blurred
        self.visit.watching = at_the_end
        self._stage.draw(self._look)
        transcript = self.visit.transcript(self.visit.here)
        if at_the_end and transcript.loaded:
            self.visit.seen(transcript.last)
        if self.visit.client.welcome.user.nick != self._told_nick:
            self._told_nick = self.visit.client.welcome.user.nick
            self._renamed()

    def _colours(self, dark: bool) -> None:
        self._look = look.DARK_LOOK if dark else look.LIGHT_LOOK
        self.theme = (look.DARK if dark else look.LIGHT).name
        self._view.brush = Brush(self.console, self._look, self.say)
        self._view.redraw()
        self.changed()

    def on_app_blur(self, _event: events.AppBlur) -> None:
        self._blurred, self.visit.watching = True, False

    def on_app_focus(self, _event: events.AppFocus) -> None:
        self._blurred = False
        self.changed()

    def on_resize(self, event: events.Resize) -> None:
        self._stage.fit(event.size.width)
