"""One packet of MQTT, as a splitter found it, to its struct.

Rule: what the standard calls malformed or a protocol error is refused here with the code it asks for, and never
repaired; what depends on the state of a session (ids in use, aliases, who may do what) is for the gateway. Whether a
filter is valid is told of each in SUBACK, so it is not asked here.
"""

from collections.abc import Callable

from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.fields import Cursor
from teahouse.wire.mqtt.packets import (
    V3_1_1,
    V5,
    Ack,
    Auth,
    Connack,
    Connect,
    Disconnect,
    Filter,
    Granted,
    Packet,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
    Will,
)
from teahouse.wire.mqtt.properties import NONE, Properties
from teahouse.wire.mqtt.reasons import MqttError, malformed, protocol_error
from teahouse.wire.mqtt.topics import is_name, is_shared

_PUBLISHED = frozenset({0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99})
_RELEASED = frozenset({0x00, 0x92})
_REASONS = {
    packets.PUBACK: _PUBLISHED,
    packets.PUBREC: _PUBLISHED,
    packets.PUBREL: _RELEASED,
    packets.PUBCOMP: _RELEASED,
    packets.SUBACK: frozenset({0x00, 0x01, 0x02, 0x80, 0x83, 0x87, 0x8F, 0x91, 0x97, 0x9E, 0xA1, 0xA2}),
    packets.UNSUBACK: frozenset({0x00, 0x11, 0x80, 0x83, 0x87, 0x8F, 0x91}),
    packets.DISCONNECT: frozenset({0x00, 0x04, *range(0x80, 0x84), 0x87, 0x89, 0x8B, *range(0x8D, 0xA3)}),
    packets.AUTH: frozenset({0x00, 0x18, 0x19}),
    packets.CONNACK: frozenset({0x00, *range(0x80, 0x8B), 0x8C, *range(0x90, 0xA0)}),
}
_FLAGS = {packets.PUBREL: 2, packets.SUBSCRIBE: 2, packets.UNSUBSCRIBE: 2}


def decode(first: int, body: bytes, version: int) -> Packet:
    """The packet with this first byte and body, by the rules of `version` (which CONNECT brings itself). MqttError if
    there is none."""
    kind = first >> 4
    if kind == packets.PUBLISH:
        return _publish(first, body, version)
    read = _READERS.get(kind)
    if read is None or (kind == packets.AUTH and version != V5):
        raise malformed(f"there are no packets of type {kind}")
    if first & 0x0F != _FLAGS.get(kind, 0):
        raise malformed("reserved bits of a header are set")  # MQTT-2.1.3-1
    cursor = Cursor(body)
    packet = read(kind, cursor, version)
    cursor.finish()
    return packet


def _publish(first: int, body: bytes, version: int) -> Publish:
    """3.3."""
    qos = first >> 1 & 3
    dup = bool(first & 8)
    if qos == 3:
        raise malformed("there is no QoS 3")  # MQTT-3.3.1-4
    if dup and not qos:
        raise malformed("QoS 0 is never repeated")  # MQTT-3.3.1-2
    cursor = Cursor(body)
    topic = cursor.text()
    identifier = 0
    if qos and not (identifier := cursor.two()):
        raise protocol_error("a packet identifier is not 0")  # MQTT-2.2.1-3
    found = properties.read(cursor, packets.PUBLISH) if version == V5 else NONE
    if not is_name(topic) and (topic or properties.TOPIC_ALIAS not in found):
        raise MqttError(reasons.TOPIC_INVALID, "that is no topic to publish to")  # MQTT-3.3.2-2
    if found:
        _check_response_topic(found)
    return Publish(topic, cursor.rest(), qos, identifier, bool(first & 1), dup, found)


def _check_response_topic(found: Properties) -> None:
    topic = found.get(properties.RESPONSE_TOPIC)
    if topic is not None and not is_name(topic):
        raise protocol_error("the response topic is none")  # MQTT-3.3.2-14


def _connect(_kind: int, cursor: Cursor, _version: int) -> Connect:
    """3.1. The name and level come first, so that a client of another version is told so."""
    name, level = cursor.text(), cursor.byte()
    if name != "MQTT" or level not in (V3_1_1, V5):
        if name in ("MQTT", "MQIsdp"):
            raise MqttError(reasons.UNSUPPORTED_VERSION, "this server speaks MQTT 3.1.1 and 5")
        raise malformed("this is not MQTT")
    flags, keep_alive = cursor.byte(), cursor.two()
    if flags & 1:
        raise malformed("a reserved flag is set")  # MQTT-3.1.2-3
    if not flags & 4 and flags & 0x38:
        raise malformed("there is no will, but flags of one")  # MQTT-3.1.2-11, -13
    if flags & 0x18 == 0x18:
        raise malformed("there is no QoS 3")  # MQTT-3.1.2-12
    if level == V3_1_1 and flags & 0xC0 == 0x40:
        raise malformed("a password needs a user")  # 3.1.1: MQTT-3.1.2-22
    found = properties.read(cursor, packets.CONNECT) if level == V5 else NONE
    if properties.AUTH_DATA in found and properties.AUTH_METHOD not in found:
        raise protocol_error("authentication data need a method")  # 3.1.2.11.10
    client = cursor.text()
    will = _will(flags, cursor, level) if flags & 4 else None
    return Connect(
        client=client,
        version=level,
        clean=bool(flags & 2),
        keep_alive=keep_alive,
        user=cursor.text() if flags & 0x80 else None,
        password=cursor.binary() if flags & 0x40 else None,
        will=will,
        properties=found,
    )


