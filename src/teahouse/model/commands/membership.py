"""Commands about conversations and who is in them."""

from typing import Annotated, Literal

from msgspec import Meta, field

from teahouse.model.commands.fields import Command, ConversationId, Last, Limit, LinkToken, UserId


class Create(Command, frozen=True):
    kind: Literal["group", "channel", "room"]
    title: Annotated[str, Meta(max_length=200)] = ""
    members: Annotated[list[UserId], Meta(max_length=500)] = field(default_factory=list)
    topic: Annotated[str, Meta(max_length=200)] = ""
    join: Literal["open", "approval", "invite"] | None = None
    reach: Literal["joined", "all", "last"] | None = None
    last: Last = 50


class Join(Command, frozen=True):
    """By `conversation`, where anybody may or may ask to (`text` goes with the request), or by the token of a
    `link`."""

    conversation: ConversationId | None = None
    link: LinkToken | None = None
    text: Annotated[str, Meta(max_length=500)] = ""


class Leave(Command, frozen=True):
    conversation: ConversationId


class Invite(Command, frozen=True):
    conversation: ConversationId
    user: UserId | None = None
    users: Annotated[list[UserId], Meta(max_length=500)] | None = None


class Kick(Command, frozen=True):
    conversation: ConversationId
    user: UserId


class Role(Command, frozen=True):
    conversation: ConversationId
    user: UserId
    role: Literal["owner", "admin", "member"]


class Members(Command, frozen=True):
    conversation: ConversationId
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100
