"""Scheduled messages over REST."""

from msgspec import Struct

from teahouse.gateways.rest.messages import Idempotency
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import (
    Body,
    ConversationId,
    Forward,
    Lifetime,
    Millis,
    ScheduleId,
    Seq,
    Text,
)
from teahouse.model.errors import Code

_ANSWER = {
    "schedule": "t01a20acc",
    "conversation": "lobby",
    "at": 1795480000000,
    "body": {"type": "text", "text": "Good morning."},
}


class Later(Struct, frozen=True):
    """A message, as it will be sent, and when (milliseconds UTC, within a year)."""

    at: Millis
    text: Text | None = None
    body: Body | None = None
    reply_to: Seq | None = None
    thread: Seq | None = None
    forward: Forward | None = None
    expires_s: Lifetime | None = None


class Change(Struct, frozen=True):
    """What is left out stays as it is."""

    at: Millis | None = None
    text: Text | None = None
    body: Body | None = None


class Schedules:
    def __init__(self, ask: Ask) -> None:
        self._ask = ask

    @operation(
        "POST /conversations/{conversation}/scheduled",
        201,
        guests=True,
        refuses=(Code.MUTED, Code.BLOCKED, Code.CONFLICT),
        example={"text": "Good morning.", "at": 1795480000000},
        answer=_ANSWER,
    )
    async def schedule(
        self, call: Call, conversation: ConversationId, body: Later, headers: Idempotency
    ) -> results.Scheduled:
        """Write a message now and send it later.

        It is sent once, with all the checks of that moment; if it is refused then, it stays in the list with `failed`.
        The message then carries the schedule's id as its `cid`.
        """
        command = commands.Send(
            id=0,
            to=conversation,
            text=body.text,
            body=body.body,
            cid=headers.key,
            reply_to=body.reply_to,
            thread=body.thread,
            forward=body.forward,
            expires_s=body.expires_s,
            at=body.at,
        )
        return await self._ask(call, command, results.Scheduled)

    @operation("GET /scheduled", guests=True, answer={"schedules": [_ANSWER]})
    async def scheduled(self, call: Call) -> results.ScheduleList:
        """One's own scheduled messages, by time."""
        return await self._ask(call, commands.Schedules(id=0), results.ScheduleList)

    @operation(
        "PATCH /scheduled/{schedule}",
        guests=True,
        refuses=(Code.NOT_FOUND,),
        example={"at": 1795490000000},
        answer=_ANSWER,
    )
    async def reschedule(self, call: Call, schedule: ScheduleId, body: Change) -> results.Scheduled:
        """Another time, other words, or both."""
        command = commands.Reschedule(id=0, schedule=schedule, at=body.at, text=body.text, body=body.body)
        return await self._ask(call, command, results.Scheduled)

    @operation("DELETE /scheduled/{schedule}", 204, guests=True, refuses=(Code.NOT_FOUND,))
    async def cancel(self, call: Call, schedule: ScheduleId) -> None:
        """Do not send it."""
        await self._ask(call, commands.Cancel(id=0, schedule=schedule), results.Done)
