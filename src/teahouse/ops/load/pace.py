"""Open-loop sending: each message goes when it is due, however late the answers to earlier ones are.

Rule: latency counts from the time a message was due, so a server that stalls is charged for all who had to wait
(no coordinated omission). Due times lie on a grid of one millisecond, kept by a timer of the kernel: the event
loop's own timers round to the next millisecond.
"""

import asyncio
import ctypes
import math
import os
from collections.abc import Callable, Iterable, Iterator
from typing import Self

from teahouse.ops.load.meter import now_us

TICK_US = 1000
_CLOCK_MONOTONIC = 1
_NONBLOCK = 0o4000
_ABSOLUTE = 1

_GOLDEN = (math.sqrt(5) - 1) / 2


class _TimerSpec(ctypes.Structure):
    """struct itimerspec of timerfd_settime(2)."""

    _fields_ = (
        ("every_s", ctypes.c_long),
        ("every_ns", ctypes.c_long),
        ("first_s", ctypes.c_long),
        ("first_ns", ctypes.c_long),
    )


class Ticks:
    """A kernel timer on the event loop. (Python's own os.timerfd_create came with 3.13.)"""

    def __init__(self, first_us: int) -> None:
        libc = ctypes.CDLL(None, use_errno=True)
        self._fd = libc.timerfd_create(_CLOCK_MONOTONIC, _NONBLOCK)
        if self._fd < 0:
            raise OSError(ctypes.get_errno(), "timerfd_create")
        spec = _TimerSpec(0, TICK_US * 1000, first_us // 1_000_000, first_us % 1_000_000 * 1000)
        if libc.timerfd_settime(self._fd, _ABSOLUTE, ctypes.byref(spec), None):
            raise OSError(ctypes.get_errno(), "timerfd_settime")
        self._loop = asyncio.get_running_loop()
        self._waiter: asyncio.Future[None] | None = None

    def __enter__(self) -> Self:
        self._loop.add_reader(self._fd, self._tick)
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.remove_reader(self._fd)
        os.close(self._fd)

    def _tick(self) -> None:
        os.read(self._fd, 8)
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    async def next(self) -> None:
        self._waiter = self._loop.create_future()
        await self._waiter


async def play(offsets: Iterable[float], say: Callable[[int], None]) -> None:
    """Call `say(due)` for each offset (seconds, ascending) when it is due; `due` is in microseconds."""
    start = now_us() + TICK_US
    with Ticks(start) as ticks:
        now = start - TICK_US
        for offset in offsets:
            due = start + math.ceil(offset * 1_000_000 / TICK_US) * TICK_US
            while due > now:
                await ticks.next()
                now = now_us()
            say(due)


def steady(rate: float, seconds: float, burst: int = 1) -> Iterator[float]:
    """`rate` messages a second, evenly, `burst` of them at a time."""
    for n in range(round(rate * seconds / burst)):
        for _ in range(burst):
            yield n * burst / rate


def spread(senders: int, rate: float, seconds: float) -> Iterator[tuple[float, int]]:
    """(offset, sender) where each sender speaks `rate` times a second, at a moment of its own."""
    period = 1 / rate
    order = sorted((n * _GOLDEN % 1 * period, n) for n in range(senders))
    for turn in range(round(rate * seconds)):
        for phase, sender in order:
            yield turn * period + phase, sender
