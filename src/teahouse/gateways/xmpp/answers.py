"""What the engine answers a resource, read from frames (wire/xmpp/frames.py)."""

from typing import Any

import msgspec
from msgspec import Struct

from teahouse.model.errors import Code, Problem
from teahouse.wire.xmpp.frames import Frame, Sort
from teahouse.wire.xmpp.wire import Answer, Failure


class Outcome(Struct):
    """`result` is what the JSON protocol calls `ok`, or why there is none. `re` is None where no command is meant."""

    re: int | None
    result: Any


_answer = msgspec.json.Decoder(Answer)
_failure = msgspec.json.Decoder(Failure)


def outcome(frame: Frame) -> Outcome:
    if frame.sort is Sort.ANSWER:
        said = _answer.decode(frame.payload)
        return Outcome(said.re, msgspec.json.decode(said.result))
    refused = _failure.decode(frame.payload)
    return Outcome(refused.re, Problem(Code(refused.code), refused.message, refused.retry_after_ms))
