"""MQTT over WebSocket at /mqtt."""

from collections import deque
from typing import Any

import pytest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus

from teahouse.app.compose import House
from teahouse.wire.mqtt import reasons
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import (
    V5,
    Ack,
    Connack,
    Connect,
    Disconnect,
    Filter,
    Granted,
    Packet,
    Publish,
    Subscribe,
)
from teahouse.wire.mqtt.splitter import PacketSplitter
from tests.gateways.mqtt.peer import Peer


class SocketPeer:
    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket
        self._splitter = PacketSplitter(1 << 20)
        self._packets: deque[Packet] = deque()

    async def send(self, *several: Packet, size: int = 1 << 20) -> None:
        """In frames of `size` bytes."""
        data = b"".join(encode(packet, V5) for packet in several)
        for at in range(0, len(data), size):
            await self.socket.send(data[at : at + size])

    async def next(self) -> Any:
        while not self._packets:
            data = await self.socket.recv()
            assert isinstance(data, bytes)
            self._packets += [decode(first, body, V5) for first, body in self._splitter.feed(data)]
        return self._packets.popleft()


def url(house: House, path: str = "/mqtt") -> str:
    return house.urls["http"].replace("http", "ws", 1) + path


async def test_a_conversation(house: House) -> None:
    async with connect(url(house), subprotocols=["mqtt"], compression=None) as socket:  # type: ignore[list-item]
        assert socket.subprotocol == "mqtt"
        peer = SocketPeer(socket)
        await peer.send(Connect(client="romeo"), Subscribe(1, (Filter("chat/global", 1),)), size=3)
        assert (await peer.next()).reason == 0
        assert isinstance(await peer.next(), Granted)
        other = await Peer.enter(house, "juliet")
        await other.publish("chat/global", "hi")
        heard = await peer.next()
        assert isinstance(heard, Publish)
        await peer.send(Ack(4, heard.id), Publish("chat/global", b"ho", 1, 5))
        assert isinstance(await peer.next(), Ack)
        await peer.send(Disconnect())
        with pytest.raises(ConnectionClosed):
            await peer.next()
            await peer.next()
    sessions = [session.link.gateway for session in house.engine.sessions]
    assert sessions == ["mqtt"]


async def test_text_is_no_mqtt(house: House) -> None:
    async with connect(url(house, "/mqtt/"), subprotocols=["mqtt"], compression=None) as socket:  # type: ignore[list-item]
        await socket.send("hello")
        with pytest.raises(ConnectionClosed):
            await socket.recv()
        assert socket.close_code == 1003


async def test_why_a_connection_ends(house: House) -> None:
    async with connect(url(house), subprotocols=["mqtt"], compression=None) as socket:  # type: ignore[list-item]
        peer = SocketPeer(socket)
        await peer.send(Connect(client="a"), Connect(client="a"))
        assert isinstance(await peer.next(), Connack)
        assert (await peer.next()).reason == reasons.PROTOCOL_ERROR
        with pytest.raises(ConnectionClosed):
            await peer.next()


async def test_elsewhere_there_is_nothing(house: House) -> None:
    with pytest.raises(InvalidStatus):
        async with connect(url(house, "/mqtts")):
            pass
