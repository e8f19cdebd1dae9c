"""What is refused, with the code the standard asks for."""

import pytest

from teahouse.wire.mqtt import packets, reasons
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V3_1_1, V5, Connect, Publish, Subscribe
from teahouse.wire.mqtt.reasons import MALFORMED, PROTOCOL_ERROR, MqttError

MQTT = b"\0\x04MQTT"


def refused(first: int, body: bytes, version: int = V5) -> int:
    with pytest.raises(MqttError) as error:
        decode(first, body, version)
    return error.value.reason


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"\0\x04mqtt\x05\x02\0\0\0\0\0", MALFORMED),
        (MQTT + b"\x06\x02\0\0\0\0\0", reasons.UNSUPPORTED_VERSION),
        (b"\0\x06MQIsdp\x03\x02\0\0\0\0", reasons.UNSUPPORTED_VERSION),
        (MQTT + b"\x05\x03\0\0\0\0\0", MALFORMED),  # a reserved flag
        (MQTT + b"\x05\x0a\0\0\0\0\0", MALFORMED),  # QoS of a will that is none
        (MQTT + b"\x05\x22\0\0\0\0\0", MALFORMED),  # retain of one
        (MQTT + b"\x05\x1e\0\0\0\0\0\0\0\x01t\0\0", MALFORMED),  # QoS 3
        (MQTT + b"\x04\x42\0\0\0\0\0\0", MALFORMED),  # a password without a user, in 3.1.1
        (MQTT + b"\x05\x02\0\0\0\0\0extra", MALFORMED),
        (MQTT + b"\x05\x02\0\0\x03\x21\0\0\0\0", PROTOCOL_ERROR),  # receive maximum 0
        (MQTT + b"\x05\x02\0\0\x05\x27\0\0\0\0\0\0", PROTOCOL_ERROR),  # maximum packet size 0
        (MQTT + b"\x05\x02\0\0\x06\x21\0\x01\x21\0\x01\0\0", PROTOCOL_ERROR),  # twice
        (MQTT + b"\x05\x02\0\0\x03\x16\0\0\0\0", PROTOCOL_ERROR),  # authentication data without a method
        (MQTT + b"\x05\x02\0\0\x03\x23\0\x01\0\0", MALFORMED),  # a property of PUBLISH
        (MQTT + b"\x05\x02\0\0\x02\x17\x02\0\0", PROTOCOL_ERROR),  # neither 0 nor 1
        (MQTT + b"\x05\x02\0\0\x09\0\0", MALFORMED),  # properties longer than the packet
        (MQTT + b"\x05\x06\0\0\0\0\x01a\0\0\x03a/#\0\0", reasons.TOPIC_INVALID),
        (MQTT + b"\x05\x02\0\0\0\0\x02\xff\xfe", MALFORMED),
        (MQTT + b"\x05\x02\0\0\0\0\x03\xed\xa0\x80", MALFORMED),  # a surrogate
        (MQTT + b"\x05\x02\0\0\0\0\x01\0", MALFORMED),
        (b"", MALFORMED),
    ],
)
def test_connects(body: bytes, reason: int) -> None:
    assert refused(0x10, body, 0) == reason


@pytest.mark.parametrize(
    ("first", "body", "reason"),
    [
        (0x36, b"\0\x01t\0\x01\0", MALFORMED),  # QoS 3
        (0x38, b"\0\x01t\0", MALFORMED),  # a repeated QoS 0
        (0x32, b"\0\x01t\0\0\0", PROTOCOL_ERROR),  # id 0
        (0x30, b"\0\x03a/+\0", reasons.TOPIC_INVALID),
        (0x30, b"\0\0\0", reasons.TOPIC_INVALID),  # no topic and no alias
        (0x30, b"\0\x01t\x03\x23\0\0", reasons.ALIAS_INVALID),
        (0x30, b"\0\x01t\x05\x08\0\x02a+", PROTOCOL_ERROR),  # a response topic with a wildcard
        (0x30, b"\0\x05t", MALFORMED),
        (0x80, b"\0\x01\0\0\x01t\0", MALFORMED),  # SUBSCRIBE without its bit
        (0x82, b"\0\x01\0", PROTOCOL_ERROR),  # to nothing
        (0x82, b"\0\0\0\0\x01t\0", PROTOCOL_ERROR),
        (0x82, b"\0\x01\0\0\x01t\x40", MALFORMED),
        (0x82, b"\0\x01\0\0\x01t\x03", MALFORMED),
        (0x82, b"\0\x01\0\0\x01t\x30", PROTOCOL_ERROR),
        (0x82, b"\0\x01\0\0\x0a$share/g/t\x04", PROTOCOL_ERROR),
        (0x82, b"\0\x01\x02\x0b\0\0\x01t\0", PROTOCOL_ERROR),  # subscription identifier 0
        (0xA2, b"\0\x01\0", PROTOCOL_ERROR),
        (0x40, b"\0\x01\x01", PROTOCOL_ERROR),  # a reason PUBACK has not
        (0x62, b"\0\x01\x10", PROTOCOL_ERROR),
        (0x60, b"\0\x01", MALFORMED),  # PUBREL without its bit
        (0x40, b"\0\0", PROTOCOL_ERROR),
        (0xC1, b"", MALFORMED),
        (0xC0, b"x", MALFORMED),
        (0x00, b"", MALFORMED),
        (0xE0, b"\x01", PROTOCOL_ERROR),
        (0xF0, b"\x01", PROTOCOL_ERROR),
    ],
)
def test_packets_of_5(first: int, body: bytes, reason: int) -> None:
    assert refused(first, body) == reason


@pytest.mark.parametrize(
    ("first", "body"),
    [
        (0xF0, b""),  # there is no AUTH
        (0xE0, b"\0"),
        (0x40, b"\0\x01\0"),
        (0x82, b"\0\x01\0\x01t\x04"),
        (0xB0, b"\0\x01\0"),
    ],
)
def test_packets_of_3_1_1(first: int, body: bytes) -> None:
    assert refused(first, body, V3_1_1) == MALFORMED


def test_what_is_on_the_wire() -> None:
    """Bytes written down from the standard's figures, so that encoder and decoder are not wrong together."""
    publish = Publish("a/b", b"hi", 1, 10)
    assert encode(publish, V3_1_1) == b"\x32\x09\0\x03a/b\0\x0ahi"
    assert encode(publish, V5) == b"\x32\x0a\0\x03a/b\0\x0a\0hi"
    connect = Connect(client="c", version=V3_1_1, keep_alive=10)
    assert encode(connect) == b"\x10\x0d\0\x04MQTT\x04\x02\0\x0a\0\x01c"
    assert encode(packets.Granted(packets.SUBACK, 10, (0, 2, 0x80)), V3_1_1) == b"\x90\x05\0\x0a\0\x02\x80"
    subscribe = Subscribe(10, (packets.Filter("a/b", 1), packets.Filter("c/d", 2)))
    assert encode(subscribe, V3_1_1) == b"\x82\x0e\0\x0a\0\x03a/b\x01\0\x03c/d\x02"


def test_a_byte_order_mark_stays() -> None:
    """MQTT-1.5.4-3."""
    found = decode(0x30, b"\0\x03\xef\xbb\xbf\0", V5)
    assert isinstance(found, Publish)
    assert found.topic == "\ufeff"
