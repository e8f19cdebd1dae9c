"""Where the pieces of an XMPP stream begin and end: its head, each stanza, its end.

Rule: looks at each byte once, however they are cut, and keeps nothing between two stanzas: an XML parser that waits
costs every idle connection its memory, and the one in CPython 3.11 (expat 2.5) takes a token that comes in pieces
again and again from its beginning. A piece is parsed when it is whole (stream.py). What RFC 6120, 11.1, forbids is
refused where it begins, so no document type, and with it no entity, ever reaches a parser. Called by stream.py.
"""

import re
from collections.abc import Iterator
from enum import Enum

from teahouse.wire.xmpp.conditions import (
    NOT_WELL_FORMED,
    POLICY_VIOLATION,
    RESTRICTED_XML,
    UNSUPPORTED_ENCODING,
    StreamError,
)

HEAD_BYTES = 4096
_DECLARATION = re.compile(rb"<\?xml\s[^<>]*\?>")
_ENCODING = re.compile(rb"""encoding\s*=\s*["']([^"']*)["']""")
_OF_TAGS = re.compile(rb"[<>\"']")
_NAME = re.compile(rb"</?([^\s/>]+)")
_WHOLE = re.compile(rb"[^<]*+(<)(/?)[^\s<>/!?\"'][^<>\"']*+(?:(?:\"[^\"<]*+\"|'[^'<]*+')[^<>\"']*+)*+>")
"""Text and the tag after it, if nothing is missing of it. What this does not match is looked at step by step."""
_CDATA, _XML = b"<![CDATA[", b"<?xml"
_EXCLAMATION_MARK, _SLASH, _QUESTION_MARK = b"!/?"
_NEW, _DECLARED, _OVER = -1, 0, -2
"""In the place of a depth: before the head, and before or after the XML declaration; after the end."""

_SPACE = b" \t\r\n"


class Piece(Enum):
    HEAD = "head"
    STANZA = "stanza"
    END = "end"


class _In(Enum):
    """What the next byte is part of."""

    TEXT = 0
    MARKUP = 1  # `<` was seen
    TAG = 2
    DOUBLE = 3  # in quotes, in a tag
    SINGLE = 4
    CDATA = 5


_CLOSED_BY = {_In.DOUBLE: b'"', _In.SINGLE: b"'"}


