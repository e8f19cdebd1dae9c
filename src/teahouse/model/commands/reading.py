"""Commands that read, and say how far one has read."""

from typing import Annotated

from msgspec import Meta

from teahouse.model.commands.fields import Command, ConversationId, Cursors, Limit, Seq, Time, UserId

SearchText = Annotated[str, Meta(max_length=512)]
SearchCursor = Annotated[str, Meta(min_length=1, max_length=100)]
SearchLimit = Annotated[int, Meta(ge=1, le=100)]


class Read(Command, frozen=True):
    conversation: ConversationId
    seq: Seq


class Delivered(Command, frozen=True):
    """Confirms receipt on this device, for one conversation or many."""

    conversation: ConversationId | None = None
    seq: Seq | None = None
    cursors: Cursors | None = None


class History(Command, frozen=True):
    conversation: ConversationId
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50
    thread: Seq | None = None
    quotes: bool = False


class Search(Command, frozen=True, rename={"from_": "from"}):
    """`before` and `after` are milliseconds UTC; `from` a user id, a nick or `me`."""

    query: SearchText
    conversation: ConversationId | None = None
    from_: UserId | None = None
    before: Time | None = None
    after: Time | None = None
    cursor: SearchCursor | None = None
    limit: SearchLimit = 20


class Sync(Command, frozen=True):
    cursors: Cursors | None = None
    limit: Limit = 100


class Conversations(Command, frozen=True):
    pass


class Pins(Command, frozen=True):
    """The messages that are pinned for all."""

    conversation: ConversationId


class Readers(Command, frozen=True):
    """Who has read a message."""

    conversation: ConversationId
    seq: Seq


class Receipts(Command, frozen=True):
    """How far the others have received and read."""

    conversation: ConversationId


class Hide(Command, frozen=True):
    """Delete messages for oneself."""

    conversation: ConversationId
    seqs: Annotated[list[Seq], Meta(min_length=1, max_length=100)]


class Clear(Command, frozen=True):
    """Clear the history for oneself, up to a seq or all of it."""

    conversation: ConversationId
    upto: Seq | None = None
