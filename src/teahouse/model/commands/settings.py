"""Commands that set how one sees a conversation; `mute` and `pin` with a target are about all of its members."""

from typing import Annotated

from msgspec import Meta

from teahouse.model.commands.fields import Command, ConversationId, Seq, UserId


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
