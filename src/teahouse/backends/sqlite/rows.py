"""How an entry is written in a row, and read from one."""

from collections.abc import Sequence
from typing import Any

from teahouse.backends.kinds import EDIT, KIND_CODES, KINDS, MESSAGE
from teahouse.model.entries import Entry

__all__ = ["COLUMNS", "EDIT", "KIND_CODES", "MESSAGE", "entry_from"]

COLUMNS = "seq, kind, sender, nick, at, content, cid, ref, redacted"
"""The columns of an entry, in the order `entry_from` takes them."""


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, KINDS[kind], sender, nick, at, content, cid, ref, bool(redacted))
