"""Commands about what one makes of others: blocks, contacts, reports."""

from typing import Annotated, Literal

from msgspec import Meta

from teahouse.model.commands.fields import Command, ConversationId, Limit, Seq, UserId

After = Annotated[str, Meta(max_length=80)]
Reason = Literal["spam", "abuse", "violence", "sexual", "illegal", "other"]


class Block(Command, frozen=True):
    user: UserId


class Unblock(Command, frozen=True):
    user: UserId


class Blocks(Command, frozen=True):
    after: After = ""
    limit: Limit = 100


class Contact(Command, frozen=True):
    """Keep somebody in one's contacts, under a name of one's own, or no longer."""

    user: UserId
    alias: Annotated[str, Meta(max_length=64)] = ""
    on: bool = True


class Contacts(Command, frozen=True):
    after: After = ""
    limit: Limit = 100


class Report(Command, frozen=True):
    """Of a message (`conversation` and `seq`), or of a `user`."""

    reason: Reason
    conversation: ConversationId | None = None
    seq: Seq | None = None
    user: UserId | None = None
    text: Annotated[str, Meta(max_length=2000)] = ""
