"""How an entry is written in a row, and read from one."""

from collections.abc import Sequence
from typing import Any

from teahouse.backends.kinds import EDIT, KIND_CODES, KINDS, MESSAGE, PIN
from teahouse.backends.sql.tables.log import entry
from teahouse.model.entries import Draft, Entry

__all__ = ["COLUMNS", "EDIT", "KIND_CODES", "MESSAGE", "PIN", "entry_from", "row_of"]

COLUMNS = (
    entry.c.seq,
    entry.c.kind,
    entry.c.sender,
    entry.c.nick,
    entry.c.at,
    entry.c.content,
    entry.c.cid,
    entry.c.ref,
    entry.c.redacted,
)
"""The columns of an entry, in the order `entry_from` takes them."""


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, KINDS[kind], sender, nick, at, bytes(content), cid, ref, bool(redacted))


def row_of(draft: Draft, log: int, seq: int) -> dict[str, Any]:
    """What `draft` becomes as entry `seq` of a log."""
    return {
        "log": log,
        "seq": seq,
        "kind": KIND_CODES[draft.kind],
        "sender": draft.sender,
        "nick": draft.nick,
        "at": draft.at,
        "content": draft.content,
        "cid": draft.cid,
        "ref": draft.ref,
        "redacted": False,
    }
