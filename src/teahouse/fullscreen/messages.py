"""The message view: a transcript as lines of the terminal, however long it is.

Rule: a row is drawn once for what it says and how wide it is; scrolling draws nothing anew. What the person looks at
stays where it is: at the end while they are at the end, else at the message that stands on top. Filled by program.py.
"""

from bisect import bisect_right
from collections.abc import Callable, Hashable, Iterable
from datetime import date, datetime
from functools import lru_cache
from typing import ClassVar

from msgspec import Struct
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.geometry import Size
from textual.message import Message
from textual.scroll_view import ScrollView
from textual.strip import Strip

from teahouse.fullscreen.moments import day, local
from teahouse.fullscreen.rows import Brush, Drawn
from teahouse.fullscreen.transcript import Line

_TOGETHER_MS = 5 * 60_000  # what one sender writes within so long stands under one name
_QUARTER_MS = 15 * 60_000  # in no time zone a day begins within a quarter of an hour
_EARLY = 8  # lines before the top at which older messages are asked for


class Row(Struct, frozen=True):
    """`line` is None for a line that says the day, or where the unread begins."""

    key: str
    strips: list[Strip]
    line: Line | None = None


class Scene(Struct, frozen=True):
    """All that is to be shown, and what is not in the lines: where the unread begins, whether there is more before
    them, and how to find mark and quote of a line. The same `revision` is the same picture."""

    revision: Hashable
    conversation: str
    lines: Callable[[], Iterable[Line]]
    unread: int
    top: str
    drawn: Callable[[Line, bool], Drawn]


