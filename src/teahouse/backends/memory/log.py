"""MessageLog (ports/log.py) in memory.

Rule: a call is worked out in full before anything of it is stored, so that a failure leaves no trace.
"""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from teahouse.backends.drafts import repeated
from teahouse.backends.memory.changes import admits, apply, check, standing
from teahouse.backends.memory.files import release
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.standing import Wanted, expects
from teahouse.model.changes import UseLink, placed
from teahouse.model.entries import JUDGED, Appended, Draft, Entry, Kind, Refusal, entry_of

_ERASED = b"{}"


class MemoryLog:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        self._store.check_writable()
        for draft in drafts:
            for change in draft.changes:
                check(self._store, change)
        return [self._append(draft) for draft in drafts]

    def _append(self, draft: Draft) -> Appended:
        store = self._store
        entries = store.entries[draft.conversation]
        seq = len(entries) + 1
        key = None if draft.cid is None else (draft.conversation, draft.sender, draft.cid)
        if key is not None and (first := store.keys.get(key)) is not None:
            return repeated(entries[first - 1], draft)
        if (draft.changes or draft.judged != JUDGED) and (refusal := self._refusal(draft)) is not None:
            return Appended(0, draft.at, conflict=True, refused=refusal)
        if key is not None:
            store.keys[key] = seq
        entries.append(entry_of(draft, seq))
        store.order.append((draft.conversation, seq))
        if draft.mentions:
            store.mentions[draft.conversation][seq] = frozenset(draft.mentions)
        if draft.kind is Kind.RECALL and draft.ref is not None:
            edits = [e.seq for e in entries if e.kind is Kind.EDIT and e.ref == draft.ref]
            self._redact(draft.conversation, [draft.ref, *edits])
        for change in draft.changes:
            apply(store, placed(change, seq))
        return Appended(seq, draft.at)

    def _refusal(self, draft: Draft) -> Refusal | None:
        """Why the draft cannot be stored now (L10, L11)."""
        if draft.judged != JUDGED or expects(draft.changes):
            refusal = standing(self._store, Wanted([draft])).refusal(draft)
            if refusal is not None:
                return refusal
        uses = [change for change in draft.changes if isinstance(change, UseLink)]
        return None if all(admits(self._store, use) for use in uses) else Refusal.LINK

    def _redact(self, conversation: str, seqs: Sequence[int]) -> None:
        entries = self._store.entries[conversation]
        for seq in seqs:
            if 1 <= seq <= len(entries):
                entries[seq - 1] = replace(entries[seq - 1], content=_ERASED, redacted=True)
                self._store.mentions[conversation].pop(seq, None)
        release(self._store, conversation, seqs)

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        entries = self._store.entries.get(conversation, [])
        wanted = entries[max(after, 0) : max(upto, 0)]
        if newest:
            return wanted[max(len(wanted) - limit, 0) :]
        return wanted[:limit]

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        entries = self._store.entries.get(conversation, [])
        wanted = set(seqs)
        return [e for e in entries if e.ref in wanted and e.kind is not Kind.MESSAGE and (e.ref or 0) < e.seq]

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        return {c: len(self._store.entries.get(c, ())) for c in conversations}

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        self._store.check_writable()
        self._redact(conversation, seqs)

    async def expire_keys(self, before: int) -> int:
        store = self._store
        store.check_writable()
        old = [key for key, seq in store.keys.items() if store.entries[key[0]][seq - 1].at < before]
        for conversation, sender, cid in old:
            seq = store.keys.pop((conversation, sender, cid))
            entries = store.entries[conversation]
            entries[seq - 1] = replace(entries[seq - 1], cid=None)
        return len(old)
