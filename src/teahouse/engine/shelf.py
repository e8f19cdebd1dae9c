"""Shelf: files that are there. Who may read one, its bytes, its thumbnail, and taking it away.

Rule: a file is read by its owner and by those who may read an entry that carries it, by the rules of history; to
anybody else it does not exist. Called by attach.py and by REST.
"""

import asyncio
from collections.abc import AsyncIterator, Sequence

from teahouse.engine import fresh
from teahouse.engine.filing import Filing
from teahouse.engine.history import Reader
from teahouse.engine.rosters import Rosters
from teahouse.model.errors import Code, Problem
from teahouse.model.files import File, FileState, thumbnail_of
from teahouse.model.people import User

_AT_ONCE = 100
_PICTURES = "image/"


class Shelf:
    """`busy` are names in the staging that are in use."""

    def __init__(self, filing: Filing, rosters: Rosters, reader: Reader, busy: set[str]) -> None:
        self._files = filing.files
        self._blobs = filing.blobs
        self._staging = filing.staging
        self._inspector = filing.inspector
        self._edge = filing.options.thumbnail_edge
        self._rosters = rosters
        self._reader = reader
        self._busy = busy
        self._making: dict[str, asyncio.Task[int | None]] = {}

    async def find(self, user: User, file: str) -> File:
        """A finished file that the user may read, or `not_found`."""
        found = await self._files.file(file)
        if (
            found is not None
            and found.state is FileState.READY
            and (found.owner == user.id or await self._shown(user, file))
        ):
            return found
        raise Problem(Code.NOT_FOUND, f"there is no file {file[:80]!r}")

    async def _shown(self, user: User, file: str) -> bool:
        """Whether there is an entry the user may read that carries it."""
        windows: dict[str, tuple[int, int] | None] = {}
        for posting in await self._files.postings(file, user.id):
            if posting.conversation not in windows:
                windows[posting.conversation] = await self._window(user, posting.conversation)
            window = windows[posting.conversation]
            if window is not None and window[0] < posting.seq <= window[1]:
                return True
        return False

    async def _window(self, user: User, conversation: str) -> tuple[int, int] | None:
        roster = await self._rosters.find(conversation)
        if roster is None:
            return None
        try:
            return await self._reader.window(roster, user)
        except Problem:
            return None

    def content(self, file: File, start: int, end: int) -> AsyncIterator[bytes]:
        """The bytes start <= n < end of a file that `find` gave."""
        return self._blobs.read(file.id, start, end)

    async def thumbnail(self, file: File) -> tuple[int, AsyncIterator[bytes]] | None:
        """Size and bytes of the thumbnail of a file that `find` gave, made if it is the first time; None if there can
        be none."""
        blob = thumbnail_of(file.id)
        size = await self._blobs.size(blob) if file.mime.startswith(_PICTURES) else None
        if size is None and file.width:
            size = await self._made_once(file)
        return None if size is None else (size, self._blobs.read(blob, 0, size))

    async def _made_once(self, file: File) -> int | None:
        """However many ask at once."""
        task = self._making.get(file.id)
        if task is None:
            task = self._making[file.id] = asyncio.get_running_loop().create_task(self._make(file))
            task.add_done_callback(lambda _: self._making.pop(file.id, None))
        return await asyncio.shield(task)

    async def _make(self, file: File) -> int | None:
        """The original is copied to this machine first: it may be kept elsewhere, and decoders want a file."""
        blob = thumbnail_of(file.id)
        copy, small = (
            fresh.scratch(kind) for kind in "os"
        )  # another process may make the same one meanwhile
        self._busy |= {small, copy}
        try:
            offset = 0
            async for piece in self._blobs.read(file.id, 0, file.size):
                await self._staging.append(copy, offset, piece)
                offset += len(piece)
            source, target = self._staging.path(copy), self._staging.path(small)
            if not await self._inspector.thumbnail(source, self._edge, target):
                return None
            await self._blobs.put(blob, target)
            if await self._files.file(file.id) is None:  # taken away meanwhile
                await self._blobs.delete(blob)
                return None
            return await self._blobs.size(blob)
        except FileNotFoundError:
            return None
        finally:
            await self._staging.delete(copy)
            await self._staging.delete(small)
            self._busy -= {small, copy}

    async def drop(self, user: User, file: str) -> None:
        """Delete a file of one's own that no message carries. Its bytes go with the next sweep."""
        found = await self._files.file(file)
        if found is None or found.owner != user.id or found.state is not FileState.READY:
            raise Problem(Code.NOT_FOUND, f"there is no file {file[:80]!r} of yours")
        if not await self._files.drop(file):
            raise Problem(Code.CONFLICT, "a message carries this file; recall the message instead")

    async def owned(self, user: User, before: str, limit: int) -> Sequence[File]:
        """The user's own files, newest first, with ids below `before` if that is given."""
        return await self._files.owned(user.id, before, limit)

    async def erase(self, user: str) -> None:
        """The user is erased: all their files go that no message carries. Those that one does go with the message."""
        before = ""
        while found := await self._files.owned(user, before, _AT_ONCE):
            before = found[-1].id
            for file in found:
                await self._files.drop(file.id)

    async def stop(self) -> None:
        for task in tuple(self._making.values()):
            task.cancel()
        await asyncio.gather(*self._making.values(), return_exceptions=True)
