"""Time, so that tests can turn it."""

from typing import Protocol


class Clock(Protocol):
    def now(self) -> int:
        """Milliseconds UTC, for what is stored and sent."""
        ...

    def monotonic(self) -> float:
        """Seconds from some start, never back, for time-outs and rates."""
        ...
