"""Finder (ports/search.py) in memory: looks at every message, so there is nothing to keep."""

from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Entry, Kind
from teahouse.model.searching import Criteria, Window, fits


class MemoryFinder:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def find(
        self, criteria: Criteria, windows: Sequence[Window], start: tuple[str, int] | None, limit: int
    ) -> list[Entry]:
        order = self._store.order
        readable = {window.conversation: window for window in windows}
        end = len(order) if start is None else order.index(start) if start in order else 0
        found: list[Entry] = []
        for conversation, seq in reversed(order[:end]):
            window = readable.get(conversation)
            if window is None or not window.after < seq <= window.upto:
                continue
            entry = self._store.entries[conversation][seq - 1]
            if len(found) < limit and fits(criteria, entry, self._newest(entry)):
                found.append(entry)
        return found

    async def caught_up(self) -> None:
        pass

    def _newest(self, message: Entry) -> bytes:
        """What the message says now."""
        edits = (
            entry.content
            for entry in reversed(self._store.entries[message.conversation])
            if entry.kind is Kind.EDIT and entry.ref == message.seq and not entry.redacted
        )
        return next(edits, message.content)
