"""How often one may guess."""

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.limits import MemoryLimits
from teahouse.identity.throttle import Throttle
from teahouse.model.errors import Code, Problem
from tests.support.people import cheap


async def refused(throttle: Throttle, user: str, address: str) -> int | None:
    """How long to wait, in milliseconds; None: not at all."""
    try:
        await throttle.take(user, address)
    except Problem as problem:
        assert problem.code is Code.RATE_LIMITED
        return problem.retry_after_ms
    return None


async def test_a_few_at_once_and_then_one_now_and_then() -> None:
    clock = ManualClock()
    guard = Throttle(cheap(failures_per_min=6, failures_burst=3), MemoryLimits(clock))
    assert [await refused(guard, "ada", "a") for _ in range(4)] == [None, None, None, 10_000]
    clock.advance(10)
    assert await refused(guard, "ada", "a") is None
    assert await refused(guard, "ada", "a") == 10_000


async def test_nobody_locks_out_a_user_from_elsewhere() -> None:
    guard = Throttle(cheap(failures_burst=1), MemoryLimits(ManualClock()))
    assert await refused(guard, "ada", "a") is None
    assert await refused(guard, "ada", "a") is not None
    assert await refused(guard, "ada", "b") is None
    assert await refused(guard, "bob", "a") is None


async def test_many_names_from_one_address() -> None:
    guard = Throttle(cheap(address_failures_burst=5), MemoryLimits(ManualClock()))
    assert [await refused(guard, f"user{n}", "a") is None for n in range(7)] == [True] * 5 + [False] * 2


async def test_a_right_one_costs_nothing() -> None:
    guard = Throttle(cheap(failures_burst=1, address_failures_burst=1), MemoryLimits(ManualClock()))
    for _ in range(5):
        assert await refused(guard, "ada", "a") is None
        await guard.give_back("ada", "a")


async def test_who_is_refused_for_the_user_pays_nothing_for_the_address() -> None:
    guard = Throttle(cheap(failures_burst=1, address_failures_burst=2), MemoryLimits(ManualClock()))
    await refused(guard, "ada", "a")
    for _ in range(5):
        assert await refused(guard, "ada", "a") is not None
    assert await refused(guard, "bob", "a") is None


async def test_no_limit_at_all() -> None:
    guard = Throttle(cheap(failures_per_min=0, address_failures_per_min=0), MemoryLimits(ManualClock()))
    assert [await refused(guard, "ada", "a") for _ in range(1000)] == [None] * 1000


async def test_over_all_nodes() -> None:
    limits = MemoryLimits(ManualClock())
    one, other = (Throttle(cheap(failures_burst=2, registrations_burst=2), limits) for _ in range(2))
    assert await refused(one, "ada", "a") is None
    assert await refused(other, "ada", "a") is None
    assert await refused(one, "ada", "a") is not None
    assert await refused(other, "ada", "a") is not None
    await one.take_registration("a")
    await other.take_registration("a")
    with pytest.raises(Problem):
        await one.take_registration("a")


async def test_a_name_that_is_none_is_kept_short() -> None:
    limits = MemoryLimits(ManualClock())
    await Throttle(cheap(), limits).take("x" * 60_000, "a")
    assert max(map(len, limits._kinds["passwords"])) < 200
