"""Avatars: pictures of accounts and conversations, which are files that somebody uploaded.

Rule: an avatar is a picture of whoever sets it. It is shown as a thumbnail only, to everybody who may see whose it is,
whether or not they could read the file. It goes with its file; and as long as it is one, recalling a message that
carries the file does not take it away (F3, ports/files.py). Made by keeper.py.
"""

from collections.abc import AsyncIterator

from teahouse.engine.shelf import Shelf
from teahouse.model.errors import Code, Problem
from teahouse.model.files import FileState, thumbnail_of
from teahouse.model.people import User
from teahouse.ports.files import Files, Pictures


class Avatars:
    def __init__(self, files: Files, pictures: Pictures, shelf: Shelf) -> None:
        self._files = files
        self._pictures = pictures
        self._shelf = shelf

    async def check(self, user: User, file: str) -> None:
        """May the user make this file an avatar? `not_found` for one that is not theirs, `bad_request` for one that
        is no picture. Empty is none."""
        if not file:
            return
        found = await self._files.file(file)
        if found is None or found.owner != user.id or found.state is not FileState.READY:
            raise Problem(
                Code.NOT_FOUND, f"there is no file {file[:80]!r} of yours; upload the picture first"
            )
        if not found.width:
            raise Problem(Code.BAD_REQUEST, "the file is no picture that can be shown; an avatar is one")

    async def picture(self, file: str) -> tuple[str, int, AsyncIterator[bytes]]:
        """Validator, size and bytes of the thumbnail; `not_found` where there is none."""
        found = await self._pictures.picture(file) if file else None
        if found is not None and found.state is FileState.READY and found.width:
            made = await self._shelf.thumbnail(found)
            if made is not None:
                return thumbnail_of(found.sha256), *made
        raise Problem(Code.NOT_FOUND, "there is no picture")


async def refuse(_user: User, file: str) -> None:
    """In the place of `check`, on a server that keeps no files."""
    if file:
        raise Problem(Code.NOT_FOUND, "this server keeps no files")
