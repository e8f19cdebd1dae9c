"""Commands about messages that are not sent at once: scheduled ones, and streams."""

from typing import Literal

from teahouse.model.commands.fields import (
    Body,
    Cid,
    Command,
    ConversationId,
    Millis,
    ScheduleId,
    Seq,
    StreamId,
    Text,
)


class Schedules(Command, frozen=True):
    """One's own messages that wait for their time."""


class Reschedule(Command, frozen=True):
    """Change one of them: its time, what it says, or both."""

    schedule: ScheduleId
    at: Millis | None = None
    text: Text | None = None
    body: Body | None = None


class Cancel(Command, frozen=True):
    schedule: ScheduleId


class Stream(Command, frozen=True):
    """For bots: a message that is written while others watch. With `to` it begins; with `stream` it goes on."""

    to: ConversationId | None = None
    stream: StreamId | None = None
    append: Text = ""
    finish: bool = False
    type: Literal["text", "markdown"] = "markdown"
    reply_to: Seq | None = None
    thread: Seq | None = None
    cid: Cid | None = None
