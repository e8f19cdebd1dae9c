"""How an entry stands in MongoDB, and how it is read again.

Rule: what is not there has no field, for partial indexes hold documents by that. `order` is the time of the append in
microseconds, raised where clocks disagree, so that it rises with the seq in each conversation; it puts messages of
several conversations in the order of commits. `words` are what search asks for, `root` the message whose thread the
entry is in, `files` what it carries, `edited` the seq of a message's newest edit.
"""

from collections.abc import Sequence
from typing import Any

from bson.binary import Binary
from bson.objectid import ObjectId

from teahouse.model.changes import SEQ_OF_ENTRY, Change, Expect, PutPosting, PutReply, UseLink
from teahouse.model.entries import Draft, Entry, Kind
from teahouse.model.ids import fold_nick
from teahouse.model.searching import said
from teahouse.model.words import words

Document = dict[str, Any]

FIELDS = ("conversation", "seq", "kind", "sender", "nick", "at", "content", "cid", "ref", "redacted")
"""What an entry is made of."""

ERASED = Binary(b"{}")


def document(draft: Draft, id_: ObjectId, seq: int, order: int) -> Document:
    """What is inserted for a draft."""
    made: Document = {
        "_id": id_,
        "conversation": draft.conversation,
        "seq": seq,
        "kind": draft.kind.value,
        "sender": draft.sender,
        "nick": draft.nick,
        "at": draft.at,
        "content": Binary(draft.content),
        "order": order,
    }
    if draft.cid is not None:
        made["cid"] = draft.cid
    if draft.ref is not None:
        made["ref"] = draft.ref
    if draft.mentions:
        made["mentions"] = list(dict.fromkeys(draft.mentions))
    if draft.kind is Kind.MESSAGE:
        made["words"] = tokens(draft.sender, draft.nick, draft.content)
    files = [change.file for change in draft.changes if isinstance(change, PutPosting)]
    if files:
        made["files"] = list(dict.fromkeys(files))
    for change in draft.changes:
        if isinstance(change, PutReply):
            made["root"] = change.root
    return made


def entry_from(found: Document) -> Entry:
    return Entry(
        found["conversation"],
        found["seq"],
        Kind(found["kind"]),
        found["sender"],
        found["nick"],
        found["at"],
        bytes(found["content"]),
        found.get("cid"),
        found.get("ref"),
        found.get("redacted", False),
    )


def elsewhere(changes: Sequence[Change]) -> list[Change]:
    """Those changes that the document itself does not hold: they are for the other store. A UseLink is none of them:
    it was applied before (L10); nor is an Expect, which is looked at then."""
    return [change for change in changes if not isinstance(change, PutReply | PutPosting | UseLink | Expect)]


def check_here(draft: Draft) -> None:
    """A reply and a posting are part of their entry's document, so they cannot speak of another one."""
    for change in draft.changes:
        if not isinstance(change, PutReply | PutPosting):
            continue
        if change.conversation != draft.conversation or change.seq != SEQ_OF_ENTRY:
            raise ValueError(f"a change of an entry that does not carry it: {change!r}")


def tokens(sender: str, nick: str, content: bytes) -> list[str]:
    """What a message can be found by: its words, each once, what it has, and who wrote it. No word has a colon."""
    found = said(content)
    facts = (user_token(sender), nick_token(fold_nick(nick)), *map(trait_token, found.traits))
    return [*dict.fromkeys(words(found.text)), *facts]


def trait_token(trait: str) -> str:
    return f"has:{trait}"


def user_token(user: str) -> str:
    return f"user:{user}"


def nick_token(folded: str) -> str:
    return f"nick:{folded}"
