"""What there is, for who runs the server: counts and places, nothing that was said."""

from msgspec import Struct


class Holding(Struct, frozen=True, gc=False):
    """A conversation from outside: how many are in, and how long its log is."""

    id: str
    kind: str
    title: str
    created: int
    members: int
    last_seq: int


class Wanted(Struct, frozen=True, gc=False):
    """Which conversations: after this id, of this kind (empty: any), with this in the title (in any case of ASCII)."""

    after: str = ""
    kind: str = ""
    title: str = ""


class Totals(Struct, frozen=True, gc=False):
    """`recent` are the messages since a time. `bytes` is what the store takes on disk, 0 in memory. `jobs` wait or are
    being done; `dead_letters` were given up."""

    guests: int
    accounts: int
    bots: int
    conversations: int
    messages: int
    recent: int
    bytes: int
    jobs: int = 0
    dead_letters: int = 0
