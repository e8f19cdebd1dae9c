"""What there is, for who runs the server: counts and places, nothing that was said."""

from collections.abc import Iterable, Mapping
from typing import Any

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
    """`recent` are the messages since a time. `bytes` is what the store takes on disk, 0 in memory. Of each kind,
    `waiting` jobs wait or are being done; `dead` were given up."""

    guests: int
    accounts: int
    bots: int
    conversations: int
    messages: int
    recent: int
    bytes: int
    waiting: Mapping[str, int] = {}
    dead: Mapping[str, int] = {}

    @property
    def jobs(self) -> int:
        return sum(self.waiting.values())

    @property
    def dead_letters(self) -> int:
        return sum(self.dead.values())


def by_kind(rows: Iterable[Any]) -> tuple[dict[str, int], dict[str, int]]:
    """`waiting` and `dead` of Totals, by rows of a store: kind, whether it is dead, how many."""
    waiting: dict[str, int] = {}
    dead: dict[str, int] = {}
    for kind, is_dead, number in rows:
        (dead if is_dead else waiting)[kind] = number
    return waiting, dead
