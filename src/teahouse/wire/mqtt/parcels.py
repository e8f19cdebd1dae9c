"""Parcels: what the engine says to a client of MQTT, encoded once for all of them, before it is known which packet it
becomes for which.

Rule: a parcel is no packet. Quality of service, packet identifier and version differ from client to client, so a link
opens the parcel and patches what differs into bytes that were made once (gateways/mqtt/sharing.py). Parcels may be
joined (W2). Made through the Wire port, opened by the gateway, and seen by nobody else.
"""

from collections.abc import Iterator
from struct import Struct as Layout

import msgspec
from msgspec import Struct

from teahouse.model.commands import Id
from teahouse.model.entries import Entry
from teahouse.model.errors import Problem
from teahouse.model.events import (
    AnyEvent,
    Bye,
    Ephemeral,
    Presence,
    Receipt,
    Resync,
    Stream,
    Typing,
)
from teahouse.model.results import Created, Joined, Logged, Result, Sent
from teahouse.wire.json import JsonWire, encode

ENTRY, EVENT, ANSWER, FAILURE, GOODBYE = range(5)

CHAT, EVENTS, PRESENCE, INBOX = "chat", "events", "presence", "inbox"
"""Where an event goes: with the messages of a conversation, beside them, to who watches somebody, or to who it is for
alone."""

_HEAD = Layout(">BQHI")
_SEPARATOR = "\0"


class Parcel(Struct, frozen=True, gc=False):
    """`number` is a seq, or the number of the command that is answered (0: none). `labels` are

    ENTRY       conversation, sender, when it expires (milliseconds UTC, or 0), cid (or empty)
    EVENT       where it goes, and of whom or what
    ANSWER      conversation and seq of the entry that was written, if one was
    FAILURE     code
    """

    kind: int
    number: int
    labels: tuple[str, ...]
    body: bytes


class _Lasting(Struct, frozen=True, gc=False):
    expires_s: int = 0


_json = JsonWire(lambda body: body)
_read_lasting = msgspec.json.Decoder(_Lasting).decode


def _pack(kind: int, number: int, labels: str, body: bytes) -> bytes:
    encoded = labels.encode("utf-8", "replace")
    return _HEAD.pack(kind, number, len(encoded), len(body)) + encoded + body


class ParcelWire:
    """The Wire port. There is one, for both versions of MQTT."""

    def entry(self, entry: Entry, own: bool) -> bytes:
        content = entry.content
        expires = 0
        if b'"expires_s":' in content and (lasts := _read_lasting(content).expires_s):
            expires = entry.at + lasts * 1000
        cid = entry.cid if own and entry.cid is not None else ""
        labels = (entry.conversation, entry.sender, str(expires), cid)
        return _pack(ENTRY, entry.seq, _SEPARATOR.join(labels), _json.entry(entry, own))

    def event(self, event: AnyEvent) -> bytes:
        if isinstance(event, Bye):
            return _pack(GOODBYE, 0, event.reason, b"")
        if isinstance(event, Presence):
            place = (PRESENCE, event.user)
        elif isinstance(event, Ephemeral | Resync):
            place = (CHAT, event.conversation)
        elif isinstance(event, Typing | Receipt | Stream):
            place = (EVENTS, event.conversation)
        else:
            place = (INBOX, "")
        return _pack(EVENT, 0, _SEPARATOR.join(place), _json.event(event))

    def answer(self, re: Id, result: Result) -> bytes:
        labels = ""
        if isinstance(result, Sent | Created | Joined):
            labels = f"{result.conversation}{_SEPARATOR}{result.seq}"
        elif isinstance(result, Logged):
            labels = f"{_SEPARATOR}{result.seq}"
        return _pack(ANSWER, int(re), labels, encode(result))

    def failure(self, re: Id | None, problem: Problem) -> bytes:
        return _pack(FAILURE, int(re or 0), problem.code.value, _json.failure(None, problem))


WIRE = ParcelWire()


def unpack(data: bytes) -> Iterator[Parcel]:
    """The parcels that were joined, in order."""
    at, size = 0, len(data)
    while at < size:
        kind, number, labels, body = _HEAD.unpack_from(data, at)
        start = at + _HEAD.size
        middle = start + labels
        at = middle + body
        yield Parcel(kind, number, tuple(data[start:middle].decode().split(_SEPARATOR, 3)), data[middle:at])
