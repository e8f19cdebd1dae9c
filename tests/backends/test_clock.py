"""The clock of the machine."""

import time

from teahouse.backends.clock import SystemClock


def test_it_tells_the_time() -> None:
    clock = SystemClock()
    assert abs(clock.now() - time.time() * 1000) < 1000
    before = clock.monotonic()
    assert before <= clock.monotonic() <= time.monotonic()
