"""What commands answer. One struct a command; `Done` where there is nothing to say."""

from typing import Any, Generic, TypeVar

from msgspec import Struct

from teahouse.model.commands import Original
from teahouse.model.entries import Entry
from teahouse.model.people import Person, User
from teahouse.model.relations import Block, Contact
from teahouse.model.threads import Thread

T = TypeVar("T")


class Result(Struct, frozen=True, gc=False, omit_defaults=True):
    pass


class Done(Result, frozen=True):
    pass


class Reacted(Result, frozen=True):
    """Who put an emoji on a message, newest state."""

    emoji: str
    count: int
    users: tuple[str, ...]


class Quote(Result, frozen=True):
    """What a reply answers, as its reader may see it now. `text` is the beginning of it."""

    seq: int
    sender: Person
    type: str = ""
    text: str = ""
    recalled: bool = False


class _Told(Generic[T]):
    """Something that later entries may say of one: kept only where they do, for nearly all have nothing."""

    def __init__(self, default: T) -> None:
        self._default = default

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, view: "View", owner: type) -> T:
        return self._default if view.later is None else view.later.get(self._name, self._default)

    def __set__(self, view: "View", value: T) -> None:
        if view.later is None:
            view.later = {}
        view.later[self._name] = value


class View:
    """An entry as one reader may see it: the log's entry with what later entries made of it.

    A plain class, so that a codec decides how it looks on its wire.
    """

    __slots__ = ("entry", "later", "own")

    edited_seq = _Told(0)
    edited_at = _Told(0)
    pinned = _Told(False)
    reactions: "_Told[tuple[Reacted, ...]]" = _Told(())
    thread: "_Told[Thread | None]" = _Told(None)
    quote: "_Told[Quote | None]" = _Told(None)

    def __init__(self, entry: Entry, own: bool = False) -> None:
        self.entry = entry
        self.own = own
        self.later: dict[str, Any] | None = None


class Welcome(Result, frozen=True):
    user: User
    session: str
    heartbeat_s: int
    server: str
    lobby: str
    resume: str | None = None


class Pong(Result, frozen=True):
    at: int


class Routed(Result, frozen=True):
    """One of several messages that a send became."""

    conversation: str
    seq: int
    message: str


class Sent(Result, frozen=True, omit_defaults=False):
    conversation: str
    seq: int
    message: str
    at: int
    duplicate: bool = False


class SentToTopic(Sent, frozen=True):
    """The first room's place in the usual fields, all rooms in `routed`."""

    routed: tuple[Routed, ...] = ()


class SentEphemeral(Result, frozen=True, omit_defaults=False):
    conversation: str
    at: int
    ephemeral: bool = True


class Logged(Result, frozen=True):
    """The seq of the entry that a change wrote."""

    seq: int


class ReadUpTo(Result, frozen=True, omit_defaults=False):
    seq: int
    unread: int
    mentions: int = 0


class HistoryPage(Result, frozen=True, omit_defaults=False):
    entries: tuple[View, ...]
    more: bool


class Hit(Result, frozen=True, omit_defaults=False):
    """A message that was found. `snippet` is a piece of its text, plain; `marks` are what was found in it, as
    (start, length) in characters (Unicode code points)."""

    entry: View
    snippet: str
    marks: tuple[tuple[int, int], ...]


class SearchPage(Result, frozen=True, omit_defaults=False):
    """Newest first. `next`, if there are `more`, is the `cursor` of the page after this one."""

    hits: tuple[Hit, ...]
    more: bool
    next: str | None = None


class Summary(Result, frozen=True, omit_defaults=False):
    """A conversation in one's list. `peer` is the other person of a direct conversation, `avatar` the id of the
    picture of any other."""

    conversation: str
    kind: str
    title: str
    role: str
    last_seq: int
    read_seq: int
    unread: int
    mentions: int
    pinned: bool
    muted: bool
    archived: bool
    peer: Person | None = None
    last_message: View | None = None
    cleared_seq: int = 0
    expires_s: int = 0
    avatar: str = ""


class SyncedConversation(Result, frozen=True, omit_defaults=False):
    conversation: str
    kind: str
    title: str
    last_seq: int
    read_seq: int
    unread: int
    mentions: int
    entries: tuple[View, ...] = ()
    more: bool = False
    muted: bool = False
    cleared_seq: int = 0
    hidden: tuple[int, ...] = ()


