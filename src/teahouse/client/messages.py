"""What a server says, as typed structs: log entries, events without a seq, pages of history.

Rule: fields a newer server adds are ignored, and so are events it invents. Called by client.py.
"""

from typing import Any

import msgspec
from msgspec import Struct

from teahouse.model import events
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person
from teahouse.model.results import Quote, Reacted
from teahouse.model.threads import Thread

_CODES = {code.value: code for code in Code}


class Edited(Struct, frozen=True):
    """Which entry a message has its words from, and when that was."""

    seq: int
    at: int


class LogEvent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of a conversation's log. `ev` says what happened (model.entries.Kind); the fields from `body` on
    are there where that kind of entry has them, those from `edited` on in history only. `at` is milliseconds UTC."""

    ev: str
    conversation: str
    seq: int
    sender: Person
    at: int
    message: str = ""
    cid: str | None = None
    body: dict[str, Any] = {}
    reply_to: int | None = None
    ref: int | None = None
    mentions: tuple[str, ...] = ()
    recalled: bool = False
    emoji: str = ""
    on: bool = True
    change: str = ""
    user: Person | None = None
    title: str = ""
    join: str = ""
    dissolved: bool = False
    kind: str = ""
    role: str = ""
    reason: str = ""
    until: int = 0
    thread: int | None = None
    expired: bool = False
    bot: bool = False
    webhook: dict[str, Any] = {}
    forwarded: dict[str, Any] = {}
    edited: Edited | None = None
    reactions: tuple[Reacted, ...] = ()
    pinned: bool = False
    hidden: bool = False
    replies: Thread | None = None
    quote: Quote | None = None

    @property
    def text(self) -> str:
        """The words of a message or an edit, if it has any."""
        text = self.body.get("text", "")
        return text if isinstance(text, str) else ""


Event = LogEvent | events.AnyEvent


class Page(Struct, frozen=True):
    """Entries in ascending order of seq; `more` in the direction that was asked for."""

    entries: tuple[LogEvent, ...]
    more: bool


class Listed(Struct, frozen=True):
    """One conversation of one's list. `read_seq` is how far one has read, on any device; `peer` the other person of a
    direct conversation."""

    conversation: str
    kind: str
    title: str = ""
    role: str = ""
    last_seq: int = 0
    read_seq: int = 0
    unread: int = 0
    mentions: int = 0
    pinned: bool = False
    muted: bool = False
    archived: bool = False
    peer: Person | None = None
    last_message: LogEvent | None = None


class Listing(Struct, frozen=True):
    conversations: tuple[Listed, ...]
    badge: int = 0


class Hit(Struct, frozen=True):
    """A message that was found. `marks` are what was found in `snippet`, as (start, length) in characters."""

    entry: LogEvent
    snippet: str
    marks: tuple[tuple[int, int], ...]


class Found(Struct, frozen=True):
    """Newest first. `next` is the cursor of the page after this one, if there is one."""

    hits: tuple[Hit, ...]
    more: bool
    next: str | None = None


def event_of(frame: dict[str, Any]) -> Event | None:
    """The event a frame tells of; None for one this client does not know."""
    kind: Any = LogEvent if "seq" in frame else events.AnyEvent
    try:
        event: Event = msgspec.convert(frame, kind)
    except msgspec.ValidationError:
        return None
    return event


def problem_of(error: dict[str, Any]) -> Problem:
    """The refusal in an answer; a code this client does not know counts as `internal`."""
    code = str(error.get("code", ""))
    message = str(error.get("message", code))
    return Problem(_CODES.get(code, Code.INTERNAL), message, error.get("retry_after_ms"))
