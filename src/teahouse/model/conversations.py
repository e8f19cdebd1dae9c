"""Conversations, their members and what a role may do."""

from enum import StrEnum

from msgspec import Struct

from teahouse.model.ids import LOBBY


class ConversationKind(StrEnum):
    DIRECT = "direct"  # two people
    GROUP = "group"  # by invitation, everybody writes
    CHANNEL = "channel"  # anybody may follow, owner and admins write
    ROOM = "room"  # anybody may join and write; may listen to a topic pattern


class Role(StrEnum):
    OWNER = "owner"
    ADMIN = "admin"
    MEMBER = "member"


class JoinRule(StrEnum):
    OPEN = "open"
    INVITE = "invite"


class Reach(StrEnum):
    """How far back a joiner may read."""

    JOINED = "joined"
    ALL = "all"


class Conversation(Struct, frozen=True, gc=False, omit_defaults=True):
    """What is known of a conversation besides its log and members. `created` is milliseconds UTC. Messages are
    erased `expires_s` after they were sent; 0: they stay."""

    id: str
    kind: ConversationKind
    title: str = ""
    topic: str = ""
    join: JoinRule = JoinRule.INVITE
    reach: Reach = Reach.JOINED
    limit: int = 500
    created: int = 0
    expires_s: int = 0


class Member(Struct, frozen=True, gc=False, omit_defaults=True):
    """Somebody's place in a conversation.

    `joined` is the seq of the entry that let them in; `left` the seq of the one that let them out (0: still
    in), up to which the removed may still read. `muted_until` is milliseconds UTC, 0 for not muted.
    """

    conversation: str
    user: str
    nick: str
    role: Role = Role.MEMBER
    joined: int = 0
    left: int = 0
    muted_until: int = 0


LOBBY_CONVERSATION = Conversation(
    id=LOBBY,
    kind=ConversationKind.ROOM,
    title="Lobby",
    join=JoinRule.OPEN,
    reach=Reach.ALL,
    limit=0,
)
