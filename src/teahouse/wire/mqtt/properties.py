"""Properties (MQTT 5, 2.2.2): which there are, of what type, in which packet, and how often.

Rule: kept as a plain dict by identifier, and none at all where there are none, which is nearly always. User properties
and the subscription identifiers of a PUBLISH may come several times and are lists.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType
from typing import Any

from teahouse.wire.mqtt import fields
from teahouse.wire.mqtt.fields import Cursor
from teahouse.wire.mqtt.reasons import ALIAS_INVALID, MqttError, malformed, protocol_error

PAYLOAD_FORMAT = 0x01
MESSAGE_EXPIRY = 0x02
CONTENT_TYPE = 0x03
RESPONSE_TOPIC = 0x08
CORRELATION_DATA = 0x09
SUBSCRIPTION_ID = 0x0B
SESSION_EXPIRY = 0x11
ASSIGNED_CLIENT_ID = 0x12
SERVER_KEEP_ALIVE = 0x13
AUTH_METHOD = 0x15
AUTH_DATA = 0x16
REQUEST_PROBLEMS = 0x17
WILL_DELAY = 0x18
REQUEST_RESPONSES = 0x19
RESPONSE_INFORMATION = 0x1A
SERVER_REFERENCE = 0x1C
REASON_STRING = 0x1F
RECEIVE_MAXIMUM = 0x21
ALIAS_MAXIMUM = 0x22
TOPIC_ALIAS = 0x23
MAXIMUM_QOS = 0x24
RETAIN_AVAILABLE = 0x25
USER_PROPERTY = 0x26
MAXIMUM_PACKET = 0x27
WILDCARDS_AVAILABLE = 0x28
SUBSCRIPTION_IDS_AVAILABLE = 0x29
SHARED_AVAILABLE = 0x2A

Properties = Mapping[int, Any]
Pairs = list[tuple[str, str]]

NONE: Properties = MappingProxyType({})

# Where properties stand: the types of packets, and the will inside CONNECT.
CONNECT, CONNACK, PUBLISH, PUBACK, PUBREC, PUBREL, PUBCOMP = range(1, 8)
SUBSCRIBE, SUBACK, UNSUBSCRIBE, UNSUBACK, DISCONNECT, AUTH = 8, 9, 10, 11, 14, 15
WILL = 0

_ACKS = (PUBACK, PUBREC, PUBREL, PUBCOMP)
_EVERYWHERE = tuple(range(16))


def _flag(cursor: Cursor) -> int:
    value = cursor.byte()
    if value > 1:
        raise protocol_error("a property that is 0 or 1 is neither")
    return value


def _pair(cursor: Cursor) -> tuple[str, str]:
    return cursor.text(), cursor.text()


def _one(value: int) -> bytes:
    return bytes((value,))


def _write_pair(pair: tuple[str, str]) -> bytes:
    return fields.text(pair[0]) + fields.text(pair[1])


_Type = tuple[Callable[[Cursor], Any], Callable[[Any], bytes]]
_FLAG: _Type = (_flag, _one)
_TWO: _Type = (Cursor.two, fields.U16.pack)
_FOUR: _Type = (Cursor.four, fields.U32.pack)
_VARINT: _Type = (Cursor.varint, fields.varint)
_TEXT: _Type = (Cursor.text, fields.text)
_BINARY: _Type = (Cursor.binary, fields.binary)
_PAIR: _Type = (_pair, _write_pair)

# 2.2.2.2: the type of each, and the packets it may stand in.
_TABLE: dict[int, tuple[_Type, tuple[int, ...]]] = {
    PAYLOAD_FORMAT: (_FLAG, (PUBLISH, WILL)),
    MESSAGE_EXPIRY: (_FOUR, (PUBLISH, WILL)),
    CONTENT_TYPE: (_TEXT, (PUBLISH, WILL)),
    RESPONSE_TOPIC: (_TEXT, (PUBLISH, WILL)),
    CORRELATION_DATA: (_BINARY, (PUBLISH, WILL)),
    SUBSCRIPTION_ID: (_VARINT, (PUBLISH, SUBSCRIBE)),
    SESSION_EXPIRY: (_FOUR, (CONNECT, CONNACK, DISCONNECT)),
    ASSIGNED_CLIENT_ID: (_TEXT, (CONNACK,)),
    SERVER_KEEP_ALIVE: (_TWO, (CONNACK,)),
    AUTH_METHOD: (_TEXT, (CONNECT, CONNACK, AUTH)),
    AUTH_DATA: (_BINARY, (CONNECT, CONNACK, AUTH)),
    REQUEST_PROBLEMS: (_FLAG, (CONNECT,)),
    WILL_DELAY: (_FOUR, (WILL,)),
    REQUEST_RESPONSES: (_FLAG, (CONNECT,)),
    RESPONSE_INFORMATION: (_TEXT, (CONNACK,)),
    SERVER_REFERENCE: (_TEXT, (CONNACK, DISCONNECT)),
    REASON_STRING: (_TEXT, (CONNACK, *_ACKS, SUBACK, UNSUBACK, DISCONNECT, AUTH)),
    RECEIVE_MAXIMUM: (_TWO, (CONNECT, CONNACK)),
    ALIAS_MAXIMUM: (_TWO, (CONNECT, CONNACK)),
    TOPIC_ALIAS: (_TWO, (PUBLISH,)),
    MAXIMUM_QOS: (_FLAG, (CONNACK,)),
    RETAIN_AVAILABLE: (_FLAG, (CONNACK,)),
    USER_PROPERTY: (_PAIR, _EVERYWHERE),
    MAXIMUM_PACKET: (_FOUR, (CONNECT, CONNACK)),
    WILDCARDS_AVAILABLE: (_FLAG, (CONNACK,)),
    SUBSCRIPTION_IDS_AVAILABLE: (_FLAG, (CONNACK,)),
    SHARED_AVAILABLE: (_FLAG, (CONNACK,)),
}
_ALLOWED = [
    {name: kind for name, (kind, places) in _TABLE.items() if place in places} for place in _EVERYWHERE
]
_NOT_ZERO = {
    SUBSCRIPTION_ID: protocol_error("a subscription identifier is not 0"),
    RECEIVE_MAXIMUM: protocol_error("a receive maximum is not 0"),
    MAXIMUM_PACKET: protocol_error("a maximum packet size is not 0"),
    TOPIC_ALIAS: MqttError(ALIAS_INVALID, "a topic alias is not 0"),
}


def names(place: int) -> dict[int, _Type]:
    """The properties a place may have, with how each is read and written; for tests and documents."""
    return _ALLOWED[place]


def read(cursor: Cursor, place: int) -> Properties:
    """The properties at the cursor, in a packet of type `place`."""
    size = cursor.varint()
    if not size:
        return NONE
    end, packet_end = cursor.at + size, cursor.end
    if end > packet_end:
        raise malformed("the properties are longer than their packet")
    cursor.end = end
    allowed = _ALLOWED[place]
    found: dict[int, Any] = {}
    while cursor.at < end:
        name = cursor.varint()
        kind = allowed.get(name)
        if kind is None:
            raise malformed(f"a property {name:#04x} does not stand here")
        value = kind[0](cursor)
        if value == 0 and name in _NOT_ZERO:
            raise MqttError(_NOT_ZERO[name].reason, _NOT_ZERO[name].text)
        if name == USER_PROPERTY or (name == SUBSCRIPTION_ID and place == PUBLISH):
            found.setdefault(name, []).append(value)
        elif name in found:
            raise protocol_error(f"the property {name:#04x} stands there twice")
        else:
            found[name] = value
    cursor.end = packet_end
    return found


def write(properties: Properties, place: int) -> bytes:
    """The inverse of `read`, its length included."""
    if not properties:
        return b"\0"
    out = bytearray()
    allowed = _ALLOWED[place]
    for name, value in properties.items():
        encode = allowed[name][1]
        if isinstance(value, list):
            for one in value:
                out.append(name)
                out += encode(one)
        else:
            out.append(name)
            out += encode(value)
    return fields.varint(len(out)) + bytes(out)


def pairs(properties: Properties) -> Pairs:
    """The user properties."""
    found: Pairs = properties.get(USER_PROPERTY, [])
    return found
