"""Drafts with everything filled in that a test does not care about."""

from typing import Any

from teahouse.model.entries import Draft, Kind


def draft(conversation: str = "c", text: str = "hi", **fields: Any) -> Draft:
    """A message of alice's, unless told otherwise."""
    given = {"kind": Kind.MESSAGE, "sender": "u-alice", "nick": "alice", "at": 1000, **fields}
    return Draft(conversation=conversation, content=b'{"text":"%s"}' % text.encode(), **given)
