"""What subscribers hear, and at which quality of service."""

import asyncio
import json
from itertools import chain
from pathlib import Path
from typing import Any

import pytest

from teahouse.app.compose import House
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Ack, Filter, Granted, Publish, Unsubscribe
from tests.gateways.mqtt.peer import Peer, pairs, seq, serving

BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])
CHAT = "chat/global"


@BOTH
@pytest.mark.parametrize("qos", [0, 1, 2])
async def test_a_message_is_heard(house: House, version: int, qos: int) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob", version=version)
    assert await bob.subscribe(CHAT, qos=qos) == (qos,)
    await alice.publish(CHAT, "hi")
    heard = await bob.message(confirm=False)
    assert (heard.topic, heard.qos, heard.retain, heard.dup) == (CHAT, qos, False, False)
    told = json.loads(heard.payload)
    assert (told["ev"], told["seq"], told["body"]["text"]) == ("message", 1, "hi")
    if version == V5:
        assert pairs(heard) == {"seq": "1", "sender": told["sender"]["id"]}
    if qos == 1:
        bob.send(Ack(packets.PUBACK, heard.id))
    elif qos == 2:
        bob.send(Ack(packets.PUBREC, heard.id))
        assert await bob.expect(Ack) == Ack(packets.PUBREL, heard.id)
        bob.send(Ack(packets.PUBCOMP, heard.id))
    await bob.quiet()


async def test_filters(house: House) -> None:
    peer = await Peer.enter(house, "c")
    wanted = ("chat/+", "#", "chat/global/events", "presence/+", "user/me/inbox", "$share/g/chat/#")
    assert await peer.subscribe(*wanted) == (0,) * 6
    refused = ("elsewhere", "chat/not-mine", "user/somebody/inbox", "$SYS/#", "$teahouse/command")
    assert await peer.subscribe(*refused) == (reasons.NOT_AUTHORIZED,) * 5
    wrong = ("a/#/b", "a+", "$share/g", "$share//x", "")
    assert await peer.subscribe(*wrong) == (reasons.FILTER_INVALID,) * 5
    old = await Peer.enter(house, "d", version=V3_1_1)
    assert await old.subscribe("chat/global", "elsewhere", qos=2) == (2, 0x80)


async def test_the_most_subscriptions(tmp_path: Path) -> None:
    async with serving(tmp_path, subscriptions=2) as house:
        peer = await Peer.enter(house, "c")
        assert await peer.subscribe("#", "chat/+", "chat/#") == (0, 0, reasons.QUOTA_EXCEEDED)
        assert await peer.subscribe("#", qos=1) == (1,)


async def test_ones_own_messages_are_heard_unless_one_asks_not_to(house: House) -> None:
    peer = await Peer.enter(house, "c")
    await peer.subscribe("chat/+")
    await peer.publish(CHAT, "with echo")
    assert pairs(await peer.message())["seq"] == "1"
    await peer.subscribe(Filter("chat/+", no_local=True, handling=2))
    await peer.publish(CHAT, "without")
    await peer.quiet()
    old = await Peer.enter(house, "d", version=V3_1_1)
    await old.subscribe("chat/+", qos=1)
    assert (await old.message()).retain
    old.send(Publish(CHAT, b"echo", 1, 9))
    assert isinstance(await old.next(), Ack)
    assert (await old.message()).qos == 1


