"""How an entry is written in a row, and read from one."""

from collections.abc import Sequence
from typing import Any

from teahouse.model.entries import Entry, Kind

KIND_CODES = {
    Kind.MESSAGE: 0,
    Kind.EDIT: 1,
    Kind.RECALL: 2,
    Kind.REACTION: 3,
    Kind.PIN: 4,
    Kind.MEMBER: 5,
    Kind.CONVERSATION: 6,
}
"""What stands in `entry.kind`. Files hold these numbers: none may ever change or be used again."""

MESSAGE = KIND_CODES[Kind.MESSAGE]
EDIT = KIND_CODES[Kind.EDIT]

COLUMNS = "seq, kind, sender, nick, at, content, cid, ref, redacted"
"""The columns of an entry, in the order `entry_from` takes them."""

_KINDS = {code: kind for kind, code in KIND_CODES.items()}


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, _KINDS[kind], sender, nick, at, content, cid, ref, bool(redacted))
