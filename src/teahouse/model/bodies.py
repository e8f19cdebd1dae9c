"""Bodies: what a message may say, by type, and how large each part may be.

Rule: pure; a body is checked here once, whichever gateway and command it came by. `text` holds the words of a body of
any type, captions included, so that whoever looks for words (mentions, search, previews) need not know the types. A
type that is not listed here is passed on as it is: clients may agree on types of their own. Called by
engine/compose.py, and by wire/schema.py for the documents.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from teahouse.model.errors import Code, Problem

# Not `$`, which Python lets stand before a line feed.
Url = Annotated[str, Meta(pattern=r"^https?://[^\s\"<>\\]+(?![\s\S])", max_length=2048)]
FileId = Annotated[str, Meta(min_length=1, max_length=80)]
Pixels = Annotated[int, Meta(ge=1, le=100_000)]
Name = Annotated[str, Meta(max_length=255)]


class Body(Struct, frozen=True, gc=False, tag_field="type", tag=str.lower, omit_defaults=True):
    pass


class Text(Body, frozen=True):
    """Plain words."""

    text: str


class Markdown(Body, frozen=True):
    """Words in CommonMark. The server stores them as they are and renders nothing; clients show no raw HTML."""

    text: str


class Image(Body, frozen=True):
    """A picture; `text` is its caption."""

    file: FileId
    text: str | None = None
    name: Name = ""
    width: Pixels | None = None
    height: Pixels | None = None


class File(Body, frozen=True):
    file: FileId
    text: str | None = None
    name: Name = ""


class Voice(Body, frozen=True):
    """Something spoken; `text` is what was said. `waveform`: how loud, evenly over the whole, 0 to 255."""

    file: FileId
    text: str | None = None
    duration_ms: Annotated[int, Meta(ge=0, le=86_400_000)] | None = None
    waveform: Annotated[list[Annotated[int, Meta(ge=0, le=255)]], Meta(max_length=256)] = []


class Location(Body, frozen=True):
    """A place, in degrees of WGS 84."""

    lat: Annotated[float, Meta(ge=-90, le=90)]
    lon: Annotated[float, Meta(ge=-180, le=180)]
    name: Name = ""
    text: str | None = None


class Button(Struct, frozen=True, gc=False, omit_defaults=True):
    """Opens a page, or says `send` in the name of whoever presses it: exactly one of the two."""

    label: Annotated[str, Meta(min_length=1, max_length=40)]
    url: Url | None = None
    send: Annotated[str, Meta(min_length=1, max_length=200)] | None = None


class Card(Body, frozen=True):
    """A heading with words, a picture and buttons. All addresses are http or https."""

    title: Annotated[str, Meta(min_length=1, max_length=200)]
    text: str | None = None
    url: Url | None = None
    image: Url | None = None
    buttons: Annotated[list[Button], Meta(max_length=10)] = []


AnyBody = Text | Markdown | Image | File | Voice | Location | Card

TYPES: dict[str, type[Body]] = {
    "text": Text,
    "markdown": Markdown,
    "image": Image,
    "file": File,
    "voice": Voice,
    "location": Location,
    "card": Card,
}
RESERVED = {
    "system": "only the server writes messages of type system",
    "stream": "a stream is sent with the op stream",
}


def check(body: dict[str, Any]) -> None:
    """Problem `bad_request` if the body is not what its type says; `forbidden` for the server's own types."""
    kind = body.get("type")
    if not isinstance(kind, str) or not 0 < len(kind) <= 32:
        raise Problem(Code.BAD_REQUEST, "body needs a type, a string of 1 to 32 characters")
    if kind in RESERVED:
        raise Problem(Code.FORBIDDEN, RESERVED[kind])
    struct = TYPES.get(kind)
    if struct is None:
        return
    try:
        checked = msgspec.convert(body, struct)
    except msgspec.ValidationError as error:
        raise Problem(Code.BAD_REQUEST, f"body: {error}") from None
    if isinstance(checked, Card) and any((b.url is None) == (b.send is None) for b in checked.buttons):
        raise Problem(Code.BAD_REQUEST, "body: a button has either url or send")


def file_of(body: object) -> str | None:
    """The file a body carries, by its id."""
    if not isinstance(body, dict) or body.get("type") not in ("image", "file", "voice"):
        return None
    file = body.get("file")
    return file if isinstance(file, str) else None
