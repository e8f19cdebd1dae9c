"""Limits (ports/limits.py) in memory.

Rule: one float a bucket. Full ones are swept away; were there ever too many of a kind, those that came first are, so
that no crowd of addresses fills the memory. Also what a node on Redis goes by alone (backends/redis/limits.py).
"""

from teahouse.model.gcra import Bucket, admit
from teahouse.ports.clock import Clock

_SWEEP = 10_000
_MOST = 100_000


class MemoryLimits:
    """Nodes of one process share one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._kinds: dict[str, _Arrivals] = {}

    async def take(self, *buckets: Bucket) -> float:
        return self.take_now(*buckets)

    async def give_back(self, *buckets: Bucket) -> None:
        self.give_back_now(*buckets)

    def take_now(self, *buckets: Bucket) -> float:
        """The same, for whoever cannot wait."""
        now, longest, taken = self._clock.monotonic(), 0.0, []
        for bucket in buckets:
            of_kind = self._kinds.setdefault(bucket.kind, _Arrivals())
            arrival, wait = admit(bucket.rate, of_kind.get(bucket.key, 0.0), now)
            longest = max(longest, wait)
            taken.append((of_kind, bucket, arrival))
        if longest:
            return longest
        for of_kind, bucket, arrival in taken:
            if bucket.rate.per_second:
                of_kind[bucket.key] = arrival
                of_kind.sweep(now)
        return 0.0

    def give_back_now(self, *buckets: Bucket) -> None:
        for bucket in buckets:
            of_kind = self._kinds.get(bucket.kind)
            if of_kind is not None and bucket.key in of_kind:
                of_kind[bucket.key] -= 1 / bucket.rate.per_second


class _Arrivals(dict[str, float]):
    """What model/gcra.py keeps of each bucket of one kind."""

    def __init__(self) -> None:
        super().__init__()
        self._sweep_at = _SWEEP

    def sweep(self, now: float) -> None:
        """Now and then: when there are twice as many as the last time."""
        if len(self) <= self._sweep_at:
            return
        used = [(key, arrival) for key, arrival in self.items() if arrival > now][-_MOST:]
        self.clear()
        self.update(used)
        self._sweep_at = max(_SWEEP, 2 * len(self))
