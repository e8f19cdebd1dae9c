"""Vault (ports/vault.py) as files in the data directory, one a secret, for a server that is one process.

Rule: a file is its owner's only, and is written whole or not at all. Whoever uses the directory holds its lock, so
versions are counted in memory. Made by app/vault.py.
"""

import asyncio
import os
import tempfile
from pathlib import Path

from teahouse.backends.files.disk import sync_folder
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.vault import Secret


class FileVault:
    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._versions: dict[str, int] = {}

    async def get(self, name: str) -> Secret | None:
        path = self._path(name)
        try:
            value = await asyncio.to_thread(_read, path)
        except OSError as error:
            raise StoreUnavailable(f"{path} cannot be read: {error}") from error
        return None if value is None else Secret(value, self._versions.setdefault(name, 1), str(path))

    async def put(self, name: str, value: bytes, seen: int) -> bool:
        path = self._path(name)
        kept = self._versions.get(name, 1 if path.exists() else 0)
        if seen != kept:
            return False
        self._versions[name] = seen + 1
        try:
            await asyncio.to_thread(_write, path, value)
        except OSError as error:
            self._versions[name] = seen
            raise StoreUnavailable(f"{path} cannot be written: {error}") from error
        return True

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.json"


def _read(path: Path) -> bytes | None:
    try:
        path.chmod(0o600)
        return path.read_bytes()
    except FileNotFoundError:
        return None


def _write(path: Path, value: bytes) -> None:
    """All or nothing, and durable; mkstemp makes the file with mode 0600."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.stem}-")
    try:
        with os.fdopen(handle, "wb") as written:
            written.write(value)
            written.flush()
            os.fsync(written.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
