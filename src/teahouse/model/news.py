"""News: what one node tells the others, besides the entries of conversations (`Hint`, ports/broker.py).

Rule: news says what is so now, or what to look up again, and bears to be heard twice. Who tells it stored it first, so
whoever misses it finds it there. Made and understood by engine/nodes.py; a broker encodes it like any struct.
"""

from msgspec import Struct

from teahouse.model.changes import PutConversation, PutMember
from teahouse.model.events import AnyEvent
from teahouse.model.people import Availability, User


class News(Struct, frozen=True, gc=False, tag_field="news", tag=str.lower, omit_defaults=True):
    pass


class Told(News, frozen=True):
    """An event without a seq, for whoever is live in the conversation but the users in `hidden`; with `only`, for
    this one alone."""

    event: AnyEvent
    hidden: tuple[str, ...] = ()
    only: str = ""


class Whispered(News, frozen=True):
    """An event for the person's sessions, wherever they are. `friend`: only if the person has this user among their
    contacts."""

    event: AnyEvent
    friend: str = ""


class Placed(News, frozen=True):
    """These rows of the directory are so from now on. `seq` is that of the entry which carried them; 0: none did."""

    changes: tuple[PutConversation | PutMember, ...]
    seq: int = 0


class Revoked(News, frozen=True):
    """What the user came with holds no more: these grants, None: all, except `but`."""

    user: str
    grants: tuple[str, ...] | None = None
    but: str | None = None


class Renamed(News, frozen=True):
    """The user is called otherwise now, or is another kind of user."""

    user: User


class Related(News, frozen=True):
    """The user blocked `other`, or made them a contact, or does no longer."""

    user: str
    other: str


class Replaced(News, frozen=True):
    """A newer session of the same device is there: older ones end."""

    device: str | None
    session: str


class Present(News, frozen=True):
    """How the person wants to look, on all their devices."""

    state: Availability


class Goer(Struct, frozen=True, gc=False, omit_defaults=True):
    """A user whose last session on a node ended, what they were in, and whom they have blocked."""

    user: str
    nick: str
    conversations: tuple[str, ...]
    hidden: tuple[str, ...] = ()


class Left(News, frozen=True):
    """A node ends before it is known whether these people come back. Each other one looks, and tells those it has."""

    people: tuple[Goer, ...]


class Wished(News, frozen=True):
    """The person wishes otherwise now (preferences)."""


class Holding(News, frozen=True):
    """The user has devices that can be woken up, or has none any more."""

    user: str
    any_device: bool


class Seen(News, frozen=True):
    """Users who have devices have read so far: user, conversation, seq. Whoever told a device of that takes it away."""

    marks: tuple[tuple[str, str, int], ...]


BOTS = "bots"
OUTLETS = "outlets"


class Outdated(News, frozen=True):
    """What every node keeps of this has changed: BOTS with commands, or OUTLETS. To be read again."""

    what: str


class Stale(News, frozen=True):
    """What has these names changed in the store: copies of it are old (ports/copies.py)."""

    names: tuple[str, ...]


class Grow(News, frozen=True):
    """Whoever has this stream of the user's open is to add to it, or finish it, and tell node `asks` what came of it.
    `id` is that of the question, which is done once."""

    id: str
    asks: str
    user: User
    scopes: tuple[str, ...]
    stream: str
    append: str
    finish: bool = False


class Grown(News, frozen=True):
    """What came of a question: the stream is so long now, or is the message `seq`, or why not (`code`, `text`)."""

    id: str
    conversation: str = ""
    length: int = 0
    seq: int = 0
    at: int = 0
    duplicate: bool = False
    code: str = ""
    text: str = ""


class Missed(News, frozen=True):
    """The node was cut off for a while, and what it had to say then was not heard."""


AnyNews = (
    Told
    | Whispered
    | Placed
    | Revoked
    | Renamed
    | Related
    | Replaced
    | Present
    | Left
    | Wished
    | Holding
    | Seen
    | Outdated
    | Stale
    | Grow
    | Grown
    | Missed
)
