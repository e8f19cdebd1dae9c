"""Cursors (ports/cursors.py) in memory."""

from collections.abc import Mapping, Sequence
from typing import TypeVar

from msgspec import UNSET, UnsetType

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Kind
from teahouse.model.ids import EVERYBODY, SYSTEM
from teahouse.model.marks import Advance, Mark, Unread

T = TypeVar("T")

COUNTED = 10_000
"""Counting stops here (C3): so many of the newest messages are looked at."""


class MemoryCursors:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def advance(self, advances: Sequence[Advance]) -> None:
        self._store.check_writable()
        for advance in advances:
            marks = self._store.marks[advance.conversation]
            marks[advance.user] = _advanced(marks.get(advance.user, Mark()), advance)

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        marks = self._store.marks
        return {c: marks[c][user] for c in conversations if user in marks.get(c, {})}

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        return dict(self._store.marks.get(conversation, {}))

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        return {c: self._unread(user, c, joined) for c, joined in since.items()}

    def _unread(self, user: str, conversation: str, joined: int) -> Unread:
        store = self._store
        mark = store.marks.get(conversation, {}).get(user, Mark())
        floor = max(mark.read, mark.cleared, joined)
        entries = store.entries.get(conversation, [])[floor:]
        messages = [e for e in entries if e.kind is Kind.MESSAGE][-COUNTED:]
        floor = max([floor, *(e.seq for e in messages if e.sender == user)])
        passed = store.hidden.get((user, conversation), set())
        unread = [
            e.seq
            for e in messages
            if e.seq > floor and not e.redacted and e.sender != SYSTEM and e.seq not in passed
        ]
        told = store.mentions.get(conversation, {})
        mentions = [seq for seq in unread if told.get(seq, frozenset()) & {user, EVERYBODY}]
        return Unread(read=floor, unread=len(unread), mentions=len(mentions))


def _advanced(mark: Mark, advance: Advance) -> Mark:
    return Mark(
        delivered=max(mark.delivered, advance.delivered),
        read=max(mark.read, advance.read),
        cleared=max(mark.cleared, advance.cleared),
        pinned=_chosen(advance.pinned, mark.pinned),
        archived=_chosen(advance.archived, mark.archived),
        muted_until=_chosen(advance.muted_until, mark.muted_until),
        delivered_at=advance.at if advance.delivered > mark.delivered else mark.delivered_at,
        read_at=advance.at if advance.read > mark.read else mark.read_at,
    )


def _chosen(wish: T | UnsetType, stored: T) -> T:
    return stored if wish is UNSET else wish
