"""Upkeep: once an hour, new keys when they are due, and logins that expired forgotten. Made by app/identity.py."""

import asyncio

import structlog

from teahouse.identity.keys import CannotUseKeys, KeyRing
from teahouse.identity.registry import Registry
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.identity")

_EVERY_S = 3600.0


class Upkeep:
    def __init__(self, registry: Registry, keys: KeyRing) -> None:
        self._registry = registry
        self._keys = keys
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        while True:
            await asyncio.sleep(_EVERY_S)
            await self.once()

    async def once(self) -> None:
        """What cannot be done now is done in an hour."""
        now = self._registry.clock.now()
        try:
            if await asyncio.to_thread(self._keys.renew, now):
                _log.info("the keys of access tokens were renewed", newest=self._keys.newest.kid)
            forgotten = await self._registry.logins.expire(now)
        except (CannotUseKeys, StoreUnavailable) as error:
            _log.warning("upkeep has to wait", reason=str(error))
        else:
            _log.debug("expired logins forgotten", forgotten=forgotten)
