import asyncio
from functools import partial
from typing import Any

import pytest

from teahouse.gateways.deadlines import Deadlines


async def test_calls_come_in_the_second_after() -> None:
    deadlines = Deadlines(0.1)
    loop = asyncio.get_running_loop()
    called: dict[str, float] = {}
    done = asyncio.Event()

    def note(name: str) -> None:
        called[name] = loop.time() - begun

    begun = loop.time()
    deadlines.after(0, partial(note, "now"))
    deadlines.after(1, partial(note, "one"))
    deadlines.after(1, done.set)
    deadlines.after(60, partial(note, "late"))
    await asyncio.wait_for(done.wait(), 5)
    assert called.keys() == {"now", "one"}
    assert 0 <= called["now"] <= called["one"]
    assert called["one"] >= 0.1
    deadlines.stop()


async def test_there_is_one_timer_and_none_when_nothing_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    class Timer:
        def cancel(self) -> None:
            timers.remove(self)

    timers: list[Timer] = []

    class Loop:
        now = 100.0

        def time(self) -> float:
            return self.now

        def call_later(self, delay: float, call: Any, *arguments: Any) -> Timer:
            self.next = call, arguments
            timers.append(Timer())
            return timers[-1]

        def call_soon(self, call: Any) -> None:
            call()

        def turn(self, now: float) -> None:
            self.now = now
            timers.clear()
            call, arguments = self.next
            call(*arguments)

    loop = Loop()
    monkeypatch.setattr(asyncio, "get_running_loop", lambda: loop)
    called: list[int] = []
    deadlines = Deadlines()
    for number in range(1000):
        deadlines.after(number % 3, partial(called.append, number % 3))
    assert len(timers) == 1
    loop.turn(101.0)
    assert called == [0] * 334
    loop.turn(110.0)  # the loop was busy for long: all that is due, in order
    assert called == [0] * 334 + [1] * 333 + [2] * 333
    assert timers == []

    deadlines.after(5, lambda: called.append(5))
    assert len(timers) == 1
    deadlines.stop()
    assert timers == []
