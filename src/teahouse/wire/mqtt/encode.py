"""Packets of MQTT to bytes, by the rules of a version.

Rule: what is encoded here decodes to the same again. Called by gateways/mqtt; what goes to many is encoded once there.
"""

from teahouse.wire.mqtt import fields, packets, properties
from teahouse.wire.mqtt.packets import (
    V5,
    Ack,
    Auth,
    Connack,
    Connect,
    Disconnect,
    Granted,
    Packet,
    Ping,
    Publish,
    Subscribe,
    Unsubscribe,
)

PINGRESP = bytes((packets.PINGRESP << 4, 0))
PINGREQ = bytes((packets.PINGREQ << 4, 0))


def encode(packet: Packet, version: int = V5) -> bytes:
    """What is only in MQTT 5 is left out of 3.1.1."""
    match packet:
        case Publish():
            return publish(packet, version)
        case Ack():
            return ack(packet, version)
        case Ping():
            return bytes((packet.type << 4, 0))
        case Connect():
            return _packet(packets.CONNECT << 4, _connect(packet))
        case Connack():
            return _packet(packets.CONNACK << 4, _connack(packet, version))
        case Granted():
            body = _headed(packet.type, packet.id, packet.properties, version)
            return _packet(packet.type << 4, body + bytes(packet.reasons))
        case Subscribe() | Unsubscribe():
            return _asking(packet, version)
        case Disconnect():
            body = _ending(packets.DISCONNECT, packet.reason, packet.properties)
            return _packet(packets.DISCONNECT << 4, body if version == V5 else b"")
        case Auth():
            return _packet(packets.AUTH << 4, _ending(packets.AUTH, packet.reason, packet.properties))


def publish(packet: Publish, version: int) -> bytes:
    """3.3."""
    first = packets.PUBLISH << 4 | packet.dup << 3 | packet.qos << 1 | packet.retain
    body = fields.text(packet.topic)
    if packet.qos:
        body += fields.U16.pack(packet.id)
    if version == V5:
        body += properties.write(packet.properties, packets.PUBLISH) if packet.properties else b"\0"
    return bytes((first,)) + fields.varint(len(body) + len(packet.payload)) + body + packet.payload


def ack(packet: Ack, version: int) -> bytes:
    """3.4 to 3.7."""
    first = packet.type << 4 | (2 if packet.type == packets.PUBREL else 0)
    body = fields.U16.pack(packet.id)
    if version == V5:
        body += _ending(packet.type, packet.reason, packet.properties)
    return _packet(first, body)


def _packet(first: int, body: bytes) -> bytes:
    return bytes((first,)) + fields.varint(len(body)) + body


def _ending(kind: int, reason: int, found: properties.Properties) -> bytes:
    """Reason and properties, which may be left out from the end."""
    if found:
        return bytes((reason,)) + properties.write(found, kind)
    return bytes((reason,)) if reason else b""


def _headed(kind: int, identifier: int, found: properties.Properties, version: int) -> bytes:
    return fields.U16.pack(identifier) + (properties.write(found, kind) if version == V5 else b"")


def _connect(packet: Connect) -> bytes:
    """3.1."""
    will, version = packet.will, packet.version
    flags = packet.clean << 1 | (packet.user is not None) << 7 | (packet.password is not None) << 6
    if will is not None:
        flags |= 4 | will.qos << 3 | will.retain << 5
    out = fields.text("MQTT") + bytes((version, flags)) + fields.U16.pack(packet.keep_alive)
    if version == V5:
        out += properties.write(packet.properties, packets.CONNECT)
    out += fields.text(packet.client)
    if will is not None:
        if version == V5:
            out += properties.write(will.properties, properties.WILL)
        out += fields.text(will.topic) + fields.binary(will.payload)
    if packet.user is not None:
        out += fields.text(packet.user)
    if packet.password is not None:
        out += fields.binary(packet.password)
    return out


def _connack(packet: Connack, version: int) -> bytes:
    """3.2."""
    head = bytes((packet.present, packet.reason))
    return head + properties.write(packet.properties, packets.CONNACK) if version == V5 else head


def _asking(packet: Subscribe | Unsubscribe, version: int) -> bytes:
    """3.8, 3.10."""
    if isinstance(packet, Unsubscribe):
        body = _headed(packets.UNSUBSCRIBE, packet.id, packet.properties, version)
        return _packet(packets.UNSUBSCRIBE << 4 | 2, body + b"".join(map(fields.text, packet.filters)))
    body = _headed(packets.SUBSCRIBE, packet.id, packet.properties, version)
    for one in packet.filters:
        options = one.qos | one.no_local << 2 | one.as_published << 3 | one.handling << 4
        body += fields.text(one.filter) + bytes((options,))
    return _packet(packets.SUBSCRIBE << 4 | 2, body)
