"""How an entry is written in a row, and read from one."""

from collections.abc import Sequence
from typing import Any

from teahouse.backends.sql.tables.log import entry
from teahouse.model.entries import Draft, Entry, Kind

KIND_CODES = {
    Kind.MESSAGE: 0,
    Kind.EDIT: 1,
    Kind.RECALL: 2,
    Kind.REACTION: 3,
    Kind.PIN: 4,
    Kind.MEMBER: 5,
    Kind.CONVERSATION: 6,
}
"""What stands in `entry.kind`. Databases hold these numbers: none may ever change or be used again."""

MESSAGE = KIND_CODES[Kind.MESSAGE]
EDIT = KIND_CODES[Kind.EDIT]
PIN = KIND_CODES[Kind.PIN]

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

_KINDS = {code: kind for kind, code in KIND_CODES.items()}


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, _KINDS[kind], sender, nick, at, bytes(content), cid, ref, bool(redacted))


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
