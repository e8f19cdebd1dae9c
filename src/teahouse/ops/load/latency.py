"""Latencies as a histogram: a fixed size whatever the number of values, and no value off by more than 1 %.

Rule: pure arithmetic on microseconds, like an HDR histogram: 128 linear steps in every power of two.
"""

from dataclasses import dataclass

_BITS = 7
_STEPS = 1 << _BITS
_LARGEST = (1 << 36) - 1  # 19 hours; what is larger counts as this


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
        self.count = 0
        self.largest = 0
        self._counts = [0] * (_place(_LARGEST) + 1)

    def record(self, value: int, count: int = 1) -> None:
        """Count `value` microseconds, `count` times. Negative values (a clock's rounding) count as 0."""
        if value > self.largest:
            self.largest = value if value < _LARGEST else _LARGEST
        elif value < 0:
            value = 0
        shift = value.bit_length() - _BITS - 1
        if shift <= 0:
            self._counts[value] += count
        else:
            self._counts[_place(min(value, _LARGEST))] += count
        self.count += count

    def percentile(self, percent: float) -> float:
        """Milliseconds that `percent` of the values do not exceed."""
        if not self.count:
            return 0.0
        wanted = max(1.0, self.count * percent / 100)
        passed = 0
        for place, count in enumerate(self._counts):
            passed += count
            if passed >= wanted:
                return min(_upper(place), self.largest) / 1000
        return self.largest / 1000

    def summary(self) -> Percentiles:
        return Percentiles(
            self.count, self.percentile(50), self.percentile(95), self.percentile(99), self.largest / 1000
        )


def _place(value: int) -> int:
    """The bucket of a value: below 256 one a microsecond, then 128 to every power of two."""
    shift = value.bit_length() - _BITS - 1
    return value if shift <= 0 else (shift << _BITS) + (value >> shift)


def _upper(place: int) -> int:
    """The largest value in a bucket."""
    if place < 2 * _STEPS:
        return place
    shift = (place >> _BITS) - 1
    return ((place - (shift << _BITS) + 1) << shift) - 1
