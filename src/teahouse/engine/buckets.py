"""Buckets: how much each user may still ask for of one kind of thing, by the rule of model/gcra.py.

Rule: one float a bucket; full ones are swept away. Nothing here waits, whoever else counts the same (spending.py).
"""

from math import ceil

from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Rate, admit

_SWEEP = 10_000


class Buckets:
    """A bucket for each user of one kind of thing."""

    def __init__(self, rate: Rate) -> None:
        self.rate = rate
        self._arrivals: dict[str, float] = {}
        self._sweep_at = _SWEEP

    def take(self, user: str, now: float) -> None:
        """One of `user`, or `rate_limited`."""
        if not self.rate.per_second:
            return
        arrival, wait = admit(self.rate, self._arrivals.get(user, 0.0), now)
        if wait:
            raise limited(wait)
        self._arrivals[user] = arrival
        if len(self._arrivals) > self._sweep_at:
            self._arrivals = {user: arrival for user, arrival in self._arrivals.items() if arrival > now}
            self._sweep_at = max(_SWEEP, 2 * len(self._arrivals))


class SharedBuckets(Buckets):
    """The same for one of several nodes. `kind` is what all of them call it; `spent` is what each user took here since
    the others were told."""

    def __init__(self, kind: str, rate: Rate) -> None:
        super().__init__(rate)
        self.kind = kind
        self.spent: dict[str, int] = {}

    def take(self, user: str, now: float) -> None:
        super().take(user, now)
        self.spent[user] = self.spent.get(user, 0) + 1

    def correct(self, user: str, full: float) -> None:
        """The bucket of all nodes is full at `full` (seconds of our clock), without what was taken here since."""
        arrival = full + self.spent.get(user, 0) / self.rate.per_second
        if arrival > self._arrivals.get(user, 0.0):
            self._arrivals[user] = arrival


def limited(wait: float) -> Problem:
    return Problem(Code.RATE_LIMITED, "too many commands; slow down", ceil(wait * 1000))
