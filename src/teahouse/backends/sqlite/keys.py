"""Idempotency keys of a batch of drafts (L4).

Rule: hopeful, only keys of the batch itself are known, and the unique index finds the rest; careful, the ones
already stored are looked up first.
"""

from collections.abc import Iterable

import apsw
import msgspec
from msgspec.structs import replace

from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.model.entries import Draft, Entry, Kind

Key = tuple[str, str, str]
"""Conversation, sender and cid."""

_STORED = f"""
SELECT log.conversation, {COLUMNS}
FROM json_each(?) AS wanted
CROSS JOIN log ON log.conversation = wanted.value ->> 0
CROSS JOIN entry ON entry.log = log.id AND sender = wanted.value ->> 1 AND cid = wanted.value ->> 2
"""


class Keys:
    """First entries by key."""

    def __init__(self) -> None:
        self._firsts: dict[Key, Entry] = {}

    def load(self, database: apsw.Connection, drafts: Iterable[Draft]) -> None:
        wanted = {(d.conversation, d.sender, d.cid) for d in drafts if d.cid is not None}
        for conversation, *row in database.execute(_STORED, (msgspec.json.encode(list(wanted)).decode(),)):
            first = entry_from(conversation, row)
            self._firsts[conversation, first.sender, str(first.cid)] = first
