"""Wills: what is said for clients that went without a word."""

import json
from pathlib import Path
from typing import Any

from teahouse.app.compose import House
from teahouse.wire.mqtt import properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, Disconnect, Ping, Will
from tests.gateways.mqtt.peer import Peer, pairs, serving

CHAT = "chat/global"


async def listener(house: House) -> Peer:
    peer = await Peer.enter(house, "listener")
    await peer.subscribe(CHAT)
    return peer


async def said(peer: Peer) -> tuple[str, str]:
    told = json.loads((await peer.message()).payload)
    return told["sender"]["nick"], told["body"]["text"]


async def test_a_will_is_published_in_the_name_of_who_is_gone(house: House) -> None:
    peer = await listener(house)
    for version in (V3_1_1, 5):
        gone = await Peer.enter(house, f"romeo{version}", version=version, will=Will(CHAT, b"o happy dagger"))
        await gone.leave()
        assert await said(peer) == (f"romeo{version}", "o happy dagger")


async def test_who_says_goodbye_has_no_will_unless_they_want_it(house: House) -> None:
    peer = await listener(house)
    will = Will(CHAT, b"gone")
    await (await Peer.enter(house, "a", will=will)).goodbye()
    await (await Peer.enter(house, "b", will=will)).goodbye(Disconnect(reasons.DISCONNECT_WITH_WILL))
    assert await said(peer) == ("b", "gone")
    await peer.quiet()


async def test_who_breaks_the_protocol_has_a_will(house: House) -> None:
    peer = await listener(house)
    broken = await Peer.enter(house, "a", will=Will(CHAT, b"gone"))
    broken.send(Ping(13))
    await broken.expect(Disconnect)
    assert await said(peer) == ("a", "gone")


async def test_a_will_that_waits(house: House) -> None:
    peer = await listener(house)
    _, answer = await Peer.knock(house, "x", user="romeo")
    who: dict[str, Any] = {"client": "c", "user": "resume", "password": pairs(answer)["resume"].encode()}
    kept: dict[str, Any] = {"properties": {properties.SESSION_EXPIRY: 600}, "clean": False}
    will = Will(CHAT, b"gone", properties={properties.WILL_DELAY: 1})
    await (await Peer.enter(house, **who, will=will, **kept)).leave()
    back = await Peer.enter(house, **who, will=will, **kept)
    await peer.quiet()
    await back.leave()
    await peer.quiet()
    assert await said(peer) == ("romeo", "gone")
    # A session that ends takes its will with it, whatever the delay.
    await (await Peer.enter(house, **who, will=will)).leave()
    assert await said(peer) == ("romeo", "gone")


async def test_a_server_that_goes_publishes_no_will(tmp_path: Path) -> None:
    async with serving(tmp_path) as house:
        await Peer.enter(house, "a", will=Will(CHAT, b"gone"))
    async with serving(tmp_path) as house:
        peer = await listener(house)
        await peer.publish(CHAT, "first")
        assert pairs(await peer.message())["seq"] == "1"
