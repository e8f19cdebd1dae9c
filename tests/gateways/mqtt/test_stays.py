"""Sessions that outlast their connection, and the server."""

from pathlib import Path
from typing import Any

import pytest

from teahouse.app.compose import House
from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.stays import MemoryStays
from teahouse.backends.memory.store import MemoryStore
from teahouse.gateways.mqtt.stays import Keeper, Kept, StayBook
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Ack, Connack, Connect, Disconnect, Publish
from tests.gateways.mqtt.peer import Peer, pairs, seq, serving

BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])
CHAT = "chat/global"
LONG = {properties.SESSION_EXPIRY: 3600}


async def somebody(house: House, version: int = V5, **fields: Any) -> dict[str, Any]:
    """A guest who can come back: what to say at CONNECT."""
    peer, answer = await Peer.knock(house, "first", user="romeo")
    await peer.leave()
    secret = pairs(answer)["resume"].encode()
    found = {"properties": LONG} if version == V5 else {}
    return (
        {"client": "c", "version": version, "clean": False, "user": "resume", "password": secret}
        | found
        | fields
    )


async def back(house: House, who: dict[str, Any]) -> tuple[Peer, bool]:
    """In again, and whether the session was there."""
    peer = await Peer.bare(house, who["version"])
    peer.send(Connect(**who))
    answer = await peer.expect(Connack)
    assert answer.reason == 0
    return peer, answer.present


@BOTH
async def test_what_was_missed_comes_from_the_log(tmp_path: Path, version: int) -> None:
    async with serving(tmp_path) as house:
        who = await somebody(house, version)
        peer, present = await back(house, who)
        assert not present
        await peer.subscribe(CHAT, qos=1)
        alice = await Peer.enter(house, "alice")
        await alice.publish(CHAT, "1")
        await peer.message()
        await alice.publish(CHAT, "2", 2)
        assert not (await peer.message(confirm=False)).dup
        await peer.leave()
        await alice.publish(CHAT, "3", 3)
        peer, present = await back(house, who)
        assert present
        heard = [await peer.message(confirm=False), await peer.message()]
        assert [b'"seq":2' in heard[0].payload, b'"seq":3' in heard[1].payload] == [True, True]
        assert (heard[0].dup, heard[1].dup) == (True, False)
        peer.send(Ack(packets.PUBACK, heard[0].id))
        await peer.quiet()
        await peer.goodbye()
        await alice.publish(CHAT, "4", 4)
    async with serving(tmp_path) as house:
        alice = await Peer.enter(house, "alice")
        await alice.publish(CHAT, "5", 5)
        peer, present = await back(house, who)
        assert present
        for n in (4, 5):
            assert f'"seq":{n}'.encode() in (await peer.message()).payload
        await alice.publish(CHAT, "6", 6)
        assert b'"seq":6' in (await peer.message()).payload
        await peer.quiet()


@BOTH
async def test_a_clean_start_begins_anew(house: House, version: int) -> None:
    who = await somebody(house, version)
    peer, _ = await back(house, who)
    await peer.subscribe(CHAT, qos=1)
    await peer.leave()
    peer, present = await back(house, who | {"clean": True})
    assert not present
    alice = await Peer.enter(house, "alice")
    await alice.publish(CHAT, "1")
    await peer.quiet()
    await peer.leave()
    _, present = await back(house, who)
    assert present is (version == V5)  # a clean session of 3.1.1 ends with its connection


async def test_how_long_a_session_is_kept_may_change_at_the_end(house: House) -> None:
    who = await somebody(house)
    peer, _ = await back(house, who)
    await peer.goodbye(Disconnect(0, {properties.SESSION_EXPIRY: 0}))
    peer, present = await back(house, who | {"properties": properties.NONE})
    assert not present
    peer.send(Disconnect(0, {properties.SESSION_EXPIRY: 5}))
    assert (await peer.expect(Disconnect)).reason == reasons.PROTOCOL_ERROR


async def test_a_session_is_only_its_users(house: House) -> None:
    who = await somebody(house)
    peer, _ = await back(house, who)
    await peer.subscribe(CHAT, qos=1)
    await peer.leave()
    _, answer = await Peer.knock(house, "c", user="juliet", clean=False, properties=LONG)
    assert not answer.present


