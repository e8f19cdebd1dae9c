"""Commands by which a conversation is run: its settings, its end, who may come in, and who may not."""

from typing import Annotated, Literal

from msgspec import UNSET, Meta, UnsetType

from teahouse.model.commands.fields import (
    Command,
    ConversationId,
    Last,
    Limit,
    LinkToken,
    Seq,
    UserId,
)
from teahouse.model.topics import PATTERN

Title = Annotated[str, Meta(max_length=200)]
Topic = Annotated[str, Meta(max_length=200, pattern=rf"^(?:{PATTERN})?$")]
Description = Annotated[str, Meta(max_length=2000)]
Avatar = Annotated[str, Meta(max_length=200)]
Seconds = Annotated[int, Meta(ge=1, le=315_360_000)]
Uses = Annotated[int, Meta(ge=1, le=100_000)]
MemberLimit = Annotated[int, Meta(ge=0, le=100_000)]
JoinRule = Literal["open", "approval", "invite"]
Reach = Literal["joined", "all", "last"]
Circle = Literal["members", "admins"]


class Conversation(Command, frozen=True):
    conversation: ConversationId


class Update(Command, frozen=True):
    """What is given is changed, the rest stays. `revision`: only if the settings are still those."""

    conversation: ConversationId
    title: Title | UnsetType = UNSET
    topic: Topic | UnsetType = UNSET
    description: Description | UnsetType = UNSET
    avatar: Avatar | UnsetType = UNSET
    join: JoinRule | UnsetType = UNSET
    reach: Reach | UnsetType = UNSET
    last: Last | UnsetType = UNSET
    limit: MemberLimit | UnsetType = UNSET
    invite: Circle | UnsetType = UNSET
    post: Circle | UnsetType = UNSET
    revision: Seq | None = None


class Dissolve(Command, frozen=True):
    conversation: ConversationId


class Ban(Command, frozen=True):
    conversation: ConversationId
    user: UserId
    reason: Annotated[str, Meta(max_length=500)] = ""


class Unban(Command, frozen=True):
    conversation: ConversationId
    user: UserId


class Bans(Command, frozen=True):
    conversation: ConversationId
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Link(Command, frozen=True):
    """Make an invitation link. It works for `expires_in` seconds, and lets `uses` in."""

    conversation: ConversationId
    expires_in: Seconds | None = None
    uses: Uses | None = None


class Links(Command, frozen=True):
    conversation: ConversationId


class Unlink(Command, frozen=True):
    conversation: ConversationId
    link: LinkToken


class Preview(Command, frozen=True):
    link: LinkToken


class Requests(Command, frozen=True):
    conversation: ConversationId


class Approve(Command, frozen=True):
    conversation: ConversationId
    user: UserId


class Reject(Command, frozen=True):
    conversation: ConversationId
    user: UserId
