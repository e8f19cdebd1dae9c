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
    APPROVAL = "approval"  # who asks waits for the owner or an admin
    INVITE = "invite"


class Reach(StrEnum):
    """How far back a joiner may read."""

    JOINED = "joined"
    ALL = "all"
    LAST = "last"  # the last so many entries before joining


class Circle(StrEnum):
    """Who may do something in a conversation."""

    MEMBERS = "members"
    ADMINS = "admins"  # the owner, too


class Conversation(Struct, frozen=True, gc=False, omit_defaults=True):
    """What is known of a conversation besides its log and members. `created` is milliseconds UTC.

    `last` is how many entries before their own a joiner may read, where `reach` says so. `dissolved` is the seq of
    the entry that ended it (0: it lives), `revision` that of the one that made the settings what they are; in a
    change either may be SEQ_OF_ENTRY. Messages are erased `expires_s` after they were sent; 0: they stay.
    """

    id: str
    kind: ConversationKind
    title: str = ""
    topic: str = ""
    join: JoinRule = JoinRule.INVITE
    reach: Reach = Reach.JOINED
    limit: int = 500
    created: int = 0
    description: str = ""
    avatar: str = ""
    last: int = 0
    invite: Circle = Circle.MEMBERS
    post: Circle = Circle.MEMBERS
    dissolved: int = 0
    revision: int = 0
    expires_s: int = 0


class Member(Struct, frozen=True, gc=False, omit_defaults=True):
    """Somebody's place in a conversation.

    `joined` is the seq of the entry that let them in; `left` the seq of the one that let them out (0: still
    in), up to which the removed may still read. `muted_until` is milliseconds UTC, 0 for not muted. `reads` is the
    first seq they may read (0: from `joined` on), settled when they come in: later changes of `reach` are for later
    joiners. `banned` is
    since when they may not come back (milliseconds UTC; 0: they may).
    """

    conversation: str
    user: str
    nick: str
    role: Role = Role.MEMBER
    joined: int = 0
    left: int = 0
    muted_until: int = 0
    reads: int = 0
    banned: int = 0


LOBBY_CONVERSATION = Conversation(
    id=LOBBY,
    kind=ConversationKind.ROOM,
    title="Lobby",
    join=JoinRule.OPEN,
    reach=Reach.ALL,
    limit=0,
    invite=Circle.ADMINS,
)
