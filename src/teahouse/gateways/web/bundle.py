"""Bundle: the built files of the web client, as they are to be sent.

Rule: everything is read before the first request, and a request is only ever looked up among what was read: no path
that somebody sends becomes a path on the disk. Made by locate.py, served by pages.py.
"""

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

INDEX = "/index.html"

FILE_BYTES = 16 * 2**20
ALL_BYTES = 64 * 2**20
"""A client is a few megabytes. What is larger is a folder that was named by mistake, and would fill the memory."""

CODINGS = {".br": "br", ".gz": "gzip"}
"""The neighbours of a file that the build compressed, by how their names end; the better one first."""

_PLAIN = ""

_MEDIA = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".map": "application/json",
    ".mjs": "text/javascript; charset=utf-8",
    ".mp3": "audio/mpeg",
    ".ogg": "audio/ogg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webm": "video/webm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".woff": "font/woff",
    ".woff2": "font/woff2",
}
"""Ours, and not the machine's: there are machines on which a script is text/plain, and no browser runs it."""

_KEPT = "public, max-age=31536000, immutable"
_ASKED_AGAIN = "no-cache"


class NoClient(Exception):
    """The folder holds no web client; the text says why."""


@dataclass(frozen=True, slots=True)
class Sent:
    """One file in one coding. `headers` are all that depend on nothing but the file; `rest` those among them that a 304
    repeats (RFC 9110, 15.4.5)."""

    body: bytes
    etag: bytes
    headers: tuple[tuple[bytes, bytes], ...]
    rest: tuple[tuple[bytes, bytes], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """One file in all codings there are; "" is the file itself."""

    codings: Mapping[str, Sent]


class Bundle:
    """Files by path, as a request names it: `/assets/index-3fb0.js`."""

    def __init__(self, pieces: Mapping[str, Piece]) -> None:
        self._pieces = pieces
        self.index = pieces[INDEX]

    def find(self, path: str) -> Piece | None:
        return self.index if path == "/" else self._pieces.get(path)


def read(folder: Path) -> Bundle:
    """All of a folder. NoClient if there is none, or it is not the one of a client."""
    if not (folder / INDEX[1:]).is_file():
        raise NoClient(f"there is no index.html in {folder}")
    files: dict[str, bytes] = {}
    size = 0
    for path in _files(folder):
        size += path.stat().st_size
        if size > ALL_BYTES or path.stat().st_size > FILE_BYTES:
            raise NoClient(f"{folder} is too large for a web client, at {path.relative_to(folder)}")
        files["/" + path.relative_to(folder).as_posix()] = path.read_bytes()
    return Bundle({name: _piece(name, files) for name in files if not _is_neighbour(name, files)})


def _files(folder: Path) -> Iterator[Path]:
    """Ordinary files below a folder. Nothing hidden, and no link: it could lead anywhere."""
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(root, name)
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def _is_neighbour(name: str, files: Mapping[str, bytes]) -> bool:
    end = PurePosixPath(name).suffix
    return end in CODINGS and name.removesuffix(end) in files


def _piece(name: str, files: Mapping[str, bytes]) -> Piece:
    bodies = {_PLAIN: files[name]}
    bodies |= {coding: files[name + end] for end, coding in CODINGS.items() if name + end in files}
    digest = hashlib.sha256(files[name]).hexdigest()[:32]
    varies = len(bodies) > 1
    return Piece({coding: _sent(name, coding, body, digest, varies) for coding, body in bodies.items()})


def _sent(name: str, coding: str, body: bytes, digest: str, varies: bool) -> Sent:
    """Each coding is a representation of its own, with a validator of its own (RFC 9110, 8.8.3.3)."""
    etag = f'"{digest}-{coding}"' if coding else f'"{digest}"'
    media = _MEDIA.get(PurePosixPath(name).suffix.lower(), "application/octet-stream")
    kept = _KEPT if name.startswith("/assets/") else _ASKED_AGAIN
    rest = [(b"etag", etag.encode()), (b"cache-control", kept.encode())]
    if varies:
        rest.append((b"vary", b"Accept-Encoding"))
    headers = [*rest, (b"content-type", media.encode()), (b"content-length", str(len(body)).encode())]
    if coding:
        headers.append((b"content-encoding", coding.encode()))
    return Sent(body, etag.encode(), tuple(headers), tuple(rest))