class Scanner:
    """`limit` is the most bytes of a stanza, `deepest` how deep elements may lie in one.

    `_data` is what is not whole yet, `_start` where in it the piece begins, `_tag` where the tag, `_at` how far it was
    looked at.
    """

    __slots__ = ("_at", "_data", "_deepest", "_depth", "_in", "_limit", "_name", "_start", "_tag")

    def __init__(self, limit: int, deepest: int, within: bool = False) -> None:
        """`within`: there is no head, elements come as they are."""
        self._limit = limit
        self._deepest = deepest
        self._data: bytes | bytearray = b""
        self._at = self._start = self._tag = 0
        self._depth = 1 if within else _NEW
        self._in = _In.TEXT
        self._name = b""

    def restart(self) -> None:
        """A new stream follows what was scanned (4.3.3)."""
        self._depth = _NEW

    @property
    def idle(self) -> bool:
        """Whether all that came is whole."""
        return not self._data

    def feed(self, data: bytes) -> Iterator[tuple[Piece, bytes]]:
        """The pieces that `data` completes, in order; to be used up before the next call. Raises StreamError as soon as
        one is certain, and the scanner is of no use any more."""
        if self._data:
            self._data += data
        else:
            self._data = data
        while (piece := self._next()) is not None:
            yield piece
        if self._depth <= 1 and self._in is _In.TEXT:
            self._data, self._at, self._start = b"", 0, 0
            return
        rest = self._data[self._start :] if self._start else self._data
        self._data = rest if isinstance(rest, bytearray) else bytearray(rest)
        self._at -= self._start
        self._tag -= self._start
        self._start = 0

    def _next(self) -> tuple[Piece, bytes] | None:
        while True:
            if self._in is _In.TEXT:
                if self._depth > 0 and (end := self._skip_whole()) is not None:
                    if (piece := self._close_tag(end)) is not None:
                        return piece
                    continue
                found = self._skip_text()
            elif self._in is _In.MARKUP:
                found = self._begin_markup()
            elif self._in is _In.CDATA:
                found = self._skip_past(b"]]>", _In.TEXT)
            elif self._in is not _In.TAG:
                found = self._skip_past(_CLOSED_BY[self._in], _In.TAG)
            elif (end := self._end_of_tag()) is None:
                found = self._in is not _In.TAG
            elif (piece := self._close_tag(end)) is None:
                continue
            else:
                return piece
            if not found:
                self._check_size(len(self._data))
                return None

    def _check_size(self, end: int) -> None:
        limit = HEAD_BYTES if self._depth <= 0 else self._limit
        if end - self._start > limit and (self._depth > 1 or self._in is not _In.TEXT):
            raise StreamError(POLICY_VIOLATION, f"a stanza has at most {limit} bytes")

    def _skip_whole(self) -> int | None:
        """After the head: where the next tag ends, if it is all there. The short way that nearly all tags take."""
        tag = _WHOLE.match(self._data, self._at)
        if tag is None:
            return None
        begin = tag.start(1)
        if self._depth == 1:
            if begin > self._at:
                self._check_between(begin)
            self._start = begin
        self._tag, self._at = begin, tag.end()
        return self._at - 1

    def _skip_text(self) -> bool:
        """To the next `<`. Between stanzas there is nothing but white space (4.6.1), which is not kept."""
        data = self._data
        end = data.find(b"<", self._at)
        if self._depth <= 1:
            self._check_between(len(data) if end < 0 else end)
            self._start = len(data) if end < 0 else end
        if end < 0:
            self._at = len(data)
            return False
        self._tag, self._at, self._in = end, end + 1, _In.MARKUP
        return True

    def _check_between(self, end: int) -> None:
        if self._data[self._at : end].strip(_SPACE):
            raise StreamError(NOT_WELL_FORMED, "there is text between stanzas")

    def _begin_markup(self) -> bool:
        """What the `<` begins; False while that cannot be told."""
        data, tag = self._data, self._tag
        if len(data) <= tag + 1:
            return False
        second = data[tag + 1]
        if second == _QUESTION_MARK:
            return self._skip_declaration()
        if second != _EXCLAMATION_MARK:
            self._in = _In.TAG
            return True
        begun = data[tag : tag + len(_CDATA)]
        if self._depth <= 1 or not _CDATA.startswith(begun):
            raise StreamError(RESTRICTED_XML, "there are no comments and document types here")
        if len(begun) < len(_CDATA):
            return False
        self._in, self._at = _In.CDATA, tag + len(_CDATA)
        return True

    def _skip_declaration(self) -> bool:
        """The XML declaration, which may stand at the beginning of a stream, in UTF-8 (11.6)."""
        end = self._data.find(b">", self._at)
        begun = bytes(self._data[self._tag : end + 1] if end >= 0 else self._data[self._tag :])
        if self._depth != _NEW or not _XML.startswith(begun[: len(_XML)]) or len(begun) > 256:
            raise StreamError(RESTRICTED_XML, "there are no processing instructions here")
        if end < 0:
            return False
        if not _DECLARATION.fullmatch(begun):
            raise StreamError(NOT_WELL_FORMED, "this is no XML declaration")
        encoding = _ENCODING.search(begun)
        if encoding is not None and encoding[1].upper() != b"UTF-8":
            raise StreamError(UNSUPPORTED_ENCODING, "a stream is in UTF-8")
        self._start = self._at = end + 1
        self._in, self._depth = _In.TEXT, _DECLARED
        return True

    def _skip_past(self, end: bytes, then: _In) -> bool:
        found = self._data.find(end, self._at)
        if found < 0:
            self._at = max(self._at, len(self._data) - len(end) + 1)
            return False
        self._at, self._in = found + len(end), then
        return True

    def _end_of_tag(self) -> int | None:
        """Where the `>` of the tag is; None, and another state, if a quote comes first."""
        found = _OF_TAGS.search(self._data, self._at)
        if found is None:
            self._at = len(self._data)
            return None
        self._at = found.end()
        if found[0] == b">":
            return found.start()
        if found[0] == b"<":
            raise StreamError(NOT_WELL_FORMED, "a tag in a tag")
        self._in = _In.DOUBLE if found[0] == b'"' else _In.SINGLE
        return None

    def _close_tag(self, end: int) -> tuple[Piece, bytes] | None:
        """A whole tag, from `_tag` to `end`: what it completes, if anything."""
        self._check_size(end + 1)
        data, tag = self._data, self._tag
        self._in = _In.TEXT
        if self._depth == _OVER:
            raise StreamError(NOT_WELL_FORMED, "the stream has ended")
        if self._depth <= 0:
            return self._take_head(bytes(data[tag : end + 1]))
        if data[tag + 1] == _SLASH:
            self._depth -= 1
            if self._depth == 0:
                return self._take_end(bytes(data[tag : end + 1]))
        elif data[end - 1] != _SLASH:
            self._depth += 1
            if self._depth > self._deepest + 1:
                raise StreamError(POLICY_VIOLATION, f"elements lie at most {self._deepest} deep")
        if self._depth > 1:
            return None
        stanza, self._start = bytes(data[self._start : end + 1]), end + 1
        return Piece.STANZA, stanza

    def _take_head(self, tag: bytes) -> tuple[Piece, bytes]:
        name = _NAME.match(tag)
        if name is None or tag.startswith(b"</") or tag.endswith(b"/>"):
            raise StreamError(NOT_WELL_FORMED, "a stream begins with the tag that opens it")
        self._name, self._depth, self._start = name[1], 1, self._at
        return Piece.HEAD, tag

    def _take_end(self, tag: bytes) -> tuple[Piece, bytes]:
        name = _NAME.match(tag)
        if name is None or name[1] != self._name:
            raise StreamError(NOT_WELL_FORMED, "the tag that ends the stream is not the one that began it")
        self._depth, self._start = _OVER, self._at
        return Piece.END, tag
