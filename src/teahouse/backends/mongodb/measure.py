"""What drafts are measured by (backends/standing.py), where the log is here and the directory elsewhere.

Rule: nothing of the directory is locked. But whoever changes places or settings by an entry takes the next seq, as
these drafts do, and each seq is given once. So what is read, after all is paid that is owed up to the end of the log,
is still so if the drafts get the seqs behind that end; else they are measured again (batch.py). A change that no entry
carries, which is somebody coming into a large group or leaving it, is not seen so: its own Expect is held by the
other store.
"""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from teahouse.backends.mongodb.append import Item
from teahouse.backends.mongodb.heads import Head
from teahouse.backends.standing import Standing, Wanted, expects, is_governing
from teahouse.model.entries import JUDGED, Draft, Kind
from teahouse.model.errors import StoreUnavailable

if TYPE_CHECKING:
    from teahouse.backends.mongodb.batch import Room

_GOVERNING = (Kind.MEMBER.value, Kind.CONVERSATION.value)


async def measure(room: "Room", items: Sequence[Item], heads: Mapping[str, Head]) -> Standing | None:
    """What these are measured by when the log ends with `heads`; None if they need not be."""
    drafts = [item.draft for item in items if not item.stored]
    if not any(expects(draft.changes) for draft in drafts) and not await _is_outdated(room, drafts, heads):
        return None
    wanted = Wanted(drafts)
    for draft in (item.draft for item in items if item.stored):
        if draft.conversation in wanted.settings and any(map(is_governing, draft.changes)):
            raise StoreUnavailable("what was stored before an answer was lost is not paid yet")
    for conversation in wanted.settings:
        end = heads.get(conversation)
        await room.debts.settle(conversation, end.seq if end is not None else 2**53)
    return await room.gate.standing(wanted, await _pins(room, wanted))


async def _pins(room: "Room", wanted: Wanted) -> dict[str, int]:
    """The last pin of each after the entry that is asked about."""
    later = [
        {"conversation": c, "seq": {"$gt": after}, "kind": Kind.PIN.value} for c, after in wanted.pins.items()
    ]
    rows = await room.connection.found({"$or": later}, ("conversation", "seq")) if later else []
    last: dict[str, int] = {}
    for row in rows:
        last[row["conversation"]] = max(row["seq"], last.get(row["conversation"], 0))
    return last


async def _is_outdated(room: "Room", drafts: Sequence[Draft], heads: Mapping[str, Head]) -> bool:
    """Whether one was judged before the last entry that governs: one of the log, or one of this batch."""
    judged = [draft for draft in drafts if draft.judged != JUDGED]
    if not judged:
        return False
    governed = {draft.conversation for draft in drafts if any(map(is_governing, draft.changes))}
    since: dict[str, int] = {}
    for draft in judged:
        if draft.conversation in governed:
            return True
        since[draft.conversation] = min(draft.judged, since.get(draft.conversation, draft.judged))
    gaps = [
        {"conversation": c, "seq": {"$gt": after, "$lte": heads[c].seq}, "kind": {"$in": _GOVERNING}}
        for c, after in since.items()
        if after < heads[c].seq
    ]
    return bool(gaps) and bool(await room.connection.found({"$or": gaps}, ("seq",)))
