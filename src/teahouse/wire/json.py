"""The JSON protocol: one frame of bytes to a command, and results, events and entries to framed bytes.

Rule: what is decoded here can be encoded again, whatever a client sent. Frames are found by `ndjson.py` and
`websocket.py`; the links of those gateways call `decode`, the engine calls `JsonWire` through the Wire port.

Where JSON leaves a choice: of a repeated key the last value counts, but a repeated `op` must agree with itself;
integers may be of any size a field allows; NaN and infinities are refused, written out or reached by a number too
large for a float; so are lone surrogates, which no UTF-8 can carry.
"""

import re as regex
from collections.abc import Callable
from typing import Any, TypeVar, get_args

import msgspec
from msgspec import Raw, Struct

from teahouse.model.commands import AnyCommand, Id
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.events import AnyEvent
from teahouse.model.ids import message_id
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


class _EntryHead(Struct, frozen=True, gc=False, omit_defaults=True):
    """What stands before an entry's own content in its event. Field order is wire order."""

    ev: str
    conversation: str
    seq: int
    message: str
    sender: Person
    at: int
    cid: str | None = None
    reply_to: int | None = None
    ref: int | None = None
    recalled: bool = False


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


def _entry_object(entry: Entry, own: bool) -> bytes:
    """The event that tells of `entry`. The stored content is spliced in as it is."""
    kind = entry.kind
    is_message = kind is _MESSAGE
    head = _encode(
        _EntryHead(
            kind,
            entry.conversation,
            entry.seq,
            message_id(entry.conversation, entry.seq),
            Person(entry.sender, entry.nick),
            entry.at,
            entry.cid if own else None,
            entry.ref if is_message else None,
            None if is_message else entry.ref,
            is_message and entry.redacted,
        )
    )
    return _splice(head, entry.content)


def _view_object(view: View) -> bytes:
    base = _entry_object(view.entry, view.own)
    if not (view.edited_seq or view.reactions or view.pinned or view.thread or view.quote):
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
    entries = b",".join([_view_object(view) for view in page.entries])
    return b'{"entries":[%b],"more":%b}' % (entries, b"true" if page.more else b"false")


class JsonWire:
    """The Wire port for JSON. `frame` puts one encoded object into the gateway's framing."""

    def __init__(self, frame: Callable[[bytes], bytes]) -> None:
        self._frame = frame

    def entry(self, entry: Entry, own: bool) -> bytes:
        return self._frame(_entry_object(entry, own))

    def event(self, event: AnyEvent) -> bytes:
        return self._frame(_encode(event))

    def answer(self, re: Id, result: Result) -> bytes:
        return self._frame(_encode(_Answer(re, result)))

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        error = _Error(problem.code, problem.message, problem.retry, problem.retry_after_ms)
        return self._frame(_encode(_Failure(re=re, error=error)))
