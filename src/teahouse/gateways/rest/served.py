"""How the bytes of a file are answered: ranges, validators, and headers that keep a browser from running them.

Rule: a file that somebody uploaded is never a page of ours. It is saved rather than shown, unless the caller asks for
one of a few types that no browser runs; the type is what the content is, or none; and a sandbox without scripts holds
whatever is opened all the same. RFC 9110, 13 and 14. Used by files.py.
"""

import re
from collections.abc import AsyncIterator, Callable
from http import HTTPStatus
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response, StreamingResponse

from teahouse.gateways.problems import MEDIA_TYPE, encode, of_status
from teahouse.model.files import File

SHOWN = frozenset(
    {
        "image/jpeg",
        "image/png",
        "image/gif",
        "image/webp",
        "image/avif",
        "audio/mpeg",
        "audio/ogg",
        "audio/x-wav",
        "audio/mp4",
        "audio/flac",
        "audio/x-m4a",
        "video/mp4",
        "video/webm",
        "application/pdf",
    }
)
"""What may be shown in a page. No SVG, HTML or XML: they carry scripts."""

_DOWNLOADED = "application/octet-stream"
_NO_SUCH_PART = HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE
_DAY_S = 86_400
_ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})")

HEADERS = {
    "Accept-Ranges": "bytes",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; sandbox",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
}

_PDF = "application/pdf"
_UNBOXED = "default-src 'none'; style-src 'unsafe-inline'"
"""For PDF: browsers show none in a sandbox, and what scripts it has are not those of a page."""

Content = Callable[[int, int], AsyncIterator[bytes]]


def file_response(request: Request, file: File, content: Content, inline: bool) -> Response:
    """The file, or what of it was asked for. `content` gives the bytes between two places."""
    shown = file.mime in SHOWN
    headers = {
        **HEADERS,
        "ETag": f'"{file.sha256}"',
        "Cache-Control": f"private, max-age={_DAY_S}, no-transform",
        "Content-Type": file.mime if shown else _DOWNLOADED,
        "Content-Disposition": _disposition("inline" if inline and shown else "attachment", file.name),
    }
    if inline and file.mime == _PDF:
        headers["Content-Security-Policy"] = _UNBOXED
    if _matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers={n: v for n, v in headers.items() if n != "Content-Type"})
    wanted = _range(request, file.size, headers["ETag"])
    if wanted is None:
        return _stream(request, content, (0, file.size), headers, 200)
    if not wanted:
        refusal = encode(of_status(_NO_SUCH_PART, f"the file has {file.size} bytes"))
        return Response(refusal, _NO_SUCH_PART, {"Content-Range": f"bytes */{file.size}"}, MEDIA_TYPE)
    headers["Content-Range"] = f"bytes {wanted.start}-{wanted.stop - 1}/{file.size}"
    return _stream(request, content, (wanted.start, wanted.stop), headers, 206)


def bytes_response(request: Request, etag: str, media: str, data: bytes) -> Response:
    """A picture from elsewhere, which is in memory."""
    headers = {
        **HEADERS,
        "Accept-Ranges": "none",
        "ETag": f'"{etag}"',
        "Cache-Control": f"private, max-age={_DAY_S}, no-transform",
    }
    if _matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers=headers)
    return Response(data, 200, {**headers, "Content-Disposition": "inline"}, media)


def picture_response(
    request: Request, etag: str, size: int, content: AsyncIterator[bytes], kept_s: int = _DAY_S
) -> Response:
    """A thumbnail, which is a WebP of our own making."""
    headers = {
        **HEADERS,
        "Accept-Ranges": "none",
        "ETag": f'"{etag}"',
        "Cache-Control": f"private, max-age={kept_s}, no-transform",
        "Content-Type": "image/webp",
    }
    if _matches(request.headers.get("if-none-match"), headers["ETag"]):
        return Response(status_code=304, headers={n: v for n, v in headers.items() if n != "Content-Type"})
    return _stream(request, lambda _start, _end: content, (0, size), headers, 200)


def _stream(
    request: Request, content: Content, part: tuple[int, int], headers: dict[str, str], status: int
) -> Response:
    headers["Content-Length"] = str(part[1] - part[0])
    if request.method == "HEAD":
        return Response(status_code=status, headers=headers)
    return StreamingResponse(content(*part), status, headers)


def _range(request: Request, size: int, etag: str) -> range | None:
    """The part asked for; None for all of it, empty for none that there is. Several parts at once are not served:
    then all is, as RFC 9110, 14.2 allows."""
    asked = request.headers.get("range")
    condition = request.headers.get("if-range")
    if asked is None or (condition is not None and condition.strip() != etag):
        return None
    found = _ONE_RANGE.fullmatch(asked.strip().replace(" ", ""))
    if found is None or not (found[1] or found[2]):
        return None
    if not found[1]:
        return range(max(size - int(found[2]), 0), size) if int(found[2]) else range(0)
    start, last = int(found[1]), int(found[2]) if found[2] else size - 1
    if found[2] and last < start:
        return None
    return range(start, min(last + 1, size))


def _matches(given: str | None, etag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in given.split(","))


def _disposition(how: str, name: str) -> str:
    """RFC 6266: for old programs in ASCII, for others in UTF-8 (RFC 8187)."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%' else "_" for c in name)
    return f"{how}; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
