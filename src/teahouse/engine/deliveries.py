"""Deliveries: which device has confirmed how far, for who looks for a message that did not arrive.

Rule: it costs the chat nothing. What is confirmed is noted in memory, and written every few seconds as one batch; a
crash loses those seconds, and the devices confirm again. Called by receipts.py.
"""

import asyncio
from contextlib import suppress

import structlog

from teahouse.engine.session import Session
from teahouse.model.deliveries import Delivery
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.clock import Clock
from teahouse.ports.deliveries import Deliveries

_log = structlog.get_logger("teahouse.engine")

PAUSE_S = 3.0
MOST = 50_000
"""So many wait at most; what comes above is dropped: it is confirmed again with the next message."""

KEPT_MS = 30 * 86_400_000
EXPIRY_S = 3600.0


class DeliveryBook:
    """`deliveries` is optional: without it nothing is kept."""

    def __init__(self, deliveries: Deliveries | None, clock: Clock) -> None:
        self._deliveries = deliveries
        self._clock = clock
        self._noted: dict[tuple[str, str, str], Delivery] = {}
        self._task: asyncio.Task[None] | None = None
        self._expired = clock.monotonic()

    def note(self, session: Session, conversation: str, seq: int) -> None:
        """The session's device has confirmed everything up to `seq`."""
        user, device = session.user, session.device or ""
        key = (conversation, "" if user is None else user.id, device)
        earlier = self._noted.get(key)
        if user is None or self._deliveries is None or (earlier is not None and earlier.seq >= seq):
            return
        if earlier is None and len(self._noted) >= MOST:
            return
        self._noted[key] = Delivery(conversation, user.id, device, seq, self._clock.now())
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._write_soon())

    async def _write_soon(self) -> None:
        await asyncio.sleep(PAUSE_S)
        self._task = None
        await self.write()

    async def write(self) -> None:
        """Write what was noted. What cannot be written is dropped."""
        noted, self._noted = self._noted, {}
        if self._deliveries is None or not noted:
            return
        try:
            await self._deliveries.record(list(noted.values()))
            now = self._clock.monotonic()
            if now - self._expired >= EXPIRY_S:
                self._expired = now
                await self._deliveries.expire(self._clock.now() - KEPT_MS)
        except StoreUnavailable as error:
            _log.warning("what devices confirmed was not stored", reason=str(error))

    async def stop(self) -> None:
        """Write what waits, if the store is quick about it."""
        if self._task is not None:
            self._task.cancel()
        with suppress(TimeoutError):
            async with asyncio.timeout(1):
                await self.write()
