"""Open-loop schedules, and the timer that keeps them."""

import asyncio
import time
from collections import Counter
from itertools import pairwise

import pytest

from teahouse.ops.load.meter import now_us
from teahouse.ops.load.pace import TICK_US, play, spread, steady


def test_steady_is_even() -> None:
    assert list(steady(4, 1)) == [0, 0.25, 0.5, 0.75]
    assert list(steady(4, 1, burst=2)) == [0, 0, 0.5, 0.5]


def test_spread_gives_everybody_their_turns() -> None:
    turns = list(spread(7, 2, 3))
    assert [offset for offset, _ in turns] == sorted(offset for offset, _ in turns)
    assert Counter(sender for _, sender in turns) == dict.fromkeys(range(7), 6)
    assert max(offset for offset, _ in turns) < 3
    own = [offset for offset, sender in turns if sender == 3]
    assert all(later - earlier == pytest.approx(0.5) for earlier, later in pairwise(own))


async def test_messages_go_when_they_are_due() -> None:
    late: list[int] = []
    dues: list[int] = []

    def say(due: int) -> None:
        dues.append(due)
        late.append(now_us() - due)

    await play(steady(500, 0.2), say)
    assert len(dues) == 100
    assert dues[-1] - dues[0] == 99 * 2 * TICK_US
    assert min(late) >= 0
    assert sorted(late)[50] < 5000  # a busy machine may be late now and then


async def test_who_is_late_does_not_starve_the_loop_nor_forget_when_it_was_due() -> None:
    dues: list[int] = []
    turns = 0

    async def count() -> None:
        nonlocal turns
        while True:
            turns += 1
            await asyncio.sleep(0)

    def say(due: int) -> None:
        dues.append(due)
        if len(dues) == 1:
            time.sleep(0.05)

    counting = asyncio.create_task(count())
    await play(steady(1000, 0.1), say)
    counting.cancel()
    assert [later - dues[0] for later in dues] == [n * TICK_US for n in range(100)]
    assert turns > 10
