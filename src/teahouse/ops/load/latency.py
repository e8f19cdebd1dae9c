"""Latencies as a histogram: a fixed size whatever the number of values, and no value off by more than 1 %.

Rule: pure arithmetic on microseconds, like an HDR histogram: 128 linear steps in every power of two.
"""

from dataclasses import dataclass

_BITS = 7
_STEPS = 1 << _BITS
_PLACES = (64 - _BITS) * _STEPS


@dataclass(frozen=True)
class Percentiles:
    """Milliseconds. All 0.0 when nothing was recorded."""

    count: int
    p50: float
    p95: float
    p99: float
    max: float


class Latency:
    def __init__(self) -> None:
        self._counts = [0] * _PLACES
        self._largest = 0

    def record(self, value: int, count: int = 1) -> None:
        """Count `value` microseconds, `count` times. A negative value (two clocks, or a rounding) counts as 0."""
        shift = value.bit_length() - _BITS - 1
        if value < 0:
            value = place = 0
        elif shift <= 0:
            place = value  # below 256, one bucket a microsecond
        else:
            place = (shift << _BITS) + (value >> shift)
        self._counts[place] += count
        if value > self._largest:
            self._largest = value

    @property
    def count(self) -> int:
        return sum(self._counts)

    def percentile(self, percent: float) -> float:
        """Milliseconds that `percent` of the values do not exceed; 0.0 when there are none."""
        wanted = max(1.0, self.count * percent / 100)
        passed = 0
        for place, count in enumerate(self._counts):
            passed += count
            if passed >= wanted:
                return min(_upper(place), self._largest) / 1000
        return 0.0

    def summary(self) -> Percentiles:
        p50, p95, p99, most = (self.percentile(percent) for percent in (50, 95, 99, 100))
        return Percentiles(self.count, p50, p95, p99, most)


def _upper(place: int) -> int:
    """The largest value in a bucket."""
    if place < 2 * _STEPS:
        return place
    shift = (place >> _BITS) - 1
    return ((place - (shift << _BITS) + 1) << shift) - 1
