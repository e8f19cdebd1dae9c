"""How often one may guess."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.identity import throttle
from teahouse.identity.throttle import Throttle
from teahouse.model.errors import Code, Problem
from tests.support.people import cheap


def refused(throttle: Throttle, user: str, address: str) -> int | None:
    """How long to wait, in milliseconds; None: not at all."""
    try:
        throttle.take(user, address)
    except Problem as problem:
        assert problem.code is Code.RATE_LIMITED
        return problem.retry_after_ms
    return None


def test_a_few_at_once_and_then_one_now_and_then() -> None:
    clock = ManualClock()
    guard = Throttle(cheap(failures_per_min=6, failures_burst=3), clock)
    assert [refused(guard, "ada", "a") for _ in range(4)] == [None, None, None, 10_000]
    clock.advance(10)
    assert refused(guard, "ada", "a") is None
    assert refused(guard, "ada", "a") == 10_000


def test_nobody_locks_out_a_user_from_elsewhere() -> None:
    guard = Throttle(cheap(failures_burst=1), ManualClock())
    assert refused(guard, "ada", "a") is None
    assert refused(guard, "ada", "a") is not None
    assert refused(guard, "ada", "b") is None
    assert refused(guard, "bob", "a") is None


def test_many_names_from_one_address() -> None:
    guard = Throttle(cheap(address_failures_burst=5), ManualClock())
    assert [refused(guard, f"user{n}", "a") is None for n in range(7)] == [True] * 5 + [False] * 2


def test_a_right_one_costs_nothing() -> None:
    guard = Throttle(cheap(failures_burst=1, address_failures_burst=1), ManualClock())
    for _ in range(5):
        assert refused(guard, "ada", "a") is None
        guard.give_back("ada", "a")


def test_who_is_refused_for_the_user_pays_nothing_for_the_address() -> None:
    guard = Throttle(cheap(failures_burst=1, address_failures_burst=2), ManualClock())
    refused(guard, "ada", "a")
    for _ in range(5):
        assert refused(guard, "ada", "a") is not None
    assert refused(guard, "bob", "a") is None


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(throttle, "_SWEEP", 10)
    monkeypatch.setattr(throttle, "_MOST", 30)
    clock = ManualClock()
    guard = Throttle(cheap(address_failures_per_min=0), clock)
    for n in range(500):
        refused(guard, f"user{n}", "a")
    assert len(guard._users._arrivals) <= 60
    clock.advance(3600)
    for n in range(100):
        refused(guard, f"late{n}", "a")
    assert not any("user" in key for key in guard._users._arrivals)


def test_no_limit_at_all() -> None:
    guard = Throttle(cheap(failures_per_min=0, address_failures_per_min=0), ManualClock())
    assert all(refused(guard, "ada", "a") is None for _ in range(1000))
    assert not guard._users._arrivals
