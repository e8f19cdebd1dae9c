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


class Expire(Command, frozen=True):
    """How long new messages of a conversation stay; 0: for good."""

    conversation: ConversationId
    expires_s: Annotated[int, Meta(ge=0, le=31_536_000)]


class Preferences(Command, frozen=True):
    """What one wishes for all conversations; what is left out stays."""

    receipts: bool | None = None


class Archive(Command, frozen=True):
    conversation: ConversationId
    on: bool = True
