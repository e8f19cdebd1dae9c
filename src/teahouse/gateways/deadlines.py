"""Deadlines of connections, to the second: one timer for all of them.

Rule: nothing is ever cancelled. Whoever is called looks whether it still matters; that is cheaper than a timer a
connection, which nearly always goes off for nothing. Called by all links; made once by app/compose.py.
"""

import asyncio
from collections import deque
from collections.abc import Callable


class Deadlines:
    """A wheel without a rim: what is due, by second. It turns while there is anything on it."""

    def __init__(self, second: float = 1.0) -> None:
        """`second`: how long one is. Tests have no time."""
        self._second = second
        self._due: dict[int, deque[Callable[[], None]]] = {}
        self._turned = 0
        self._timer: asyncio.TimerHandle | None = None

    def after(self, seconds: int, call: Callable[[], None]) -> None:
        """Call in `seconds` or up to a second later, from the event loop."""
        loop = asyncio.get_running_loop()
        now = int(loop.time() / self._second)
        if self._timer is None:
            self._turned = now
            self._timer = loop.call_later(self._second, self._turn, loop)
        self._due.setdefault(now + seconds + 1, deque()).append(call)

    def stop(self) -> None:
        """Forget all of it."""
        self._due.clear()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _turn(self, loop: asyncio.AbstractEventLoop) -> None:
        now = int(loop.time() / self._second)
        for second in range(self._turned + 1, now + 1):
            for call in self._due.pop(second, ()):
                loop.call_soon(call)  # so that one that fails does not keep the others from being called
        self._turned = now
        self._timer = loop.call_later(self._second, self._turn, loop) if self._due else None
