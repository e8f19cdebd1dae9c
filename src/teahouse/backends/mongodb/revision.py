"""What an entry does to earlier ones: a recall erases (L6, S6, F3), an edit changes what a message is found by (S1).

Rule: always inside the transaction of whoever calls, log.py. An edit does not change the message's own content, for
readers put the two together (engine/history.py).
"""

from collections.abc import Mapping, Sequence
from typing import Any

from teahouse.backends.mongodb.connection import Connection, Session
from teahouse.backends.mongodb.documents import ERASED, tokens
from teahouse.model.entries import Draft, Kind

_ERASE = {
    "$set": {"content": ERASED, "redacted": True},
    "$unset": {"mentions": "", "words": "", "files": "", "edited": ""},
}


def recalled(ref: int, seq: int) -> Mapping[str, Any]:
    """What the recall with this seq erases: what it refers to and all edits of that, but none that come later."""
    return {"seq": {"$lte": seq}, "$or": [{"seq": ref}, {"ref": ref, "kind": Kind.EDIT.value}]}


async def redact(
    connection: Connection, session: Session, conversation: str, which: Mapping[str, Any]
) -> list[str]:
    """Erase entries; what files they carried. A message whose edit alone is erased is not found any more, either."""
    entries = connection.entries
    query = {"conversation": conversation, **which}
    targets = await entries.find(query, ("kind", "ref", "files"), session=session).to_list()
    if not targets:
        return []
    await entries.update_many(query, _ERASE, session=session)
    edited = [target["ref"] for target in targets if target["kind"] == Kind.EDIT.value and "ref" in target]
    if edited:
        messages = {"conversation": conversation, "seq": {"$in": edited}}
        await entries.update_many(messages, {"$unset": {"words": "", "edited": ""}}, session=session)
    return list(dict.fromkeys(file for target in targets for file in target.get("files", ())))


async def revise(connection: Connection, session: Session, edits: Sequence[tuple[Draft, int]]) -> None:
    """Edits and their seqs, ascending: each message is found by what the last of its edits says."""
    last = {(draft.conversation, draft.ref): (draft, seq) for draft, seq in edits if (draft.ref or seq) < seq}
    for (conversation, ref), (draft, seq) in last.items():
        place = {"conversation": conversation, "seq": ref}
        standing = {**place, "kind": Kind.MESSAGE.value, "redacted": {"$ne": True}}
        message = await connection.entries.find_one(standing, ("sender", "nick"), session=session)
        if message is not None:
            words = tokens(message["sender"], message["nick"], draft.content)
            change = {"$set": {"words": words, "edited": seq}}
            await connection.entries.update_one({"_id": message["_id"], **place}, change, session=session)
