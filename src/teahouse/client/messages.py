"""What a server says, as typed structs: log entries, events without a seq, pages of history.

Rule: fields a newer server adds are ignored, and so are events it invents. Called by client.py.
"""

from typing import Any

import msgspec
from msgspec import Struct

from teahouse.model import events
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person

_CODES = {code.value: code for code in Code}


class LogEvent(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """An entry of a conversation's log. `ev` says what happened (model.entries.Kind); the fields from `body` on
    are there where that kind of entry has them. `at` is milliseconds UTC."""

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
    """One conversation of one's list. `read_seq` is how far one has read, on any device."""

    conversation: str
    kind: str
    title: str = ""
    last_seq: int = 0
    read_seq: int = 0
    unread: int = 0
    peer: Person | None = None


class Listing(Struct, frozen=True):
    conversations: tuple[Listed, ...]


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
