"""What comes over or beside the conversation: search, help, who is here.

Rule: a panel asks what it needs through the functions it is given, and says what was chosen. Used by program.py.
"""

from collections.abc import Awaitable, Callable
from typing import ClassVar

from rich.text import Text
from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from teahouse.client import Problem
from teahouse.client.messages import Found, Hit
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.look import Look
from teahouse.fullscreen.moments import clock, local
from teahouse.fullscreen.printable import on_one_line, printable
from teahouse.model.results import MemberRow

_CLOSE: list[BindingType] = [Binding("escape,f1,f3", "dismiss", show=False)]
_MORE = "more"

LISTED = 200
"""Members that are shown at most."""

Search = Callable[[str, str | None], Awaitable[Found]]
Place = tuple[str, int]


class SearchScreen(ModalScreen[Place | None]):
    """Gives where the chosen message stands: conversation and seq."""

    BINDINGS: ClassVar[list[BindingType]] = [*_CLOSE, Binding("down", "into", show=False)]

    def __init__(
        self, say: Language, look: Look, search: Search, title: Callable[[str], str], query: str = ""
    ) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._search = search
        self._title = title
        self._first = query
        self._query = Input(query, placeholder=say("search_hint"), id="query", compact=True)
        self._found = OptionList(id="found")
        self._state = Static("", id="state", markup=False)
        self._asked = ""
        self._next: str | None = None
        self._places: list[Place] = []

    def compose(self) -> ComposeResult:
        with Vertical(id="searching", classes="box") as box:
            box.border_title = self._say("search")
            yield self._query
            yield self._state
            yield self._found

    async def on_mount(self) -> None:
        self._query.focus()
        if self._first:
            self._look_for(self._first, None)

    def action_into(self) -> None:
        """From the words to what was found."""
        if self._places:
            self._found.focus()

    @on(Input.Submitted)
    def _submitted(self, event: Input.Submitted) -> None:
        self._look_for(event.value, None)

    @on(OptionList.OptionSelected)
    def _selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id == _MORE:
            self._look_for(self._asked, self._next)
        elif event.option_index < len(self._places):
            self.dismiss(self._places[event.option_index])

    def _look_for(self, query: str, cursor: str | None) -> None:
        self.run_worker(self._ask(query, cursor), exclusive=True)

    async def _ask(self, query: str, cursor: str | None) -> None:
        self._state.update(self._say("loading"))
        try:
            found = await self._search(query, cursor)
        except Problem as problem:
            self._state.update(printable(problem.message))
            return
        except OSError:
            self._state.update(self._say("not_now"))
            return
        self._asked, self._next = query, found.next
        self._show(found, cursor is None)

    def _show(self, found: Found, anew: bool) -> None:
        if anew:
            self._places = []
            self._found.clear_options()
        elif self._found.option_count > len(self._places):
            self._found.remove_option(_MORE)
        at = len(self._places)
        self._places += [(hit.entry.conversation, hit.entry.seq) for hit in found.hits]
        self._found.add_options(Option(self._row(hit)) for hit in found.hits)
        if found.more:
            self._found.add_option(Option(self._say("more"), id=_MORE))
        self._state.update(
            self._say("search_found", len(self._places)) if self._places else self._say("search_none")
        )
        if found.hits:
            self._found.highlighted = at
            self._found.focus()

    def _row(self, hit: Hit) -> Text:
        """Where, who, when; and the words, with what was found in them."""
        entry = hit.entry
        head = f"{on_one_line(self._title(entry.conversation), 30)} · {on_one_line(entry.sender.nick, 40)} · "
        when = f"{local(entry.at).date().isoformat()} {clock(entry.at)}\n"
        snippet = Text(printable(hit.snippet).replace("\n", " "))
        for start, length in hit.marks:
            snippet.stylize(f"bold {self._look.accent}", start, start + length)
        return Text.assemble((head + when, self._look.muted), snippet)


class HelpScreen(ModalScreen[None]):
    """What one can press and type."""

    BINDINGS: ClassVar[list[BindingType]] = [*_CLOSE, Binding("enter,q", "dismiss", show=False)]

    def __init__(self, say: Language, look: Look, rows: list[tuple[str, str]]) -> None:
        super().__init__()
        self._say = say
        self._look = look
        self._rows = rows

    def compose(self) -> ComposeResult:
        text = Text(self._say("help_keys") + "\n\n")
        width = max((len(name) for name, _ in self._rows), default=0) + 2
        for name, meaning in self._rows:
            text.append(f"{on_one_line(name, 60):{width}}", f"bold {self._look.accent}")
            text.append(f"{on_one_line(meaning)}\n")
        with VerticalScroll(classes="box") as box:
            box.border_title = self._say("help")
            box.border_subtitle = f"Esc: {self._say('close')}"
            yield Static(text, id="help")

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


def members_text(
    rows: tuple[MemberRow, ...], status: Callable[[str], str], say: Language, look: Look
) -> Text:
    """Who is here: those who are online first."""
    ordered = sorted(rows, key=lambda row: (status(row.id) == "offline", row.nick.casefold()))
    count = len(rows) if len(rows) < LISTED else f"{LISTED}+"
    text = Text(f"{say('n_members', count)}\n", look.muted)
    for row in ordered[:LISTED]:
        here = status(row.id)
        text.append("● " if here == "online" else "○ " if here == "offline" else "◐ ", look.nick(row.id))
        text.append(on_one_line(row.nick, 40), "" if here != "offline" else look.muted)
        if row.role in ("owner", "admin"):
            text.append(f" {say(row.role)}", look.muted)
        text.append("\n")
    return text
