"""A store that is slow, and says how often it was asked."""

import asyncio
from collections.abc import Callable

from teahouse.backends.cached.cache import Cache, Common, Terms


class Slow:
    """Its reads wait until they are let go. What they give is what was there when they began."""

    def __init__(self) -> None:
        self.rows: dict[str, str] = {}
        self.reads = 0
        self.gate = asyncio.Event()
        self.gate.set()
        self.fails = False

    async def load(self, key: str) -> str | None:
        self.reads += 1
        row = self.rows.get(key)
        await self.gate.wait()
        if self.fails:
            raise ConnectionError(key)
        return row

    async def asked(self, times: int) -> None:
        """Wait until it was asked so often."""
        async with asyncio.timeout(5):
            while self.reads < times:  # noqa: ASYNC110 - a counter has nothing to wait on
                await asyncio.sleep(0)


def cache_of(
    slow: Slow,
    most: int = 10,
    now: Callable[[], float] = lambda: 0.0,
    common: Common[str] | None = None,
    keeps_none: bool = False,
) -> Cache[str]:
    return Cache("test", slow.load, Terms(most, 100, now), common, keeps_none)
