"""The message log, the truth of Teahouse."""

from collections.abc import Mapping, Sequence
from typing import Protocol

from teahouse.model.entries import Appended, Draft, Entry


class MessageLog(Protocol):
    """Entries of conversations in seq order.

    L1  Seqs of one conversation are 1, 2, 3 ...; there is never a gap, also not after a crash or a failure.
    L2  When `append_many` returns, its entries are durable: they survive a power cut.
    L3  All drafts of one call are committed or none; calls may overlap, and take effect and return in call
        order; inside a call, in list order.
    L4  (conversation, sender, cid) is appended once while the key is kept (see `expire_keys`): a repetition
        gives the first one's seq and at with `duplicate`, or `conflict` if kind, ref or content (but for
        `mentions`, `command` and `expires_s`, which the server adds) differ; a redacted first one counts as equal.
        This holds inside one call, too. A duplicate carries no changes.
    L5  A draft's `changes` are applied to the directory with the entry: atomically where log and directory
        share a store, else before the call returns, repaired at start after a crash. SEQ_OF_ENTRY in a
        change becomes the entry's seq.
    L6  A RECALL entry redacts its `ref` and all edits of it, in the same transaction: content `{}`,
        `redacted` set, mentions forgotten.
    L7  If the store cannot write, StoreUnavailable is raised, nothing of the call is stored, and later calls
        work as soon as the store does.
    L8  Reads see every append that returned before the read was called.
    L9  An entry refers only to entries before it: `references` does not give those whose `ref` is their own seq
        or a later one.
    L10 A draft with a UseLink whose link lets nobody in any more, or with an Expect that is not so, is not stored, and
        answered `refused`; the other drafts of the call are. Of any that expect the same at the same time, on
        whatever nodes, one is stored if it changes that.
    L11 A `judged` draft whose sender is out of the conversation by a change that an entry after `judged` carries is not
        stored, and answered `refused`; so is a message or an edit of one who was muted until after its time, or who
        may not write there any more. A repetition is answered as one (L4).
    """

    async def append_many(self, drafts: Sequence[Draft]) -> list[Appended]:
        """Append in order, durably (L1-L7). The result has one item a draft."""
        ...

    async def read(
        self, conversation: str, after: int, upto: int, limit: int, newest: bool = False
    ) -> list[Entry]:
        """Entries with after < seq <= upto, ascending, at most `limit`: the first ones, or with `newest` the
        last ones. Empty for an unknown conversation."""
        ...

    async def references(self, conversation: str, seqs: Sequence[int]) -> list[Entry]:
        """All entries other than messages whose `ref` is one of `seqs`, ascending."""
        ...

    async def heads(self, conversations: Sequence[str]) -> Mapping[str, int]:
        """The last seq of each conversation, 0 where there is none yet."""
        ...

    async def redact(self, conversation: str, seqs: Sequence[int]) -> None:
        """Erase the content of these entries for good; the tombstones stay (expiry, retention)."""
        ...

    async def expire_keys(self, before: int) -> int:
        """Forget the cids of entries older than `before` (milliseconds UTC); how many were forgotten."""
        ...
