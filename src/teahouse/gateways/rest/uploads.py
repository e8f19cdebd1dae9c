"""Resumable uploads by tus 1.0: core, creation, creation-with-upload, termination, expiration, checksum.

Rule: the protocol of https://tus.io/protocols/resumable-upload, as far as it goes; what it leaves open is answered like
the rest of this interface, with problem documents. Also used for its `body_of` by files.py.
"""

import base64
import binascii
import hashlib
from collections.abc import AsyncIterator
from contextlib import suppress
from email.utils import formatdate
from typing import Annotated

import msgspec
from msgspec import Meta, Struct
from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response

from teahouse.engine.keeper import Keeper
from teahouse.gateways import problems
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.files import File, FileState

READ, WRITE = "files:read", "files:write"
VERSION = "1.0.0"
EXTENSIONS = "creation,creation-with-upload,termination,expiration,checksum"
ALGORITHMS = "sha256,sha1"
CHECKSUM_MISMATCH = 460
PART = "application/offset+octet-stream"
_CHECKED_BYTES = 16 * 1024 * 1024
"""A part with a checksum is held in memory until that is known to be right; so it may not be larger."""

UploadId = Annotated[str, Meta(min_length=1, max_length=80)]
Size = Annotated[str, Meta(pattern="^[0-9]{1,15}$")]
"""A number of bytes, as a header has it."""


class NewUpload(Struct, frozen=True):
    """`Upload-Metadata` is a list of keys with values in base64; of them `filename` is looked at."""

    length: Size = msgspec.field(name="Upload-Length")
    metadata: Annotated[str, Meta(max_length=4096)] = msgspec.field(name="Upload-Metadata", default="")


class PartHeaders(Struct, frozen=True):
    offset: Size = msgspec.field(name="Upload-Offset")
    checksum: Annotated[str, Meta(max_length=200)] | None = msgspec.field(
        name="Upload-Checksum", default=None
    )


class Uploads:
    def __init__(self, keeper: Keeper) -> None:
        self._take = keeper.take_call
        self._uploads = keeper.uploads
        self._most = keeper.options.file_bytes

    @operation("OPTIONS /files/uploads", 204, who=Who.ANYBODY)
    async def abilities(self, call: Call) -> None:
        """What of tus is spoken here."""
        call.headers |= {
            "Tus-Resumable": VERSION,
            "Tus-Version": VERSION,
            "Tus-Extension": EXTENSIONS,
            "Tus-Checksum-Algorithm": ALGORITHMS,
            "Tus-Max-Size": str(self._most),
        }

    @operation("POST /files/uploads", 201, scope=WRITE, takes=PART, optional=True, refuses=(Code.CONFLICT,))
    async def create(self, call: Call, headers: NewUpload) -> None:
        """Begin an upload in parts (tus). `Location` says where it goes on.

        A body may hold the first part already.
        """
        self._take(call.user)
        name = _metadata(headers.metadata).get("filename", "")
        file = await self._uploads.begin(call.caller.user, name, int(headers.length))
        offset = 0
        if int(headers.length) and _is_part(call.request):
            file, offset = await self._first_part(call, file)
        call.headers |= {"Location": f"/api/v1/files/uploads/{file.id}", **_state(file, offset)}

    async def _first_part(self, call: Call, file: File) -> tuple[File, int]:
        """If it is refused, the client is not told where the upload is, and it is given up."""
        try:
            return await self._uploads.write(call.caller.user, file.id, 0, body_of(call.request))
        except (Problem, StoreUnavailable):
            with suppress(Problem):
                await self._uploads.cancel(call.caller.user, file.id)
            raise

    @operation("HEAD /files/uploads/{upload}", 204, scope=WRITE)
    async def progress(self, call: Call, upload: UploadId) -> None:
        """How much of an upload is here (tus)."""
        self._take(call.user)
        file, offset = await self._uploads.resume(call.caller.user, upload)
        call.headers |= {**_state(file, offset), "Upload-Length": str(file.size), "Cache-Control": "no-store"}

    @operation(
        "PATCH /files/uploads/{upload}",
        204,
        scope=WRITE,
        takes=PART,
        refuses=(Code.CONFLICT,),
        also={CHECKSUM_MISMATCH: "The checksum is that of other bytes."},
    )
    async def append(self, call: Call, upload: UploadId, headers: PartHeaders) -> Response | None:
        """Add the next part to an upload (tus). After the last one it is a file by the same id."""
        self._take(call.user)
        if not _is_part(call.request):
            raise Problem(Code.BAD_REQUEST, f"the body must be {PART}")
        chunks = body_of(call.request)
        if headers.checksum is not None:
            chunks = _checked(chunks, headers.checksum)
        try:
            file, offset = await self._uploads.write(call.caller.user, upload, int(headers.offset), chunks)
        except _OtherBytes:
            return _mismatch()
        call.headers |= _state(file, offset)
        return None

    @operation("DELETE /files/uploads/{upload}", 204, scope=WRITE, refuses=(Code.CONFLICT,))
    async def terminate(self, call: Call, upload: UploadId) -> None:
        """Give an upload up (tus)."""
        self._take(call.user)
        await self._uploads.cancel(call.caller.user, upload)
        call.headers["Tus-Resumable"] = VERSION


