"""Incoming: what is published becomes a command.

Rule: pure. To `chat/...` one publishes a message: plain text, or a JSON object with the fields of `send`. To
`$teahouse/command` one publishes a command of the JSON protocol as it is, to topics of applications anything
(applied.py). Called by intake.py and wills.py.

A message without a cid of its own that is acknowledged gets one, so that it is stored once if it is sent again: made
of client, packet identifier, topic and payload, by which a repeated PUBLISH is found in the log, and of chance, so that
a new one that looks the same is not taken for it (doubt.py).
"""

from hashlib import blake2b
from secrets import token_hex
from typing import Any

import msgspec
from msgspec import Struct
from msgspec.structs import asdict, replace

from teahouse.gateways.mqtt import naming
from teahouse.gateways.mqtt.applied import LONGEST_CID, MOST_EXPIRY_S, Tree
from teahouse.model.commands import (
    Body,
    Cid,
    Command,
    Forward,
    Lifetime,
    Millis,
    Priority,
    Send,
    Seq,
    Text,
    UserId,
)
from teahouse.model.errors import Code, Problem
from teahouse.wire.json import decode, read
from teahouse.wire.mqtt import properties
from teahouse.wire.mqtt.packets import Publish
from teahouse.wire.mqtt.properties import Properties

CID = "cid"
_PLAIN, _JSON = "text/plain", "application/json"


class Said(Struct, frozen=True, gc=False, omit_defaults=True):
    """The fields of `send` that a payload may have; where it goes to says the topic."""

    text: Text | None = None
    body: Body | None = None
    cid: Cid | None = None
    reply_to: Seq | None = None
    priority: Priority = "normal"
    ephemeral: bool = False
    thread: Seq | None = None
    forward: Forward | None = None
    expires_s: Lifetime | None = None
    at: Millis | None = None
    only: UserId | None = None


_read_said = msgspec.json.Decoder(Said).decode
_SAYS = (b'"text"', b'"body"', b'"forward"')


def command_of(packet: Publish, tree: Tree, number: int) -> Command:
    """The command with this number. Raises Problem, or WireError for a payload that is none."""
    found: Properties = packet.properties
    if packet.topic == naming.COMMAND:
        return replace(decode(packet.payload), id=number)
    conversation = naming.conversation_of(packet.topic)
    if conversation is None:
        if tree.has(packet.topic):
            return tree.send(packet, number)
        raise Problem(Code.FORBIDDEN, "nobody may publish to this topic")
    said = _said(packet.payload, found.get(properties.CONTENT_TYPE, ""))
    fields: dict[str, Any] = {name: value for name, value in asdict(said).items() if value is not None}
    cid = next((value for name, value in properties.pairs(found) if name == CID), None)
    if cid is not None:
        if not 0 < len(cid) <= LONGEST_CID:
            raise Problem(Code.BAD_REQUEST, "a cid has 1 to 64 characters")
        fields["cid"] = cid
    expires = found.get(properties.MESSAGE_EXPIRY)
    if expires and "expires_s" not in fields:
        fields["expires_s"] = min(expires, MOST_EXPIRY_S)
    return Send(id=number, to=conversation, **fields)


def _said(payload: bytes, kind: str) -> Said:
    """What looks like a message in JSON is one; everything else is text."""
    kind = kind.partition(";")[0].strip().lower()
    is_object = payload[:1] == b"{" and any(name in payload for name in _SAYS)
    if kind == _JSON or (is_object and kind != _PLAIN):
        return read(payload, _read_said)
    try:
        text = payload.decode()
    except UnicodeDecodeError:
        raise Problem(Code.BAD_REQUEST, "a message is UTF-8: text, or a JSON object") from None
    if not text:
        raise Problem(Code.BAD_REQUEST, "an empty payload says nothing, and the last message stays")
    return Said(text=text)


def own_id(payload: bytes) -> bytes:
    """The id a command in JSON brought, as it stands there; empty if it has none."""
    try:
        identifier = msgspec.json.decode(payload, type=_Identified).id
    except msgspec.DecodeError:
        return b""
    return b"" if identifier is None else msgspec.json.encode(identifier)


class _Identified(Struct):
    id: int | str | None = None


def client_mark(client: str) -> str:
    """How the cids that are made for a client begin."""
    return "mqtt" + blake2b(client.encode(), digest_size=5).hexdigest()


def mark_of(client: str, packet: Publish) -> str:
    """How the cid of this PUBLISH begins, whenever it is sent."""
    content = b"\0".join((packet.topic.encode(), packet.id.to_bytes(2, "big"), packet.payload))
    return client_mark(client) + blake2b(content, digest_size=12).hexdigest() + "."


def fresh_cid(mark: str) -> str:
    return mark + token_hex(7)
