"""Topics of applications: any bytes, passed on as they came, with the log behind them."""

import asyncio
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from teahouse.app.compose import House
from teahouse.gateways.mqtt import retained
from teahouse.gateways.options import MqttOptions
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Ack, Disconnect, Filter, Publish, Will
from tests.gateways.mqtt.peer import Peer, pairs, serving
from tests.gateways.mqtt.test_stays import back, somebody

BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])
TOPICS = {"topics": ("sensors/#", "lamp/+/set", "#"), "topics_in": "lobby"}
AT = "sensors/kitchen/heat"
BYTES = b"\x00\xff\xfe 21.5"


@pytest.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with serving(tmp_path / "data", **TOPICS) as running:
        yield running


@BOTH
@pytest.mark.parametrize(("said", "granted"), [(0, 0), (0, 2), (1, 0), (1, 1), (1, 2), (2, 1), (2, 2)])
async def test_a_message_is_passed_on_as_it_came(house: House, version: int, said: int, granted: int) -> None:
    """At the lower of what it was published with and what was granted (MQTT-3.8.4-8)."""
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob", version=version)
    await bob.subscribe("sensors/+/heat", qos=granted)
    found = {
        properties.CONTENT_TYPE: "x/heat",
        properties.RESPONSE_TOPIC: "lamp/kitchen/set",
        properties.CORRELATION_DATA: b"\x01\x02",
        properties.USER_PROPERTY: [("b", "2"), ("a", "1"), ("b", "3")],
        properties.PAYLOAD_FORMAT: 1,
    }
    for payload in (BYTES, b"", "21.5 °C".encode()):
        alice.send(Publish(AT, payload, said, 7 if said else 0, properties=found))
        if said:
            assert (await alice.expect(Ack)).reason == 0
        if said == 2:
            alice.send(Ack(packets.PUBREL, 7))
            assert (await alice.expect(Ack)).type == packets.PUBCOMP
        heard = await bob.message(confirm=False)
        assert (heard.topic, heard.payload, heard.retain) == (AT, payload, False)
        assert heard.qos == min(said, granted)
        assert heard.properties == (found if version == V5 else {})
        if heard.qos == 1:
            bob.send(Ack(packets.PUBACK, heard.id))
    await bob.quiet() if granted < 2 or said < 2 else None


async def test_ones_own_are_heard_unless_one_asks_not_to(house: House) -> None:
    peer = await Peer.enter(house, "c")
    await peer.subscribe(AT, qos=1)
    peer.send(Publish(AT, b"0"), Publish(AT, b"1", 1, 5))
    found = [await peer.next() for _ in range(3)]
    assert [one.payload for one in found if isinstance(one, Publish)] == [b"0", b"1"]
    await peer.subscribe(Filter(AT, 1, no_local=True, handling=2))
    peer.send(Publish(AT, b"2"))
    assert (await peer.publish(AT, b"3", 6)).reason == 0
    await peer.quiet()


