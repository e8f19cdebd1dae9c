"""How an entry is written in a row, and how it, a conversation and a place are read from one."""

from collections.abc import Sequence
from typing import Any

from teahouse.backends.kinds import KINDS
from teahouse.model.conversations import Circle, Conversation, ConversationKind, JoinRule, Member, Reach, Role
from teahouse.model.entries import Entry

COLUMNS = "seq, kind, sender, nick, at, content, cid, ref, redacted"
"""The columns of an entry, in the order `entry_from` takes them."""


def entry_from(conversation: str, row: Sequence[Any]) -> Entry:
    seq, kind, sender, nick, at, content, cid, ref, redacted = row
    return Entry(conversation, seq, KINDS[kind], sender, nick, at, content, cid, ref, bool(redacted))


def conversation_from(row: Sequence[Any]) -> Conversation:
    id_, kind, title, topic, join, reach, limit, created, description, avatar, last, invite, post, *seqs = row
    return Conversation(
        id_,
        ConversationKind(kind),
        title,
        topic,
        JoinRule(join),
        Reach(reach),
        limit,
        created,
        description,
        avatar,
        last,
        Circle(invite),
        Circle(post),
        *seqs,
    )


def member_from(row: Sequence[Any]) -> Member:
    conversation, user, nick, role, *rest = row
    return Member(conversation, user, nick, Role(role), *rest)
