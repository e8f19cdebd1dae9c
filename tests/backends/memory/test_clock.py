"""The clock that tests turn."""

from teahouse.backends.memory.clock import ManualClock


def test_it_stands_still_until_it_is_turned() -> None:
    clock = ManualClock(now=1000)
    assert (clock.now(), clock.monotonic()) == (1000, 0.0)
    clock.advance(1.5)
    assert (clock.now(), clock.monotonic()) == (2500, 1.5)
