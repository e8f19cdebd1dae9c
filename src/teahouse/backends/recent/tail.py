"""A tail: the newest entries of one conversation, without a gap, as the log has them.

Rule: it knows all entries from `first` on. An entry refers only to earlier ones (L9), so whatever later entries say
about an entry of the tail is in the tail, too. Used by log.py.
"""

from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from teahouse.model.entries import Entry, Kind

ERASED = b"{}"


class Tail:
    """`kept` entries stay when it is cut; it is cut when there are twice as many. `size` is bytes of content."""

    __slots__ = ("_entries", "_kept", "_references", "first", "size")

    def __init__(self, entries: Sequence[Entry], kept: int, head: int) -> None:
        self.first = entries[0].seq if entries else head + 1
        self.size = 0
        self._kept = kept
        self._entries: list[Entry] = []
        self._references: dict[int, list[int]] = {}
        for entry in entries:
            self._add(entry)

    @property
    def head(self) -> int:
        return self.first + len(self._entries) - 1

    def put(self, entry: Entry) -> bool:
        """The next entry of the log, or one that is known already. False: one before it is missing."""
        if entry.seq <= self.head:
            return True
        if entry.seq != self.head + 1:
            return False
        self._add(entry)
        if entry.kind is Kind.RECALL and entry.ref is not None:
            edits = [e.seq for e in self.references([entry.ref]) if e.kind is Kind.EDIT]
            self.redact([entry.ref, *edits])
        if len(self._entries) > 2 * self._kept:
            self._cut()
        return True

    def redact(self, seqs: Iterable[int]) -> None:
        for seq in seqs:
            if self.first <= seq <= self.head:
                entry = self._entries[seq - self.first]
                self.size -= len(entry.content)
                self._entries[seq - self.first] = replace(entry, content=ERASED, redacted=True)

    def read(self, after: int, upto: int, limit: int, newest: bool) -> list[Entry] | None:
        """As the log's `read`, or None if that takes entries before the tail."""
        upto = min(upto, self.head)
        low = max(after, 0)
        if newest:
            low = max(low, upto - max(limit, 0))
        if low + 1 < self.first and low < upto:
            return None
        high = upto if newest else min(upto, low + max(limit, 0))
        return self._entries[max(low + 1 - self.first, 0) : max(high + 1 - self.first, 0)]

    def references(self, seqs: Iterable[int]) -> list[Entry]:
        """Entries other than messages that refer to `seqs`, ascending. All `seqs` are of the tail."""
        known = self._references
        found = sorted(later for seq in seqs for later in known.get(seq, ()))
        return [self._entries[seq - self.first] for seq in found]

    def _add(self, entry: Entry) -> None:
        self._entries.append(entry)
        self.size += len(entry.content)
        if entry.ref is not None and entry.ref < entry.seq and entry.kind is not Kind.MESSAGE:
            self._references.setdefault(entry.ref, []).append(entry.seq)

    def _cut(self) -> None:
        gone = self._entries[: -self._kept]
        del self._entries[: -self._kept]
        self.first += len(gone)
        for entry in gone:
            self.size -= len(entry.content)
            self._references.pop(entry.seq, None)
