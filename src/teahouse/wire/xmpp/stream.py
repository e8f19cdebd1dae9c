"""The stream a client sends (RFC 6120, 4), and its frames on a WebSocket (RFC 7395): bytes to elements.

Rule: bad input raises StreamError and nothing else. Limits: bytes and depth (scanner.py), attributes of an element,
length of a name. expat reads each stanza when it is whole, together with the head that declares its prefixes; nothing
it needs for that is kept. Called by gateways/xmpp.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, fromstring

from msgspec import Struct

from teahouse.wire.xmpp.conditions import (
    INVALID_NAMESPACE,
    NOT_WELL_FORMED,
    POLICY_VIOLATION,
    RESTRICTED_XML,
    StreamError,
)
from teahouse.wire.xmpp.names import CLIENT, FRAMING, STREAMS
from teahouse.wire.xmpp.scanner import HEAD_BYTES, Piece, Scanner

DEEPEST = 32
MOST_ATTRIBUTES = 64
LONGEST_NAME = 512
"""Characters of the name of an element or attribute, its namespace included."""

_UNDEFINED_ENTITY = 11  # XML_ERROR_UNDEFINED_ENTITY, expat.h
_XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


class Head(Struct, frozen=True):
    """What a client says when it opens a stream (RFC 6120, 4.7)."""

    to: str
    version: str
    lang: str


class End(Struct, frozen=True):
    """The client closed the stream."""


class StreamDecoder:
    """A stream over TCP."""

    __slots__ = ("_after", "_before", "_scanner")

    def __init__(self, limit: int, deepest: int = DEEPEST) -> None:
        self._scanner = Scanner(limit, deepest)
        self._before = self._after = b""

    def restart(self) -> None:
        """The client begins a new stream on the same connection (RFC 6120, 5.4.3.3, 6.4.6)."""
        self._scanner.restart()

    @property
    def idle(self) -> bool:
        """Whether nothing is left of what came."""
        return self._scanner.idle

    def feed(self, data: bytes) -> Iterator[Head | Element | End]:
        """What `data` completes; to be used up before the next call."""
        for piece, found in self._scanner.feed(data):
            if piece is Piece.STANZA:
                yield self._stanza(found)
            elif piece is Piece.HEAD:
                yield self._head(found)
            else:
                yield End()

    def _head(self, tag: bytes) -> Head:
        name = tag[1:].split(None, 1)[0].rstrip(b">")
        self._before, self._after = tag, b"</" + name + b">"
        root = _parse(tag + b"<x/>" + self._after)
        if root.tag != f"{{{STREAMS}}}stream" or root[0].tag != f"{{{CLIENT}}}x":
            raise StreamError(INVALID_NAMESPACE, "this is no stream of a client")
        return _head_of(root)

    def _stanza(self, found: bytes) -> Element:
        root = _parse(self._before + found + self._after)
        if len(root) != 1:
            raise StreamError(NOT_WELL_FORMED, "this is not one element")
        return _checked(root[0])


class FrameDecoder:
    """A stream in messages of a WebSocket: each is one element (RFC 7395, 3.3.3)."""

    __slots__ = ("_deepest", "_limit")

    def __init__(self, limit: int, deepest: int = DEEPEST) -> None:
        self._limit = limit
        self._deepest = deepest

    def decode(self, message: bytes) -> Head | Element | End:
        scanner = Scanner(self._limit, self._deepest, within=True)
        pieces = list(scanner.feed(message))
        if len(pieces) != 1 or pieces[0][0] is not Piece.STANZA or not scanner.idle:
            raise StreamError(NOT_WELL_FORMED, "a frame is one element")
        found = _checked(_parse(message))
        if found.tag == f"{{{FRAMING}}}open":
            return _head_of(found)
        return End() if found.tag == f"{{{FRAMING}}}close" else found


def _head_of(found: Element) -> Head:
    _checked(found)
    return Head(found.get("to", ""), found.get("version", ""), found.get(_XML_LANG, "")[:HEAD_BYTES])


def _parse(document: bytes) -> Element:
    try:
        return fromstring(document)  # noqa: S314 - the scanner lets no document type through, so there are no entities
    except ParseError as error:
        if error.code == _UNDEFINED_ENTITY:
            raise StreamError(RESTRICTED_XML, "there are no entities here but the five of XML") from None
        raise StreamError(NOT_WELL_FORMED, str(error)) from None
    except (ValueError, LookupError) as error:  # an encoding that Python does not have, or not here
        raise StreamError(NOT_WELL_FORMED, str(error)) from None


def _checked(stanza: Element) -> Element:
    for each in stanza.iter():
        if len(each.attrib) > MOST_ATTRIBUTES:
            raise StreamError(POLICY_VIOLATION, f"an element has at most {MOST_ATTRIBUTES} attributes")
        if len(each.tag) > LONGEST_NAME or (
            each.attrib and max(map(len, each.attrib), default=0) > LONGEST_NAME
        ):
            raise StreamError(POLICY_VIOLATION, f"a name has at most {LONGEST_NAME} characters")
    return stanza
