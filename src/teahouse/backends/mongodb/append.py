"""What `append_many` writes: a batch of drafts as documents (L1, L3, L4).

Rule: pure; whoever calls has read what must be known. Each draft has its `_id` before the first attempt, and keeps it
over all: so an attempt that nobody knows the end of is found again by it, and cannot be stored twice. Used by log.py.
"""

import time
from collections.abc import Iterable, Mapping, Sequence

from bson.objectid import ObjectId
from msgspec.structs import replace

from teahouse.backends.drafts import repeated
from teahouse.backends.mongodb.documents import Document, document
from teahouse.backends.mongodb.heads import Head
from teahouse.backends.standing import Standing
from teahouse.model.changes import UseLink
from teahouse.model.entries import Appended, Draft, Entry, Kind, Refusal, entry_of

Key = tuple[str, str, str]


class Item:
    """A draft on its way. `stored`: its seq, once it is known that an attempt stored it. `admitted`: its links were
    used; `refused`: one lets nobody in."""

    __slots__ = ("admitted", "draft", "id", "refused", "stored")

    def __init__(self, draft: Draft) -> None:
        self.draft = draft
        self.id = ObjectId()
        self.stored = 0
        self.admitted = False
        self.refused = False

    @property
    def uses(self) -> list[UseLink]:
        return [change for change in self.draft.changes if isinstance(change, UseLink)]


class Plan:
    """What an attempt inserts, and what is answered if it works. `results` has one a draft."""

    def __init__(self, heads: Mapping[str, Head], order: int, standing: Standing | None) -> None:
        self._standing = standing
        self._heads = dict(heads)
        self._begun = heads
        self._order = order
        self._first: dict[Key, Entry] = {}
        self.documents: list[Document] = []
        self.inserted: list[tuple[Item, int]] = []
        self.results: dict[Item, Appended] = {}

    @property
    def ends(self) -> dict[str, Head]:
        """Where the conversations end that the attempt appends to."""
        return {c: head for c, head in self._heads.items() if head != self._begun[c]}

    @property
    def order(self) -> int:
        return self._order

    def know(self, first: Iterable[Entry]) -> None:
        """Entries that have keys of the batch."""
        for entry in first:
            if entry.cid is not None:
                self._first[entry.conversation, entry.sender, entry.cid] = entry

    def add(self, item: Item) -> None:
        draft = item.draft
        if item.stored:
            self.results[item] = Appended(item.stored, draft.at)
            return
        head = self._heads[draft.conversation]
        key = None if draft.cid is None else (draft.conversation, draft.sender, draft.cid)
        if key is not None and key in self._first:
            self.results[item] = repeated(self._first[key], draft)
            return
        if (refusal := self._refusal(item)) is not None:
            self.results[item] = Appended(0, draft.at, conflict=True, refused=refusal)
            return
        self._order = max(self._order + 1, head.order + 1)
        seq = head.seq + 1
        self._heads[draft.conversation] = Head(seq, self._order)
        if key is not None:
            self._first[key] = entry_of(draft, seq)
        if draft.kind is Kind.RECALL:
            self._recall(draft)
        self.documents.append(document(draft, item.id, seq, self._order))
        self.inserted.append((item, seq))
        self.results[item] = Appended(seq, draft.at)
        if self._standing is not None:
            self._standing.store(draft, seq)

    def _refusal(self, item: Item) -> Refusal | None:
        if item.refused:
            return Refusal.LINK
        return None if self._standing is None else self._standing.refusal(item.draft)

    def _recall(self, draft: Draft) -> None:
        """A key of what is recalled here counts as equal from now on (L4)."""
        for key, entry in self._first.items():
            edits = entry.kind is Kind.EDIT and entry.ref == draft.ref
            if entry.conversation == draft.conversation and (entry.seq == draft.ref or edits):
                self._first[key] = replace(entry, redacted=True)


def plan(
    items: Sequence[Item],
    heads: Mapping[str, Head],
    first: Iterable[Entry],
    order: int,
    standing: Standing | None = None,
) -> Plan:
    """`standing` is what the drafts are measured by, where they must be."""
    made = Plan(heads, max(order, time.time_ns() // 1000), standing)
    made.know(first)
    for item in items:
        made.add(item)
    return made
