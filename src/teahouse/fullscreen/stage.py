"""The stage: all that stands on the screen, and how it comes to show what the visit knows.

Rule: drawing reads and changes nothing. What can be wide in the terminal is measured in cells, not characters. Made by
program.py.
"""

from datetime import date
from typing import TYPE_CHECKING

from rich.text import Text
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from teahouse.fullscreen.composer import Composer
from teahouse.fullscreen.look import Look
from teahouse.fullscreen.messages import MessageView, Scene
from teahouse.fullscreen.panels import members_text
from teahouse.fullscreen.printable import on_one_line
from teahouse.fullscreen.rows import Drawn
from teahouse.fullscreen.sidebar import Sidebar
from teahouse.fullscreen.transcript import Line

if TYPE_CHECKING:
    from teahouse.fullscreen.program import Program

_NARROW = 64  # columns below which the list gives way
_PANELS = 96  # and below which it does while the members are shown

_KEYS = (
    ("F1", "help", "help"),
    ("F2", "talks", "key_talks"),
    ("F3", "search", "search"),
    ("F4", "members", "key_members"),
    ("F5", "unread", "unread"),
    ("F6", "messages", "key_messages"),
    ("^P", "command_palette", "palette"),
    ("^C", "leave", "quit"),
)
_KEYS_THERE = ("r reply", "e edit", "d recall", "t react", "s save", "c copy", "Esc to_input")


