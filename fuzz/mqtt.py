"""Fuzz the MQTT codec: a stream of bytes is packets, the same however it is cut, or an MqttError; and what is accepted
is encoded to bytes that mean the same."""

from fuzz import harness
from teahouse.wire.mqtt import packets, properties
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V3_1_1, V5, Connect, Filter, Packet, Publish, Subscribe, Will
from teahouse.wire.mqtt.reasons import MqttError
from teahouse.wire.mqtt.splitter import PacketSplitter

LIMIT = 2048

_WILL = Will("chat/global", b"gone", 1, False, {properties.WILL_DELAY: 5})
_PUBLISH = Publish(
    "chat/global",
    b"hi",
    1,
    7,
    properties={properties.USER_PROPERTY: [("cid", "1")], properties.TOPIC_ALIAS: 3},
)
_SAMPLES: list[tuple[int, list[Packet]]] = [
    (V5, [Connect(client="c", user="alice", password=b"x", will=_WILL), _PUBLISH]),
    (V3_1_1, [Connect(client="c", version=V3_1_1, keep_alive=30), Publish("a/b", b"hi", 2, 1)]),
    (V5, [Subscribe(1, (Filter("chat/+", 1), Filter("$share/g/#"))), packets.Unsubscribe(2, ("a", "b"))]),
    (V5, [*(packets.Ack(n, 9) for n in (4, 5, 6, 7)), packets.Ping(12), packets.Disconnect(4)]),
    (V5, [packets.Connack(True, 0, {properties.RECEIVE_MAXIMUM: 9}), packets.Auth(0x18)]),
    (V3_1_1, [packets.Granted(packets.SUBACK, 1, (0, 1, 2, 0x80)), packets.Granted(packets.UNSUBACK, 1, ())]),
]
# The first byte says which version the rest is read by, and where it is cut.
SAMPLES = [
    bytes((version,)) + b"".join(encode(one, version) for one in several) for version, several in _SAMPLES
]


def check(data: bytes) -> None:
    version, stream = V5 if data[:1] and data[0] & 1 else V3_1_1, data[1:]
    whole = read([stream], version)
    cut = (data[0] * 7 if data else 0) % (len(stream) + 1)
    assert read([stream[:cut], stream[cut:]], version) == whole
    assert read([bytes((byte,)) for byte in stream[:200]] + [stream[200:]], version) == whole
    for packet in whole[0]:
        own = packet.version if isinstance(packet, Connect) else version
        assert read([encode(packet, own)], version)[0] == [packet]


def read(pieces: list[bytes], version: int) -> tuple[list[Packet], int]:
    """The packets, and why no more came."""
    splitter = PacketSplitter(LIMIT)
    found: list[Packet] = []
    try:
        for piece in pieces:
            for first, body in splitter.feed(piece):
                found.append(decode(first, body, version))
    except MqttError as error:
        assert error.reason >= 0x80
        return found, error.reason
    return found, 0


if __name__ == "__main__":
    harness.main(check, SAMPLES)
