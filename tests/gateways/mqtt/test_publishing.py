"""What is published becomes a message, is stored once, and is acknowledged after that."""

import json
from pathlib import Path
from typing import Any

import pytest

from teahouse.app.compose import House
from teahouse.model.caller import Caller
from teahouse.model.commands import History
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Ack, Disconnect, Publish
from tests.gateways.mqtt.peer import Peer, again, pairs, seq, serving

BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])
CHAT = "chat/global"


async def texts(house: House) -> list[str]:
    """What is said in the lobby, by the log."""
    from teahouse.model.people import User

    page = await house.engine.call(Caller(User("u-nobody", "nobody")), History(id=1, conversation="lobby"))
    return [json.loads(view.entry.content)["body"]["text"] for view in page.entries]  # type: ignore[attr-defined]


@BOTH
async def test_every_quality_of_service(house: House, version: int) -> None:
    peer = await Peer.enter(house, "c", version=version)
    peer.send(Publish(CHAT, b"zero"))
    one = await peer.publish(CHAT, "one", 10)
    assert (one.type, one.id, one.reason) == (packets.PUBACK, 10, 0)
    assert await texts(house) == ["zero", "one"]
    two = await peer.publish(CHAT, "two", 11, qos=2)
    assert (two.type, two.id, two.reason) == (packets.PUBREC, 11, 0)
    assert await texts(house) == ["zero", "one", "two"]
    peer.send(Ack(packets.PUBREL, 11))
    assert await peer.expect(Ack) == Ack(packets.PUBCOMP, 11)
    if version == V5:
        assert pairs(one) == {"conversation": "lobby", "seq": "2"}
        assert pairs(two) == {"conversation": "lobby", "seq": "3"}


async def test_bodies(house: House) -> None:
    peer = await Peer.enter(house, "c")
    await peer.subscribe(CHAT)
    said = []
    for payload, kind in (
        ('{"text": "a", "reply_to": 1}', None),
        ('{"body": {"type": "markdown", "text": "*b*"}}', None),
        ('{"temperature": 21}', None),
        ('{"text": "c"}', "text/plain"),
        ("[1]", None),
    ):
        found = {properties.CONTENT_TYPE: kind} if kind else properties.NONE
        answer = await peer.publish(CHAT, payload, properties=found)
        assert answer.reason in (0, reasons.PAYLOAD_INVALID)
        if answer.reason == 0:
            said.append(json.loads((await peer.message()).payload)["body"])
    assert said == [
        {"type": "markdown", "text": "*b*"},
        {"type": "text", "text": '{"temperature": 21}'},
        {"type": "text", "text": '{"text": "c"}'},
        {"type": "text", "text": "[1]"},
    ]


@pytest.mark.parametrize(
    ("topic", "payload", "reason", "code"),
    [
        (CHAT, b"", reasons.PAYLOAD_INVALID, "bad_request"),
        (CHAT, b"\xff\xfe", reasons.PAYLOAD_INVALID, "bad_request"),
        (CHAT, b'{"text": 5}', reasons.PAYLOAD_INVALID, "bad_request"),
        (CHAT, b'{"text": "x"', reasons.PAYLOAD_INVALID, "bad_frame"),
        ("chat/nowhere", b"hi", reasons.TOPIC_INVALID, "not_found"),
        ("elsewhere", b"hi", reasons.NOT_AUTHORIZED, "forbidden"),
        ("presence/me", b"hi", reasons.NOT_AUTHORIZED, "forbidden"),
    ],
)
async def test_refusals(house: House, topic: str, payload: bytes, reason: int, code: str) -> None:
    peer = await Peer.enter(house, "c")
    for qos, kind in ((1, packets.PUBACK), (2, packets.PUBREC)):
        answer = await peer.publish(topic, payload, qos, qos=qos)
        assert (answer.type, answer.id, answer.reason) == (kind, qos, reason)
        assert pairs(answer) == {"code": code}
    old = await Peer.enter(house, "d", version=V3_1_1)
    await old.subscribe("user/me/inbox")
    old.send(Publish(topic, payload, 1, 5))
    told = json.loads((await old.message()).payload)
    assert told["error"]["code"] == code
    assert await old.expect(Ack) == Ack(packets.PUBACK, 5)


async def test_a_cid_is_stored_once(house: House) -> None:
    peer = await Peer.enter(house, "c")
    found = {properties.USER_PROPERTY: [("cid", "once")]}
    first = await peer.publish(CHAT, "hi", 1, properties=found)
    second = await peer.publish(CHAT, "hi", 2, properties=found)
    assert pairs(first) == pairs(second)
    other = await peer.publish(CHAT, "ho", 3, properties=found)
    assert pairs(other) == {"code": "idempotency_conflict"}
    assert await texts(house) == ["hi"]


