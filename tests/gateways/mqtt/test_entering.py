"""CONNECT: who may come in, as whom, and what is said to whom may not."""

import asyncio
import json
import urllib.request

import pytest

from teahouse.app.compose import House
from teahouse.gateways.mqtt.listener import MqttListener
from teahouse.wire.mqtt import packets, properties, reasons
from teahouse.wire.mqtt.packets import V3_1_1, V5, Connack, Connect, Disconnect, Ping
from tests.gateways.mqtt.peer import Peer, pairs, serving

BOTH = pytest.mark.parametrize("version", [V3_1_1, V5])


async def account(house: House, name: str) -> str:
    """Registered; the access token."""
    body = json.dumps({"user": name, "password": "correct horse 1"}).encode()
    request = urllib.request.Request(
        house.urls["http"] + "/api/v1/auth/register", body, {"Content-Type": "application/json"}
    )

    def ask() -> bytes:
        with urllib.request.urlopen(request) as answer:
            return answer.read()

    return json.loads(await asyncio.to_thread(ask))["access_token"]


@BOTH
async def test_guests_and_accounts(house: House, version: int) -> None:
    token = await account(house, "alice")
    await Peer.enter(house, "romeo", version=version)
    peer = await Peer.enter(house, "c1", version=version, user="juliet")
    peer.send(Ping(packets.PINGREQ))
    assert await peer.expect(Ping) == Ping(packets.PINGRESP)
    for user, password in (("alice", "correct horse 1"), ("token", token), ("", token)):
        peer, answer = await Peer.knock(house, "c2", version=version, user=user, password=password.encode())
        assert answer.reason == 0
        if version == V5:
            assert pairs(answer)["nick"] == "alice"
            assert "resume" not in pairs(answer)


@BOTH
@pytest.mark.parametrize(
    ("user", "password"),
    [("alice", b"wrong"), ("token", b"a.b.c"), ("resume", b"guessed"), ("alice", b"\xff")],
)
async def test_who_is_nobody(house: House, version: int, user: str, password: bytes) -> None:
    peer, answer = await Peer.knock(house, "c", version=version, user=user, password=password)
    assert answer.reason == (reasons.BAD_CREDENTIALS if version == V5 else 4)
    assert await peer.is_cut()


async def test_a_guest_comes_back_by_the_secret(house: House) -> None:
    peer, answer = await Peer.knock(house, "c", user="romeo")
    told = pairs(answer)
    await peer.leave()
    secret = told["resume"].encode()
    _, again = await Peer.knock(house, "c", user="resume/montague", password=secret)
    assert pairs(again)["user"] == told["user"]
    assert pairs(again)["nick"] == "montague"


async def test_connack_says_what_holds(house: House) -> None:
    wanted = {properties.SESSION_EXPIRY: 0xFFFFFFFF, properties.REQUEST_RESPONSES: 1}
    _, answer = await Peer.knock(house, "", user="romeo", properties=wanted)
    told = answer.properties
    assert told[properties.ASSIGNED_CLIENT_ID]
    assert told[properties.SESSION_EXPIRY] == 604_800
    assert told[properties.RESPONSE_INFORMATION] == "$teahouse/answer"
    assert (told[properties.RECEIVE_MAXIMUM], told[properties.ALIAS_MAXIMUM]) == (100, 16)
    assert told[properties.MAXIMUM_PACKET] == 65_536


async def test_other_versions_are_told_so(house: House) -> None:
    peer = await Peer.bare(house, V3_1_1)
    peer.send_bytes(b"\x10\x0c\0\x04MQTT\x06\x02\0\0\0\0")
    assert await peer.expect(Connack) == Connack(False, 1)
    assert await peer.is_cut()


@pytest.mark.parametrize(
    "data",
    [
        b"\xc0\x00",
        b"GET / HTTP/1.1\r\n\r\n",
        b"\x10\x0c\0\x04mqtt\x05\x02\0\0\0\0",
        b"\xff" * 6,
        b"\x30\xff\xff\xff\x7f",
    ],
)
async def test_who_speaks_otherwise_is_cut_without_a_word(house: House, data: bytes) -> None:
    peer = await Peer.bare(house)
    peer.send_bytes(data)
    assert await peer.is_cut()


async def test_refusals_of_connect(house: House) -> None:
    method = {properties.AUTH_METHOD: "SCRAM-SHA-1"}
    for fields, reason in (
        ({"client": "c", "properties": method}, reasons.BAD_METHOD),
        ({"client": "x" * 129}, reasons.CLIENT_ID_NOT_VALID),
        ({"client": "", "version": V3_1_1, "clean": False}, 2),
    ):
        _, answer = await Peer.knock(house, **fields)
        assert answer.reason == reason


async def test_a_second_connect_and_packets_of_a_server(house: House) -> None:
    for packet in (Connect(client="c"), Connack(False, 0), packets.Auth(reasons.REAUTHENTICATE)):
        peer = await Peer.enter(house, "c")
        peer.send(packet)
        assert (await peer.expect(Disconnect)).reason == reasons.PROTOCOL_ERROR
        assert await peer.is_cut()


async def test_what_follows_connect_at_once_is_done_after_it(house: House) -> None:
    peer = await Peer.bare(house)
    peer.send(Connect(client="c"), Ping(packets.PINGREQ), packets.Publish("chat/global", b"hi", 1, 5))
    assert (await peer.expect(Connack)).reason == 0
    assert isinstance(await peer.next(), Ping)
    assert (await peer.expect(packets.Ack)).id == 5


async def test_the_same_client_takes_over(house: House) -> None:
    first, answer = await Peer.knock(house, "c", user="romeo")
    secret = pairs(answer)["resume"].encode()
    await Peer.enter(house, "c", user="resume", password=secret)
    assert (await first.expect(Disconnect)).reason == reasons.TAKEN_OVER
    assert await first.is_cut()
    await Peer.enter(house, "c", user="somebody-else")


async def test_keep_alive(house: House) -> None:
    peer = await Peer.enter(house, "c", keep_alive=1)
    assert (await peer.expect(Disconnect)).reason == reasons.KEEP_ALIVE_TIMEOUT


async def test_connect_must_come_in_time(tmp_path) -> None:
    async with serving(tmp_path, connect_s=1) as house:
        assert await (await Peer.bare(house)).is_cut()


async def test_a_server_that_goes_says_so(tmp_path) -> None:
    async with serving(tmp_path) as house:
        peer = await Peer.enter(house, "c")
        old = await Peer.enter(house, "d", version=V3_1_1)
    assert (await peer.expect(Disconnect)).reason == reasons.SHUTTING_DOWN
    assert await old.is_cut()


async def test_a_connection_that_ends_while_it_comes_in_leaves_nothing(house: House) -> None:
    for _ in range(20):
        peer = await Peer.bare(house)
        peer.send(Connect(client="c", user="romeo"))
        await asyncio.sleep(0)
        peer._writer.transport.abort()
    await asyncio.sleep(0.2)
    assert len(house.engine) == 0
    assert len(house.admission) == 0
    mqtt = house.listeners["mqtt"]
    assert isinstance(mqtt, MqttListener)
    assert not mqtt._context.shared.tasks
    await Peer.enter(house, "c", user="romeo")
