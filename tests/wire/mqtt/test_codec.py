"""The codec of MQTT as a whole: round trips, splits, truncation, limits, and paho's bytes."""

import socket
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paho.mqtt import client as paho
from paho.mqtt.enums import CallbackAPIVersion, MQTTProtocolVersion
from paho.mqtt.packettypes import PacketTypes
from paho.mqtt.properties import Properties as PahoProperties
from paho.mqtt.subscribeoptions import SubscribeOptions

from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V3_1_1, V5, Ack, Connect, Disconnect, Filter, Packet, Publish, Will
from teahouse.wire.mqtt.reasons import MqttError
from teahouse.wire.mqtt.splitter import PacketSplitter
from tests.wire.frames import cut
from tests.wire.mqtt.packets_of import any_packet

LIMIT = 100_000
BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])


def read(pieces: list[bytes], version: int, limit: int = LIMIT) -> list[Packet]:
    splitter = PacketSplitter(limit)
    return [decode(first, body, version) for piece in pieces for first, body in splitter.feed(piece)]


@BOTH
@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_round_trip(version: int, data: Any) -> None:
    packet = data.draw(any_packet(version))
    assert read([encode(packet, version)], version) == [packet]


@BOTH
@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_any_split_gives_the_same(version: int, data: Any) -> None:
    several = data.draw(st.lists(any_packet(version), max_size=4))
    stream = b"".join(encode(packet, version) for packet in several)
    places = data.draw(st.lists(st.integers(0, 10_000), max_size=8))
    assert read(cut(stream, places), version) == several


@BOTH
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_a_truncated_body_is_refused_or_another_packet(version: int, data: Any) -> None:
    """Never anything but MqttError: some fields may be left out from the end, so not every cut is wrong."""
    packet = data.draw(any_packet(version))
    ((first, body),) = PacketSplitter(LIMIT).feed(encode(packet, version))
    size = data.draw(st.integers(0, len(body)))
    try:
        decode(first, body[:size], version)
    except MqttError as error:
        assert error.reason >= 0x80


@BOTH
@settings(max_examples=100, deadline=None)
@given(first=st.integers(0, 255), body=st.binary(max_size=80))
def test_bad_input_raises_nothing_else(version: int, first: int, body: bytes) -> None:
    try:
        packet = decode(first, body, version)
    except MqttError as error:
        assert error.reason >= 0x80
        assert reasons.return_code(error.reason) in range(1, 6)
    else:
        assert read([encode(packet, version)], version) == [packet]


def test_a_packet_that_is_too_large_is_refused_before_its_body() -> None:
    splitter = PacketSplitter(100)
    with pytest.raises(MqttError) as refused:
        list(splitter.feed(b"\x30\x63"))
    assert refused.value.reason == reasons.TOO_LARGE
    assert list(PacketSplitter(100).feed(b"\x30\x62" + b"x" * 98)) == [(0x30, b"x" * 98)]


@pytest.mark.parametrize("head", [b"\x30\x80\x80\x80\x80", b"\x30\xff\xff\xff\xff\x01", b"\x30\x80\x00"])
def test_lengths_that_are_none(head: bytes) -> None:
    with pytest.raises(MqttError) as refused:
        list(PacketSplitter(LIMIT).feed(head))
    assert refused.value.reason == reasons.MALFORMED


def test_an_idle_splitter_holds_nothing() -> None:
    splitter = PacketSplitter(LIMIT)
    list(splitter.feed(b"\x30\x05\x00\x01ab"))
    assert list(splitter.feed(b"c\xc0\x00")) == [(0x30, b"\x00\x01abc"), (0xC0, b"")]
    assert splitter._partial is None


class Captured(paho.Client):
    """paho without a socket: what it would send."""

    def __init__(self, version: int, **options: Any) -> None:
        clean = True if version == V3_1_1 else None
        super().__init__(
            CallbackAPIVersion.VERSION2, "me", clean, protocol=MQTTProtocolVersion(version), **options
        )
        self._sock: Any = socket.socket()
        self.sent: list[bytes] = []

    def _packet_queue(self, command: Any, packet: Any, mid: Any, qos: Any, info: Any = None) -> Any:
        self.sent.append(bytes(packet))
        return paho.MQTT_ERR_SUCCESS


def of_paho(kind: int, **values: Any) -> PahoProperties:
    made = PahoProperties(kind)
    for name, value in values.items():
        setattr(made, name, value)
    return made


@BOTH
def test_paho_connects(version: int) -> None:
    client = Captured(version)
    client.username_pw_set("alice", "secret")
    wanted: Any = properties.NONE
    dying: Any = properties.NONE
    if version == V5:
        client.will_set("t/w", b"gone", 1, True, of_paho(PacketTypes.WILLMESSAGE, WillDelayInterval=5))
        client._connect_properties = of_paho(
            PacketTypes.CONNECT, SessionExpiryInterval=60, ReceiveMaximum=7, UserProperty=("a", "b")
        )
        client._clean_start = True
        wanted = {
            properties.SESSION_EXPIRY: 60,
            properties.RECEIVE_MAXIMUM: 7,
            properties.USER_PROPERTY: [("a", "b")],
        }
        dying = {properties.WILL_DELAY: 5}
    else:
        client.will_set("t/w", b"gone", 1, True)
    client._send_connect(60)
    (found,) = read(client.sent, version)
    assert found == Connect(
        client="me",
        version=version,
        keep_alive=60,
        user="alice",
        password=b"secret",
        will=Will("t/w", b"gone", 1, True, dying),
        properties=wanted,
    )


@BOTH
@pytest.mark.parametrize("level", [0, 1, 2])
def test_paho_publishes(version: int, level: int) -> None:
    client = Captured(version)
    given_properties = None
    wanted: Any = properties.NONE
    if version == V5:
        given_properties = of_paho(
            PacketTypes.PUBLISH,
            ResponseTopic="r",
            CorrelationData=b"\0",
            UserProperty=[("cid", "1"), ("x", "y")],
        )
        wanted = {
            properties.RESPONSE_TOPIC: "r",
            properties.CORRELATION_DATA: b"\0",
            properties.USER_PROPERTY: [("cid", "1"), ("x", "y")],
        }
    client._send_publish(9, b"a/b", b"payload", level, True, bool(level), None, given_properties)
    expected = Publish("a/b", b"payload", level, 9 if level else 0, True, bool(level), wanted)
    assert read(client.sent, version) == [expected]
    assert client.sent[0] == encode(expected, version)


def test_paho_does_the_rest() -> None:
    client = Captured(V5)
    client._send_subscribe(False, [(b"a/#", SubscribeOptions(1, True, True, 2)), (b"b", SubscribeOptions(0))])
    client._send_unsubscribe(False, [b"a/#"])
    client._send_puback(3)
    client._send_pubrec(4)
    client._send_pubrel(5)
    client._send_pubcomp(6)
    client._send_pingreq()
    client._send_disconnect(None, None)
    found = read(client.sent, V5)
    assert found[0].filters == (Filter("a/#", 1, True, True, 2), Filter("b"))  # type: ignore[union-attr]
    assert found[1].filters == ("a/#",)  # type: ignore[union-attr]
    assert found[2:6] == [Ack(packets.PUBACK + n, 3 + n) for n in range(4)]
    assert found[6:] == [packets.Ping(packets.PINGREQ), Disconnect()]
