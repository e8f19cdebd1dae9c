"""What `append_many` writes: all drafts of a batch of calls, as few statements (L1, L3-L6).

Rule: seqs come from memory (heads.py), and repetitions are found by the unique index, so that the normal case
reads nothing and writes all entries with one statement. Used by log.py; runs on the writer's thread.
"""

from collections.abc import Sequence
from itertools import chain

import apsw

from teahouse.backends.drafts import repeated
from teahouse.backends.kinds import EDIT, KIND_CODES
from teahouse.backends.sqlite import changes
from teahouse.backends.sqlite.entrance import Uses
from teahouse.backends.sqlite.heads import Head, Heads
from teahouse.backends.sqlite.keys import Keys
from teahouse.backends.sqlite.standing import read
from teahouse.backends.sqlite.statements import Insert, Statement, Value
from teahouse.backends.standing import Standing, Wanted
from teahouse.model.changes import Change, Expect, UseLink, placed
from teahouse.model.entries import JUDGED, Appended, Draft, Kind, Refusal

INSERT = Insert("entry", ("log", "seq", "kind", "sender", "nick", "at", "content", "cid", "ref"))
_INSERT_MENTIONS = Insert("mention", ("log", "seq", "user"), "ON CONFLICT DO NOTHING")
# What a recall of ?2 erases, if the recall is entry ?3: later entries are in the same transaction.
_TARGETS = f"""
SELECT id FROM entry WHERE log = ?1 AND seq = ?2 AND seq <= ?3
UNION ALL
SELECT id FROM entry INDEXED BY entry_ref WHERE log = ?1 AND ref = ?2 AND kind = {EDIT} AND seq <= ?3
"""  # noqa: S608 - made of constants


class AppendPlanner:
    """`plan` is a Planner (writer.py) whose requests are the drafts of one call each."""

    def __init__(self, cached_heads: int) -> None:
        self._heads = Heads(cached_heads)

    def plan(
        self, database: apsw.Connection, requests: Sequence[Sequence[Draft]], careful: bool
    ) -> tuple[list[Statement], list[list[Appended]]]:
        drafts = list(chain.from_iterable(requests))
        begun = self._heads.load(database, [draft.conversation for draft in drafts])
        batch = _Batch(self._heads, database, drafts)
        if careful:
            batch.keys.load(database, drafts)
        results = [[batch.append(draft) for draft in request] for request in requests]
        if careful:
            changes.check(database, batch.changes)
        return begun + batch.statements(), results

    def forget(self) -> None:
        self._heads.forget()


