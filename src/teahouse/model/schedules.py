"""Schedules: messages that somebody wrote to be sent later."""

from msgspec import Struct


class Schedule(Struct, frozen=True, gc=False):
    """A send that waits for its time. `send` is the command as JSON, its `to` the id of the conversation, whoever was
    called by a nick when it was written. `failed` is the code it was refused with when it was due, `why` the sentence.
    """

    id: str
    user: str
    conversation: str
    at: int
    send: bytes
    failed: str = ""
    why: str = ""