class Synced(Result, frozen=True, omit_defaults=False):
    """`badge`: what an icon shows; muted conversations count by their mentions only."""

    conversations: tuple[SyncedConversation, ...]
    badge: int = 0


class ConversationList(Result, frozen=True, omit_defaults=False):
    conversations: tuple[Summary, ...]
    badge: int = 0


class PinnedMessages(Result, frozen=True, omit_defaults=False):
    """The last pinned first."""

    entries: tuple[View, ...]


class Reader(Result, frozen=True, omit_defaults=False):
    """`at`: when they last read on here, which may be further than the message asked for."""

    id: str
    nick: str
    at: int


class ReaderList(Result, frozen=True, omit_defaults=False):
    """`count` is how many of `of` members have read it. `readers` is empty in large conversations."""

    count: int
    of: int
    readers: tuple[Reader, ...] = ()


class Preferred(Result, frozen=True, omit_defaults=False):
    receipts: bool


class Scheduled(Result, frozen=True):
    """A message that waits for its time. `failed` is the code it was refused with, `why` the sentence."""

    schedule: str
    conversation: str
    at: int
    body: dict[str, Any] | None = None
    forward: tuple[Original, ...] = ()
    reply_to: int | None = None
    thread: int | None = None
    failed: str = ""
    why: str = ""


class ScheduleList(Result, frozen=True, omit_defaults=False):
    schedules: tuple[Scheduled, ...]


class Streaming(Result, frozen=True, omit_defaults=False):
    """`length`: how many characters there are."""

    conversation: str
    stream: str
    length: int


class OnlineUser(Result, frozen=True):
    id: str
    nick: str
    status: str
    text: str = ""


class OnlineList(Result, frozen=True, omit_defaults=False):
    users: tuple[OnlineUser, ...]
    count: int


class PagePreview(Result, frozen=True, omit_defaults=False):
    """What a web page says of itself. `image` is an address; empty is what it does not say."""

    url: str
    title: str
    description: str = ""
    image: str = ""
    site: str = ""


class Created(Result, frozen=True, omit_defaults=False):
    conversation: str
    seq: int
    kind: str
    title: str


class MemberRow(Result, frozen=True, omit_defaults=False):
    id: str
    nick: str
    role: str
    status: str
    joined: int = 0
    muted_until: int = 0


class MemberPage(Result, frozen=True, omit_defaults=False):
    members: tuple[MemberRow, ...]
    more: bool


class Joined(Result, frozen=True):
    """Where somebody came in, and the seq of the entry that let them in."""

    conversation: str
    seq: int


class Pending(Result, frozen=True, omit_defaults=False):
    """They asked to be let in; the owner or an admin decides."""

    conversation: str
    pending: bool = True


class ConversationView(Result, frozen=True, omit_defaults=False):
    """A conversation's settings. `revision` is the seq of the entry that made them so, `members` how many there are,
    `role` one's own, `expires_s` how many seconds new messages stay (0: for good)."""

    conversation: str
    kind: str
    title: str
    topic: str
    description: str
    avatar: str
    join: str
    reach: str
    last: int
    limit: int
    invite: str
    post: str
    created: int
    revision: int
    members: int
    role: str
    expires_s: int


class Banned(Result, frozen=True):
    user: Person
    at: int


class BanPage(Result, frozen=True, omit_defaults=False):
    bans: tuple[Banned, ...]
    more: bool


class LinkMade(Result, frozen=True, omit_defaults=False):
    """A new invitation link. `token` is told this once; `uses` null: any number."""

    link: str
    token: str
    expires: int
    uses: int | None


class LinkRow(Result, frozen=True, omit_defaults=False):
    link: str
    by: str
    created: int
    used: int
    expires: int
    uses: int | None


class LinkList(Result, frozen=True, omit_defaults=False):
    links: tuple[LinkRow, ...]


class Preview(Result, frozen=True, omit_defaults=False):
    """What strangers see of a conversation they were given a link to."""

    title: str
    members: int


class RequestRow(Result, frozen=True, omit_defaults=False):
    user: Person
    at: int
    text: str = ""


class RequestList(Result, frozen=True, omit_defaults=False):
    requests: tuple[RequestRow, ...]


class BlockPage(Result, frozen=True, omit_defaults=False):
    blocks: tuple[Block, ...]
    more: bool


class ContactPage(Result, frozen=True, omit_defaults=False):
    contacts: tuple[Contact, ...]
    more: bool


class Reported(Result, frozen=True):
    """The report, or the one that was there already."""

    report: str
