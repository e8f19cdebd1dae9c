"""Limits in memory: it is bounded."""

import pytest

from teahouse.backends.memory import limits as module
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.model.gcra import Bucket, Rate

RATE = Rate(1 / 60, 3)


async def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_SWEEP", 10)
    monkeypatch.setattr(module, "_MOST", 30)
    clock = ManualClock()
    limits = MemoryLimits(clock)
    await limits.take(Bucket("rare", "early", RATE))
    for n in range(500):
        await limits.take(Bucket("guests", f"address{n}", RATE))
    assert len(limits._kinds["guests"]) <= 61
    assert "early" in limits._kinds["rare"]  # a crowd of one kind drives out nobody of another
    clock.advance(3600)
    for n in range(100):
        await limits.take(Bucket("guests", f"late{n}", RATE))
    assert not any("address" in key for key in limits._kinds["guests"])
