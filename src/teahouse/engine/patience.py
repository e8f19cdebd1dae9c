"""Patience: what is known of files, asked of a store that may be silent.

Rule: nobody who uploads or reads a file waits for the store longer than a sender does. What was asked may be done yet:
every step of an upload (uploads.py) may be repeated or swept. Made by keeper.py.
"""

import asyncio
from collections.abc import Awaitable, Sequence
from typing import TypeVar

from teahouse.model.errors import StoreUnavailable
from teahouse.model.files import Allowance, File, Posting
from teahouse.ports.files import Files, Pictures

T = TypeVar("T")


class PatientFiles:
    """`files`, with StoreUnavailable after `seconds`. Without `pictures` they are looked for in `files`."""

    def __init__(self, files: Files, seconds: float, pictures: Pictures | None = None) -> None:
        self._files = files
        self._picture = files.file if pictures is None else pictures.picture
        self._seconds = seconds

    async def file(self, file: str) -> File | None:
        return await self._within(self._files.file(file))

    async def picture(self, file: str) -> File | None:
        """Pictures (ports/files.py)."""
        return await self._within(self._picture(file))

    async def begin(self, file: File, allowance: Allowance) -> None:
        await self._within(self._files.begin(file, allowance))

    async def finish(self, file: File) -> bool:
        return await self._within(self._files.finish(file))

    async def drop(self, file: str) -> bool:
        return await self._within(self._files.drop(file))

    async def postings(self, file: str, user: str) -> Sequence[Posting]:
        return await self._within(self._files.postings(file, user))

    async def owned(self, owner: str, before: str, limit: int) -> Sequence[File]:
        return await self._within(self._files.owned(owner, before, limit))

    async def _within(self, asked: Awaitable[T]) -> T:
        try:
            async with asyncio.timeout(self._seconds):
                return await asked
        except TimeoutError:
            raise StoreUnavailable("it is silent") from None
