"""Applied: what applications publish to topics of their own, as messages of a conversation.

Rule: such a topic (`mqtt.topics`) has no store beside the log: what is published there is a message of one conversation
(`mqtt.topics_in`), whose members may publish and subscribe, with a body of type `mqtt` that has the PUBLISH as it
was. At QoS 0, and not retained, it is ephemeral. Whoever sends such a body by another door publishes, too; so it is
looked at again before it becomes a packet. Called by incoming.py, sharing.py and hearing.py.
"""

from typing import Annotated, Any

import msgspec
from msgspec import Meta, Struct

from teahouse.model.commands import Send
from teahouse.wire.mqtt import properties
from teahouse.wire.mqtt.packets import Publish
from teahouse.wire.mqtt.properties import Properties
from teahouse.wire.mqtt.topics import is_name, matches, overlap

TYPE = "mqtt"
HOUSE = ("chat", "presence", "user")
"""The first levels of what is the house's own; what begins with $ is nobody's."""

LONGEST_CID = 64
MOST_EXPIRY_S = 31_536_000

_String = Annotated[str, Meta(max_length=16_383, pattern=r"\A[^\x00]*\Z")]
"""What fits a string of MQTT, in UTF-8 of four bytes each."""


class Applied(Struct, frozen=True, omit_defaults=True, tag_field="type", tag=TYPE):
    """The body. `payload` if it is UTF-8, else `data`, in base64; `utf8`: the publisher said so. `pairs` are the user
    properties."""

    topic: str
    payload: str = ""
    data: bytes = b""
    qos: Annotated[int, Meta(ge=0, le=2)] = 0
    retain: bool = False
    utf8: bool = False
    content_type: _String | None = None
    response_topic: str | None = None
    correlation: Annotated[bytes, Meta(max_length=65_535)] | None = None
    pairs: list[tuple[_String, _String]] = []

    @property
    def content(self) -> bytes:
        return self.data or self.payload.encode()

    @property
    def passed_on(self) -> dict[int, Any]:
        """Those that are passed on as they came (3.3.2.3)."""
        found: dict[int, Any] = {
            properties.CONTENT_TYPE: self.content_type,
            properties.RESPONSE_TOPIC: self.response_topic,
            properties.CORRELATION_DATA: self.correlation,
            properties.USER_PROPERTY: self.pairs or None,
            properties.PAYLOAD_FORMAT: 1 if self.utf8 else None,
        }
        return {name: value for name, value in found.items() if value is not None}


class _Saying(Struct, frozen=True):
    body: Applied


_read = msgspec.json.Decoder(_Saying).decode
_MARK = b'"type":"mqtt"'


class Tree:
    """The topics of applications. `conversation` is empty if there are none."""

    def __init__(self, filters: tuple[str, ...] = (), conversation: str = "") -> None:
        self._filters = filters
        self.conversation = conversation if filters else ""

    def has(self, topic: str) -> bool:
        if topic.partition("/")[0] in HOUSE or topic[0] == "$":
            return False
        return any(matches(filter_, topic) for filter_ in self._filters)

    def meets(self, filter_: str) -> bool:
        """Whether a filter of a client can match any of them."""
        if filter_.partition("/")[0] in HOUSE or filter_[0] == "$":
            return False
        return any(overlap(filter_, own) for own in self._filters)

    def read(self, content: bytes) -> Applied | None:
        """What an event, or the content of an entry, says; None: nothing of an application."""
        if _MARK not in content:
            return None
        try:
            applied = _read(content).body
        except (msgspec.DecodeError, UnicodeDecodeError):
            return None
        answer = applied.response_topic
        if not _is_sound(applied.topic) or not (answer is None or _is_sound(answer)):
            return None
        return applied if self.has(applied.topic) else None

    def send(self, packet: Publish, number: int) -> Send:
        """The command for a PUBLISH to one of them."""
        fields: dict[str, Any] = {}
        pairs, expires = properties.pairs(packet.properties), packet.properties.get(properties.MESSAGE_EXPIRY)
        cid = next((value for name, value in pairs if name == "cid"), "")
        if 0 < len(cid) <= LONGEST_CID:
            fields["cid"] = cid
        ephemeral = not packet.qos and not packet.retain
        if expires and not ephemeral:
            fields["expires_s"] = min(expires, MOST_EXPIRY_S)
        body = msgspec.to_builtins(applied_of(packet))
        return Send(id=number, to=self.conversation, body=body, ephemeral=ephemeral, **fields)


def _is_sound(topic: str) -> bool:
    return is_name(topic) and "\0" not in topic


def applied_of(packet: Publish) -> Applied:
    found: Properties = packet.properties
    try:
        text, data = packet.payload.decode(), b""
    except UnicodeDecodeError:
        text, data = "", packet.payload
    return Applied(
        packet.topic,
        text,
        data,
        packet.qos,
        packet.retain,
        bool(found.get(properties.PAYLOAD_FORMAT)),
        found.get(properties.CONTENT_TYPE),
        found.get(properties.RESPONSE_TOPIC),
        found.get(properties.CORRELATION_DATA),
        properties.pairs(found),
    )
