"""The log's unit. All that happens in a conversation is an entry with the next seq: 1, 2, 3 ... no gap."""

from enum import StrEnum

from msgspec import Struct

from teahouse.model.changes import Change


class Kind(StrEnum):
    """What happened. The values are the `ev` of the event that tells of it."""

    MESSAGE = "message"
    EDIT = "edit"
    RECALL = "recall"
    REACTION = "reaction"
    PIN = "pin"
    MEMBER = "member"
    CONVERSATION = "conversation"


JUDGED = -1
"""Of a draft whose sender need not be judged by the store."""


class Refusal(StrEnum):
    """Why a draft was not stored, though its cid is new."""

    LINK = "link"  # its link lets nobody in any more
    OVERTAKEN = "overtaken"  # what it expects is not so
    OUT = "out"  # its sender is not in the conversation any more
    MUTED = "muted"  # its sender may not write for now
    CLOSED = "closed"  # only the owner and admins write there


class Draft(Struct, frozen=True, gc=False):
    """An entry before it has a seq.

    `content` is a JSON object, encoded once when the command is accepted and never again: the log stores
    these bytes and every JSON event carries them. `ref` is the seq an entry speaks of (for a message, the
    one it replies to). `mentions` are user ids, or EVERYBODY. `changes` become true together with the entry.
    `judged` is the last entry that was known when the sender was let write: a store that others write to judges again
    if one after it changed places or settings; JUDGED: nobody need.
    """

    conversation: str
    kind: Kind
    sender: str
    nick: str
    at: int
    content: bytes
    cid: str | None = None
    ref: int | None = None
    mentions: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    judged: int = JUDGED


class Entry(Struct, frozen=True, gc=False):
    """A committed entry. `content` is `{}` once it is redacted (recalled, expired): the tombstone stays."""

    conversation: str
    seq: int
    kind: Kind
    sender: str
    nick: str
    at: int
    content: bytes
    cid: str | None = None
    ref: int | None = None
    redacted: bool = False


class Appended(Struct, frozen=True, gc=False):
    """What became of one draft. `duplicate`: (conversation, sender, cid) was there already, `seq` and `at`
    are the first one's; `conflict`: it was there with another kind, ref or content, and nothing was stored.
    `refused`, a `conflict`, too: why something else kept it out, and nothing was stored."""

    seq: int
    at: int
    duplicate: bool = False
    conflict: bool = False
    refused: Refusal | None = None


def entry_of(draft: Draft, seq: int) -> Entry:
    """The entry that `draft` became."""
    return Entry(
        draft.conversation,
        seq,
        draft.kind,
        draft.sender,
        draft.nick,
        draft.at,
        draft.content,
        draft.cid,
        draft.ref,
    )