async def body_of(request: Request) -> AsyncIterator[bytes]:
    """The body as it comes. Problem if the connection breaks, which nobody will read."""
    try:
        async for chunk in request.stream():
            if chunk:
                yield chunk
    except ClientDisconnect:
        raise Problem(Code.BAD_REQUEST, "the connection ended before the body did") from None


async def _checked(chunks: AsyncIterator[bytes], checksum: str) -> AsyncIterator[bytes]:
    """The part, once it is known to be what the client sent."""
    algorithm, _, encoded = checksum.strip().partition(" ")
    if algorithm not in ALGORITHMS.split(","):
        raise Problem(Code.BAD_REQUEST, f"Upload-Checksum knows {ALGORITHMS}, not {algorithm[:40]!r}")
    data = bytearray()
    async for chunk in chunks:
        data += chunk
        if len(data) > _CHECKED_BYTES:
            raise Problem(Code.TOO_LARGE, f"a part with a checksum has at most {_CHECKED_BYTES} bytes")
    digest = hashlib.new(algorithm, data, usedforsecurity=False).digest()
    if base64.b64encode(digest).decode() != encoded.strip():
        raise _OtherBytes
    yield bytes(data)


class _OtherBytes(Exception):
    """A part is not what its checksum says."""


def _mismatch() -> Response:
    detail = "the checksum is that of other bytes; send the part again"
    document = problems.Document("Checksum Mismatch", CHECKSUM_MISMATCH, detail, Code.BAD_REQUEST, retry=True)
    return Response(
        problems.encode(document), CHECKSUM_MISMATCH, {"Tus-Resumable": VERSION}, problems.MEDIA_TYPE
    )


def _is_part(request: Request) -> bool:
    media, _, _ = request.headers.get("content-type", "").partition(";")
    return media.strip().lower() == PART


def _state(file: File, offset: int) -> dict[str, str]:
    state = {"Tus-Resumable": VERSION, "Upload-Offset": str(offset)}
    if file.state is FileState.UPLOADING and file.expires:
        state["Upload-Expires"] = formatdate(file.expires / 1000, usegmt=True)
    return state


def _metadata(header: str) -> dict[str, str]:
    """Keys and decoded values; Problem if it is not in the form tus gives it."""
    found = {}
    for pair in filter(None, (part.strip() for part in header.split(","))):
        key, _, value = pair.partition(" ")
        try:
            found[key] = base64.b64decode(value, validate=True).decode()
        except (binascii.Error, UnicodeDecodeError):
            raise Problem(Code.BAD_REQUEST, "Upload-Metadata has values in base64 of UTF-8") from None
    return found
