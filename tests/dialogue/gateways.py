"""The gateways that dialogues are played through. A new gateway joins by one class and one entry in GATEWAYS."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, AsyncExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed

from teahouse.app.compose import House as Server
from teahouse.app.compose import compose
from teahouse.app.settings import Settings
from teahouse.wire.errors import WireError
from teahouse.wire.json import decode
from tests.dialogue.grpc_client import GrpcConnection
from tests.dialogue.mqtt_client import MqttConnection
from tests.dialogue.play import Connection, Gateway
from tests.support.doors import free_doors
from tests.support.house import FakeLink, House


class EngineConnection:
    """Straight to the engine, on memory stores: no socket, no database."""

    def __init__(self, house: House) -> None:
        self._engine = house.engine
        self._link = FakeLink(house.engine)
        self._heard = 0

    async def say(self, frame: str) -> None:
        session = self._link.session
        session.seen = self._engine.second
        try:
            self._engine.submit(session, decode(frame.encode()))
        except WireError as error:
            session.fail(error.re, error.problem)

    async def hear(self) -> dict[str, Any] | None:
        link = self._link
        while self._heard == len(link.lines):
            if (bye := link.bye) is not None:
                link.bye = None
                return {"ev": "bye", "reason": bye.reason, "reconnect": bye.reconnect}
            if link.closed:
                return None
            link.arrived.clear()
            await link.arrived.wait()
        self._heard += 1
        return link.lines[self._heard - 1]

    async def leave(self) -> None:
        if not self._link.closed:
            self._link.drop()


class EngineGateway:
    def __init__(self, house: House) -> None:
        self._house = house

    async def connect(self) -> Connection:
        return EngineConnection(self._house)


class TcpConnection:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def say(self, frame: str) -> None:
        self._writer.write(frame.encode() + b"\n")
        await self._writer.drain()

    async def hear(self) -> dict[str, Any] | None:
        line = await self._reader.readline()
        return json.loads(line) if line else None

    async def leave(self) -> None:
        self._writer.transport.abort()


class TcpGateway:
    def __init__(self, server: Server) -> None:
        self._port = int(server.urls["tcp"].rpartition(":")[2])

    async def connect(self) -> Connection:
        return TcpConnection(*await asyncio.open_connection("127.0.0.1", self._port, limit=1 << 20))


class WebSocketConnection:
    def __init__(self, socket: ClientConnection) -> None:
        self._socket = socket

    async def say(self, frame: str) -> None:
        await self._socket.send(frame)

    async def hear(self) -> dict[str, Any] | None:
        try:
            return json.loads(await self._socket.recv())
        except ConnectionClosed:
            return None

    async def leave(self) -> None:
        self._socket.transport.abort()


class WebSocketGateway:
    def __init__(self, server: Server) -> None:
        self._url = server.urls["http"].replace("http://", "ws://") + "/ws"

    async def connect(self) -> Connection:
        return WebSocketConnection(await connect(self._url, compression=None))


class GrpcGateway:
    def __init__(self, server: Server) -> None:
        self._target = server.urls["grpc"].removeprefix("grpc://")

    async def connect(self) -> Connection:
        return GrpcConnection(self._target)


class MqttGateway:
    def __init__(self, server: Server) -> None:
        self._port = int(server.urls["mqtt"].rpartition(":")[2])

    async def connect(self) -> Connection:
        return MqttConnection("127.0.0.1", self._port)


@asynccontextmanager
async def engine(folder: Path) -> AsyncIterator[Gateway]:
    async with House() as house:
        yield EngineGateway(house)


def served(gateway: Callable[[Server], Gateway]) -> Callable[[Path], AbstractAsyncContextManager[Gateway]]:
    """A gateway of a whole server, with its log on disk."""

    @asynccontextmanager
    async def running(folder: Path) -> AsyncIterator[Gateway]:
        settings = Settings(data=str(folder / "data"), **free_doors())
        async with AsyncExitStack() as stack:
            server = await compose(settings, stack)
            yield gateway(server)
            await server.drain(1)

    return running


GATEWAYS: dict[str, Callable[[Path], AbstractAsyncContextManager[Gateway]]] = {
    "engine": engine,
    "tcp": served(TcpGateway),
    "websocket": served(WebSocketGateway),
    "mqtt": served(MqttGateway),
    "grpc": served(GrpcGateway),
}
