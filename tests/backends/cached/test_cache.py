"""What is kept of a slow store: bounded, read once, and never what was dropped."""

import asyncio
from collections.abc import Callable

import pytest

from teahouse.backends.cached.cache import Cache, Common, Counts, Terms
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.copies import MemoryCopies
from tests.backends.cached.slow import Slow, cache_of


async def test_a_thousand_who_ask_at_once_are_one_read() -> None:
    slow = Slow()
    slow.rows["a"] = "Ann"
    cache = cache_of(slow)
    assert await asyncio.gather(*(cache.get("a") for _ in range(1000))) == ["Ann"] * 1000
    assert await cache.get("a") == "Ann"
    assert slow.reads == 1
    assert cache.counts == Counts(own=1, joined=999, store=1)


async def test_nodes_that_ask_one_after_the_other_are_one_read() -> None:
    slow, copies = Slow(), MemoryCopies(ManualClock())
    slow.rows["a"] = "Ann"
    nodes = [cache_of(slow, common=Common(copies, str, 100)) for _ in range(8)]
    assert [await node.get("a") for node in nodes] == ["Ann"] * 8
    assert slow.reads == 1
    assert sum(node.counts.common for node in nodes) == 7


async def test_that_there_is_none_is_kept_until_it_is_dropped() -> None:
    slow = Slow()
    cache = cache_of(slow, keeps_none=True)
    assert [await cache.get("a"), await cache.get("a")] == [None, None]
    assert slow.reads == 1
    slow.rows["a"] = "Ann"
    cache.drop("a")
    assert await cache.get("a") == "Ann"


async def test_that_there_is_none_is_kept_in_common_too() -> None:
    slow, copies = Slow(), MemoryCopies(ManualClock())
    common: Common[str] = Common(copies, str | None, 100)
    one, other = (cache_of(slow, common=common, keeps_none=True) for _ in range(2))
    assert [await one.get("a"), await other.get("a")] == [None, None]
    assert slow.reads == 1


async def test_none_is_not_kept_where_it_may_come_any_time() -> None:
    slow, copies = Slow(), MemoryCopies(ManualClock())
    cache = cache_of(slow, common=Common(copies, str, 100))
    assert await cache.get("a") is None
    slow.rows["a"] = "Ann"
    assert await cache.get("a") == "Ann"


@pytest.mark.parametrize("drop", [lambda c: c.drop("a"), lambda c: c.forget()], ids=["one", "all"])
async def test_a_read_from_before_a_drop_is_neither_joined_nor_kept(
    drop: Callable[[Cache[str]], None],
) -> None:
    slow = Slow()
    slow.rows["a"] = "old"
    slow.gate.clear()
    cache = cache_of(slow)
    before = asyncio.create_task(cache.get("a"))
    await slow.asked(1)
    slow.rows["a"] = "new"
    drop(cache)
    after = asyncio.create_task(cache.get("a"))
    await slow.asked(2)
    slow.gate.set()
    assert (await before, await after, await cache.get("a")) == ("old", "new", "new")
    assert slow.reads == 2


async def test_who_gives_up_does_not_end_the_read_of_the_others() -> None:
    slow = Slow()
    slow.rows["a"] = "Ann"
    slow.gate.clear()
    cache = cache_of(slow)
    first, second = asyncio.create_task(cache.get("a")), asyncio.create_task(cache.get("a"))
    await slow.asked(1)
    first.cancel()
    await asyncio.wait([first])
    slow.gate.set()
    assert await second == "Ann"
    assert slow.reads == 1


async def test_a_failure_is_everybodys_and_is_not_kept() -> None:
    slow = Slow()
    slow.fails = True
    cache = cache_of(slow)
    failed = await asyncio.gather(cache.get("a"), cache.get("a"), return_exceptions=True)
    assert [type(f) for f in failed] == [ConnectionError, ConnectionError]
    slow.fails, slow.rows["a"] = False, "Ann"
    assert await cache.get("a") == "Ann"
    assert slow.reads == 2


async def test_only_those_used_last_are_kept() -> None:
    slow = Slow()
    slow.rows.update(a="1", b="2", c="3")
    cache = cache_of(slow, most=2)
    for key in ("a", "b", "a", "c", "a"):
        await cache.get(key)
    assert (slow.reads, len(cache)) == (3, 2)
    await cache.get("b")
    assert slow.reads == 4


async def test_values_expire_and_not_all_at_once() -> None:
    slow, clock = Slow(), [0.0]
    keys = [str(n) for n in range(200)]
    slow.rows.update({key: key for key in keys})
    cache = cache_of(slow, most=200, now=lambda: clock[0])

    async def reads_at(now: float) -> int:
        clock[0], before = now, slow.reads
        for key in keys:
            await cache.get(key)
        return slow.reads - before

    assert await reads_at(0.0) == 200
    assert await reads_at(89.0) == 0
    assert 0 < await reads_at(95.0) < 200
    assert await reads_at(300.0) == 200


async def test_a_value_is_as_old_as_the_read_that_gave_it() -> None:
    slow, clock = Slow(), [0.0]
    slow.rows["a"] = "old"
    slow.gate.clear()
    cache = cache_of(slow, now=lambda: clock[0])
    slowly = asyncio.create_task(cache.get("a"))
    await slow.asked(1)
    slow.rows["a"], clock[0] = "new", 99.0
    slow.gate.set()
    assert await slowly == "old"
    clock[0] = 100.0
    assert await cache.get("a") == "new"


async def test_without_hints_nothing_that_is_kept_is_given() -> None:
    slow, trusted = Slow(), [True]
    slow.rows["a"] = "old"
    copies = MemoryCopies(ManualClock())
    terms = Terms(10, 100, lambda: 0.0, lambda: trusted[0])
    cache: Cache[str] = Cache("test", slow.load, terms, Common(copies, str, 100))
    assert await cache.get("a") == "old"
    slow.rows["a"], trusted[0] = "new", False
    assert await cache.get("a") == "new"
    assert slow.reads == 2


async def test_what_a_node_of_another_version_put_is_read_anew() -> None:
    slow, copies = Slow(), MemoryCopies(ManualClock())
    slow.rows["a"] = "Ann"
    taken = await copies.take("test:a")
    assert taken.lease is not None
    copies.put("test:a", taken.lease, b"\xc1", 100)
    assert await cache_of(slow, common=Common(copies, str, 100)).get("a") == "Ann"
