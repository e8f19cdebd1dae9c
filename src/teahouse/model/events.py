"""Events without a seq: told once to whoever is live, never stored, the first to be dropped under load.

Events with a seq are log entries and travel as `Entry` (see entries.py).
"""

from typing import Any

from msgspec import UNSET, Struct, UnsetType

from teahouse.model.people import Person


class Event(Struct, frozen=True, gc=False, tag_field="ev", tag=str.lower, omit_defaults=True):
    pass


class Ephemeral(Event, frozen=True, tag="message", omit_defaults=False):
    """A message that is not stored: no seq, at most once. `only`: the one member who is told."""

    conversation: str
    sender: Person
    at: int
    body: dict[str, Any]
    ephemeral: bool = True
    only: str | UnsetType = UNSET


class Receipt(Event, frozen=True):
    conversation: str
    user: str
    delivered: int = 0
    read: int = 0


class Typing(Event, frozen=True, omit_defaults=False):
    conversation: str
    user: str
    on: bool


class Presence(Event, frozen=True):
    user: str
    status: str
    at: int
    nick: str = ""
    text: str = ""


class Hidden(Event, frozen=True):
    """To one's own sessions: these messages were deleted for oneself, on another device."""

    conversation: str
    seqs: tuple[int, ...]


class Cleared(Event, frozen=True):
    """To one's own sessions: the history up to and with `upto` was cleared, on another device."""

    conversation: str
    upto: int


class Stream(Event, frozen=True):
    """Somebody's message grows: `text` follows what has `start` characters so far. `ended`: no more will come; the
    whole follows as a message, if there was anything."""

    conversation: str
    stream: str
    sender: Person
    type: str
    start: int
    text: str = ""
    thread: int | None = None
    reply_to: int | None = None
    ended: bool = False


class Membership(Event, frozen=True, tag="member"):
    """Somebody's place in a large conversation, told to their own devices only: no entry says so. `by` is who did
    it."""

    conversation: str
    user: Person
    change: str
    by: Person
    at: int


class Request(Event, frozen=True):
    """Somebody asks to join: to the owner and admins. `state`: asked, withdrawn, approved or rejected; the last also
    to who asked."""

    conversation: str
    user: Person
    state: str
    text: str = ""


class Desk(Event, frozen=True):
    """To agents of the customer-service desk: what became of a ticket (`what`: as in its record), and where it stands.
    `agent` is who is asked or serves, `by` who did it; `text` goes with it, as with a whisper among agents."""

    what: str
    ticket: str
    team: str
    state: str
    at: int
    conversation: str = ""
    agent: str = ""
    by: str = ""
    text: str = ""


class Notice(Event, frozen=True):
    """A sentence from the server to a person. `code` lets a program tell notices apart."""

    code: str
    text: str


class Resync(Event, frozen=True, rename={"from_": "from"}):
    """The session fell too far behind: entries after `from_` were not sent. The client calls sync."""

    conversation: str
    from_: int


class Bye(Event, frozen=True):
    """The last thing a session hears. `after_ms`: wait so long before connecting again."""

    reason: str
    reconnect: bool
    after_ms: int | None = None


AnyEvent = (
    Ephemeral
    | Receipt
    | Typing
    | Presence
    | Hidden
    | Cleared
    | Stream
    | Membership
    | Request
    | Desk
    | Notice
    | Resync
    | Bye
)
