"""Up to where each device has confirmed a conversation."""

from msgspec import Struct


class Delivery(Struct, frozen=True, gc=False):
    """`device` confirmed everything up to `seq`, at `at` (milliseconds UTC). The name of a device may be empty."""

    conversation: str
    user: str
    device: str
    seq: int
    at: int
