"""Frames over real sockets, and what is said of URLs that lead nowhere."""

import asyncio
import sys

import pytest
from websockets.asyncio.server import ServerConnection, serve

from teahouse.client import transport
from teahouse.client.transport import connect


@pytest.mark.parametrize(
    "url", ["", "localhost:9000", "http://127.0.0.1/", "tcp://", "ws:///ws", "gopher://x"]
)
async def test_not_a_url_of_a_server(url: str) -> None:
    with pytest.raises(ValueError, match="is not a server"):
        await connect(url)


async def test_lines() -> None:
    async def echo(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while line := await reader.readline():
            writer.write(line)
        writer.close()

    async with await asyncio.start_server(echo, "127.0.0.1", 0) as server:
        host, port = server.sockets[0].getsockname()
        lines = await connect(f"tcp://{host}:{port}")
        await lines.write(b'{"a":1}')
        assert await lines.read() == b'{"a":1}\n'
        await lines.close()
        await lines.close()
        with pytest.raises(ConnectionError):
            await lines.read()


async def test_a_line_that_never_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(transport, "LARGEST_FRAME", 1000)

    async def babble(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"x" * 5000)

    async with await asyncio.start_server(babble, "127.0.0.1", 0) as server:
        lines = await connect(f"tcp://127.0.0.1:{server.sockets[0].getsockname()[1]}")
        with pytest.raises(ConnectionError, match="too long"):
            await lines.read()
        await lines.close()


async def test_messages() -> None:
    async def echo(websocket: ServerConnection) -> None:
        async for message in websocket:
            assert isinstance(message, str)
            await websocket.send(message)
            if message == "end":
                return

    async with serve(echo, "127.0.0.1", 0) as server:
        host, port = next(iter(server.sockets)).getsockname()[:2]
        messages = await connect(f"ws://{host}:{port}/ws")
        await messages.write(b'{"a":1}')
        assert await messages.read() == b'{"a":1}'
        await messages.write(b"end")
        assert await messages.read() == b"end"
        with pytest.raises(ConnectionError, match="closed the connection"):
            await messages.read()
        with pytest.raises(ConnectionError, match="closed the connection"):
            await messages.write(b"{}")
        await messages.close()


async def test_something_else_than_websocket() -> None:
    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")

    async with await asyncio.start_server(answer, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(ConnectionError, match="does not speak WebSocket"):
            await connect(f"ws://127.0.0.1:{port}/ws")


async def test_without_the_websockets_package(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "websockets.asyncio.client", None)
    with pytest.raises(ValueError, match="needs the package websockets"):
        await connect("ws://127.0.0.1:1/ws")
