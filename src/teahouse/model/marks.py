"""How far a member has come in a conversation, and how they keep it in their list."""

from msgspec import UNSET, Struct, UnsetType


class Mark(Struct, frozen=True, gc=False, omit_defaults=True):
    """One member's watermarks (seqs, only ever forward) and list settings. `muted_until`: -1 for ever. `delivered_at`
    and `read_at` are when these watermarks last rose (milliseconds UTC; 0: nobody knows)."""

    delivered: int = 0
    read: int = 0
    cleared: int = 0
    pinned: bool = False
    archived: bool = False
    muted_until: int = 0
    delivered_at: int = 0
    read_at: int = 0


class Advance(Struct, frozen=True, gc=False):
    """A wish to move marks, made `at` (milliseconds UTC). Watermarks take the larger of stored and wished; UNSET
    settings stay."""

    conversation: str
    user: str
    delivered: int = 0
    read: int = 0
    cleared: int = 0
    pinned: bool | UnsetType = UNSET
    archived: bool | UnsetType = UNSET
    muted_until: int | UnsetType = UNSET
    at: int = 0


class Unread(Struct, frozen=True, gc=False):
    """Derived, never counted up: messages after the mark, not own, not the server's, not recalled and not hidden;
    and those that mention one.

    `read` is the effective read mark: own messages count as read, so it may lie above the stored one.
    """

    read: int = 0
    unread: int = 0
    mentions: int = 0
