"""Commands that read, and say how far one has read."""

from teahouse.model.commands.fields import Command, ConversationId, Cursors, Limit, Seq


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


class Sync(Command, frozen=True):
    cursors: Cursors | None = None
    limit: Limit = 100


class Conversations(Command, frozen=True):
    pass
