"""The logins of one's accounts: a refresh token for each server and user, in ~/.config/teahouse/logins.json.

Rule: whoever can read a token is logged in, so the file is its owner's only (0600). Several `teahouse chat` of one
person share a login, and a token is good for one use: who uses it holds the lock meanwhile. Called by entering.py.
"""

import asyncio
import fcntl
import os
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import msgspec

from teahouse.app.guests import config_directory
from teahouse.model.ids import fold_nick

_WAIT_S = 0.05
_PATIENCE_S = 30.0


class LoginBook:
    """The token of one user of one server: a client.account.TokenBook in a file."""

    def __init__(self, server: str, user: str, file: Path | None = None) -> None:
        self._file = file or config_directory() / "logins.json"
        self._key = f"{fold_nick(user)} {server}"

    @asynccontextmanager
    async def held(self) -> AsyncIterator[None]:
        """TimeoutError if another program holds it for very long."""
        self._file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        lock = os.open(self._file.with_suffix(".lock"), os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            async with asyncio.timeout(_PATIENCE_S):
                while not _locked(lock):  # noqa: ASYNC110, another process lets it go
                    await asyncio.sleep(_WAIT_S)
            yield
        finally:
            os.close(lock)  # and lets the lock go

    def read(self) -> str:
        return self._all().get(self._key, "")

    def write(self, token: str) -> None:
        """All or nothing; mkstemp makes the file with mode 0600."""
        tokens = {**self._all(), self._key: token}
        handle, name = tempfile.mkstemp(dir=self._file.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(msgspec.json.format(msgspec.json.encode(tokens)) + b"\n")
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(self._file)

    def _all(self) -> dict[str, str]:
        try:
            return msgspec.json.decode(self._file.read_bytes(), type=dict[str, str])
        except (FileNotFoundError, msgspec.DecodeError):
            return {}


def _locked(lock: int) -> bool:
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
