"""Those who come to a server with bad manners, and those who watch that nobody else suffers."""

import asyncio
import json
import os
import random
import time
from pathlib import Path
from typing import Any

from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed

from tests.app.server import Server
from tests.support.lines import LineClient, port_of

Json = dict[str, Any]


class Stranger:
    """A connection that sends any bytes as a frame, by TCP or WebSocket."""

    async def send(self, frame: bytes) -> None:
        raise NotImplementedError

    async def hear(self) -> Json | None:
        """The next frame; None at the end of the connection."""
        raise NotImplementedError

    async def close(self) -> None:
        raise NotImplementedError

    async def rest(self) -> list[Json]:
        """All there is to hear until the end."""
        heard = []
        while (frame := await self.hear()) is not None:
            heard.append(frame)
        return heard

    async def ask(self, **command: Any) -> Json:
        await self.send(json.dumps({"id": "asked", **command}).encode())
        while (heard := await self.hear()) is not None and heard.get("re") != "asked":
            pass
        assert heard is not None, "the connection was closed"
        return heard


class TcpStranger(Stranger):
    def __init__(self, client: LineClient) -> None:
        self.client = client

    async def send(self, frame: bytes) -> None:
        self.client.writer.write(frame + b"\n")
        await self.client.writer.drain()

    async def hear(self) -> Json | None:
        try:
            return await self.client.line()
        except ConnectionError:
            return None

    async def close(self) -> None:
        self.client.close()


class WebSocketStranger(Stranger):
    def __init__(self, socket: Any) -> None:
        self.socket = socket

    async def send(self, frame: bytes) -> None:
        await self.socket.send(frame, text=True)

    async def hear(self) -> Json | None:
        try:
            async with asyncio.timeout(20):
                return json.loads(await self.socket.recv())
        except ConnectionClosed:
            return None

    async def close(self) -> None:
        self.socket.transport.abort()


async def stranger(server: Server, gateway: str) -> Stranger:
    if gateway == "tcp":
        return TcpStranger(await LineClient.connect(port_of(server.ready["tcp"])))
    url = server.ready["http"].replace("http://", "ws://") + "/ws"
    return WebSocketStranger(await connect(url, compression=None, ping_interval=None))


async def guest(server: Server, gateway: str) -> Stranger:
    """Somebody who has said hello."""
    came = await stranger(server, gateway)
    assert "ok" in await came.ask(op="hello", nick=f"guest{random.randrange(10**9)}")
    return came


class Witness:
    """Two people who chat with one another in the lobby."""

    def __init__(self, one: LineClient, other: LineClient) -> None:
        self.one = one
        self.other = other

    @classmethod
    async def meet(cls, server: Server) -> "Witness":
        port, number = port_of(server.ready["tcp"]), random.randrange(10**9)
        return cls(*[await LineClient.guest(port, f"{name}{number}") for name in ("alice", "bob")])

    async def delay(self) -> float:
        """Seconds from saying something to hearing it on the other side."""
        began = time.monotonic()
        text = f"{began}"
        await self.one.ask("send", to="lobby", text=text)
        self.one.events.clear()
        while (await self.other.event("message"))["body"].get("text") != text:
            pass
        return time.monotonic() - began

    def close(self) -> None:
        self.one.close()
        self.other.close()


def memory_of(server: Server) -> int:
    """Bytes of the server in memory."""
    pages = int(Path(f"/proc/{server.process.pid}/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE")
