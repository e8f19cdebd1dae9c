"""The threads that read and write files, and what can go wrong there, told as the ports want it.

Rule: no file is touched on the event loop; a few threads of their own, so that a slow disk keeps nobody else waiting.
Used by the backends of this room; made by app/compose.py.
"""

import asyncio
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TypeVar

from teahouse.model.errors import StoreUnavailable

T = TypeVar("T")

THREADS = 4


class Disk:
    """One pool of threads for all that is read and written."""

    def __init__(self, threads: int = THREADS) -> None:
        self._pool = ThreadPoolExecutor(threads, "files")

    async def do(self, work: Callable[[], T]) -> T:
        """Run `work` in a thread. StoreUnavailable where the disk refuses; FileNotFoundError is passed on."""
        try:
            return await asyncio.get_running_loop().run_in_executor(self._pool, work)
        except (FileNotFoundError, FileExistsError):
            raise
        except OSError as error:
            raise StoreUnavailable(f"files cannot be read or written now: {error}") from error

    async def close(self) -> None:
        """Let running work end."""
        await asyncio.to_thread(self._pool.shutdown)


def make_folder(folder: Path) -> None:
    """A folder for its owner only, and those above it."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


def sync_file(path: Path) -> None:
    """What was written to the file is on disk when this returns."""
    with path.open("rb") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Names made, changed or taken away in the folder are on disk when this returns."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
