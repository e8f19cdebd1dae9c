"""Changing: the step in which somebody changes what copies stand for.

Rule: held in common first, stored then, dropped here and in common after that, and told to other nodes last. Who dies
in between leaves nothing behind that could be old: what is held becomes free by itself, after longer than a transaction
takes. Whether it was stored or not, nothing from before is given any more.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from contextlib import asynccontextmanager
from typing import Any

from teahouse.backends.cached.cache import Cache
from teahouse.ports.copies import CommonCopies

LATER_S = 60.0
"""No transaction takes so long."""

Named = tuple[Cache[Any], str]
"""A cache, and the key of a value in it."""


class Changing:
    """`told` is called with the names of what was changed."""

    def __init__(self, common: CommonCopies | None) -> None:
        self._common = common
        self.told: Callable[[Sequence[str]], None] = lambda names: None

    @asynccontextmanager
    async def of(self, changed: Iterable[Named]) -> AsyncIterator[None]:
        """While these are changed in the store."""
        named = tuple(changed)
        shared = [f"{cache.name}:{key}" for cache, key in named if cache.shared]
        if self._common is not None and shared:
            await self._common.hold(shared)
        try:
            yield
        except BaseException:
            self._drop_later(shared)  # nobody knows what was stored, or will be
            raise
        else:
            self._drop(shared)
        finally:
            for cache, key in named:
                cache.drop(key)
            if named:
                self.told([f"{cache.name}:{key}" for cache, key in named])

    def _drop(self, shared: Sequence[str]) -> None:
        if self._common is not None and shared:
            self._common.drop(shared)

    def _drop_later(self, shared: Sequence[str]) -> None:
        asyncio.get_running_loop().call_later(LATER_S, self._drop, shared)
