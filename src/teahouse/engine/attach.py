"""Attach: bodies of messages that carry a file.

Rule: what such a body says of its file is what the server knows of it, whatever the client wrote; and who posts a
file may read it. The posting travels with the entry, so nobody reads the message before they may read the file.
Called by pipeline.py, revise.py and whoever else writes bodies; only for bodies with a file, all others pass without
waiting.
"""

from typing import Any, Protocol

from teahouse.model.changes import Change, PutPosting
from teahouse.model.errors import Code, Problem
from teahouse.model.files import CARRIERS, File
from teahouse.model.people import User

_LONGEST_MS = 24 * 3_600_000
_VOICES = ("audio/", "video/webm", "video/mp4", "application/ogg")
"""Containers are the same with and without moving pictures, and so is what libmagic calls them."""


class Readable(Protocol):
    async def find(self, user: User, file: str) -> File:
        """A finished file that the user may read, or `not_found`."""
        ...


def carries(body: dict[str, Any] | None) -> bool:
    """Whether `Attach.fill` has to see this body before it is written."""
    return body is not None and ("file" in body or body.get("type") in CARRIERS)


def postings(body: Any, conversation: str) -> tuple[Change, ...]:
    """What has to travel with the entry of a body that `fill` gave, or of one that was stored."""
    if isinstance(body, dict) and isinstance(file := body.get("file"), str):
        return (PutPosting(file, conversation),)
    return ()


class Attach:
    """`shelf` is None on a server that keeps no files."""

    def __init__(self, shelf: Readable | None) -> None:
        self._shelf = shelf

    async def fill(self, user: User, body: dict[str, Any]) -> dict[str, Any]:
        """The body as it is written: the file's name, size, type and dimensions are filled in. Problem if the user
        may not post it."""
        kind, id_ = body.get("type"), body.get("file")
        if kind not in CARRIERS:
            raise Problem(
                Code.BAD_REQUEST, f"a body with a file has the type {', '.join(CARRIERS[:-1])} or voice"
            )
        if not isinstance(id_, str):
            raise Problem(
                Code.BAD_REQUEST, f"a body of the type {kind} needs file, the id of an uploaded file"
            )
        if self._shelf is None:
            raise Problem(Code.NOT_FOUND, "this server keeps no files")
        file = await self._shelf.find(user, id_)
        _check_kind(str(kind), file.mime)
        return {"type": kind, "file": id_, **_known(file), **_own(str(kind), body)}


def _check_kind(kind: str, mime: str) -> None:
    if kind == "image" and not mime.startswith("image/"):
        raise Problem(Code.BAD_REQUEST, f"the file is {mime} and no image; post it with the type file")
    if kind == "voice" and not mime.startswith(_VOICES):
        raise Problem(Code.BAD_REQUEST, f"the file is {mime} and no recording; post it with the type file")


def _known(file: File) -> dict[str, Any]:
    known: dict[str, Any] = {"name": file.name, "size": file.size, "mime": file.mime}
    if file.width:
        known |= {"width": file.width, "height": file.height}
    return known


def _own(kind: str, body: dict[str, Any]) -> dict[str, Any]:
    """What the sender says beside: a caption, and how long a recording is, which nobody checks."""
    own: dict[str, Any] = {"text": body["text"]} if body.get("text") is not None else {}
    duration = body.get("duration_ms")
    if kind == "voice" and duration is not None:
        if not isinstance(duration, int) or isinstance(duration, bool) or not 0 <= duration <= _LONGEST_MS:
            raise Problem(Code.BAD_REQUEST, "body.duration_ms is the length of a recording in milliseconds")
        own["duration_ms"] = duration
    if kind == "voice" and "waveform" in body:
        own["waveform"] = body["waveform"]  # looked at with the rest of the body, by compose.py
    return own
