"""Files and Leftovers (ports/files.py), without looking for what never was; and Pictures, from copies.

Rule: who may read a file, and whether it is there, is asked of the store: a message that is recalled takes its files
along, and nobody tells of which. Only what is shown to everybody as an avatar is copied.
"""

from collections.abc import Callable, Sequence
from typing import Protocol

from teahouse.backends.cached.cache import Cache
from teahouse.backends.cached.changing import Changing
from teahouse.model.files import File
from teahouse.ports.files import Files, Leftovers


class FilesOfStore(Files, Leftovers, Protocol):
    """Both ports of a store."""


class CachedFiles:
    def __init__(
        self,
        files: FilesOfStore,
        pictures: Cache[File],
        unknown: Callable[[str], bool],
        changing: Changing,
    ) -> None:
        self._files = files
        self._pictures = pictures
        self._unknown = unknown
        self._changing = changing
        self.begin, self.finish = files.begin, files.finish
        self.postings, self.owned = files.postings, files.owned
        self.doomed = files.doomed

    async def file(self, file: str) -> File | None:
        return None if self._unknown(file) else await self._files.file(file)

    async def picture(self, file: str) -> File | None:
        """Pictures (ports/files.py)."""
        return None if self._unknown(file) else await self._pictures.get(file)

    async def drop(self, file: str) -> bool:
        async with self._changing.of([(self._pictures, file)]):
            return await self._files.drop(file)

    async def forget(self, files: Sequence[str]) -> None:
        async with self._changing.of([(self._pictures, file) for file in files]):
            await self._files.forget(files)

    async def release(self, files: Sequence[str]) -> None:
        async with self._changing.of([(self._pictures, file) for file in files]):
            await self._files.release(files)
