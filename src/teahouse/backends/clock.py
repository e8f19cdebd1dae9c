"""The clock of the machine. Tests turn a ManualClock instead (memory/clock.py)."""

import time


class SystemClock:
    """Clock (ports/clock.py) on the system's own time."""

    def now(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic(self) -> float:
        return time.monotonic()
