"""Staging (ports/blobs.py): a folder in which uploads gather, a file each."""

import fcntl
import os
from pathlib import Path

from teahouse.backends.files.disk import Disk, make_folder, sync_file, sync_folder
from teahouse.model.files import check_blob


class LocalStaging:
    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk

    async def size(self, name: str) -> int:
        path = self.path(name)
        return await self._disk.do(lambda: path.stat().st_size if path.exists() else 0)

    async def append(self, name: str, offset: int, data: bytes) -> None:
        path = self.path(name)
        await self._disk.do(lambda: _append(path, offset, data))

    async def sync(self, name: str) -> None:
        path = self.path(name)
        await self._disk.do(lambda: _sync(path))

    def path(self, name: str) -> Path:
        return self._folder / check_blob(name)

    async def delete(self, name: str) -> None:
        path = self.path(name)
        await self._disk.do(lambda: path.unlink(missing_ok=True))

    async def names(self) -> list[str]:
        return await self._disk.do(lambda: _names(self._folder))


def _append(path: Path, offset: int, data: bytes) -> None:
    descriptor = _open(path)
    try:
        fcntl.flock(
            descriptor, fcntl.LOCK_EX
        )  # another process may share the folder, and be sent the same upload
        if os.fstat(descriptor).st_size != offset:
            raise ValueError(f"{path.name} does not have {offset} bytes")
        _write_all(descriptor, data, offset)
    finally:
        os.close(descriptor)


def _write_all(descriptor: int, data: bytes, offset: int) -> None:
    """All or, where the disk is full, none: a piece that is half there is cut off again."""
    written = 0
    try:
        while written < len(data):
            written += os.write(descriptor, memoryview(data)[written:])
    except OSError:
        os.ftruncate(descriptor, offset)
        raise


def _open(path: Path) -> int:
    flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND
    try:
        return os.open(path, flags, 0o600)
    except FileNotFoundError:
        make_folder(path.parent)
        return os.open(path, flags, 0o600)


def _sync(path: Path) -> None:
    os.close(_open(path))
    sync_file(path)
    sync_folder(path.parent)


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir()) if folder.exists() else []
