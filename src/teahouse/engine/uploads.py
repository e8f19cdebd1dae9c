"""Uploads: how a file comes into being.

Rule: known to `Files` before its first byte is written, gathered in `Staging`, inspected, put into `Blobs`, and only
then READY. The staged bytes stay until all of that is committed, so that whatever a crash leaves can be finished, or
is swept when the upload expires (tidy.py). Nothing holds more of a file in memory than a piece. Called by REST.
"""

from collections.abc import AsyncIterator
from fnmatch import fnmatchcase

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.filing import Filing
from teahouse.model.errors import Code, Problem
from teahouse.model.files import File, FileState
from teahouse.model.people import User
from teahouse.ports.clock import Clock

_HOUR_MS = 3_600_000
_PIECE = 256 * 1024
_NAME_CHARACTERS = 200
_BIDI = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff")
UNNAMED = "file"

Chunks = AsyncIterator[bytes]


class Uploads:
    def __init__(self, filing: Filing, clock: Clock) -> None:
        self._files = filing.files
        self._leftovers = filing.leftovers
        self._blobs = filing.blobs
        self._staging = filing.staging
        self._inspector = filing.inspector
        self._options = filing.options
        self._clock = clock
        self.busy: set[str] = set()
        """Names in the staging that are in use now: nobody else touches them."""

    async def take(self, user: User, name: str, announced: int | None, chunks: Chunks) -> File:
        """A whole file at once. `announced` is its size, if that is known: what comes then must have it."""
        file = await self._begin(user, name, announced, hours=1)
        self.busy.add(file.id)
        try:
            size = await self._gather(file, 0, chunks)
            if announced is not None and size != announced:
                raise Problem(Code.BAD_REQUEST, f"{announced} bytes were announced, {size} came")
            return await self._finish(replace(file, size=size))
        except BaseException:
            await self._abandon(file)
            raise
        finally:
            self.busy.discard(file.id)

    async def fill(self, upload: str, chunks: Chunks) -> File:
        """All of an upload that was begun, at once, by whoever was told that they may. If it breaks off, it is given
        up."""
        file = await self._files.file(upload)
        expired = file is not None and 0 < file.expires <= self._clock.now()
        if file is None or file.state is not FileState.UPLOADING or expired:
            raise Problem(Code.NOT_FOUND, f"there is no upload {upload!r}")
        if upload in self.busy:
            raise Problem(Code.CONFLICT, "this upload is being written to by another request")
        with _Busy(self.busy, upload):
            try:
                size = await self._gather(file, 0, chunks)
                if size != file.size:
                    raise Problem(Code.BAD_REQUEST, f"{file.size} bytes were announced, {size} came")
                return await self._finish(file)
            except BaseException:
                await self._abandon(file)
                raise

    async def begin(self, user: User, name: str, size: int) -> File:
        """An upload that comes in parts, and may be resumed until it expires."""
        file = await self._begin(user, name, size, self._options.upload_hours)
        return file if size else await self._complete(file, 0)

    async def resume(self, user: User, upload: str) -> tuple[File, int]:
        """An upload and how much of it is here. What a crash kept from being finished is finished now."""
        file = await self._own(user, upload)
        if file.state is FileState.READY:
            return file, file.size
        if upload in self.busy:
            return file, await self._staging.size(upload)
        with _Busy(self.busy, upload):
            offset = await self._staging.size(upload)
            return await self._complete(file, offset), offset

    async def write(self, user: User, upload: str, offset: int, chunks: Chunks) -> tuple[File, int]:
        """Add to an upload; how much of it is here then. What came before the connection broke counts."""
        file = await self._own(user, upload)
        if upload in self.busy:
            raise Problem(Code.CONFLICT, "this upload is being written to by another request")
        with _Busy(self.busy, upload):
            here = file.size if file.state is FileState.READY else await self._staging.size(upload)
            if offset != here:
                raise Problem(
                    Code.CONFLICT, f"the upload has {here} bytes, so it goes on there, not at {offset}"
                )
            if file.state is FileState.READY:
                return file, here
            offset = await self._gather(file, offset, chunks)
            return await self._complete(file, offset), offset

    async def cancel(self, user: User, upload: str) -> None:
        """Give an upload up."""
        file = await self._own(user, upload)
        if file.state is FileState.READY:
            raise Problem(Code.CONFLICT, "the upload is finished: it is a file now, and deleted as one")
        if upload in self.busy:
            raise Problem(Code.CONFLICT, "this upload is being written to by another request")
        with _Busy(self.busy, upload):
            await self._abandon(file)

    async def _begin(self, user: User, name: str, announced: int | None, hours: int) -> File:
        """`announced` is None where nobody knows: room is taken for the largest file meanwhile."""
        allowance = self._options.allowance(user.guest)
        most = min(self._options.file_bytes, allowance.total_bytes)
        if announced is not None and announced > most:
            raise _too_large(most)
        now = self._clock.now()
        size = most if announced is None else announced
        file = File(fresh.file_id(), user.id, clean_name(name), size, now, expires=now + hours * _HOUR_MS)
        await self._files.begin(file, allowance)
        return file

    async def _own(self, user: User, upload: str) -> File:
        file = await self._files.file(upload)
        if file is None or file.owner != user.id or 0 < file.expires <= self._clock.now():
            raise Problem(Code.NOT_FOUND, f"there is no upload {upload!r}")
        return file

    async def _gather(self, file: File, offset: int, chunks: Chunks) -> int:
        """Write what comes, in pieces of some size; the new offset. Never more than was announced. What came before
        the connection broke is kept."""
        waiting = bytearray()
        try:
            async for chunk in chunks:
                if offset + len(waiting) + len(chunk) > file.size:
                    raise _too_large(file.size)
                waiting += chunk
                if len(waiting) >= _PIECE:
                    offset = await self._flush(file, offset, waiting)
        finally:
            offset = await self._flush(file, offset, waiting)
            await self._staging.sync(file.id)
        return offset

    async def _flush(self, file: File, offset: int, waiting: bytearray) -> int:
        if waiting:
            data = bytes(waiting)
            waiting.clear()
            try:
                await self._staging.append(file.id, offset, data)
            except ValueError as error:  # on another node that shares the staging
                raise Problem(Code.CONFLICT, "this upload is being written to by another request") from error
            offset += len(data)
        return offset

    async def _complete(self, file: File, offset: int) -> File:
        """Finish an upload that has all its bytes."""
        if offset < file.size:
            return file
        if not file.size:
            await self._staging.sync(file.id)
        try:
            return await self._finish(file)
        except Problem as problem:
            if problem.code is Code.BAD_REQUEST:  # it can never become anything
                await self._abandon(file)
            raise

    async def _finish(self, file: File) -> File:
        """Look into it, keep its bytes, commit; in this order."""
        traits = await self._inspector.inspect(self._staging.path(file.id))
        self._check_type(traits.mime)
        await self._blobs.put(file.id, self._staging.path(file.id))
        ready = replace(
            file,
            mime=traits.mime,
            sha256=traits.sha256,
            width=traits.width,
            height=traits.height,
            state=FileState.READY,
            expires=0,
        )
        if not await self._files.finish(ready):
            raise Problem(Code.NOT_FOUND, f"there is no upload {file.id!r} any more")
        await self._staging.delete(file.id)
        return ready

    def _check_type(self, mime: str) -> None:
        options = self._options
        allowed = not options.allowed_types or any(fnmatchcase(mime, p) for p in options.allowed_types)
        if not allowed or any(fnmatchcase(mime, pattern) for pattern in options.blocked_types):
            raise Problem(Code.BAD_REQUEST, f"files of the type {mime} are not accepted here")

    async def _abandon(self, file: File) -> None:
        """Let go of an upload. If the process dies in between, the sweep goes on."""
        await self._files.drop(file.id)
        await self._staging.delete(file.id)
        await self._blobs.delete(file.id)
        await self._leftovers.forget([file.id])


class _Busy:
    def __init__(self, busy: set[str], upload: str) -> None:
        self._busy = busy
        self._upload = upload

    def __enter__(self) -> None:
        self._busy.add(self._upload)

    def __exit__(self, *_: object) -> None:
        self._busy.discard(self._upload)


def _too_large(most: int) -> Problem:
    return Problem(Code.TOO_LARGE, f"more came than the {most} bytes this file may have")


def clean_name(name: str) -> str:
    """The name of a file as others are shown it: no path, nothing that cannot be printed or turns text round."""
    last = name.replace("\\", "/").rpartition("/")[2]
    shown = "".join(c for c in last if c.isprintable() and c not in _BIDI).strip().lstrip(".")
    if len(shown) > _NAME_CHARACTERS:
        _, dot, end = shown.rpartition(".")
        end = dot + end if dot and len(end) <= 16 else ""
        shown = shown[: _NAME_CHARACTERS - len(end)] + end
    return shown or UNNAMED
