"""The JSON protocol: one frame of bytes to a command, and results, events and entries to framed bytes.

Rule: what is decoded here can be encoded again, whatever a client sent. Frames are found by `ndjson.py` and
`websocket.py`; the links of those gateways call `decode`, the engine calls `JsonWire` through the Wire port.

Where JSON leaves a choice: of a repeated key the last value counts, but a repeated `op` must agree with itself;
integers may be of any size a field allows; NaN and infinities are refused, written out or reached by a number too
large for a float; so are lone surrogates, which no UTF-8 can carry.
"""

import re as regex
from collections.abc import Callable
from functools import lru_cache
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Raw, Struct

from teahouse.model.commands import AnyCommand, Id
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.events import AnyEvent
from teahouse.model.people import Person
from teahouse.model.results import HistoryPage, Quote, Reacted, Result, View
from teahouse.model.threads import Thread
from teahouse.wire.errors import WireError

Decoded = TypeVar("Decoded")

DEPTH = 16
"""How deep objects and arrays may lie in one another, the frame's own object included."""

_decode = msgspec.json.Decoder(AnyCommand).decode
_decode_id = msgspec.json.Decoder(Id).decode


def decode(frame: bytes) -> AnyCommand:
    """The command in `frame`, without its framing; WireError if there is none.

    `bad_frame`: not a JSON object of UTF-8, or too deep. `unknown_op` and `bad_request`: an object that is no
    command; these carry the `id`.
    """
    _check(frame)
    try:
        command: AnyCommand = _decode(frame)
    except msgspec.ValidationError as error:
        raise _refusal(frame, error) from None
    except msgspec.DecodeError as error:
        raise _bad_frame(f"not JSON: {error}") from None
    return command


def read(document: bytes, decoder: Callable[[bytes], Decoded]) -> Decoded:
    """A JSON document that is not a command, by `decoder` (msgspec); WireError `bad_frame` or `bad_request`."""
    _check(document)
    try:
        return decoder(document)
    except msgspec.ValidationError as error:
        raise WireError(Problem(Code.BAD_REQUEST, str(error))) from None
    except msgspec.DecodeError as error:
        raise _bad_frame(f"not JSON: {error}") from None


def _check(frame: bytes) -> None:
    """What msgspec does not: UTF-8 everywhere, and the depth."""
    if not frame.isascii():
        _check_utf8(frame)
    if _is_too_deep(frame):
        raise _bad_frame(f"brackets left open, or more than {DEPTH} deep in one another")


def _check_utf8(frame: bytes) -> None:
    """msgspec looks only at strings it keeps; a frame is checked as a whole."""
    try:
        frame.decode()
    except UnicodeDecodeError as error:
        raise _bad_frame(f"not UTF-8: {error.reason} (byte {error.start})") from None


_STRING = regex.compile(rb'"(?:[^"\\]++|\\.)*+"?', regex.DOTALL)
_SQUARE_BRACKET = ord("[")
_SQUARE = bytes.maketrans(b"{}", b"[]")
_NO_BRACKET = bytes(set(range(256)) - set(b"[]{}"))


def _is_too_deep(frame: bytes) -> bool:
    """Whether brackets outside strings lie deeper than DEPTH, or do not pair off."""
    if frame.rfind(b"{") <= 0 and _SQUARE_BRACKET not in frame:
        return False  # one flat object: nearly every frame
    if frame.count(b"{") + frame.count(b"[") <= DEPTH:
        return False
    shape = _STRING.sub(b"", frame).translate(_SQUARE, _NO_BRACKET)
    for _ in range(DEPTH):  # each round takes off the innermost level
        shape = shape.replace(b"[]", b"")
    return bool(shape)


class _Envelope(Struct):
    op: Raw = Raw()
    id: Raw = Raw()


_decode_envelope = msgspec.json.Decoder(_Envelope).decode
_OPS = frozenset(command.__struct_config__.tag for command in get_args(AnyCommand))


def _refusal(frame: bytes, error: msgspec.ValidationError) -> WireError:
    """Look again at a frame that is no command: msgspec stops at the first fault, which may come before the
    frame turns out not to be JSON at all, or before its `id`."""
    try:
        envelope = _decode_envelope(frame)
    except msgspec.ValidationError:
        return _bad_frame("a frame is one JSON object")
    except msgspec.DecodeError as fault:
        return _bad_frame(f"not JSON: {fault}")
    re = _read(_decode_id, envelope.id)
    op = _read(msgspec.json.decode, envelope.op)
    if isinstance(op, str) and op not in _OPS:
        return WireError(Problem(Code.UNKNOWN_OP, f"there is no op {op[:40]!r}"), re)
    return WireError(Problem(Code.BAD_REQUEST, str(error)), re)


def _read(decoder: Callable[[Raw], Any], raw: Raw) -> Any:
    try:
        return decoder(raw)
    except msgspec.DecodeError:  # absent, or of the wrong type
        return None


def _bad_frame(message: str) -> WireError:
    return WireError(Problem(Code.BAD_FRAME, message))


class _Edited(Struct, frozen=True, gc=False):
    seq: int
    at: int


