"""How an entry is written in a row, and how it, a conversation and a place are read from one."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import select

from teahouse.backends.kinds import KIND_CODES, KINDS
from teahouse.backends.sql.tables.directory import member
from teahouse.backends.sql.tables.log import entry
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.entries import Draft, Entry

COLUMNS = (
    entry.c.seq,
    entry.c.kind,
    entry.c.sender,
    entry.c.nick,
    entry.c.at,
    entry.c.content,
    entry.c.cid,
    entry.c.ref,
    entry.c.redacted,
)
"""The columns of an entry, in the order `entry_from` takes them."""

MEMBER = select(
    member.c.conversation,
    member.c.user,
    member.c.nick,
    member.c.role,
    member.c.joined,
    member.c.left,
    member.c.muted_until,
    member.c.reads,
    member.c.banned,
)
"""A place, for `member_from`."""


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, KINDS[kind], sender, nick, at, bytes(content), cid, ref, bool(redacted))


def row_of(draft: Draft, log: int, seq: int) -> dict[str, Any]:
    """What `draft` becomes as entry `seq` of a log."""
    return {
        "log": log,
        "seq": seq,
        "kind": KIND_CODES[draft.kind],
        "sender": draft.sender,
        "nick": draft.nick,
        "at": draft.at,
        "content": draft.content,
        "cid": draft.cid,
        "ref": draft.ref,
        "redacted": False,
    }


def conversation_from(row: Any) -> Conversation:
    return Conversation(
        row.id,
        ConversationKind(row.kind),
        row.title,
        row.topic,
        JoinRule(row.join_rule),
        Reach(row.reach),
        row.member_limit,
        row.created,
        row.description,
        row.avatar,
        row.reach_last,
        Circle(row.invite),
        Circle(row.post),
        row.dissolved,
        row.revision,
        row.expires_s,
    )


def member_from(row: Any) -> Member:
    conversation, user, nick, role, *rest = row
    return Member(conversation, user, nick, Role(role), *rest)
