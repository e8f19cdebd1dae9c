"""The idempotency keys of a batch of drafts (L4).

Rule: hopeful, only the keys of the batch itself are known, and the unique index finds the others; careful,
those that are stored are looked up first. Used by append.py.
"""

from collections.abc import Iterable

import apsw
from msgspec.structs import replace

from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.backends.sqlite.statements import as_json
from teahouse.model.entries import Draft, Entry, Kind, entry_of

_STORED = f"""
SELECT log.conversation, {COLUMNS}
FROM json_each(?) AS wanted
CROSS JOIN log ON log.conversation = wanted.value ->> 0
CROSS JOIN entry ON entry.log = log.id AND sender = wanted.value ->> 1 AND cid = wanted.value ->> 2
"""  # noqa: S608 - made of constants


class Keys:
    """The first entry of each (conversation, sender, cid)."""

    def __init__(self) -> None:
        self._firsts: dict[tuple[str, str, str | None], Entry] = {}

    def load(self, database: apsw.Connection, drafts: Iterable[Draft]) -> None:
        """Learn which keys of `drafts` are stored."""
        wanted = {(d.conversation, d.sender, d.cid) for d in drafts if d.cid is not None}
        for conversation, *row in database.execute(_STORED, (as_json(wanted),)):
            first = entry_from(conversation, row)
            self._firsts[conversation, first.sender, first.cid] = first

    def find(self, draft: Draft) -> Entry | None:
        """The entry that has the draft's key, if one has."""
        return self._firsts.get((draft.conversation, draft.sender, draft.cid))

    def claim(self, draft: Draft, seq: int) -> None:
        """From now on entry `seq` has it."""
        self._firsts[draft.conversation, draft.sender, draft.cid] = entry_of(draft, seq)

    def redact(self, conversation: str, ref: int) -> None:
        """Entry `ref` is recalled: it and its edits count as equal to whatever repeats them."""
        for key, first in self._firsts.items():
            edit = first.kind is Kind.EDIT and first.ref == ref
            if first.conversation == conversation and (first.seq == ref or edit):
                self._firsts[key] = replace(first, redacted=True)
