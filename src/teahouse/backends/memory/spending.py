"""Spending (ports/limits.py) in memory, for several nodes in one process."""

from collections.abc import Sequence

from teahouse.model.gcra import DEBT, Bucket
from teahouse.ports.clock import Clock


class MemorySpending:
    """Nodes of one process share one."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._full: dict[tuple[str, str], float] = {}

    async def spend(self, spent: Sequence[tuple[Bucket, int]]) -> list[float]:
        now = self._clock.monotonic()
        waits = []
        for bucket, number in spent:
            step = 1 / bucket.rate.per_second
            key = bucket.kind, bucket.key
            full = max(self._full.get(key, 0.0), now) + number * step
            self._full[key] = full = min(full, now + DEBT * bucket.rate.burst * step)
            waits.append(full - now)
        self._full = {key: full for key, full in self._full.items() if full > now}
        return waits
