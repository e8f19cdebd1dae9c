"""Messages over REST: send, read, edit, recall, and how far one has read."""

from typing import Any

import msgspec
from msgspec import Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import Body, Cid, ConversationId, Lifetime, Limit, Seq, Text
from teahouse.model.errors import Code, Problem

READ, WRITE = "messages:read", "messages:write"


class NewMessage(Struct, frozen=True):
    """`text`, a `body` with a `type`, or originals to `forward`: one of the three. `thread` is the seq of the message
    whose thread this goes into; after `expires_s` seconds it is erased. `at` (see `scheduled`) and `ephemeral` are for
    elsewhere: passed over, they would send too early, or keep what is not to be kept."""

    text: Text | None = None
    body: Body | None = None
    reply_to: Seq | None = None
    priority: commands.Priority = "normal"
    thread: Seq | None = None
    forward: commands.Forward | None = None
    expires_s: Lifetime | None = None
    at: Any = None
    ephemeral: Any = None


class Revised(Struct, frozen=True):
    text: Text | None = None
    body: Body | None = None


class Idempotency(Struct, frozen=True):
    """The same key with the same message is stored once, and answered like the first time with `duplicate`."""

    key: Cid | None = msgspec.field(name="Idempotency-Key", default=None)


class Page(Struct, frozen=True):
    before: Seq | None = None
    after: Seq | None = None
    limit: Limit = 50
    thread: Seq | None = None
    quotes: bool = False


class ReadMark(Struct, frozen=True):
    seq: Seq


class Messages:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "POST /conversations/{conversation}/messages",
        201,
        scope=WRITE,
        refuses=(Code.MUTED, Code.BLOCKED, Code.IDEMPOTENCY_CONFLICT),
        example={"text": "The kettle is on."},
        answer={
            "conversation": "lobby",
            "seq": 7,
            "message": "lobby.7",
            "at": 1795477496834,
            "duplicate": False,
        },
    )
    async def send(
        self, call: Call, conversation: ConversationId, body: NewMessage, headers: Idempotency
    ) -> results.Sent:
        """Send a message.

        It is on disk when the answer comes. Send again with the same `Idempotency-Key` when no answer came. Besides
        the id of a conversation its place in the path may be `@nick`, for the direct conversation with somebody.
        """
        if body.at is not None:
            raise Problem(Code.BAD_REQUEST, "to send later, POST to /conversations/{conversation}/scheduled")
        if body.ephemeral:
            raise Problem(Code.BAD_REQUEST, "an ephemeral message goes by TCP or WebSocket only")
        command = commands.Send(
            id=0,
            to=conversation,
            text=body.text,
            body=body.body,
            cid=headers.key,
            reply_to=body.reply_to,
            priority=body.priority,
            thread=body.thread,
            forward=body.forward,
            expires_s=body.expires_s,
        )
        return await self._ask(call, command, results.Sent)

    @operation("GET /conversations/{conversation}/messages", scope=READ)
    async def history(self, call: Call, conversation: ConversationId, query: Page) -> results.HistoryPage:
        """A page of the conversation's entries, ascending by seq.

        Without `before` and `after` the newest; with `before` the newest of those before it; with `after` the first
        of those after it. With `thread` only the replies to that message. With `quotes` each reply comes with the
        beginning of what it answers.
        """
        command = commands.History(
            id=0,
            conversation=conversation,
            before=query.before,
            after=query.after,
            limit=query.limit,
            thread=query.thread,
            quotes=query.quotes,
        )
        return await self._ask(call, command, results.HistoryPage)

    @operation(
        "PATCH /conversations/{conversation}/messages/{seq}",
        scope=WRITE,
        refuses=(Code.MUTED, Code.BLOCKED),
        example={"text": "The kettle is off."},
        answer={"seq": 9},
    )
    async def edit(self, call: Call, conversation: ConversationId, seq: Seq, body: Revised) -> results.Logged:
        """Edit a message of one's own. The answer is the seq of the entry that says so."""
        command = commands.Edit(id=0, conversation=conversation, seq=seq, text=body.text, body=body.body)
        return await self._ask(call, command, results.Logged)

    @operation("DELETE /conversations/{conversation}/messages/{seq}", scope=WRITE, answer={"seq": 9})
    async def recall(self, call: Call, conversation: ConversationId, seq: Seq) -> results.Logged:
        """Recall a message: its content is erased for everybody, a tombstone stays."""
        return await self._ask(
            call, commands.Recall(id=0, conversation=conversation, seq=seq), results.Logged
        )

    @operation(
        "POST /conversations/{conversation}/read",
        scope=READ,
        example={"seq": 7},
        answer={"seq": 7, "unread": 0, "mentions": 0},
    )
    async def read(self, call: Call, conversation: ConversationId, body: ReadMark) -> results.ReadUpTo:
        """Move the read mark forward, at most to the last entry."""
        return await self._ask(
            call, commands.Read(id=0, conversation=conversation, seq=body.seq), results.ReadUpTo
        )
