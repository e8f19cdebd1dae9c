"""What a client may ask, as typed structs: the JSON protocol's `op` is the tag.

Unknown fields are ignored, missing and wrong ones are `bad_request`. Other gateways build the same structs.
"""

from typing import Annotated, Any, Literal

from msgspec import Meta, Struct

Id = int | Annotated[str, Meta(max_length=64)]
ConversationId = Annotated[str, Meta(min_length=1, max_length=80)]
UserId = Annotated[str, Meta(min_length=1, max_length=80)]
Seq = Annotated[int, Meta(ge=0, lt=2**53)]
Cid = Annotated[str, Meta(min_length=1, max_length=64)]
Text = str  # how long it may be is a setting of the engine, which answers too_large
Body = dict[str, Any]
Limit = Annotated[int, Meta(ge=1, le=200)]
Cursors = dict[ConversationId, Seq]


class Command(Struct, frozen=True, gc=False, tag_field="op", tag=str.lower, omit_defaults=True, kw_only=True):
    """`id` comes back as `re` in the answer; without one no answer is sent."""

    id: Id | None = None


class Hello(Command, frozen=True):
    nick: Annotated[str, Meta(max_length=128)] | None = None
    resume: Annotated[str, Meta(max_length=256)] | None = None
    user: Annotated[str, Meta(max_length=128)] | None = None
    password: Annotated[str, Meta(max_length=1024)] | None = None
    token: Annotated[str, Meta(max_length=8192)] | None = None
    device: Annotated[str, Meta(max_length=64)] | None = None
    cursors: Cursors | None = None


class Ping(Command, frozen=True):
    pass


class Send(Command, frozen=True):
    """`to`: a conversation id, `@nick` for a direct conversation, or `topic:a.b` for the rooms listening."""

    to: ConversationId
    text: Text | None = None
    body: Body | None = None
    cid: Cid | None = None
    reply_to: Seq | None = None
    priority: Literal["normal", "high"] = "normal"
    ephemeral: bool = False


class Edit(Command, frozen=True):
    conversation: ConversationId
    seq: Seq
    text: Text | None = None
    body: Body | None = None


class Recall(Command, frozen=True):
    conversation: ConversationId
    seq: Seq


class React(Command, frozen=True):
    conversation: ConversationId
    seq: Seq
    emoji: Annotated[str, Meta(min_length=1, max_length=32)]
    on: bool = True


class Read(Command, frozen=True):
    conversation: ConversationId
    seq: Seq


class Delivered(Command, frozen=True):
    """Confirms receipt on this device, for one conversation or many."""

    conversation: ConversationId | None = None
    seq: Seq | None = None
    cursors: Cursors | None = None


class Typing(Command, frozen=True):
    conversation: ConversationId
    on: bool = True


class History(Command, frozen=True):
    conversation: ConversationId
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50


class Sync(Command, frozen=True):
    cursors: Cursors | None = None
    limit: Limit = 100


class Online(Command, frozen=True):
    conversation: ConversationId | None = None


class Conversations(Command, frozen=True):
    pass


class Create(Command, frozen=True):
    kind: Literal["group", "channel", "room"]
    title: Annotated[str, Meta(max_length=200)] = ""
    members: Annotated[list[UserId], Meta(max_length=500)] = []
    topic: Annotated[str, Meta(max_length=200)] = ""
    join: Literal["open", "invite"] | None = None
    reach: Literal["joined", "all"] | None = None


class Join(Command, frozen=True):
    conversation: ConversationId


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


class Mute(Command, frozen=True):
    """With `user`: forbid a member to send, until `until` or for good. Without: quiet one's own notifications."""

    conversation: ConversationId
    user: UserId | None = None
    on: bool = True
    until: Annotated[int, Meta(ge=0, lt=2**53)] | None = None


class Pin(Command, frozen=True):
    """With `seq`: pin a message for all. Without: keep the conversation on top of one's own list."""

    conversation: ConversationId
    seq: Seq | None = None
    on: bool = True


class Archive(Command, frozen=True):
    conversation: ConversationId
    on: bool = True


class Members(Command, frozen=True):
    conversation: ConversationId
    after: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 100


class Presence(Command, frozen=True):
    status: Literal["online", "away", "dnd", "invisible"]
    text: Annotated[str, Meta(max_length=200)] = ""


AnyCommand = (
    Hello
    | Ping
    | Send
    | Edit
    | Recall
    | React
    | Read
    | Delivered
    | Typing
    | History
    | Sync
    | Online
    | Conversations
    | Create
    | Join
    | Leave
    | Invite
    | Kick
    | Role
    | Mute
    | Pin
    | Archive
    | Members
    | Presence
)
