"""Upkeep: once an hour, new keys when they are due, and forgotten what expired; once a minute, the keys of other nodes.
Made by app/identity.py."""

import asyncio

import structlog

from teahouse.identity.keys import REFRESH_S, CannotUseKeys, KeyRing
from teahouse.identity.registry import Registry
from teahouse.identity.sealed import CannotUnseal
from teahouse.model.errors import StoreUnavailable

_log = structlog.get_logger("teahouse.identity")

_EVERY_S = 3600.0
_TROUBLE = (CannotUseKeys, CannotUnseal)


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
            for _ in range(round(_EVERY_S / REFRESH_S)):
                await asyncio.sleep(REFRESH_S)
                await self.refresh()
            await self.once()

    async def refresh(self) -> None:
        """Also looked for when a token is shown that is signed with an unknown key; here for the public list."""
        try:
            await self._keys.refresh()
        except (*_TROUBLE, StoreUnavailable) as error:
            _log.warning("the keys of other nodes were not read", reason=str(error))

    async def once(self) -> None:
        """What cannot be done now is done in an hour."""
        now = self._registry.clock.now()
        try:
            if await self._keys.renew():
                _log.info("the keys of access tokens were renewed", newest=self._keys.newest.kid)
            forgotten = await self._registry.logins.expire(now) + await self._registry.spent.forget(now)
        except (*_TROUBLE, StoreUnavailable) as error:
            _log.warning("upkeep has to wait", reason=str(error))
        else:
            _log.debug("what expired was forgotten", forgotten=forgotten)
