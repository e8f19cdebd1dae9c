"""What a run counts, for all clients together.

Rule: plain numbers that the hot path adds to; `start` sets them to zero when the measurement begins.
"""

from collections import Counter
from time import monotonic_ns

import msgspec

from teahouse.ops.load.feed import Batch
from teahouse.ops.load.latency import Latency

SAMPLE_EVERY = 256
"""One in so many parsed messages is decoded in full and compared with what was read from its bytes."""


def now_us() -> int:
    """Microseconds of the monotonic clock: what messages are stamped with."""
    return monotonic_ns() // 1000


class _Sender(msgspec.Struct):
    id: str
    nick: str


class _Body(msgspec.Struct):
    type: str
    text: str


class _Event(msgspec.Struct, tag_field="ev", tag="message"):
    """A message event, as protocol.md has it."""

    conversation: str
    seq: int
    message: str
    sender: _Sender
    at: int
    body: _Body


_decode = msgspec.json.Decoder(_Event).decode


class Meter:
    def __init__(self) -> None:
        self.start()

    def start(self) -> None:
        """Forget what was counted, from now on it counts."""
        self.entered = 0
        self.sent = 0
        self.acknowledged = 0
        self.unanswered = 0
        self.delivered = 0
        self.pieces = 0
        self.sampled = 0
        self.event_bytes = 0
        self.answer = Latency()
        self.delivery = Latency()
        self.errors: Counter[str] = Counter()
        self._until_sample = 1

    def deliver(self, batch: Batch) -> None:
        """A piece of the stream whose meaning was known came once more."""
        now = now_us()
        record = self.delivery.record
        for due, count in batch.stamps:
            record(now - due, count)
        self.delivered += batch.after - batch.first
        self.pieces += 1

    def error(self, code: str, count: int = 1) -> None:
        self.errors[code] += count

    def inspect(self, event: bytes, conversation: str, seq: int) -> None:
        """Decode one in SAMPLE_EVERY events in full; a difference is an error `malformed`."""
        self._until_sample -= 1
        if self._until_sample:
            return
        self._until_sample = SAMPLE_EVERY
        self.sampled += 1
        self.event_bytes = len(event)
        try:
            decoded = _decode(event)
        except msgspec.MsgspecError:
            self.error("malformed")
            return
        if (decoded.conversation, decoded.seq) != (conversation, seq):
            self.error("malformed")
