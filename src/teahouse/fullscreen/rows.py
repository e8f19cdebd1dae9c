"""Rows: one line of a transcript, drawn for a width.

Rule: pure: what to draw and how wide in, lines of the terminal out. All words of others go through `printable`. Called
by messages.py, which keeps what was drawn.
"""

import re
from collections.abc import Iterable
from typing import Any

from msgspec import Struct
from rich.cells import cell_len
from rich.console import Console, RenderableType
from rich.markdown import Markdown
from rich.segment import Segment
from rich.style import Style
from rich.text import Text
from textual.strip import Strip

from teahouse.client import LogEvent
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.look import Look
from teahouse.fullscreen.moments import clock
from teahouse.fullscreen.printable import bytes_as_words, on_one_line, printable
from teahouse.fullscreen.transcript import Line
from teahouse.model.ids import EVERYBODY
from teahouse.model.results import Quote

GUTTER = 6  # the time, and a space

_LINK = re.compile(r"https?://[^\s<>\"]+")
_MENTION = re.compile(r"(?<![\w@])@[\w.\-]+")
_FILES = ("image", "file", "voice")
_SYMBOLS = {"image": "▣", "file": "▤", "voice": "♪"}


class Drawn(Struct, frozen=True):
    """What a line is drawn with; the same again is the same picture. `first`: of those that one sender wrote in a row.
    `mark` is how far a message of one's own has come; `me` one's own id."""

    line: Line
    first: bool
    mark: str
    quote: Quote | None
    me: str


