"""Pages: the web client before the application. What is one of its files, or an address inside it, is answered here;
everything else goes on.

Rule: nothing the server itself answers is ever hidden: the first parts of its paths are reserved. The client is given
headers with which a browser loads nothing from elsewhere, whatever gets into a page. Made by app/compose.py.
"""

import asyncio
import re
import time

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from teahouse.gateways.web.bundle import CODINGS, Piece, Sent
from teahouse.gateways.web.locate import Source

LOOK_S = 1.0
"""So often a client that is being worked on is looked at."""

WIDGET = "/widget.js"
"""The one file that is for the pages of others."""

_FILES = "assets"
_QUALITY = re.compile(r"q=(0(?:\.\d{0,3})?|1(?:\.0{0,3})?)")
_HOST = re.compile(r"[A-Za-z0-9._\-\[\]:]{1,255}")
_NO_PATH = re.compile(r"[\x00-\x1f\x7f\\]")

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:; "
    "font-src 'self'; connect-src 'self'{socket}; worker-src 'self'; manifest-src 'self'; frame-ancestors 'none'; "
    "base-uri 'none'; form-action 'self'"
)
_HEADERS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (
        b"permissions-policy",
        b"microphone=(self), camera=(), geolocation=(), payment=(), usb=(), serial=(), display-capture=()",
    ),
    (b"cross-origin-opener-policy", b"same-origin"),
)
_RESOURCE_POLICY = b"cross-origin-resource-policy"


class Pages:
    """`reserved` are the first segments of the paths that `app` answers."""

    def __init__(self, app: ASGIApp, source: Source, reserved: frozenset[str]) -> None:
        self._app = app
        self._source = source
        self._reserved = reserved
        self._looked = time.monotonic()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            if self._source.watched:
                await self._look()
            piece = self._find(scope["path"])
            if piece is not None:
                await _answer(piece, scope, send)
                return
        await self._app(scope, receive, send)

    def _find(self, path: str) -> Piece | None:
        """The file, or the page for an address inside the client: its router finds out what is meant. What looks like
        a file and is none stays unknown: a page in the place of a script would only confuse."""
        segments = path.split("/")
        if path == WIDGET:
            return self._source.bundle.find(path)
        if segments[0] or len(segments) < 2 or segments[1] in self._reserved:
            return None
        if (piece := self._source.bundle.find(path)) is not None:
            return piece
        if segments[1] == _FILES or "." in segments[-1] or _NO_PATH.search(path) or ".." in segments:
            return None
        return self._source.bundle.index

    async def _look(self) -> None:
        now = time.monotonic()
        if now - self._looked >= LOOK_S:
            self._looked = now
            await asyncio.to_thread(self._source.refresh)


async def _answer(piece: Piece, scope: Scope, send: Send) -> None:
    headers = Headers(scope=scope)
    sent = _chosen(piece, headers.get("accept-encoding", ""))
    known = _is_known(headers.get("if-none-match"), sent.etag.decode())
    policy = _POLICY.format(socket=_socket(headers.get("host", "")))
    given = [
        *(sent.rest if known else sent.headers),
        *_HEADERS,
        (_RESOURCE_POLICY, b"cross-origin" if scope["path"] == WIDGET else b"same-origin"),
        (b"content-security-policy", policy.encode()),
    ]
    await send({"type": "http.response.start", "status": 304 if known else 200, "headers": given})
    body = b"" if known or scope["method"] == "HEAD" else sent.body
    await send({"type": "http.response.body", "body": body})


def _chosen(piece: Piece, accepted: str) -> Sent:
    """The best coding the browser takes (RFC 9110, 12.5.3); the file itself is always good."""
    if accepted:
        taken = dict(_accepted(part) for part in accepted.lower().split(","))
        every = taken.get("*", False)
        for coding in CODINGS.values():
            if coding in piece.codings and taken.get(coding, every):
                return piece.codings[coding]
    return piece.codings[""]


def _accepted(part: str) -> tuple[str, bool]:
    """A coding of the header, and whether it may be used at all: `br;q=0` forbids it."""
    coding, _, parameters = part.partition(";")
    quality = _QUALITY.search(parameters.replace(" ", ""))
    return coding.strip(), quality is None or float(quality[1]) > 0


def _is_known(given: str | None, etag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or etag in (tag.strip().removeprefix("W/") for tag in given.split(","))


def _socket(host: str) -> str:
    """The WebSocket of this very host: to some browsers 'self' means HTTP only. With TLS or without, for it may be a
    proxy that ends it. A host that is none is not repeated."""
    return f" ws://{host} wss://{host}" if _HOST.fullmatch(host) else ""
