"""What one sees of messages, over REST: pinned ones, who has read, deleting for oneself, what one wishes."""

from typing import Annotated

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, Seq
from teahouse.model.receipts import ReceiptList

READ, CHANGE = "messages:read", "conversations:write"


class ToHide(Struct, frozen=True):
    seqs: Annotated[list[Seq], Meta(min_length=1, max_length=100)]


class ToClear(Struct, frozen=True):
    """Without `upto` all there is now."""

    upto: Seq | None = None


class Wishes(Struct, frozen=True):
    """What is left out stays as it is."""

    receipts: bool | None = None


class Lifespan(Struct, frozen=True):
    """Seconds; 0: new messages stay."""

    expires_s: Annotated[int, Meta(ge=0, le=31_536_000)]


class Sights:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation("GET /conversations/{conversation}/pins", scope=READ)
    async def pins(self, call: Call, conversation: ConversationId) -> results.PinnedMessages:
        """The messages that are pinned for all, the last pinned first."""
        return await self._ask(call, commands.Pins(id=0, conversation=conversation), results.PinnedMessages)

    @operation(
        "GET /conversations/{conversation}/messages/{seq}/readers",
        scope=READ,
        answer={"count": 1, "of": 2, "readers": [{"id": "u1", "nick": "bob", "at": 1795477496834}]},
    )
    async def readers(self, call: Call, conversation: ConversationId, seq: Seq) -> results.ReaderList:
        """Who has read a message.

        `at` is when they last read on in the conversation. In large ones there is only the number. Who hides their
        receipts is not listed, and sees nobody.
        """
        command = commands.Readers(id=0, conversation=conversation, seq=seq)
        return await self._ask(call, command, results.ReaderList)

    @operation(
        "GET /conversations/{conversation}/receipts",
        scope=READ,
        answer={"receipts": [{"user": "u1", "delivered": 9, "read": 7, "at": 1795477496834}]},
    )
    async def receipts(self, call: Call, conversation: ConversationId) -> ReceiptList:
        """How far the others have received and read.

        By seq, as the event `receipt` tells it to whoever is there; `at` is when they last read on. In large
        conversations the list is empty. Who hides their receipts is not listed, and sees nobody.
        """
        return await self._ask(call, commands.Receipts(id=0, conversation=conversation), ReceiptList)

    @operation("POST /conversations/{conversation}/hide", scope=READ, example={"seqs": [7]})
    async def hide(self, call: Call, conversation: ConversationId, body: ToHide) -> results.Done:
        """Delete messages for oneself, on all of one's devices. Nobody else is told."""
        command = commands.Hide(id=0, conversation=conversation, seqs=body.seqs)
        return await self._ask(call, command, results.Done)

    @operation("POST /conversations/{conversation}/clear", scope=READ, example={"upto": 7})
    async def clear(self, call: Call, conversation: ConversationId, body: ToClear) -> results.Done:
        """Clear the history for oneself, on all of one's devices. Nobody else is told."""
        command = commands.Clear(id=0, conversation=conversation, upto=body.upto)
        return await self._ask(call, command, results.Done)

    @operation(
        "PUT /conversations/{conversation}/expiry",
        scope=CHANGE,
        example={"expires_s": 86400},
        answer={"seq": 9},
    )
    async def expire(self, call: Call, conversation: ConversationId, body: Lifespan) -> results.Logged:
        """Set how long new messages stay: by owner and admins, in a direct conversation by both."""
        command = commands.Expire(id=0, conversation=conversation, expires_s=body.expires_s)
        return await self._ask(call, command, results.Logged)

    @operation("GET /users/me/preferences", guests=True, answer={"receipts": True})
    async def preferences(self, call: Call) -> results.Preferred:
        """What one wishes for all conversations."""
        return await self._ask(call, commands.Preferences(id=0), results.Preferred)

    @operation(
        "PATCH /users/me/preferences", guests=True, example={"receipts": False}, answer={"receipts": False}
    )
    async def prefer(self, call: Call, body: Wishes) -> results.Preferred:
        """Change it. Who hides their receipts (`receipts` false) sees nobody else's."""
        return await self._ask(call, commands.Preferences(id=0, receipts=body.receipts), results.Preferred)