def _will(flags: int, cursor: Cursor, level: int) -> Will:
    found = properties.read(cursor, properties.WILL) if level == V5 else NONE
    _check_response_topic(found)
    topic = cursor.text()
    if not is_name(topic):
        raise MqttError(reasons.TOPIC_INVALID, "the will has no topic to publish to")
    return Will(topic, cursor.binary(), flags >> 3 & 3, bool(flags & 0x20), found)


def _connack(_kind: int, cursor: Cursor, version: int) -> Connack:
    """3.2."""
    flags, reason = cursor.byte(), cursor.byte()
    if flags > 1:
        raise malformed("reserved flags are set")  # MQTT-3.2.2-1
    if version != V5:
        if reason > reasons.REFUSED_3_1_1:
            raise malformed("an unknown return code")
        return Connack(bool(flags), reason)
    _check_reason(packets.CONNACK, reason)
    return Connack(bool(flags), reason, properties.read(cursor, packets.CONNACK))


def _ack(kind: int, cursor: Cursor, version: int) -> Ack:
    """3.4 to 3.7. Reason and properties may be left out, from the end (3.4.2.1)."""
    identifier = _identifier(cursor)
    if version != V5 or cursor.at == cursor.end:
        return Ack(kind, identifier)
    reason = cursor.byte()
    _check_reason(kind, reason)
    return Ack(kind, identifier, reason, _last_properties(cursor, kind))


def _last_properties(cursor: Cursor, kind: int) -> Properties:
    return properties.read(cursor, kind) if cursor.at < cursor.end else NONE


def _check_reason(kind: int, reason: int) -> None:
    if reason not in _REASONS[kind]:
        raise protocol_error(f"{reason:#04x} is no reason of such a packet")


def _identifier(cursor: Cursor) -> int:
    identifier = cursor.two()
    if not identifier:
        raise protocol_error("a packet identifier is not 0")  # MQTT-2.2.1-3
    return identifier


def _subscribe(kind: int, cursor: Cursor, version: int) -> Subscribe:
    """3.8."""
    identifier = _identifier(cursor)
    found = properties.read(cursor, kind) if version == V5 else NONE
    filters = []
    while cursor.at < cursor.end:
        text = cursor.text()
        filters.append(_filter(text, cursor.byte(), version))
    if not filters:
        raise protocol_error("a subscription to nothing")  # MQTT-3.8.3-2
    return Subscribe(identifier, tuple(filters), found)


def _filter(text: str, options: int, version: int) -> Filter:
    """3.8.3.1."""
    if options & (0xC0 if version == V5 else 0xFC):
        raise malformed("reserved bits of a subscription are set")  # MQTT-3.8.3-5
    qos, handling, no_local = options & 3, options >> 4 & 3, bool(options & 4)
    if qos == 3:
        raise malformed("there is no QoS 3")
    if handling == 3:
        raise protocol_error("there is no retain handling 3")
    if no_local and is_shared(text):
        raise protocol_error("a shared subscription cannot be no-local")  # MQTT-3.8.3-4
    return Filter(text, qos, no_local, bool(options & 8), handling)


def _unsubscribe(kind: int, cursor: Cursor, version: int) -> Unsubscribe:
    """3.10."""
    identifier = _identifier(cursor)
    found = properties.read(cursor, kind) if version == V5 else NONE
    filters = []
    while cursor.at < cursor.end:
        filters.append(cursor.text())
    if not filters:
        raise protocol_error("an end to no subscription")  # MQTT-3.10.3-2
    return Unsubscribe(identifier, tuple(filters), found)


def _granted(kind: int, cursor: Cursor, version: int) -> Granted:
    """3.9, 3.11."""
    identifier = _identifier(cursor)
    found = properties.read(cursor, kind) if version == V5 else NONE
    answers = tuple(cursor.rest())
    if version != V5 and kind == packets.UNSUBACK:
        if answers:
            raise malformed("the packet has more bytes than it should")
        return Granted(kind, identifier, ())
    if not answers:
        raise protocol_error("an answer without reasons")
    for reason in answers:
        _check_reason(kind, reason)
        if version != V5 and reason not in (0, 1, 2, 0x80):
            raise malformed("an unknown return code")
    return Granted(kind, identifier, answers, found)


def _ping(kind: int, _cursor: Cursor, _version: int) -> Ping:
    return Ping(kind)


def _disconnect(kind: int, cursor: Cursor, version: int) -> Disconnect:
    """3.14."""
    if version != V5 or cursor.at == cursor.end:
        return Disconnect()
    reason = cursor.byte()
    _check_reason(kind, reason)
    return Disconnect(reason, _last_properties(cursor, kind))


def _auth(kind: int, cursor: Cursor, _version: int) -> Auth:
    """3.15."""
    if cursor.at == cursor.end:
        return Auth()
    reason = cursor.byte()
    _check_reason(kind, reason)
    return Auth(reason, _last_properties(cursor, kind))


_READERS: dict[int, Callable[[int, Cursor, int], Packet]] = {
    packets.CONNECT: _connect,
    packets.CONNACK: _connack,
    packets.PUBACK: _ack,
    packets.PUBREC: _ack,
    packets.PUBREL: _ack,
    packets.PUBCOMP: _ack,
    packets.SUBSCRIBE: _subscribe,
    packets.SUBACK: _granted,
    packets.UNSUBSCRIBE: _unsubscribe,
    packets.UNSUBACK: _granted,
    packets.PINGREQ: _ping,
    packets.PINGRESP: _ping,
    packets.DISCONNECT: _disconnect,
    packets.AUTH: _auth,
}
