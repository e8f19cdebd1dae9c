"""Tidy: what is left of files that are gone, of uploads nobody finished, and of crashes.

Rule: both ways. From `Files`: what is gone or expired loses its bytes, and only then its row, so that a crash in
between is met by the next sweep. From the bytes, once after the start: what no row knows is deleted, if it is old
enough that no step under way can be about to name it. Started and stopped by keeper.py.
"""

import asyncio
import re

import structlog

from teahouse.engine.filing import Filing
from teahouse.model.errors import StoreUnavailable
from teahouse.model.files import FileState, file_of, thumbnail_of
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.engine")

PAUSE_S = 60.0
AT_ONCE = 200
STRAY_MS = 24 * 3_600_000
_OURS = re.compile(r"t?f[0-9a-f]{32}")


class Tidy:
    """`busy` are names in the staging that are in use."""

    def __init__(self, filing: Filing, clock: Clock, busy: set[str]) -> None:
        self._files = filing.files
        self._leftovers = filing.leftovers
        self._blobs = filing.blobs
        self._staging = filing.staging
        self._clock = clock
        self._busy = busy
        self._task: asyncio.Task[None] | None = None

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _run(self) -> None:
        strays = True
        while True:
            try:
                swept = await self.sweep()
                if strays:
                    swept += await self.sweep_strays()
                    strays = False
            except StoreUnavailable as error:
                _log.warning("files were not swept", reason=str(error))
            except Exception:
                _log.exception("the sweep of files failed")
            else:
                if swept:
                    _log.info("files swept", number=swept)
            await asyncio.sleep(PAUSE_S)

    async def sweep(self) -> int:
        """Finish off what is doomed; how many there were."""
        swept = 0
        while True:
            doomed = await self._leftovers.doomed(self._clock.now(), AT_ONCE)
            gone = [file for file in doomed if await self._end(file)]
            await self._leftovers.forget(gone)
            swept += len(gone)
            if len(doomed) < AT_ONCE or not gone:
                return swept

    async def _end(self, file: str) -> bool:
        """Delete the bytes of one that is doomed. An upload that expired is taken up by nobody any more (uploads.py),
        but one that was being written to when it did may just have been finished."""
        if file in self._busy:
            return False
        known = await self._files.file(file)
        if known is not None and (known.state is FileState.READY or not await self._files.drop(file)):
            return False
        await self._staging.delete(file)
        await self._blobs.delete(thumbnail_of(file))
        await self._blobs.delete(file)
        return True

    async def sweep_strays(self) -> int:
        """Delete bytes that no row knows; how many there were."""
        swept = 0
        for name in await self._staging.names():
            known = await self._files.file(name)
            if name not in self._busy and (known is None or known.state is not FileState.UPLOADING):
                await self._staging.delete(name)
                swept += 1
        before = self._clock.now() - STRAY_MS
        async for name, since in self._blobs.names():
            if since < before and _OURS.fullmatch(name) and await self._files.file(file_of(name)) is None:
                await self._blobs.delete(name)
                swept += 1
        return swept