class Stage:
    """The widgets. `hint` is a sentence for the person, until they type on; `offered` what Tab would complete."""

    def __init__(self, program: "Program") -> None:
        self._program = program
        self._visit = program.visit
        self._say = program.say
        self.hint = ""
        self.offered = ""
        self.talks = Sidebar("talks", self._say, self._visit.people.status)
        self.view = MessageView("messages")
        self.composer = Composer("composer", self._visit.nicks, program.slash.names)
        self._title = Static("", id="title")
        self._lost = Static(self._say("lost"), id="lost", markup=False)
        self._mode = Static("", id="mode")
        self._hint = Static("", id="hint")
        self._keys = Static("", id="keys")
        self._members = Static("")
        self._panel = VerticalScroll(self._members, id="members", classes="hidden")
        self._panel.can_focus = False

    def compose(self) -> ComposeResult:
        with Horizontal(id="body"):
            yield self.talks
            with Vertical(id="middle"):
                yield self._title
                yield self.view
                yield self._lost
                yield self._mode
                yield self._hint
                yield self.composer
            yield self._panel
        yield self._keys

    # --- what stands beside -----------------------------------------------------------------------------

    def toggle_members(self) -> None:
        self._panel.toggle_class("hidden")

    def fit(self, width: int, keep: bool = False) -> None:
        """What there is room for; `keep`: the list is wanted all the same."""
        panel = not self._panel.has_class("hidden")
        self.talks.set_class(width < (_PANELS if panel else _NARROW) and not keep, "hidden")

    # --- drawing ----------------------------------------------------------------------------------------

    def draw(self, look: Look) -> None:
        visit = self._visit
        self.talks.show(visit.talks.shown(self.talks.filtered_by), visit.here, look)
        self._title.update(self._headline(look))
        self._lost.set_class(not visit.connected, "shown")
        self._draw_mode()
        self._hint.update(
            Text(self.offered or self.hint or self._writers(), no_wrap=True, overflow="ellipsis")
        )
        self._draw_keys()
        if not self._panel.has_class("hidden"):
            self._members.update(members_text(visit.members(), visit.people.status, self._say, look))
        self.view.show(self._scene())

    def _headline(self, look: Look) -> Text:
        """Which conversation it is, and who is there."""
        visit, talk = self._visit, self._visit.talk
        text = Text(no_wrap=True, overflow="ellipsis")
        text.append(on_one_line(talk.title if talk is not None else visit.here, 60) or "teahouse", "bold")
        if talk is not None and talk.peer is not None:
            text.append(f"  {self._say(self._status_of(talk.peer.id))}", look.muted)
        elif talk is not None:
            here = [row for row in visit.members() if visit.people.status(row.id) != "offline"]
            kind = self._say(talk.kind) if talk.kind in ("group", "channel", "room") else talk.kind
            text.append(f"  {kind} · {self._say('n_online', len(here))}", look.muted)
        text.append(f"   {visit.me.nick}", look.nick(visit.me.id))
        return text

    def _status_of(self, user: str) -> str:
        status = self._visit.people.status(user)
        return status if status in ("online", "away", "dnd") else "offline"

    def _draw_mode(self) -> None:
        writing = self._program.writing
        shown = ""
        if writing.editing is not None:
            shown = self._say("editing")
        elif writing.reply_to is not None:
            entry = writing.reply_to
            shown = self._say("replying", on_one_line(entry.sender.nick, 40), on_one_line(entry.text, 60))
        self._mode.update(Text(shown, no_wrap=True, overflow="ellipsis"))
        self._mode.set_class(bool(shown), "shown")
        talk = self._visit.talk
        title = talk.title if talk is not None else self._visit.here
        words = self._say("write", on_one_line(title, 40)) if title else self._say("write_nowhere")
        where = Content(words)  # not a string, which would be read as markup
        if self.composer.placeholder != where:
            self.composer.placeholder = where

    def _writers(self) -> str:
        nicks = [on_one_line(nick, 40) for nick in self._visit.typing()]
        if not nicks:
            chosen = self.view.chosen_line if self.view.has_focus else None
            return f"#{chosen.seq}" if chosen is not None and chosen.seq else ""
        key = "typing_one" if len(nicks) == 1 else "typing_many"
        return self._say(key, ", ".join(nicks[:4]))

    def _draw_keys(self) -> None:
        """What the keys do here. On a narrow screen the first of them."""
        if self.view.has_focus:
            pairs = [key.split(" ") for key in _KEYS_THERE]
            words = "  ".join(f"{key} {self._say(word)}" for key, word in pairs)
            self._keys.update(Text(words, no_wrap=True, overflow="ellipsis"))
            return
        links = [
            Content.from_markup(f"[@click=app.{action}][b]{key}[/b] $word[/]", word=self._say(word))
            for key, action, word in _KEYS
        ]
        self._keys.update(Content("  ").join(links))

    # --- the messages -----------------------------------------------------------------------------------

    def _scene(self) -> Scene:
        transcript = self._visit.transcript(self._visit.here)
        top = ""
        if transcript.loaded:
            top = self._say("older" if transcript.more else "beginning")
        elif self._visit.talk is not None:
            top = self._say("loading")
        unread = transcript.first_unread()
        here = (transcript.conversation, transcript.revision, self._visit.marks.revision)
        revision = (*here, unread, top, self._visit.me, date.today())
        return Scene(revision, transcript.conversation, transcript.lines, unread, top, self._drawn)

    def _drawn(self, line: Line, first: bool) -> Drawn:
        transcript = self._visit.transcript(self._visit.here)
        entry = line.entry
        answered = entry.reply_to if entry is not None else None
        if line.outgoing is not None:
            answered = line.outgoing.more.get("reply_to")
        quote = transcript.quote(answered, entry.quote if entry is not None else None) if answered else None
        return Drawn(line, first, self._mark(line), quote, self._visit.me.id)

    def _mark(self, line: Line) -> str:
        """How far a message of one's own has come."""
        if line.outgoing is not None:
            problem = line.outgoing.problem
            if problem is None:
                return f"… {self._say('pending')}"
            return f"✗ {self._say('failed', on_one_line(problem.message, 120))} (F6, e)"
        entry = line.entry
        if entry is None or entry.sender.id != self._visit.me.id or entry.ev != "message" or not entry.seq:
            return ""
        read = self._visit.marks.read(entry.conversation, entry.seq)
        delivered = self._visit.marks.delivered(entry.conversation, entry.seq)
        talk = self._visit.talk
        direct = talk is not None and talk.direct
        if read:
            return f"✓✓ {self._say('read') if direct else self._say('read_by', read)}"
        if delivered:
            return f"✓✓ {self._say('delivered') if direct else self._say('delivered_to', delivered)}"
        return "✓" if self._visit.here == self._visit.client.welcome.lobby else f"✓ {self._say('sent')}"