async def test_several_filters_tell_once(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    for number, text, qos in ((3, "chat/#", 0), (5, CHAT, 1)):
        await bob.subscribe(text, qos=qos, properties={properties.SUBSCRIPTION_ID: number})
    await bob.subscribe("#")
    await alice.publish(CHAT, "hi")
    heard = await bob.message()
    assert heard.qos == 1
    assert heard.properties[properties.SUBSCRIPTION_ID] == [3, 5]
    await bob.quiet()


async def test_unsubscribe(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe("chat/+")
    bob.send(Unsubscribe(5, ("chat/+", "chat/#")))
    ended = await bob.expect(Granted)
    assert (ended.type, ended.id) == (packets.UNSUBACK, 5)
    assert ended.reasons == (0, reasons.NO_SUBSCRIPTION_EXISTED)
    await alice.publish(CHAT, "hi")
    await bob.quiet()


async def test_the_last_message_is_retained(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    assert await bob.subscribe(Filter(CHAT, 1)) == (1,)
    await bob.quiet()
    await alice.publish(CHAT, "first")
    await alice.publish(CHAT, "last")
    heard = [await bob.message(), await bob.message()]
    assert [one.retain for one in heard] == [False, False]
    for handling, is_told in ((0, True), (1, False), (2, False), (0, True)):
        await bob.subscribe(Filter(CHAT, 1, handling=handling))
        if is_told:
            last = await bob.message()
            assert (last.retain, last.qos, seq(last)) == (True, 0, 2)
        await bob.quiet()


async def test_a_shared_subscription_tells_one_of_the_group(house: House) -> None:
    alice = await Peer.enter(house, "alice")
    group = [await Peer.enter(house, f"worker-{n}") for n in range(3)]
    for one in group:
        await one.subscribe("$share/workers/chat/+", qos=1)
    for n in range(9):
        await alice.publish(CHAT, str(n))
    heard = [[seq(await one.message()) for _ in range(3)] for one in group]
    assert sorted(chain.from_iterable(heard)) == list(range(1, 10))
    for one in group:
        await one.quiet()


async def test_no_more_is_on_its_way_than_the_client_wants(house: House) -> None:
    """The rest is read from the log as the client confirms; nothing is lost, doubled or out of order."""
    alice = await Peer.enter(house, "alice")
    bob = await Peer.enter(house, "bob", properties={properties.RECEIVE_MAXIMUM: 3})
    await bob.subscribe(CHAT, qos=1)
    for n in range(500):
        alice.send(Publish(CHAT, str(n).encode()))
    await alice.publish(CHAT, "last")
    waiting = [await bob.message(confirm=False) for _ in range(3)]
    await bob.quiet()
    assert (await bob.publish(CHAT, "I can still say something", 9)).reason == 0
    heard: list[int] = []
    while len(heard) < 502:
        packet = waiting.pop(0)
        heard.append(seq(packet))
        bob.send(Ack(packets.PUBACK, packet.id))
        if len(heard) <= 499:
            waiting.append(await bob.message(confirm=False))
    assert heard == list(range(1, 503))
    await alice.publish(CHAT, "live again", 2)
    assert seq(await bob.message()) == 503


async def test_no_local_holds_for_what_is_read_from_the_log(house: House) -> None:
    alice = await Peer.enter(house, "alice")
    bob = await Peer.enter(house, "bob", properties={properties.RECEIVE_MAXIMUM: 1})
    await bob.subscribe(Filter(CHAT, 1, no_local=True, handling=2))
    await alice.publish(CHAT, "1")
    await alice.publish(CHAT, "2")
    first = await bob.message(confirm=False)
    assert pairs(await bob.publish(CHAT, "3", 9))["seq"] == "3"
    await alice.publish(CHAT, "4")
    bob.send(Ack(packets.PUBACK, first.id))
    assert [seq(await bob.message()) for _ in range(2)] == [2, 4]
    await bob.quiet()


async def test_a_client_that_takes_only_small_packets(house: House) -> None:
    alice = await Peer.enter(house, "alice")
    bob = await Peer.enter(house, "bob", properties={properties.MAXIMUM_PACKET: 400})
    for qos in (0, 1):
        await bob.subscribe(CHAT, qos=qos)
        await alice.publish(CHAT, "x" * 500)
        await alice.publish(CHAT, "small", 2)
        assert json.loads((await bob.message()).payload)["body"]["text"] == "small"
        await bob.quiet()


async def test_events(house: House) -> None:
    alice = await Peer.enter(house, "alice")
    await alice.subscribe("presence/+", "user/me/inbox", "chat/+")
    bob = await Peer.enter(house, "bob")
    there = await alice.message()
    told = json.loads(there.payload)
    assert there.topic == f"presence/{told['user']}"
    assert (told["ev"], told["nick"], told["status"]) == ("presence", "bob", "online")
    await bob.publish(CHAT, json.dumps({"text": "pst", "ephemeral": True}))
    heard = await alice.message()
    assert (heard.topic, json.loads(heard.payload)["ephemeral"]) == (CHAT, True)


async def test_the_lobby_by_its_other_name(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe("chat/lobby")
    await alice.publish("chat/lobby", "hi")
    assert (await bob.message()).topic == "chat/lobby"


async def test_a_direct_conversation(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe("chat/+", qos=1)
    answer = await alice.publish("chat/@bob", "just to you")
    conversation = pairs(answer)["conversation"]
    assert (await bob.message()).topic == f"chat/{conversation}"
    assert await alice.subscribe(f"chat/{conversation}") == (0,)


async def test_a_slow_client_catches_up(house: House) -> None:
    alice, bob = await Peer.enter(house, "alice"), await Peer.enter(house, "bob")
    await bob.subscribe(CHAT, qos=0)
    reading: Any = bob._writer.transport
    reading.pause_reading()
    for n in range(400):
        alice.send(Publish(CHAT, f"{n} {'x' * 8000}".encode()))
    await alice.publish(CHAT, "last")
    await asyncio.sleep(0.1)
    reading.resume_reading()
    assert [seq(await bob.message()) for _ in range(401)] == list(range(1, 402))
