"""Commands about who is here."""

from typing import Annotated, Literal

from msgspec import Meta

from teahouse.model.commands.fields import Command, ConversationId


class Online(Command, frozen=True):
    conversation: ConversationId | None = None


class Presence(Command, frozen=True):
    status: Literal["online", "away", "dnd", "invisible"]
    text: Annotated[str, Meta(max_length=200)] = ""
