"""Strategies for the packets of MQTT, of either version: what may be sent, and no more."""

from typing import Any

from hypothesis import strategies as st

from teahouse.wire.mqtt import packets, properties
from teahouse.wire.mqtt.packets import (
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
from teahouse.wire.mqtt.properties import NONE

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=40)
names = texts.filter(lambda text: text and "+" not in text and "#" not in text)
ids = st.integers(1, 65_535)
blobs = st.binary(max_size=300)
qos = st.integers(0, 2)

_FLAGS = {
    properties.PAYLOAD_FORMAT,
    properties.REQUEST_PROBLEMS,
    properties.REQUEST_RESPONSES,
    properties.MAXIMUM_QOS,
    properties.RETAIN_AVAILABLE,
    properties.WILDCARDS_AVAILABLE,
    properties.SUBSCRIPTION_IDS_AVAILABLE,
    properties.SHARED_AVAILABLE,
}
_TWO = {
    properties.SERVER_KEEP_ALIVE,
    properties.RECEIVE_MAXIMUM,
    properties.ALIAS_MAXIMUM,
    properties.TOPIC_ALIAS,
}
_FOUR = {
    properties.MESSAGE_EXPIRY,
    properties.SESSION_EXPIRY,
    properties.WILL_DELAY,
    properties.MAXIMUM_PACKET,
}
_BLOBS = {properties.CORRELATION_DATA, properties.AUTH_DATA}


def _value(name: int, place: int) -> st.SearchStrategy[Any]:
    if name in _FLAGS:
        return st.integers(0, 1)
    if name in _TWO:
        return ids
    if name in _FOUR:
        return st.integers(1, 2**32 - 1)
    if name in _BLOBS:
        return blobs
    if name == properties.USER_PROPERTY:
        return st.lists(st.tuples(texts, texts), min_size=1, max_size=3)
    if name == properties.SUBSCRIPTION_ID:
        one = st.integers(1, 268_435_455)
        return st.lists(one, min_size=1, max_size=3) if place == properties.PUBLISH else one
    return names


def properties_of(place: int, version: int) -> st.SearchStrategy[Any]:
    if version != V5:
        return st.just(NONE)
    fields = {name: _value(name, place) for name in properties.names(place)}
    return st.fixed_dictionaries({}, optional=fields)


@st.composite
def publishes(draw: Any, version: int) -> Publish:
    level = draw(qos)
    found = draw(properties_of(packets.PUBLISH, version))
    topic = draw(st.one_of(names, st.just(""))) if properties.TOPIC_ALIAS in found else draw(names)
    return Publish(
        topic,
        draw(blobs),
        level,
        draw(ids) if level else 0,
        draw(st.booleans()),
        bool(level) and draw(st.booleans()),
        found,
    )


@st.composite
def connects(draw: Any, version: int) -> Connect:
    found = draw(properties_of(packets.CONNECT, version))
    if properties.AUTH_METHOD not in found:
        found = {name: value for name, value in found.items() if name != properties.AUTH_DATA}
    user = draw(st.none() | texts)
    will = Will(
        draw(names),
        draw(blobs),
        draw(qos),
        draw(st.booleans()),
        draw(properties_of(properties.WILL, version)),
    )
    return Connect(
        client=draw(texts),
        version=version,
        clean=draw(st.booleans()),
        keep_alive=draw(st.integers(0, 65_535)),
        user=user,
        password=draw(st.none() | blobs) if version == V5 or user is not None else None,
        will=draw(st.none() | st.just(will)),
        properties=found or NONE,
    )


@st.composite
def filters(draw: Any, version: int) -> Filter:
    text = draw(texts.filter(lambda text: not text.startswith("$share/")))
    if version != V5:
        return Filter(text, draw(qos))
    flags = st.booleans()
    return Filter(text, draw(qos), draw(flags), draw(flags), draw(qos))


def _acks(version: int) -> st.SearchStrategy[Ack]:
    published = st.sampled_from([0x00, 0x10, 0x80, 0x83, 0x87, 0x90, 0x91, 0x97, 0x99])
    released = st.sampled_from([0x00, 0x92])

    def of(kind: int) -> st.SearchStrategy[Ack]:
        reasons = published if kind in (packets.PUBACK, packets.PUBREC) else released
        reason = reasons if version == V5 else st.just(0)
        return st.builds(Ack, st.just(kind), ids, reason, properties_of(kind, version))

    kinds = (packets.PUBACK, packets.PUBREC, packets.PUBREL, packets.PUBCOMP)
    return st.one_of([of(kind) for kind in kinds])


def _granted(version: int) -> st.SearchStrategy[Granted]:
    subscribed = st.sampled_from([0, 1, 2, 0x80] + ([0x83, 0x87, 0x8F, 0xA2] if version == V5 else []))
    ended = st.sampled_from([0, 0x11, 0x80, 0x8F])

    def of(kind: int, reasons: st.SearchStrategy[int], least: int) -> st.SearchStrategy[Granted]:
        several = st.lists(reasons, min_size=least, max_size=5).map(tuple)
        if kind == packets.UNSUBACK and version != V5:
            several = st.just(())
        return st.builds(Granted, st.just(kind), ids, several, properties_of(kind, version))

    return of(packets.SUBACK, subscribed, 1) | of(packets.UNSUBACK, ended, 1)


def any_packet(version: int) -> st.SearchStrategy[Packet]:
    """Every packet there is in a version, with every property it may have."""
    connack = st.builds(
        Connack,
        st.booleans(),
        st.sampled_from([0, 0x86, 0x8C]) if version == V5 else st.integers(0, 5),
        properties_of(packets.CONNACK, version),
    )
    several: list[st.SearchStrategy[Any]] = [
        connects(version),
        connack,
        publishes(version),
        _acks(version),
        st.builds(
            Subscribe,
            ids,
            st.lists(filters(version), min_size=1, max_size=5).map(tuple),
            properties_of(packets.SUBSCRIBE, version),
        ),
        st.builds(
            Unsubscribe,
            ids,
            st.lists(texts, min_size=1, max_size=5).map(tuple),
            properties_of(packets.UNSUBSCRIBE, version),
        ),
        _granted(version),
        st.builds(Ping, st.sampled_from([packets.PINGREQ, packets.PINGRESP])),
    ]
    if version == V5:
        ends = properties_of(packets.DISCONNECT, version)
        several.append(st.builds(Disconnect, st.sampled_from([0, 4, 0x81, 0x8E]), ends))
        auths = properties_of(packets.AUTH, version)
        several.append(st.builds(Auth, st.sampled_from([0, 0x18, 0x19]), auths))
    else:
        several.append(st.just(Disconnect()))
    return st.one_of(several)
