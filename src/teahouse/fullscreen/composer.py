"""The input: several lines, completion by Tab, and the keys of somebody who chats.

Rule: it knows nothing of conversations; what the person wants goes out as a message. Whole characters come from the
terminal only when an input method has composed them, so Enter never sends half a word. Used by program.py.
"""

from collections.abc import Callable, Iterable

from textual import events
from textual.message import Message
from textual.widgets import TextArea

from teahouse.fullscreen.completion import Offer, offer

_NEW_LINE = ("ctrl+j", "shift+enter", "alt+enter", "ctrl+enter")

Words = Callable[[], Iterable[str]]


class Composer(TextArea):
    """`nicks` and `slash` give what may be completed now."""

    class Submitted(Message):
        """Enter was pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    class EditLast(Message):
        """Up, where there is nothing above and nothing written."""

    class Cancelled(Message):
        """Escape was pressed."""

    class Offered(Message):
        """What Tab would complete has changed."""

        def __init__(self, words: tuple[str, ...]) -> None:
            super().__init__()
            self.words = words

    class Paged(Message):
        """The person wants to scroll the messages."""

        def __init__(self, step: int) -> None:
            super().__init__()
            self.step = step

    def __init__(self, id: str, nicks: Words, slash: Words) -> None:
        super().__init__(id=id, soft_wrap=True, show_line_numbers=False, compact=True, tab_behavior="focus")
        self._nicks = nicks
        self._slash = slash
        self._round: tuple[Offer, int, str] | None = None

    def on_key(self, event: events.Key) -> None:
        """The keys that a text area would take otherwise."""
        taken = True
        match event.key:
            case "enter":
                self.post_message(self.Submitted(self.text))
            case key if key in _NEW_LINE:
                self.insert("\n")
            case "tab":
                self._complete()
            case "escape":
                self.post_message(self.Cancelled())
            case "up" if not self.text:
                self.post_message(self.EditLast())
            case "pageup" | "pagedown":
                self.post_message(self.Paged(-1 if event.key == "pageup" else 1))
            case _:
                taken = False
        if event.key != "tab":
            self._round = None
        if taken:
            event.stop()
            event.prevent_default()

    def on_text_area_changed(self) -> None:
        if self._round is None or self.text != self._round[2]:
            self._round = None
            found = offer(self._before(), self._nicks(), self._slash()) if self._worth_offering() else None
            self.post_message(self.Offered(found.words if found is not None else ()))

    def take(self, text: str) -> None:
        """Put a text in, cursor at its end."""
        self.load_text(text)
        self.move_cursor(self.document.end)

    def _worth_offering(self) -> bool:
        before = self._before()
        return before.startswith("/") or "@" in before

    def _before(self) -> str:
        """The text up to the cursor."""
        return self.document.get_text_range((0, 0), self.cursor_location)

    def _complete(self) -> None:
        """The next word that fits; again and again goes through all of them."""
        if self._round is not None:
            found, place, _ = self._round
            length, place = len(found.words[place]) + 1, (place + 1) % len(found.words)
        else:
            offered = offer(self._before(), self._nicks(), self._slash())
            if offered is None:
                return
            found, place, length = offered, 0, offered.length
        row, column = self.cursor_location
        self._round = (found, place, "")
        self.replace(f"{found.words[place]} ", (row, column - length), (row, column))
        self._round = (found, place, self.text)
