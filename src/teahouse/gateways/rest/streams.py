"""Streams over REST, for bots: begin, add to, finish. Each request is short, so that a slow model holds none open."""

from typing import Literal

from msgspec import Struct

from teahouse.gateways.rest.messages import Idempotency
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, Seq, StreamId, Text
from teahouse.model.errors import Code

SCOPE = "stream"
_ANSWER = {"conversation": "lobby", "stream": "w01a20acc", "length": 9}


class NewStream(Struct, frozen=True):
    """`append`: the first words, if there are any yet."""

    type: Literal["text", "markdown"] = "markdown"
    append: Text = ""
    reply_to: Seq | None = None
    thread: Seq | None = None


class More(Struct, frozen=True):
    append: Text = ""


class Streams:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "POST /conversations/{conversation}/streams",
        201,
        scope=SCOPE,
        refuses=(Code.MUTED, Code.BLOCKED, Code.CONFLICT),
        example={"append": "Thinking "},
        answer=_ANSWER,
    )
    async def begin(
        self, call: Call, conversation: ConversationId, body: NewStream, headers: Idempotency
    ) -> results.Streaming:
        """Begin a message that others see while it is written. For bots whose token has the scope `stream`."""
        command = commands.Stream(
            id=0,
            to=conversation,
            append=body.append,
            type=body.type,
            reply_to=body.reply_to,
            thread=body.thread,
            cid=headers.key,
        )
        return await self._ask(call, command, results.Streaming)

    @operation(
        "POST /streams/{stream}",
        scope=SCOPE,
        refuses=(Code.NOT_FOUND, Code.MUTED),
        example={"append": "it over. "},
        answer=_ANSWER,
    )
    async def append(self, call: Call, stream: StreamId, body: More) -> results.Streaming:
        """Add words to a stream."""
        command = commands.Stream(id=0, stream=stream, append=body.append)
        return await self._ask(call, command, results.Streaming)

    @operation(
        "POST /streams/{stream}/finish",
        scope=SCOPE,
        refuses=(Code.NOT_FOUND, Code.MUTED, Code.IDEMPOTENCY_CONFLICT),
        example={"append": "Done."},
    )
    async def finish(self, call: Call, stream: StreamId, body: More) -> results.Sent:
        """Finish a stream: the whole is stored as one message. Without a word nothing is."""
        command = commands.Stream(id=0, stream=stream, append=body.append, finish=True)
        return await self._ask(call, command, results.Sent)
