"""Blobs (ports/blobs.py) in memory: the reference, and what a server without a disk keeps files in."""

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

from teahouse.model.files import check_blob
from teahouse.ports.clock import Clock

_PIECE = 64 * 1024


class MemoryBlobs:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._blobs: dict[str, tuple[bytes, int]] = {}

    async def put(self, blob: str, source: Path) -> None:
        check_blob(blob)
        self._blobs[blob] = (await asyncio.to_thread(source.read_bytes), self._clock.now())

    async def size(self, blob: str) -> int | None:
        found = self._blobs.get(check_blob(blob))
        return None if found is None else len(found[0])

    async def read(self, blob: str, start: int, end: int) -> AsyncIterator[bytes]:
        if check_blob(blob) not in self._blobs:
            raise FileNotFoundError(blob)
        data, _ = self._blobs[blob]
        for at in range(start, min(end, len(data)), _PIECE):
            yield data[at : min(at + _PIECE, end)]

    async def delete(self, blob: str) -> None:
        self._blobs.pop(check_blob(blob), None)

    async def names(self) -> AsyncIterator[tuple[str, int]]:
        for name, (_, since) in list(self._blobs.items()):
            yield name, since