@BOTH
@pytest.mark.parametrize("qos", [1, 2])
async def test_what_is_sent_again_is_stored_once_also_by_a_new_server(
    tmp_path: Path, version: int, qos: int
) -> None:
    publish = Publish(CHAT, b"hi", qos, 7)
    who: dict[str, Any] = {"client": "c", "version": version, "clean": False}
    async with serving(tmp_path) as house:
        secret = pairs((await Peer.knock(house, "x", user="romeo"))[1])["resume"].encode()
        who |= {"user": "resume", "password": secret}
        peer = await Peer.enter(house, **who)
        peer.send(publish)
        assert (await peer.expect(Ack)).id == 7
        await peer.leave()
        peer = await Peer.enter(house, **who)
        peer.send(again(publish))
        assert (await peer.expect(Ack)).reason == 0
        assert await texts(house) == ["hi"]
    async with serving(tmp_path) as house:
        peer = await Peer.enter(house, **who)
        peer.send(again(publish), Publish(CHAT, b"next", 1, 8))
        assert [(await peer.expect(Ack)).id for _ in range(2)] == [7, 8]
        assert await texts(house) == ["hi", "next"]
        peer.send(Ack(packets.PUBREL, 7))
        await peer.expect(Ack)
        # A new message that looks the same is a new message.
        peer.send(publish)
        assert (await peer.expect(Ack)).id == 7
        assert await texts(house) == ["hi", "next", "hi"]


async def test_qos_2_is_not_done_twice_before_it_is_released(house: House) -> None:
    peer = await Peer.enter(house, "c")
    publish = Publish(CHAT, b"hi", 2, 7)
    peer.send(publish, again(publish))
    assert await peer.expect(Ack) == Ack(
        packets.PUBREC, 7, 0, {38: [("conversation", "lobby"), ("seq", "1")]}
    )
    peer.send(again(publish))
    assert (await peer.expect(Ack)).type == packets.PUBREC
    peer.send(Ack(packets.PUBREL, 7))
    assert await peer.expect(Ack) == Ack(packets.PUBCOMP, 7)
    peer.send(Ack(packets.PUBREL, 7))
    assert await peer.expect(Ack) == Ack(packets.PUBCOMP, 7, reasons.ID_NOT_FOUND)
    assert await texts(house) == ["hi"]


async def test_topic_aliases(house: House) -> None:
    peer = await Peer.enter(house, "c")
    alias = {properties.TOPIC_ALIAS: 16}
    await peer.publish(CHAT, "long", properties=alias)
    await peer.publish("", "short", properties=alias)
    assert await texts(house) == ["long", "short"]
    peer.send(Publish("", b"x", 0, properties={properties.TOPIC_ALIAS: 3}))
    assert (await peer.expect(Disconnect)).reason == reasons.PROTOCOL_ERROR
    peer = await Peer.enter(house, "c")
    peer.send(Publish(CHAT, b"x", 0, properties={properties.TOPIC_ALIAS: 17}))
    assert (await peer.expect(Disconnect)).reason == reasons.ALIAS_INVALID


async def test_receive_maximum(tmp_path: Path) -> None:
    async with serving(tmp_path, receive_maximum=3) as house:
        peer = await Peer.enter(house, "c")
        peer.send(*(Publish(CHAT, b"x", 2, n) for n in range(1, 5)))
        found = [await peer.next() for _ in range(4)]
        (end,) = [packet for packet in found if isinstance(packet, Disconnect)]
        assert end.reason == reasons.RECEIVE_MAXIMUM_EXCEEDED


async def test_a_packet_that_is_too_large(tmp_path: Path) -> None:
    async with serving(tmp_path, packet_bytes=1024) as house:
        peer = await Peer.enter(house, "c")
        peer.send(Publish(CHAT, b"x" * 2000))
        assert (await peer.expect(Disconnect)).reason == reasons.TOO_LARGE


async def test_messages_that_expire(house: House) -> None:
    peer, other = await Peer.enter(house, "c"), await Peer.enter(house, "d")
    await other.subscribe(CHAT)
    await peer.publish(CHAT, "soon over", properties={properties.MESSAGE_EXPIRY: 60})
    heard = await other.message()
    assert json.loads(heard.payload)["expires_s"] == 60
    assert 58 <= heard.properties[properties.MESSAGE_EXPIRY] <= 60


async def test_commands_and_their_answers(house: House) -> None:
    peer, other = await Peer.enter(house, "c"), await Peer.enter(house, "d")
    await peer.subscribe("$teahouse/answer", "user/me/inbox", "chat/+/events")
    await other.subscribe("chat/+", "chat/+/events")
    sent = await peer.publish(CHAT, "frist")
    await other.message()
    edit = {"op": "edit", "id": "e", "conversation": "lobby", "seq": 1, "text": "first"}
    found = {properties.RESPONSE_TOPIC: "user/me/inbox", properties.CORRELATION_DATA: b"\1\2"}
    peer.send(Publish("$teahouse/command", json.dumps(edit).encode(), 1, 9, properties=found))
    answer = await peer.message()
    assert answer.topic == "user/me/inbox"
    assert answer.properties == {properties.CORRELATION_DATA: b"\1\2"}
    assert json.loads(answer.payload) == {"re": "e", "ok": {"seq": 2}}
    assert (await peer.expect(Ack)).id == 9
    edited = await other.message()
    assert json.loads(edited.payload)["ev"] == "edit"
    assert seq(edited) == 2
    peer.send(Publish("$teahouse/command", b'{"op":"recall","id":3,"conversation":"lobby","seq":99}'))
    answer = await peer.message()
    assert answer.topic == "$teahouse/answer"
    assert json.loads(answer.payload)["error"]["code"] == "not_found"
    peer.send(Publish("$teahouse/command", b'{"op":"typing","conversation":"lobby"}'))
    typing = await other.message()
    assert (typing.topic, json.loads(typing.payload)["ev"]) == ("chat/global/events", "typing")
    peer.send(Publish("$teahouse/command", b'{"op":"hello","id":1,"nick":"x"}'))
    assert json.loads((await peer.message()).payload)["error"]["code"] == "conflict"
    assert sent.reason == 0