class _Later(Struct, frozen=True, gc=False, omit_defaults=True):
    """What later entries made of a message."""

    edited: _Edited | None = None
    reactions: tuple[Reacted, ...] = ()
    pinned: bool = False
    replies: Thread | None = None
    quote: Quote | None = None


class _Answer(Struct, frozen=True, gc=False):
    re: Id
    ok: Result


class _Error(Struct, frozen=True, gc=False, omit_defaults=True):
    code: str
    message: str
    retry: bool
    retry_after_ms: int | None = None


class _Failure(Struct, frozen=True, gc=False, omit_defaults=True, kw_only=True):
    re: Id | None = None
    error: _Error


_MESSAGE = Kind.MESSAGE  # looking it up in the enum takes longer than the comparison


_HEAD = b'{"ev":"%b","conversation":"%b","seq":%d,"message":"%b.%d","sender":%b,"at":%d'
_KINDS = {kind: kind.value.encode() for kind in Kind}


def entry_object(entry: Entry, own: bool) -> bytes:
    """The event that tells of `entry`. The stored content is spliced in as it is.

    Put together by hand, because it is done for every entry of every page: what repeats from entry to entry, the
    conversation and the sender, is encoded once.
    """
    kind, seq, content = entry.kind, entry.seq, entry.content
    conversation, sender = _quotable(entry.conversation), _person(entry.sender, entry.nick)
    head = _HEAD % (_KINDS[kind], conversation, seq, conversation, seq, sender, entry.at)
    if own and entry.cid is not None:
        head += b',"cid":' + _encode(entry.cid)
    if entry.ref is not None:
        head += (b',"reply_to":%d' if kind is _MESSAGE else b',"ref":%d') % entry.ref
    if entry.redacted and kind is _MESSAGE:
        head += b',"recalled":true'
    return head + (b"}" if content == b"{}" else b"," + content[1:])


@lru_cache(4096)
def _quotable(text: str) -> bytes:
    """`text` as it stands between the quotes of a JSON string."""
    return _encode(text)[1:-1]


@lru_cache(16384)
def _person(user: str, nick: str) -> bytes:
    return _encode(Person(user, nick))


_SHOWN = 8192
_SHORT = 1024
_shown: dict[int, tuple[Entry, bytes]] = {}
"""At most so many entries of at most so many bytes of content: some 16 MiB at the worst."""


def _shown_object(entry: Entry) -> bytes:
    """`entry_object` of what was perhaps shown a moment ago: logs keep their newest entries in memory
    (backends/recent), and most pages are made of them. An entry never changes, so the same one is the same bytes: one
    that is erased becomes another entry. Long ones cost little more to put together than to copy."""
    known = _shown.get(id(entry))
    if known is not None and known[0] is entry:
        return known[1]
    made = entry_object(entry, False)
    if len(entry.content) <= _SHORT:
        if len(_shown) >= _SHOWN:
            _shown.clear()
        _shown[id(entry)] = entry, made
    return made


def _view_object(view: View) -> bytes:
    entry = view.entry
    base = entry_object(entry, True) if view.own and entry.cid is not None else _shown_object(entry)
    if view.later is None:
        return base
    edited = _Edited(view.edited_seq, view.edited_at) if view.edited_seq else None
    return _splice(base, _encode(_Later(edited, view.reactions, view.pinned, view.thread, view.quote)))


def _splice(one: bytes, other: bytes) -> bytes:
    """Two JSON objects as one, the members of `other` last; `one` is not empty."""
    return one if other == b"{}" else one[:-1] + b"," + other[1:]


def _foreign(value: object) -> Raw:
    if isinstance(value, View):
        return Raw(_view_object(value))
    raise TypeError(f"{type(value).__name__} has no JSON form")


_encode = msgspec.json.Encoder(enc_hook=_foreign).encode


def encode(value: object) -> bytes:
    """A result, or anything made of results, as one JSON document."""
    if type(value) is HistoryPage:
        return _page(value)
    return _encode(value)


def _page(page: HistoryPage) -> bytes:
    """What is asked for most, and large: joined here, it costs half of what the general way does."""
    entries = []
    for view in page.entries:
        known = None if view.own or view.later is not None else _shown.get(id(view.entry))
        entries.append(known[1] if known is not None and known[0] is view.entry else _view_object(view))
    return b'{"entries":[%b],"more":%b}' % (b",".join(entries), b"true" if page.more else b"false")


class JsonWire:
    """The Wire port for JSON. `frame` puts one encoded object into the gateway's framing."""

    def __init__(self, frame: Callable[[bytes], bytes]) -> None:
        self._frame = frame

    def entry(self, entry: Entry, own: bool) -> bytes:
        return self._frame(entry_object(entry, own))

    def event(self, event: AnyEvent) -> bytes:
        return self._frame(_encode(event))

    def answer(self, re: Id, result: Result) -> bytes:
        return self._frame(_encode(_Answer(re, result)))

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        error = _Error(problem.code, problem.message, problem.retry, problem.retry_after_ms)
        return self._frame(_encode(_Failure(re=re, error=error)))
