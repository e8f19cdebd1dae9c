"""Remembered: what was fetched from outside, once for all who ask, and kept for a while.

Rule: that nothing was found is kept, too, but not as long. What is kept is bounded in number and in bytes, and so is
what is on its way. Used by previews.py and pictures.py.
"""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Generic, TypeVar

from teahouse.model.errors import Code, Problem
from teahouse.ports.clock import Clock

T = TypeVar("T")

NONE_S = 300.0
"""That there is nothing is believed so long."""


class Remembered(Generic[T]):
    """`fetch` gives what there is at an address, or None. `size` says how many bytes one takes."""

    def __init__(
        self, fetch: Callable[[str], Awaitable[T | None]], clock: Clock, kept_s: float, waiting: int
    ) -> None:
        self._fetch = fetch
        self._clock = clock
        self._kept_s = kept_s
        self._waiting = waiting
        self._kept: OrderedDict[str, tuple[float, T | None]] = OrderedDict()
        self._bytes = 0
        self._fetching: dict[str, asyncio.Task[T | None]] = {}
        self.most = 2000
        self.most_bytes = 0
        self.size: Callable[[T], int] = lambda _: 0

    def __len__(self) -> int:
        return len(self._kept)

    async def at(self, url: str) -> T | None:
        """What is there, now or a while ago. Problem `unavailable` when too much is on its way."""
        until, found = self._kept.get(url, (0.0, None))
        if until > self._clock.monotonic():
            return found
        return await self._fetched_once(url)

    async def stop(self) -> None:
        tasks = tuple(self._fetching.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _fetched_once(self, url: str) -> T | None:
        """However many ask; it goes on if they give up."""
        task = self._fetching.get(url)
        if task is None:
            if len(self._fetching) >= self._waiting:
                raise Problem(Code.UNAVAILABLE, "too many previews are on their way; try again shortly", 1000)
            task = self._fetching[url] = asyncio.get_running_loop().create_task(self._fetched(url))
            task.add_done_callback(lambda _: self._fetching.pop(url, None))
        return await asyncio.shield(task)

    async def _fetched(self, url: str) -> T | None:
        found = await self._fetch(url)
        kept_s = self._kept_s if found is not None else min(NONE_S, self._kept_s)
        self._forget(url)
        self._kept[url] = (self._clock.monotonic() + kept_s, found)
        self._bytes += 0 if found is None else self.size(found)
        while len(self._kept) > self.most or (self._bytes > self.most_bytes and len(self._kept) > 1):
            self._forget(next(iter(self._kept)))
        return found

    def _forget(self, url: str) -> None:
        _, found = self._kept.pop(url, (0.0, None))
        self._bytes -= 0 if found is None else self.size(found)