async def test_subscription_identifiers_and_a_message_expiry(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe("sensors/#", qos=1, properties={properties.SUBSCRIPTION_ID: 3})
    await bob.subscribe("+/kitchen/+", qos=0, properties={properties.SUBSCRIPTION_ID: 4})
    await alice.publish(AT, b"1", properties={properties.MESSAGE_EXPIRY: 90})
    heard = await bob.message()
    assert heard.properties[properties.SUBSCRIPTION_ID] == [3, 4]
    assert 85 <= heard.properties[properties.MESSAGE_EXPIRY] <= 90
    await bob.quiet()


async def test_the_house_keeps_its_own_topics(house: House) -> None:
    """Also where `#` is the applications'."""
    peer = await Peer.enter(house, "c")
    for topic in ("presence/x", "user/me/inbox", "$SYS/x", "$teahouse/x"):
        assert (await peer.publish(topic, "x")).reason == reasons.NOT_AUTHORIZED
    refused = ("chat/not-mine", "user/somebody/inbox", "$SYS/#", "$teahouse/command")
    assert await peer.subscribe(*refused) == (reasons.NOT_AUTHORIZED,) * 4
    assert await peer.subscribe("elsewhere", "#", "+", "a/b/#") == (0,) * 4


async def test_only_members_and_only_these_topics(tmp_path: Path) -> None:
    async with serving(tmp_path / "data") as first:
        who = await somebody(first)
        peer, _ = await back(first, who)
        await peer.subscribe("$teahouse/answer")
        create = json.dumps({"op": "create", "id": 1, "kind": "group", "title": "machines"})
        peer.send(Publish("$teahouse/command", create.encode()))
        room = json.loads((await peer.message()).payload)["ok"]["conversation"]
        await peer.goodbye()
    async with serving(tmp_path / "data", topics=("sensors/#",), topics_in=room) as house:
        member, other = (await back(house, who))[0], await Peer.enter(house, "other")
        assert await other.subscribe("sensors/#", AT) == (reasons.NOT_AUTHORIZED,) * 2
        assert (await other.publish(AT, "x")).reason == reasons.TOPIC_INVALID
        assert await member.subscribe("sensors/+/heat", AT, "other/#") == (0, 0, reasons.NOT_AUTHORIZED)
        assert (await member.publish("other/x", "x")).reason == reasons.NOT_AUTHORIZED
        await other.subscribe("#")
        member.send(Publish(AT, b"secret"))
        assert (await member.message()).payload == b"secret"
        await other.quiet()


@BOTH
async def test_what_was_missed_comes_from_the_log(tmp_path: Path, version: int) -> None:
    async with serving(tmp_path, **TOPICS) as house:
        who = await somebody(house, version)
        peer, _ = await back(house, who)
        await peer.subscribe("sensors/#", qos=1)
        await peer.leave()
        alice = await Peer.enter(house, "alice")
        await alice.publish(AT, b"1")
        await alice.publish("lamp/kitchen/set", b"not theirs", 2)
        await alice.publish("chat/global", "nor this", 3)
    async with serving(tmp_path, **TOPICS) as house:
        alice = await Peer.enter(house, "alice")
        await alice.publish(AT, b"2")
        peer, present = await back(house, who)
        assert present
        assert [(await peer.message()).payload for _ in range(2)] == [b"1", b"2"]
        await peer.quiet()


@BOTH
async def test_retained(tmp_path: Path, version: int) -> None:
    async with serving(tmp_path, **TOPICS) as house:
        alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob", version=version)
        await bob.subscribe("sensors/#", qos=1)
        await alice.publish(AT, b"1", retain=True)
        await alice.publish("sensors/hall/heat", b"2", 2, retain=True)
        await alice.publish(AT, BYTES, 3, retain=True)
        alice.send(Publish("sensors/cellar/heat", b"0", retain=True))
        assert [(await bob.message()).retain for _ in range(4)] == [False] * 4  # MQTT-3.3.1-12
    async with serving(tmp_path, **TOPICS) as house:
        alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob", version=version)
        await bob.subscribe(Filter("sensors/#", 1))
        heard = [await bob.message() for _ in range(3)]
        assert [(m.topic, m.payload, m.qos, m.retain) for m in heard] == [
            ("sensors/hall/heat", b"2", 1, True),
            (AT, BYTES, 1, True),
            ("sensors/cellar/heat", b"0", 0, True),
        ]
        await alice.publish(AT, b"", 4, retain=True)  # MQTT-3.3.1-6
        assert (await bob.message()).payload == b""
        carol = await Peer.enter(house, "carol", version=version)
        await carol.subscribe(Filter("sensors/+/heat", 2))
        assert {(await carol.message(confirm=False)).topic for _ in range(2)} == {
            "sensors/hall/heat",
            "sensors/cellar/heat",
        }
        await carol.quiet()


async def test_retain_as_published_and_retain_handling(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await alice.publish(AT, b"1", retain=True)
    for handling, is_told in ((2, False), (1, False), (0, True)):
        await bob.subscribe(Filter(AT, 1, as_published=True, handling=handling))
        if is_told:
            assert (await bob.message()).retain
        await bob.quiet()
    await alice.publish(AT, b"2", 2, retain=True)
    await alice.publish(AT, b"3", 3)
    assert [(await bob.message()).retain for _ in range(2)] == [True, False]  # MQTT-3.3.1-13


async def test_the_most_retained_are_the_newest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retained, "MOST", 2)
    monkeypatch.setattr(retained, "PAGE", 2)
    async with serving(tmp_path, **TOPICS) as house:
        alice = await Peer.enter(house, "alice")
        for n in range(5):
            await alice.publish(f"sensors/{n}", b"x", n + 1, retain=True)
        await alice.subscribe(Filter("sensors/+", 0))
        assert [(await alice.message()).topic for _ in range(2)] == ["sensors/3", "sensors/4"]
        await alice.quiet()


async def test_a_shared_subscription_tells_one_of_the_group(house: House) -> None:
    alice = await Peer.enter(house, "alice")
    group = [await Peer.enter(house, f"worker-{n}") for n in range(2)]
    for one in group:
        await one.subscribe("$share/workers/sensors/#", qos=1)
    for n in range(1, 9):
        await alice.publish(AT, b"x", n)
        alice.send(Publish(AT, b"y"))
    heard = 0
    for one in group:
        while True:
            try:
                async with asyncio.timeout(0.3):
                    await one.message()
            except TimeoutError:
                break
            heard += 1
    assert heard == 16


async def test_a_will(house: House) -> None:
    bob = await Peer.enter(house, "bob")
    await bob.subscribe("sensors/#", qos=1)
    peer = await Peer.enter(house, "c", will=Will("sensors/c/state", b"gone", 1, True))
    await peer.leave()
    assert (await bob.message()).payload == b"gone"
    carol = await Peer.enter(house, "carol")
    await carol.subscribe(Filter("sensors/c/state", 1))
    assert (await carol.message()).retain
    await carol.goodbye(Disconnect(reasons.DISCONNECT_WITH_WILL))


async def test_a_repeated_publish_is_stored_once(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe("sensors/#", qos=1)
    assert (await alice.publish(AT, BYTES)).reason == 0
    assert (await alice.publish(AT, BYTES, dup=True)).reason == 0
    keyed = {properties.USER_PROPERTY: [("cid", "k")]}
    assert (await alice.publish(AT, BYTES, 2, properties=keyed)).reason == 0
    assert (await alice.publish(AT, BYTES, 3, properties=keyed)).reason == 0
    assert pairs(await bob.message()) == {}
    assert pairs(await bob.message()) == {"cid": "k"}
    await bob.quiet()


async def test_by_other_doors_it_is_a_body_and_what_is_none_is_a_message(house: House) -> None:
    """Whoever says a body of type mqtt elsewhere publishes; if it is not sound, it is told as what it is."""
    peer = await Peer.enter(house, "c")
    await peer.subscribe("#", qos=1)
    body = {"type": "mqtt", "topic": AT, "payload": "hi", "qos": 1}
    await peer.publish("chat/global", json.dumps({"body": body}))
    assert (await peer.message()).topic == AT
    wrong = (
        {"topic": "chat/x"},
        {"topic": "a/#"},
        {"topic": ""},
        {"qos": 3},
        {"data": "!"},
        {"response_topic": "+"},
        {"pairs": [["a\0", "b"]]},
        {"topic": "a\0b"},
        {"content_type": "x" * 20_000},
    )
    for fields in wrong:
        await peer.publish("chat/global", json.dumps({"body": body | fields}))
        heard = await peer.message()
        assert heard.topic == "chat/global", fields


@pytest.mark.parametrize(
    ("topics", "within"), [(("a/#/b",), "lobby"), (("$x",), "lobby"), (("",), "lobby"), (("a",), "")]
)
def test_settings_that_are_none(topics: tuple[str, ...], within: str) -> None:
    with pytest.raises(ValueError, match=r"mqtt\.topics"):
        MqttOptions(topics=topics, topics_in=within)
