"""The generic cell rate algorithm (ITU-T I.371): a rate limit that is one float a bucket and needs no timer.

Rule: pure arithmetic; the caller keeps the float and the clock.
"""

from msgspec import Struct

DEBT = 16
"""Where several count one bucket, it is overdrawn by so many bursts at most."""


class Rate(Struct, frozen=True, gc=False):
    """`per_second` sustained, `burst` at once. A rate of 0 admits all."""

    per_second: float
    burst: int


def admit(rate: Rate, arrival: float, now: float) -> tuple[float, float]:
    """Admit one cell: (new theoretical arrival time, seconds to wait; 0.0 when admitted).

    `arrival` is what the last call gave, 0.0 at first; times are seconds of one monotonic clock. A refused
    cell costs nothing: the returned arrival time is then the old one.
    """
    if rate.per_second <= 0:
        return 0.0, 0.0
    step = 1.0 / rate.per_second
    expected = arrival if arrival > now else now
    earliest = expected + step - rate.burst * step
    if earliest > now:
        return arrival, earliest - now
    return expected + step, 0.0


class Bucket(Struct, frozen=True, gc=False):
    """Whose allowance it is, of which kind, and how it fills. All who name it alike give it the same rate."""

    kind: str
    key: str
    rate: Rate
