"""Spending: what users took on this node is told to all, and what they took on the others comes back.

Rule: whether a send is too many is decided by each node at once, by what it knows; it knows of the others what they
told by the last time this node told something of the same user. Who uses n nodes at once so gets n bursts, and what
they take in `TOLD_S`, and pays it off before anything more: over any time t, with r for the way to Redis and back,

    burst + rate t + (n - 1) (burst + rate (TOLD_S + r))

at most. Without the others each node goes on alone, and tells nothing later of that time. Made by quota.py.
"""

import asyncio
from itertools import islice

import structlog

from teahouse.engine.buckets import Buckets, SharedBuckets
from teahouse.model.errors import StoreUnavailable
from teahouse.model.gcra import Bucket, Rate
from teahouse.ports.clock import Clock
from teahouse.ports.limits import Spending

_log = structlog.get_logger("teahouse.engine")

TOLD_S = 1.0
AT_ONCE = 500
"""Buckets of one report."""


class Spender:
    """`spending` is None on a server that is alone."""

    def __init__(self, clock: Clock, spending: Spending | None) -> None:
        self._clock = clock
        self._spending = spending
        self._shared: list[SharedBuckets] = []
        self._task: asyncio.Task[None] | None = None

    def buckets(self, kind: str, rate: Rate) -> Buckets:
        """Buckets that all nodes have in common, where there are others."""
        if self._spending is None or not rate.per_second:
            return Buckets(rate)
        self._shared.append(SharedBuckets(kind, rate))
        return self._shared[-1]

    def start(self) -> None:
        if self._shared:
            self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(TOLD_S)
            try:
                await self.tell()
            except Exception:
                _log.exception("what users took could not be told to the other nodes")

    async def tell(self) -> None:
        """Tell all nodes, and hear of them. What cannot be told now is forgotten."""
        for buckets in self._shared:
            spent, buckets.spent = buckets.spent, {}
            users = iter(spent.items())
            while some := list(islice(users, AT_ONCE)):
                try:
                    await self._tell(buckets, some)
                except StoreUnavailable:
                    return

    async def _tell(self, buckets: SharedBuckets, spent: list[tuple[str, int]]) -> None:
        assert self._spending is not None
        of = [(Bucket(buckets.kind, user, buckets.rate), number) for user, number in spent]
        asked = self._clock.monotonic()
        waits = await self._spending.spend(of)
        for (user, _), wait in zip(spent, waits, strict=True):
            buckets.correct(user, asked + wait)
