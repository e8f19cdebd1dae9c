"""Slots (XEP-0363): addresses at which a file is put and got by whoever knows them, for clients that speak HTTP with no
token of ours.

Rule: an address is signed, for one file and one use; what is put there was announced, and counts to its owner before.
Who was shown a file's address by a message may read it as long as a message carries the file, or it is its owner's to
delete. Made by app/xmpp_door.py; used by rest/slots.py and xmpp/upload.py.
"""

import hmac
from base64 import urlsafe_b64encode
from collections.abc import AsyncIterator
from urllib.parse import quote, unquote

from teahouse.engine.keeper import Keeper
from teahouse.model.errors import Code, Problem
from teahouse.model.files import File, FileState
from teahouse.model.people import User

PATH = "/api/v1/files/slots/"
_MARK_BYTES = 18
_PUT, _GET = "put", "get"


class Slots:
    """`key` is the same on all nodes, for ever. `base` is where people reach the server by HTTP; empty until that is
    known."""

    def __init__(self, keeper: Keeper, key: bytes) -> None:
        self._keeper = keeper
        self._key = key
        self.base = ""

    @property
    def largest(self) -> int:
        return self._keeper.options.file_bytes

    async def open(self, user: User, name: str, size: int) -> tuple[str, str]:
        """Where to put a file of this size, and where it is got then. Problem if there is no room for it."""
        self._keeper.take_call(user.id)
        file = await self._keeper.uploads.begin(user, name, size)
        return f"{self.base}{PATH}{file.id}/{self._mark(_PUT, file.id)}", self.address(file.id, file.name)

    def address(self, file: str, name: str) -> str:
        """Where a file is got; nothing where nobody could get it."""
        if not self.base:
            return ""
        return f"{self.base}{PATH}{file}/{self._mark(_GET, file)}/{quote(name, safe='')}"

    def meant(self, address: str) -> tuple[str, str] | None:
        """The file, and its name, that an address of ours leads to."""
        begin = self.base + PATH
        parts = address[len(begin) :].split("/") if self.base and address.startswith(begin) else []
        if len(parts) != 3 or not self._holds(_GET, parts[0], parts[1]):
            return None
        return parts[0], unquote(parts[2])

    async def put(self, file: str, mark: str, chunks: AsyncIterator[bytes]) -> None:
        """Fill a slot, once."""
        if not self._holds(_PUT, file, mark):
            raise _none()
        await self._keeper.uploads.fill(file, chunks)

    async def find(self, file: str, mark: str) -> File:
        """What is there to be got."""
        found = await self._keeper.files.file(file) if self._holds(_GET, file, mark) else None
        if found is None or found.state is not FileState.READY:
            raise _none()
        return found

    def content(self, file: File, start: int, end: int) -> AsyncIterator[bytes]:
        return self._keeper.shelf.content(file, start, end)

    def _mark(self, use: str, file: str) -> str:
        made = hmac.digest(self._key, f"{use} {file}".encode("utf-8", "surrogatepass"), "sha256")
        return urlsafe_b64encode(made[:_MARK_BYTES]).decode()

    def _holds(self, use: str, file: str, mark: str) -> bool:
        return hmac.compare_digest(self._mark(use, file).encode(), mark.encode("utf-8", "surrogatepass"))


def _none() -> Problem:
    return Problem(Code.NOT_FOUND, "there is no such file, or no longer")