async def test_qos_0_is_not_kept(house: House) -> None:
    who = await somebody(house)
    peer, _ = await back(house, who)
    await peer.subscribe(CHAT, qos=0)
    await peer.leave()
    alice = await Peer.enter(house, "alice")
    await alice.publish(CHAT, "missed")
    peer, present = await back(house, who)
    assert present
    await peer.quiet()
    await alice.publish(CHAT, "heard", 2)
    assert seq(await peer.message()) == 2


async def test_conversations_that_began_meanwhile_are_told_from_their_beginning(house: House) -> None:
    who = await somebody(house)
    peer, _ = await back(house, who)
    await peer.subscribe("chat/+", qos=1)
    alice = await Peer.enter(house, "alice")
    await peer.leave()
    other = await Peer.enter(house, "another device", user="resume", password=who["password"])
    await alice.publish("chat/@romeo", "1")
    await alice.publish("chat/@romeo", "2", 2)
    peer, _ = await back(house, who)
    assert [seq(await peer.message()) for _ in range(2)] == [1, 2]
    await peer.quiet()
    await other.leave()


async def test_what_was_said_before_a_subscription_is_none_of_its_business(house: House) -> None:
    who = await somebody(house)
    alice = await Peer.enter(house, "alice")
    await alice.publish(CHAT, "1")
    peer, _ = await back(house, who)
    await alice.publish(CHAT, "2", 2)
    await peer.subscribe(CHAT, qos=1)
    await peer.leave()
    peer, _ = await back(house, who)
    await peer.quiet()


@pytest.mark.parametrize("restarts", [False, True])
async def test_qos_2_is_taken_once(tmp_path: Path, restarts: bool) -> None:
    """A lost connection before PUBREC: the same identifier again. After it: PUBREL alone."""
    async with serving(tmp_path) as house:
        who = await somebody(house)
        peer, _ = await back(house, who)
        await peer.subscribe(CHAT, qos=2)
        alice = await Peer.enter(house, "alice")
        await alice.publish(CHAT, "1")
        await alice.publish(CHAT, "2", 2)
        one, two = await peer.message(), await peer.message()
        assert (one.qos, two.qos) == (2, 2)
        peer.send(Ack(packets.PUBREC, one.id))
        assert await peer.expect(Ack) == Ack(packets.PUBREL, one.id)
        await peer.leave()
        if not restarts:
            await _goes_on(house, who, one, two)
    if restarts:
        async with serving(tmp_path) as house:
            await _goes_on(house, who, one, two)


async def _goes_on(house: House, who: dict[str, Any], one: Publish, two: Publish) -> None:
    peer, _ = await back(house, who)
    assert await peer.expect(Ack) == Ack(packets.PUBREL, one.id)
    peer.send(Ack(packets.PUBCOMP, one.id))
    again = await peer.message()
    assert (again.id, again.dup, seq(again)) == (two.id, True, 2)
    peer.send(Ack(packets.PUBREC, again.id))
    assert await peer.expect(Ack) == Ack(packets.PUBREL, again.id)
    peer.send(Ack(packets.PUBCOMP, again.id))
    await peer.quiet()
    await peer.leave()
    peer, _ = await back(house, who)
    await peer.quiet()


async def test_who_takes_over_goes_on_with_the_session(house: House) -> None:
    who = await somebody(house)
    first, _ = await back(house, who)
    await first.subscribe(CHAT, qos=1)
    alice = await Peer.enter(house, "alice")
    await alice.publish(CHAT, "1")
    await first.message(confirm=False)
    second, present = await back(house, who)
    assert present
    assert (await first.expect(Disconnect)).reason == reasons.TAKEN_OVER
    assert seq(await second.message()) == 1
    await second.quiet()


async def test_a_connection_that_is_over_writes_nothing_any_more() -> None:
    """What it confirmed is stored a second later: by then another connection may have the session."""
    stays = MemoryStays(MemoryStore())
    book = StayBook(stays, ManualClock(), 3600)
    old, new = Keeper(book, "u", "c", 60), Keeper(book, "u", "c", 60)
    old.snapshot = lambda: Kept([], {"lobby": 1})
    new.snapshot = lambda: Kept([], {"lobby": 2})
    old.save_now()
    assert await book.find("u", "c", False) == Kept([], {"lobby": 1})
    new.save()
    await book.stop()
    old.save()
    await book.stop()
    assert await book.find("u", "c", False) == Kept([], {"lobby": 2})
    new.close()
    new.save()
    await book.stop()
    assert await book.find("u", "c", False) is None
