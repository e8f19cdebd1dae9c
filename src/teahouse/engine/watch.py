"""Watch: what somebody with power over others does in a conversation is recorded in the audit log.

Rule: the record travels with the entry that does it, so that neither is there without the other. Called by the pipeline
for entries that carry changes.
"""

import msgspec
from msgspec.structs import replace

from teahouse.engine.session import Session
from teahouse.model.audit import Detail, Record
from teahouse.model.changes import Audited, PutMember
from teahouse.model.entries import Draft, Kind
from teahouse.model.people import Person

UNWATCHED = frozenset({"joined", "left", "invited"})
"""Changes that people make of their own, or with the consent of who is changed."""


class _Changed(msgspec.Struct):
    """What any content of a member or conversation entry may say."""

    change: str = ""
    dissolved: bool = False
    user: Person | None = None
    role: str = ""
    until: int = 0


_read = msgspec.json.Decoder(_Changed).decode


def watched(draft: Draft, origin: Session | None) -> Draft:
    """The draft, with the record of what it does if that is to be recorded."""
    if draft.kind not in (Kind.MEMBER, Kind.CONVERSATION) or not draft.changes:
        return draft
    changed = _read(draft.content)
    what = changed.change or ("dissolved" if changed.dissolved else "changed")
    if what in UNWATCHED or (draft.kind is Kind.CONVERSATION and _makes(draft)):
        return draft
    details: dict[str, Detail] = {}
    if changed.user is not None:
        details["user"] = changed.user.id
    if changed.role:
        details["role"] = changed.role
    if changed.until:
        details["until"] = changed.until
    address = "" if origin is None else origin.peer
    record = Record(draft.at, draft.sender, f"conversation.{what}", draft.conversation, address, details)
    return replace(draft, changes=(*draft.changes, Audited(record)))


def _makes(draft: Draft) -> bool:
    """Whether the entry makes a conversation: it has its first members."""
    return any(isinstance(change, PutMember) for change in draft.changes)
