"""Sight: what one reader may see of one conversation, in one place.

Rule: whoever shows entries to a user asks here first: history, sync, recovery, quotes, search. A reader sees what is in
their window (since joining, since clearing, until removal), and in it not the content of what they hid or what has
expired: such an entry keeps its place, so that seqs have no gap, and says nothing but why.
"""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec
from msgspec.structs import replace

from teahouse.model.entries import Entry, Kind

HIDDEN = b'{"hidden":true}'
EXPIRED = b'{"expired":true}'
_SAYING = (Kind.MESSAGE, Kind.EDIT)


_LIFETIME = b'"expires_s":'


class _Lifetime(msgspec.Struct):
    expires_s: int = 0


_lifetime = msgspec.json.Decoder(_Lifetime).decode


class Sight(NamedTuple):
    """after < seq <= upto, but for the content of `hidden`, at the time `now` (milliseconds UTC)."""

    user: str
    conversation: str
    after: int
    upto: int
    hidden: frozenset[int]
    now: int

    @property
    def span(self) -> tuple[int, int]:
        return self.after, self.upto

    def sees(self, entry: Entry) -> bool:
        """Whether the entry and its content may be shown."""
        return self.after < entry.seq <= self.upto and self.shade(entry) is entry

    def shade(self, entry: Entry) -> Entry:
        """The entry, without its content if that is not for this reader. Only messages and their edits are hidden."""
        hidden = self.hidden if entry.kind in _SAYING else None
        if hidden and (entry.seq in hidden or (entry.kind is Kind.EDIT and entry.ref in hidden)):
            return replace(entry, content=HIDDEN, cid=None)
        if is_over(entry, self.now):
            return replace(entry, content=EXPIRED, redacted=True)
        return entry

    def shaded(self, entries: Iterable[Entry]) -> list[Entry]:
        if not self.hidden:  # nearly always, and nearly all of these stay
            return [e if _LIFETIME not in e.content else self.shade(e) for e in entries]
        return [self.shade(entry) for entry in entries]


def expires_at(entry: Entry) -> int | None:
    """When a message or an edit of one is to be erased (milliseconds UTC); None: it stays."""
    if entry.kind not in _SAYING or _LIFETIME not in entry.content:
        return None
    lifetime = _lifetime(entry.content).expires_s
    return entry.at + lifetime * 1000 if lifetime else None


def is_over(entry: Entry, now: int) -> bool:
    """Whether the time of a message or an edit is over, also where it was not erased yet."""
    due = expires_at(entry)
    return due is not None and due <= now
