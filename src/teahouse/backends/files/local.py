"""Blobs (ports/blobs.py) as files in a folder of the data directory.

Rule: a blob comes into being under its name in one step, when its bytes are on disk already. Its folder follows from
the last letters of its name, because ids begin with the time: a folder holds a 1024th of all.
"""

import os
import shutil
from collections.abc import AsyncIterator
from functools import partial
from pathlib import Path

from teahouse.backends.files.disk import Disk, make_folder, sync_file, sync_folder
from teahouse.model.files import check_blob

PIECE = 256 * 1024
_PARTIAL = ".partial"


class LocalBlobs:
    def __init__(self, folder: Path, disk: Disk) -> None:
        self._folder = folder
        self._disk = disk

    async def put(self, blob: str, source: Path) -> None:
        path = self._path(blob)
        await self._disk.do(lambda: _put(path, source))

    async def size(self, blob: str) -> int | None:
        path = self._path(blob)
        try:
            return await self._disk.do(lambda: path.stat().st_size)
        except FileNotFoundError:
            return None

    async def read(self, blob: str, start: int, end: int) -> AsyncIterator[bytes]:
        path = self._path(blob)
        # Not kept open between pieces: a client that takes its time would hold a descriptor. A blob never changes.
        while start < end:
            piece = await self._disk.do(partial(_read, path, start, min(end - start, PIECE)))
            if not piece:
                return
            yield piece
            start += len(piece)

    async def delete(self, blob: str) -> None:
        path = self._path(blob)
        await self._disk.do(lambda: path.unlink(missing_ok=True))

    async def names(self) -> AsyncIterator[tuple[str, int]]:
        for folder in await self._disk.do(lambda: _folders(self._folder)):
            for found in await self._disk.do(partial(_listed, folder)):
                yield found

    def _path(self, blob: str) -> Path:
        return self._folder / check_blob(blob)[-2:] / blob


def _put(path: Path, source: Path) -> None:
    """A second name for the same bytes where that can be, for that costs nothing; else a copy."""
    new = not path.parent.exists()
    make_folder(path.parent)
    made = path.with_name(path.name + _PARTIAL)
    made.unlink(missing_ok=True)
    try:
        os.link(source, made)
    except FileNotFoundError:
        raise
    except OSError:
        shutil.copyfile(source, made)
    sync_file(made)
    made.replace(path)
    made.unlink(missing_ok=True)  # rename() does nothing if both are names of the same file already
    sync_folder(path.parent)
    if new:
        sync_folder(path.parent.parent)


def _read(path: Path, start: int, size: int) -> bytes:
    with path.open("rb") as file:
        return os.pread(file.fileno(), size, start)


def _folders(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if path.is_dir()) if folder.exists() else []


def _listed(folder: Path) -> list[tuple[str, int]]:
    """The blobs of a folder. What a crash left half written is nobody's, and goes."""
    found = []
    for path in sorted(folder.iterdir()):
        if path.suffix == _PARTIAL:
            path.unlink(missing_ok=True)
        else:
            found.append((path.name, int(path.stat().st_mtime * 1000)))
    return found
