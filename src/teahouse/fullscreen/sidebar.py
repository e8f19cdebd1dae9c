"""The list of conversations at the left: what is unread, who is there, and a filter.

Rule: it shows talks and says which one was chosen; nothing else. The filter has the keys of the list, so that one
types, goes down, and presses Enter. Used by program.py.
"""

from collections.abc import Callable
from typing import ClassVar

from rich.cells import cell_len, set_cell_size
from rich.text import Text
from textual import events, on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from teahouse.fullscreen.language import Language
from teahouse.fullscreen.look import Look
from teahouse.fullscreen.printable import on_one_line
from teahouse.fullscreen.talks import Talk

_WIDTH = 25
_DOTS: dict[str, str] = {"online": "●", "away": "◐", "dnd": "⊘"}
_KINDS: dict[str, str] = {"direct": "○", "channel": "»", "room": "#", "group": "&"}


class Sidebar(Vertical):
    class Chosen(Message):
        """A conversation, by its id."""

        def __init__(self, conversation: str) -> None:
            super().__init__()
            self.conversation = conversation

    class Left(Message):
        """The person wants to write again."""

    class FilterChanged(Message):
        """What the list should show has changed."""

    MOVES: ClassVar[dict[str, int]] = {"down": 1, "up": -1}

    def __init__(self, id: str, say: Language, status: Callable[[str], str]) -> None:
        super().__init__(id=id)
        self._say = say
        self._status = status
        self._filter = Input(placeholder=f"{say('talks')}: {say('filter')} (F2)", id="filter", compact=True)
        self._list = OptionList(id="list", compact=True)
        self._list.can_focus = False
        self._shown: list[tuple[object, ...]] = []

    def compose(self) -> ComposeResult:
        yield self._filter
        yield self._list

    @property
    def filtered_by(self) -> str:
        return self._filter.value

    def begin(self) -> None:
        """Let the person type what to look for."""
        self._filter.focus()

    def show(self, talks: list[Talk], here: str, look: Look) -> None:
        """Show these; only if something is different, so that nothing flickers."""
        rows = [self._facts(talk, talk.conversation == here) for talk in talks]
        wanted: list[tuple[object, ...]] = [(look.dark, here), *rows]
        if wanted == self._shown:
            return
        moved = [row[0] for row in self._shown[1:]] != [row[0] for row in rows]
        highlighted = self._list.highlighted_option
        self._shown = wanted
        self._list.clear_options()
        self._list.add_options(
            Option(self._prompt(talk, talk.conversation == here, look), id=talk.conversation)
            for talk in talks
        )
        keep = highlighted.id if highlighted is not None and self._filter.has_focus and not moved else here
        self._highlight(str(keep))

    def _highlight(self, conversation: str) -> None:
        for index, option in enumerate(self._list.options):
            if option.id == conversation:
                self._list.highlighted = index
                return
        self._list.highlighted = 0 if self._list.options and self._filter.has_focus else None

    def _facts(self, talk: Talk, here: bool) -> tuple[object, ...]:
        peer = self._status(talk.peer.id) if talk.peer is not None else ""
        return (
            talk.conversation,
            talk.title,
            talk.unread,
            talk.mentions,
            talk.pinned,
            talk.muted,
            peer,
            here,
        )

    def _prompt(self, talk: Talk, here: bool, look: Look) -> Text:
        """`● bob          @1 3`: who is there, name, mentions and unread."""
        status = self._status(talk.peer.id) if talk.peer is not None else ""
        sign = _DOTS.get(status, _KINDS.get(talk.kind, " "))
        badge = f" @{talk.mentions}" if talk.mentions else ""
        badge += f" {talk.unread if talk.unread < 1000 else '999+'}" if talk.unread else ""
        badge += " ★" if talk.pinned else ""
        badge += " ⌀" if talk.muted else ""
        room = _WIDTH - 3 - cell_len(badge)
        title = on_one_line(talk.title, 60)
        title = title if cell_len(title) <= room else f"{set_cell_size(title, room - 1)}…"
        quiet = talk.muted and not talk.mentions
        style = f"bold {look.accent}" if talk.unread and not quiet else "bold" if here else ""
        text = Text(no_wrap=True)
        text.append("▸" if here else " ", look.accent)
        text.append(f"{sign} ", look.nicks[2] if status == "online" else look.muted)
        text.append(set_cell_size(title, room), style)
        text.append(badge, f"bold {look.accent}" if not quiet else look.muted)
        return text

    @on(Input.Changed)
    def _filtered(self) -> None:
        self.post_message(self.FilterChanged())

    @on(Input.Submitted)
    def _entered(self) -> None:
        chosen = self._list.highlighted_option
        if chosen is not None and chosen.id is not None:
            self._choose(chosen.id)

    @on(OptionList.OptionSelected)
    def _clicked(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self._choose(event.option.id)

    def _choose(self, conversation: str) -> None:
        self._filter.value = ""
        self.post_message(self.Chosen(conversation))

    def on_key(self, event: events.Key) -> None:
        """Up and down move in the list while one types."""
        if event.key in self.MOVES and self._list.options:
            at = self._list.highlighted
            step = self.MOVES[event.key]
            self._list.highlighted = 0 if at is None else (at + step) % len(self._list.options)
        elif event.key == "escape":
            self._filter.value = ""
            self.post_message(self.Left())
        else:
            return
        event.stop()
        event.prevent_default()
