"""Commands that write, change or mark messages."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.model.commands.fields import (
    Body,
    Cid,
    Command,
    ConversationId,
    Lifetime,
    Millis,
    Priority,
    Seq,
    Text,
    UserId,
)


class Original(Struct, frozen=True, gc=False):
    """Where a message stands that is forwarded."""

    conversation: ConversationId
    seq: Seq


Forward = Annotated[list[Original], Meta(min_length=1, max_length=20)]


class Send(Command, frozen=True):
    """`to`: a conversation id, `@nick` for a direct conversation, or `topic:a.b` for the rooms listening.
    `only`: an ephemeral message for one member."""

    to: ConversationId
    text: Text | None = None
    body: Body | None = None
    cid: Cid | None = None
    reply_to: Seq | None = None
    priority: Priority = "normal"
    ephemeral: bool = False
    thread: Seq | None = None
    forward: Forward | None = None
    expires_s: Lifetime | None = None
    at: Millis | None = None
    only: UserId | None = None


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


class Typing(Command, frozen=True):
    conversation: ConversationId
    on: bool = True
