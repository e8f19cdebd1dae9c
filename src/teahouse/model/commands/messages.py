"""Commands that write, change or mark messages."""

from typing import Annotated

from msgspec import Meta

from teahouse.model.commands.fields import Body, Cid, Command, ConversationId, Priority, Seq, Text, UserId


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
