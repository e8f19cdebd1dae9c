"""One line of a transcript, drawn: every kind of body, every kind of happening, and widths."""

from typing import Any

import pytest
from rich.cells import cell_len
from rich.console import Console

from teahouse.client import LogEvent
from teahouse.client.messages import Edited
from teahouse.fullscreen.language import Language
from teahouse.fullscreen.look import DARK_LOOK, LIGHT_LOOK
from teahouse.fullscreen.rows import Brush, Drawn
from teahouse.fullscreen.transcript import Line
from teahouse.model.people import Person
from teahouse.model.results import Quote, Reacted
from teahouse.model.threads import Thread

ALICE, BOB = Person("u1", "alice"), Person("u2", "bob")


def entry(ev: str = "message", sender: Person = BOB, **more: Any) -> LogEvent:
    return LogEvent(ev=ev, conversation="c", seq=7, sender=sender, at=1_795_477_496_834, **more)


def text_of(
    event: LogEvent, width: int = 60, first: bool = True, quote: Quote | None = None, mark: str = ""
) -> str:
    brush = Brush(Console(), DARK_LOOK, Language("en"))
    line = Line("7", event.sender, event.at, event.seq, event)
    strips = brush.message(Drawn(line, first, mark, quote, ALICE.id), width)
    assert all(strip.cell_length <= width for strip in strips)
    return "\n".join(strip.text.rstrip() for strip in strips)


@pytest.mark.parametrize(
    ("body", "shown"),
    [
        ({"type": "text", "text": "plain words"}, "plain words"),
        ({"type": "text", "text": "waves", "action": True}, "* bob waves"),
        ({"type": "markdown", "text": "a [link](https://e.org/x)"}, "link (https://e.org/x)"),
        ({"type": "file", "file": "f1", "name": "leaves.pdf", "size": 48213}, "▤ leaves.pdf (47 KiB)"),
        ({"type": "image", "file": "f1", "text": "the kettle"}, "▣ picture\n      the kettle"),
        ({"type": "voice", "file": "f1"}, "♪ voice message"),
        ({"type": "location", "lat": 30.2, "lon": 120.1, "name": "Longjing"}, "⌖ Longjing 30.2, 120.1"),
        ({"type": "card", "title": "Menu", "text": "Today", "url": "https://e.org"}, "▧ Menu"),
        ({"type": "chess"}, "a message this client cannot show (chess)"),
        ({"type": "text"}, "bob"),
        ({"type": "text", "text": ["not", "words"]}, "bob"),
        ({}, "cannot show (None)"),
        ({"type": "file", "file": "f", "name": {"no": "name"}, "size": "big"}, "▤ "),
    ],
)
def test_bodies(body: dict[str, Any], shown: str) -> None:
    assert shown in text_of(entry(body=body))


@pytest.mark.parametrize(
    ("event", "shown"),
    [
        (entry("member", user=BOB, change="joined"), "bob came in"),
        (entry("member", sender=ALICE, user=BOB, change="kicked"), "alice removed bob"),
        (entry("member", sender=ALICE, user=BOB, change="role", role="admin"), "alice made bob admin"),
        (entry("member", sender=ALICE, user=BOB, change="crowned"), "alice: crowned"),
        (entry("conversation", title="Tea", kind="group"), "bob opened “Tea”"),
        (entry("conversation", title="Tea", kind="group", join="invite"), "bob changed “Tea”"),
        (entry("conversation", title="Tea", dissolved=True), "bob dissolved “Tea”"),
        (entry(recalled=True), "bob took a message back"),
        (entry(recalled=True, expired=True), "a message of bob has expired"),
    ],
)
def test_happenings(event: LogEvent, shown: str) -> None:
    assert text_of(event).strip() == shown


def test_what_stands_with_a_message() -> None:
    event = entry(
        body={"type": "text", "text": "words"},
        edited=Edited(9, 1),
        pinned=True,
        replies=Thread(3, 9, 1),
        reactions=(Reacted("🍵", 2, ("u1", "u2")),),
        forwarded={"nick": "carol", "at": 1},
        bot=True,
    )
    shown = text_of(event, quote=Quote(3, ALICE, "text", "what?"), mark="✓ sent")
    for piece in ("bob [bot]", "┃ alice: what?", "forwarded, written by carol", "🍵 2"):
        assert piece in shown
    assert "words  edited · pinned · 3 in the thread · ✓ sent" in shown


def test_under_one_name() -> None:
    assert "bob" not in text_of(entry(body={"type": "text", "text": "again"}), first=False)


def test_a_webhook_shows_the_name_it_was_given() -> None:
    assert text_of(entry(body={"type": "text", "text": "x"}, webhook={"id": "h", "nick": "CI"})).startswith(
        "CI [bot]"
    )


def test_a_quote_of_what_was_taken_back() -> None:
    quote = Quote(3, ALICE, "text", "", True)
    assert "┃ alice took a message back" in text_of(entry(body={"type": "text", "text": "x"}), quote=quote)


@pytest.mark.parametrize("width", [14, 15, 20, 33, 80])
@pytest.mark.parametrize("kind", ["text", "markdown"])
def test_wide_characters_never_reach_over_the_edge(width: int, kind: str) -> None:
    words = "今天喝龙井吗 yes 👍 " * 9
    shown = text_of(entry(body={"type": kind, "text": words}), width)
    assert cell_len("".join(shown.split())) >= cell_len("".join(words.split()))


def test_nobody_moves_the_cursor() -> None:
    for body in (
        {"type": "text", "text": "\x1b[2J\r\u202e"},
        {"type": "markdown", "text": "`\x1b[2J` [a](http://x/\x1b]0;t\x07)"},
        {"type": "file", "file": "f", "name": "\x1b[2J.txt"},
        {"type": "\x1b[2J"},
        {"type": "text", "text": "acts", "action": True},
        {"type": "card", "title": "\x1b[2J", "url": "http://x/\x1b"},
    ):
        event = entry(body=body, sender=Person("u9", "\x1b[31mevil"), forwarded={"nick": "\x1b", "at": 1})
        assert "\x1b" not in text_of(event, quote=Quote(1, Person("u9", "\x1b[1m"), "\x1b", "\x1b[2J"))
        assert "\x1b" not in text_of(event, quote=Quote(1, Person("u9", "\x1b[1m"), "\x1b", ""))
    happening = entry("member", user=Person("u8", "\x1b"), change="role", role="\x1b[2J")
    assert "\x1b" not in text_of(happening)


def test_the_colour_of_a_nick_stays() -> None:
    assert {DARK_LOOK.nick("u1") for _ in range(3)} == {DARK_LOOK.nick("u1")}
    assert len({LIGHT_LOOK.nick(f"u{n}") for n in range(200)}) == len(LIGHT_LOOK.nicks)