class Brush:
    """Draws for one look and language."""

    def __init__(self, console: Console, look: Look, say: Language) -> None:
        self._console = console
        self._markdown = look.markdown()
        self.look = look
        self.say = say

    def message(self, drawn: Drawn, width: int) -> list[Strip]:
        """A message, or what else happened, in so many columns."""
        entry = drawn.line.entry
        if entry is not None and (entry.ev != "message" or entry.recalled):
            return self.banner(self._happening(entry), width)
        inner = max(8, width - GUTTER)
        body = [strip for part in self._parts(drawn) for strip in self._lines(part, inner)]
        at = drawn.line.at
        time = Segment(f"{clock(at) if at else '     '} ", Style.parse(self.look.muted))
        blank = Segment(" " * GUTTER)
        strips = [Strip([time if n == 0 else blank, *segments]) for n, segments in enumerate(body)]
        return [self._head(drawn), *strips] if drawn.first else strips

    def banner(self, text: str, width: int, style: str = "") -> list[Strip]:
        """A sentence in the middle."""
        words = Text(text, style or self.look.muted, justify="center", overflow="fold")
        return [Strip(segments) for segments in self._lines(words, max(8, width))]

    def rule(self, text: str, width: int, style: str = "") -> list[Strip]:
        """A line across, with a word in it."""
        rest = max(4, width - cell_len(text) - 2)
        dashes = "─" * (rest // 2), "─" * (rest - rest // 2)
        segment = Segment(f"{dashes[0]} {text} {dashes[1]}", Style.parse(style or self.look.muted))
        return [Strip([segment]).crop(0, width)]

    # --- parts of a message -----------------------------------------------------------------------------

    def _lines(self, renderable: RenderableType, width: int) -> Iterable[list[Segment]]:
        options = self._console.options.update(width=width, height=None, highlight=False)
        with self._console.use_theme(self._markdown):
            return self._console.render_lines(renderable, options, pad=False)

    def _head(self, drawn: Drawn) -> Strip:
        line, entry = drawn.line, drawn.line.entry
        nick = line.sender.nick
        badges = []
        if entry is not None:
            nick = str(entry.webhook.get("nick") or nick)
            badges += [self.say("bot")] if entry.bot or entry.webhook else []
        own = " ●" if line.sender.id == drawn.me else ""
        head = [
            Segment(f"{on_one_line(nick, 40)}{own}", Style(color=self.look.nick(line.sender.id), bold=True))
        ]
        head += [Segment(f" [{badge}]", Style.parse(self.look.muted)) for badge in badges]
        return Strip(head)

    def _parts(self, drawn: Drawn) -> Iterable[RenderableType]:
        line, entry = drawn.line, drawn.line.entry
        if drawn.quote is not None:
            yield self._quote(drawn.quote)
        if entry is None:
            assert line.outgoing is not None
            more = line.outgoing.more
            body = more.get("body") or {"type": "text", "text": line.outgoing.text}
            yield from self._body(body, (), drawn)
        else:
            if entry.forwarded:
                whom = on_one_line(str(entry.forwarded.get("nick", "")), 40)
                yield Text(self.say("forwarded", whom), self.look.muted)
            yield from self._body(entry.body, entry.mentions, drawn)
        if entry is not None and entry.reactions:
            yield self._reactions(entry, drawn.me)

    def _quote(self, quote: Quote) -> Text:
        if quote.recalled:
            words = self.say("recalled", on_one_line(quote.sender.nick, 40))
        else:
            words = f"{on_one_line(quote.sender.nick, 40)}: {on_one_line(quote.text or quote.type, 100)}"
        return Text(f"┃ {words}", self.look.muted, no_wrap=True, overflow="ellipsis")

    def _body(
        self, body: dict[str, Any], mentions: tuple[str, ...], drawn: Drawn
    ) -> Iterable[RenderableType]:
        kind, text = body.get("type"), body.get("text")
        words = printable(text) if isinstance(text, str) else ""
        notes = self._notes(drawn)
        if kind == "markdown":
            yield Markdown(words, hyperlinks=False, code_theme="monokai" if self.look.dark else "friendly")
            if notes:
                yield notes
            return
        if kind == "text":
            shown = self._words(words, mentions, drawn.me)
            if body.get("action"):
                shown = Text.assemble(
                    (f"* {on_one_line(drawn.line.sender.nick, 40)} ", "italic"), shown, style="italic"
                )
        else:
            shown = Text.assemble(*self._other(str(kind), body, words))
        yield Text.assemble(shown, "  ", notes) if notes else shown

    def _words(self, words: str, mentions: tuple[str, ...], me: str) -> Text:
        text = Text(words, overflow="fold")
        text.highlight_regex(_LINK, f"underline {self.look.accent}")
        called = me in mentions or EVERYBODY in mentions
        text.highlight_regex(_MENTION, self.look.mention if called else f"bold {self.look.accent}")
        return text

    def _other(self, kind: str, body: dict[str, Any], words: str) -> Iterable[str | tuple[str, str]]:
        """Bodies that are more than words, in words."""
        caption = f"\n{words}" if words else ""
        if kind in _FILES:
            size = body.get("size")
            name = on_one_line(str(body.get("name") or self.say(kind)), 80)
            told = f" ({bytes_as_words(size)})" if isinstance(size, int) else ""
            yield from ((f"{_SYMBOLS[kind]} {name}", f"bold {self.look.accent}"), told, caption)
        elif kind == "location":
            name = on_one_line(str(body.get("name") or self.say("location")), 80)
            yield from (
                (f"⌖ {name}", f"bold {self.look.accent}"),
                f" {body.get('lat')}, {body.get('lon')}",
                caption,
            )
        elif kind == "card":
            yield (f"▧ {on_one_line(str(body.get('title', '')), 200)}", f"bold {self.look.accent}")
            yield caption
            if body.get("url"):
                yield f"\n{on_one_line(str(body['url']), 300)}"
        else:
            yield (self.say("unknown_body", on_one_line(kind, 40)), self.look.muted)
            yield caption

    def _notes(self, drawn: Drawn) -> Text:
        """What is said after a message: edited, pinned, in a thread, how far it came."""
        entry, line = drawn.line.entry, drawn.line
        notes = []
        if entry is not None:
            notes += [self.say("edited")] if entry.edited is not None else []
            notes += [self.say("pinned")] if entry.pinned else []
            notes += [self.say("thread_part")] if entry.thread is not None else []
            notes += [self.say("thread", entry.replies.replies)] if entry.replies is not None else []
            notes += [self.say("ephemeral")] if entry.seq == 0 and line.at else []
        failed = line.outgoing is not None and line.outgoing.problem is not None
        if drawn.mark:
            notes.append(drawn.mark)
        return Text(" · ".join(notes), self.look.error if failed else self.look.muted, overflow="fold")

    def _reactions(self, entry: LogEvent, me: str) -> Text:
        shown = Text()
        for one in entry.reactions:
            style = f"bold {self.look.accent}" if me in one.users else self.look.muted
            shown.append(f"{on_one_line(one.emoji, 16)} {one.count}  ", style)
        return shown

    def _happening(self, entry: LogEvent) -> str:
        who = on_one_line(entry.sender.nick, 40)
        if entry.recalled:
            return self.say("expired" if entry.expired else "recalled", who)
        title = f"“{on_one_line(entry.title, 60)}”"
        if entry.ev == "conversation":
            what = (
                "dissolved" if entry.dissolved else "changed" if entry.join or not entry.kind else "created"
            )
            return self.say(what, who, title)
        whom = on_one_line(entry.user.nick, 40) if entry.user is not None else "?"
        if entry.change == "role":
            role = self.say(entry.role) if entry.role in ("owner", "admin") else on_one_line(entry.role, 40)
            return self.say("role", who, whom, role)
        known = entry.change in (
            "joined",
            "left",
            "invited",
            "approved",
            "kicked",
            "banned",
            "unbanned",
            "muted",
            "unmuted",
        )
        return self.say(entry.change, who, whom) if known else f"{who}: {on_one_line(entry.change, 40)}"