class _Batch:
    """The rows that one transaction will add."""

    def __init__(self, heads: Heads, database: apsw.Connection, drafts: Sequence[Draft]) -> None:
        self.keys = Keys()
        self._database = database
        self._drafts = drafts
        self._uses = Uses(database)
        self._standing: Standing | None = None
        self._pins: list[tuple[Draft, int]] = []
        self.changes: list[Change] = []
        self._heads = heads
        self._entries: list[Value] = []
        self._mentions: list[Value] = []
        self._redactions: list[Statement] = []

    def append(self, draft: Draft) -> Appended:
        head = self._heads[draft.conversation]
        seq = head.seq + 1
        if draft.cid is not None and (first := self.keys.find(draft)) is not None:
            return repeated(first, draft)
        if (draft.changes or draft.judged != JUDGED) and (refusal := self._refusal(draft)) is not None:
            return self._refused(draft, refusal)
        if draft.cid is not None:
            self.keys.claim(draft, seq)
        head.seq = seq
        self._entries += (
            head.log,
            seq,
            KIND_CODES[draft.kind],
            draft.sender,
            draft.nick,
            draft.at,
            draft.content,
            draft.cid,
            draft.ref,
        )
        for user in draft.mentions:
            self._mentions += (head.log, seq, user)
        if draft.ref is not None:
            self._refer(draft, head, draft.ref)
        for change in draft.changes:
            self.changes.append(placed(change, seq))
        if self._standing is not None:
            self._standing.store(draft, seq)
        return Appended(seq, draft.at)

    def _refusal(self, draft: Draft) -> Refusal | None:
        """Why the draft cannot be stored now (L10, L11)."""
        measured, uses = draft.judged != JUDGED, False
        for change in draft.changes:
            if type(change) is Expect:
                measured = True
            elif type(change) is UseLink:
                uses = True
        if measured and (refusal := self._measured(draft)) is not None:
            return refusal
        if uses and not all(self._uses.take(c) for c in draft.changes if type(c) is UseLink):
            return Refusal.LINK
        return None

    def _measured(self, draft: Draft) -> Refusal | None:
        if self._standing is None:
            self._standing = read(self._database, Wanted(self._drafts))
            self._standing.note(self.changes)
            for pin, seq in self._pins:
                self._standing.store(pin, seq)
        return self._standing.refusal(draft)

    def _refused(self, draft: Draft, refusal: Refusal) -> Appended:
        """But what is stored already is answered so (L4), which a hopeful batch does not know yet."""
        if draft.cid is not None:
            self.keys.load(self._database, [draft])
            if (first := self.keys.find(draft)) is not None:
                return repeated(first, draft)
        return Appended(0, draft.at, conflict=True, refused=refusal)

    def statements(self) -> list[Statement]:
        return [
            *INSERT.of(self._entries),
            *_INSERT_MENTIONS.of(self._mentions),
            *changes.statements(self.changes),
            *self._redactions,  # last: they erase what the others wrote
        ]

    def _refer(self, draft: Draft, head: Head, ref: int) -> None:
        """What an entry does to the one it speaks of."""
        if draft.kind is Kind.RECALL:
            self.keys.redact(draft.conversation, ref)
            self._redactions += redactions(_TARGETS, (head.log, ref, head.seq))
        elif draft.kind is Kind.PIN:
            self._pins.append((draft, head.seq))


def redactions(targets: str, bindings: tuple[Value, ...]) -> list[Statement]:
    """Erase the content and the mentions of entries, and what search knows of them; `targets` is a query for their
    rowids (L6, S6). A message whose edit alone is erased is not found any more, either. A file that no other entry
    carries, and that is no avatar, goes with them (F3)."""
    edited = f"""
SELECT message.id FROM entry AS edit JOIN entry AS message ON message.log = edit.log AND message.seq = edit.ref
WHERE edit.id IN ({targets}) AND edit.kind = {EDIT}
"""  # noqa: S608 - made of constants
    erased = f"(log, seq) IN (SELECT log, seq FROM entry WHERE id IN ({targets}))"  # noqa: S608
    return [
        Statement(f"DELETE FROM finding WHERE rowid IN ({targets})", bindings),  # noqa: S608
        Statement(f"DELETE FROM finding WHERE rowid IN ({edited})", bindings),  # noqa: S608
        Statement(
            f"UPDATE file SET state = 2 WHERE id IN (SELECT file FROM posting WHERE {erased})"  # noqa: S608
            f" AND NOT EXISTS (SELECT 1 FROM posting WHERE file = file.id AND NOT {erased})"
            " AND NOT EXISTS (SELECT 1 FROM account WHERE account.user = file.owner AND avatar = file.id)"
            " AND NOT EXISTS (SELECT 1 FROM conversation WHERE avatar = file.id AND avatar <> '')",
            bindings,
        ),
        Statement(f"DELETE FROM posting WHERE {erased}", bindings),  # noqa: S608
        Statement(
            f"DELETE FROM mention WHERE (log, seq) IN (SELECT log, seq FROM entry WHERE id IN ({targets}))",  # noqa: S608
            bindings,
        ),
        Statement(f"UPDATE entry SET content = x'7b7d', redacted = 1 WHERE id IN ({targets})", bindings),  # noqa: S608
    ]