class MessageView(ScrollView, can_focus=True):
    """`chosen` is the line that keys are about, while the person is in here."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "choose(-1)", show=False),
        Binding("down,j", "choose(1)", show=False),
        Binding("home,g", "oldest", show=False),
        Binding("end,G", "newest", show=False),
        Binding("pageup", "page(-1)", show=False),
        Binding("pagedown", "page(1)", show=False),
        *(
            Binding(key, f"want('{what}')", show=False)
            for key, what in (
                ("r", "reply"),
                ("e", "edit"),
                ("d", "recall"),
                ("t", "react"),
                ("s", "save"),
                ("c,y", "copy"),
                ("enter", "reply"),
            )
        ),
    ]

    class OlderWanted(Message):
        """The person comes to the top of what is loaded."""

    class Wanted(Message):
        """The person wants to do something with the chosen line."""

        def __init__(self, what: str, line: Line) -> None:
            super().__init__()
            self.what = what
            self.line = line

    class Moved(Message):
        """What is to be seen has changed."""

    def __init__(self, id: str) -> None:
        super().__init__(id=id)
        self.chosen: str | None = None
        self.following = True
        self.brush: Brush | None = None
        self._scene: Scene | None = None
        self._rows: list[Row] = []
        self._starts: list[int] = []
        self._kept: dict[Hashable, list[Strip]] = {}
        self._laying = False

    # --- what is shown ----------------------------------------------------------------------------------

    def show(self, scene: Scene) -> None:
        """Show this, and stay where the person is."""
        if self._scene is None or self._scene.revision != scene.revision:
            self._scene = scene
            self._lay()

    def forget(self) -> None:
        """Another conversation: begin at its end."""
        self.chosen, self.following = None, True
        self._rows, self._starts = [], []

    def redraw(self) -> None:
        """Other colours: draw all anew."""
        self._kept.clear()
        self._lay()

    @property
    def chosen_line(self) -> Line | None:
        return next((row.line for row in self._rows if row.line is not None and row.key == self.chosen), None)

    def reveal(self, key: str) -> bool:
        """Bring a line before the person's eyes, and choose it."""
        for index, row in enumerate(self._rows):
            if row.key == key:
                self.chosen = key
                self.following = False
                self._scroll(self._starts[index] - max(1, self.size.height // 4))
                self.refresh()
                return True
        return False

    def _lay(self) -> None:
        width = self.scrollable_content_region.width
        if self._scene is None or self.brush is None or width <= 0:
            return
        anchor = self._anchor()
        self._rows = self._make(self._scene, self.brush, width)
        self._starts, total = [], 0
        for row in self._rows:
            self._starts.append(total)
            total += len(row.strips)
        self._laying = True
        self.virtual_size = Size(width, total)
        self._return_to(anchor, total)
        self._laying = False
        self.refresh()

    def _anchor(self) -> tuple[str, int] | None:
        """The row on top, and how far it is scrolled out; None at the end."""
        if self.following or not self._rows:
            return None
        y = int(self.scroll_y)
        index = max(0, bisect_right(self._starts, y) - 1)
        while index < len(self._rows) - 1 and self._rows[index].line is None:
            index += 1  # the day may stand elsewhere when there is more before it
        return self._rows[index].key, y - self._starts[index]

    def _return_to(self, anchor: tuple[str, int] | None, total: int) -> None:
        if anchor is None:
            self._scroll(total)
            return
        for index, row in enumerate(self._rows):
            if row.key == anchor[0]:
                self._scroll(self._starts[index] + anchor[1])
                return

    def _scroll(self, y: int) -> None:
        self.scroll_to(y=max(0, min(y, self.max_scroll_y)), animate=False, force=True, immediate=True)

    def _make(self, scene: Scene, brush: Brush, width: int) -> list[Row]:
        rows = [Row("top", brush.banner(scene.top, width))] if scene.top else []
        kept: dict[Hashable, list[Strip]] = {}
        today, before = datetime.now().astimezone().date(), None
        shown: date | None = None
        for line in scene.lines():
            when = _day(line.at // _QUARTER_MS) if line.at else shown
            if when is not None and when != shown:
                rows.append(Row(f"day{when}", brush.rule(day(line.at, today, brush.say), width)))
                before, shown = None, when
            if line.seq and line.seq == scene.unread:
                style = f"bold {brush.look.error}"
                rows.append(Row("unread", brush.rule(brush.say("unread_line"), width, style)))
                before = None
            drawn = scene.drawn(line, before is None or not _together(before, line))
            key = (
                scene.conversation,
                line.key,
                line.version,
                drawn.first,
                drawn.mark,
                repr(drawn.quote),
                width,
            )
            strips = kept[key] = self._kept.get(key) or brush.message(drawn, width)
            rows.append(Row(line.key, strips, line))
            before = line if _said(line) else None
        self._kept = kept
        return rows

    def render_line(self, y: int) -> Strip:
        width = self.scrollable_content_region.width
        at = y + int(self.scroll_y)
        index = bisect_right(self._starts, at) - 1
        style = self.rich_style
        if index < 0 or not self._rows or at >= self._starts[-1] + len(self._rows[-1].strips):
            return Strip.blank(width, style)
        row = self._rows[index]
        if row.key == self.chosen and self.has_focus and self.brush is not None:
            style += Style(bgcolor=self.brush.look.chosen)
        strip = row.strips[at - self._starts[index]]
        return strip.adjust_cell_length(width).apply_style(style)

    # --- what the person does ---------------------------------------------------------------------------

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if self._laying:
            return
        self.following = new_value >= self.max_scroll_y - 0.5
        if new_value < _EARLY and self._rows:
            self.post_message(self.OlderWanted())
        self.post_message(self.Moved())

    def on_resize(self, _event: events.Resize) -> None:
        self._lay()

    def on_focus(self) -> None:
        """At the end, the newest is chosen; further up, what was chosen there."""
        if self.following or self.chosen_line is None:
            self.chosen = None
            self.action_choose(0)

    def on_click(self, event: events.Click) -> None:
        index = bisect_right(self._starts, event.y + int(self.scroll_y)) - 1
        if 0 <= index < len(self._rows) and self._rows[index].line is not None:
            self.chosen = self._rows[index].key
            self.refresh()

    def action_choose(self, step: int) -> None:
        """The line before or after the chosen one; the last, if none is."""
        lines = [index for index, row in enumerate(self._rows) if row.line is not None and _said(row.line)]
        if not lines:
            return
        at = next((n for n, index in enumerate(lines) if self._rows[index].key == self.chosen), None)
        place = len(lines) - 1 if at is None else max(0, min(len(lines) - 1, at + step))
        index = lines[place]
        self.chosen = self._rows[index].key
        top, height = self._starts[index], len(self._rows[index].strips)
        if top < self.scroll_y:
            self._scroll(top)
        elif top + height > self.scroll_y + self.size.height:
            self._scroll(top + height - self.size.height)
        if place == 0:
            self.post_message(self.OlderWanted())
        self.refresh()
        self.post_message(self.Moved())

    def action_page(self, step: int) -> None:
        self._scroll(int(self.scroll_y) + step * max(1, self.size.height - 2))

    def action_oldest(self) -> None:
        self._scroll(0)

    def action_newest(self) -> None:
        self.following = True
        self._scroll(self.virtual_size.height)

    def action_want(self, what: str) -> None:
        line = self.chosen_line
        if line is not None:
            self.post_message(self.Wanted(what, line))


@lru_cache(4096)
def _day(quarter: int) -> date:
    return local(quarter * _QUARTER_MS).date()


def _said(line: Line) -> bool:
    """Whether somebody says something here that can be answered."""
    return line.entry is None or (line.entry.ev == "message" and not line.entry.recalled)


def _together(before: Line, line: Line) -> bool:
    """Whether a line stands under the name of the one before it."""
    same = before.sender.id == line.sender.id and _said(line)
    return same and (not line.at or line.at - before.at < _TOGETHER_MS)
