"""A client of MQTT on a bare socket, which does what it is told to and nothing by itself; and a server to talk to."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from msgspec.structs import replace

from teahouse.app.compose import House, compose
from teahouse.app.settings import Settings
from teahouse.gateways.options import HttpOptions, MqttOptions
from teahouse.wire.mqtt import packets, properties
from teahouse.wire.mqtt.decode import decode
from teahouse.wire.mqtt.encode import encode
from teahouse.wire.mqtt.packets import V5, Ack, Connack, Connect, Filter, Granted, Packet, Publish, Subscribe
from teahouse.wire.mqtt.splitter import PacketSplitter
from tests.support.doors import only_doors

P = TypeVar("P")
WAIT_S = 8.0
QUIET_S = 0.15


@asynccontextmanager
async def serving(data: Path, **options: Any) -> AsyncIterator[House]:
    """A whole server on the data in this folder, without limits of rate."""
    settings = Settings(
        data=str(data),
        limits="off",
        **only_doors(http=HttpOptions(port=0), mqtt=MqttOptions(port=0, **options)),
    )
    async with AsyncExitStack() as stack:
        house = await compose(settings, stack, invites=False)
        yield house
        await house.drain(1)


def port(house: House) -> int:
    return int(house.urls["mqtt"].rpartition(":")[2])


class Peer:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter, version: int) -> None:
        self._reader = reader
        self._writer = writer
        self.version = version
        self._splitter = PacketSplitter(1 << 20)
        self._packets: deque[Packet] = deque()

    @classmethod
    async def bare(cls, house: House, version: int = V5) -> "Peer":
        """Connected, and nothing said yet."""
        return cls(*await asyncio.open_connection("127.0.0.1", port(house)), version)

    @classmethod
    async def enter(cls, house: House, client: str, **fields: Any) -> "Peer":
        """A guest by the name of the client, or who else `fields` say, who is let in."""
        peer, answer = await cls.knock(house, client, **fields)
        assert not answer.reason, answer
        return peer

    @classmethod
    async def knock(cls, house: House, client: str, **fields: Any) -> "tuple[Peer, Connack]":
        connect = Connect(**{"client": client, "version": V5, **fields})
        peer = await cls.bare(house, connect.version)
        peer.send(connect)
        return peer, await peer.expect(Connack)

    def send(self, *several: Packet) -> None:
        self._writer.write(b"".join(encode(packet, self.version) for packet in several))

    def send_bytes(self, data: bytes) -> None:
        self._writer.write(data)

    async def next(self) -> Packet | None:
        """What comes next; None: the server has closed."""
        async with asyncio.timeout(WAIT_S):
            while not self._packets:
                try:
                    data = await self._reader.read(65_536)
                except ConnectionResetError:
                    return None
                if not data:
                    return None
                found = self._splitter.feed(data)
                self._packets += [decode(first, body, self.version) for first, body in found]
            return self._packets.popleft()

    async def expect(self, kind: type[P]) -> P:
        packet = await self.next()
        assert isinstance(packet, kind), packet
        return packet

    async def is_cut(self) -> bool:
        return await self.next() is None

    async def quiet(self) -> None:
        """Nothing comes."""
        try:
            async with asyncio.timeout(QUIET_S):
                packet = await self.next()
        except TimeoutError:
            return
        raise AssertionError(f"heard {packet}")

    async def subscribe(self, *filters: str | Filter, qos: int = 0, **found: Any) -> tuple[int, ...]:
        """Without what is retained, unless a Filter says otherwise."""
        wanted = tuple(
            f if isinstance(f, Filter) else Filter(f, qos, handling=self._never()) for f in filters
        )
        self.send(Subscribe(77, wanted, found.get("properties", properties.NONE)))
        granted = await self.expect(Granted)
        assert (granted.type, granted.id) == (packets.SUBACK, 77)
        return granted.reasons

    def _never(self) -> int:
        return 2 if self.version == V5 else 0

    async def publish(self, topic: str, payload: str | bytes, id: int = 1, **fields: Any) -> Ack:
        """At QoS 1, or 2: until PUBACK or PUBREC."""
        data = payload.encode() if isinstance(payload, str) else payload
        self.send(Publish(topic, data, fields.pop("qos", 1), id, **fields))
        return await self.expect(Ack)

    async def message(self, confirm: bool = True) -> Publish:
        """The next PUBLISH, confirmed if it asks for that at QoS 1."""
        packet = await self.expect(Publish)
        if confirm and packet.qos == 1:
            self.send(Ack(packets.PUBACK, packet.id))
        return packet

    async def leave(self) -> None:
        """The network goes away, and the server has noticed."""
        self._writer.transport.abort()
        await asyncio.sleep(0.05)

    async def goodbye(self, packet: packets.Disconnect | None = None) -> None:
        self.send(packet or packets.Disconnect())
        assert await self.is_cut()
        self._writer.close()


def pairs(packet: Any) -> dict[str, str]:
    return dict(properties.pairs(packet.properties))


def seq(packet: Publish) -> int:
    return int(pairs(packet)["seq"])


def again(packet: Publish) -> Publish:
    return replace(packet, dup=True)
