"""Files over REST: upload one at once, read it, its thumbnail, and delete it. In parts: uploads.py."""

from typing import Annotated
from urllib.parse import unquote

import msgspec
from msgspec import Meta, Struct
from starlette.responses import Response

from teahouse.engine.keeper import Keeper
from teahouse.gateways.rest.operation import operation
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.served import SHOWN, file_response, picture_response
from teahouse.gateways.rest.uploads import body_of
from teahouse.model.commands import Limit
from teahouse.model.errors import Code
from teahouse.model.files import File, thumbnail_of
from teahouse.model.results import Result

READ, WRITE = "files:read", "files:write"

SERVED = ", ".join(("application/octet-stream", *sorted(SHOWN)))
NO_THUMBNAIL = {204: "There is none: it is no image, or one that cannot be read."}
UNCHANGED = {304: "It has not changed."}
PARTS = {206: "The part that was asked for.", **UNCHANGED, 416: "There is no such part."}

FileId = Annotated[str, Meta(min_length=1, max_length=80)]


class FileInfo(Result, frozen=True, omit_defaults=False):
    """`mime` is what the content is, `width` and `height` are those of an image. `created`: milliseconds UTC."""

    id: str
    name: str
    size: int
    mime: str
    sha256: str
    created: int
    width: int = 0
    height: int = 0


class NewFile(Struct, frozen=True):
    name: Annotated[str, Meta(max_length=1024)] | None = None


class NewFileHeaders(Struct, frozen=True):
    """For those who cannot use the query: the name in percent-encoded UTF-8."""

    name: Annotated[str, Meta(max_length=1024)] | None = msgspec.field(name="X-File-Name", default=None)


class Shown(Struct, frozen=True):
    inline: Annotated[int, Meta(ge=0, le=1)] = 0


class FilesPage(Result, frozen=True, omit_defaults=False):
    files: tuple[FileInfo, ...]
    more: bool


class Before(Struct, frozen=True):
    before: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 50


class Files:
    def __init__(self, keeper: Keeper) -> None:
        self._take = keeper.take_call
        self._uploads = keeper.uploads
        self._shelf = keeper.shelf

    @operation(
        "POST /files",
        201,
        scope=WRITE,
        takes="application/octet-stream",
        optional=True,
        refuses=(Code.CONFLICT,),
        answer={
            "id": "f01a20acc6f0b74b485017df6087b58f2",
            "name": "leaves.png",
            "size": 48213,
            "mime": "image/png",
            "sha256": "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
            "created": 1795477496834,
            "width": 1280,
            "height": 720,
        },
    )
    async def upload(self, call: Call, query: NewFile, headers: NewFileHeaders) -> FileInfo:
        """Upload a file: its bytes are the body.

        The `Content-Type` says nothing: what a file is follows from its content. To show it to others, send a message
        with a body of the type `image`, `file` or `voice`. For large files and bad connections there is
        `POST /files/uploads`.
        """
        self._take(call.user)
        name = query.name if query.name is not None else unquote(headers.name or "")
        length = call.request.headers.get("content-length")
        announced = int(length) if length is not None and length.isascii() and length.isdigit() else None
        file = await self._uploads.take(call.caller.user, name, announced, body_of(call.request))
        call.headers["Location"] = f"/api/v1/files/{file.id}"
        return described(file)

    @operation("GET /files", scope=READ)
    async def mine(self, call: Call, query: Before) -> FilesPage:
        """One's own files, newest first: `limit` of those before the id `before`."""
        self._take(call.user)
        found = await self._shelf.owned(call.caller.user, query.before, query.limit + 1)
        return FilesPage(tuple(described(file) for file in found[: query.limit]), len(found) > query.limit)

    @operation(
        "GET /files/{file}",
        scope=READ,
        gives=SERVED,
        also=PARTS,
    )
    async def content(self, call: Call, file: FileId, query: Shown) -> Response:
        """Read a file, or a part of it (`Range`).

        It is for saving, `Content-Disposition: attachment`. With `inline=1` images, audio, video and PDF may be shown
        in a page. Anything else never is, HTML and SVG least of all.
        """
        self._take(call.user)
        found = await self._shelf.find(call.caller.user, file)
        return file_response(
            call.request, found, lambda start, end: self._shelf.content(found, start, end), bool(query.inline)
        )

    @operation("GET /files/{file}/info", scope=READ)
    async def info(self, call: Call, file: FileId) -> FileInfo:
        """What is known of a file."""
        self._take(call.user)
        return described(await self._shelf.find(call.caller.user, file))

    @operation(
        "GET /files/{file}/thumbnail", scope=READ, gives="image/webp", also={**UNCHANGED, **NO_THUMBNAIL}
    )
    async def thumbnail(self, call: Call, file: FileId) -> Response:
        """A small WebP of an image. It has nothing of what a camera writes into a picture beside the picture."""
        self._take(call.user)
        found = await self._shelf.find(call.caller.user, file)
        made = await self._shelf.thumbnail(found)
        if made is None:
            return Response(status_code=204)
        return picture_response(call.request, thumbnail_of(found.sha256), *made)

    @operation("DELETE /files/{file}", scope=WRITE, refuses=(Code.CONFLICT,))
    async def delete(self, call: Call, file: FileId) -> None:
        """Delete a file of one's own that no message carries. One that was sent goes when its message is recalled."""
        self._take(call.user)
        await self._shelf.drop(call.caller.user, file)


def described(file: File) -> FileInfo:
    return FileInfo(
        file.id, file.name, file.size, file.mime, file.sha256, file.created, file.width, file.height
    )
