"""A connection that carries frames: JSON objects, one a line over TCP or one a message over WebSocket.

Rule: frames in, frames out, and ConnectionError at the end; what they mean is connection.py's business.
"""

import asyncio
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

LARGEST_FRAME = 16 * 2**20
"""Bytes. Commands are limited to 64 KiB, but a page of history may be 200 long messages."""

TCP_PORT = 9000

_CLOSE_S = 2.0


class Transport(Protocol):
    async def read(self) -> bytes:
        """The next frame. ConnectionError when the connection has ended or carries nonsense."""
        ...

    async def write(self, frame: bytes) -> None:
        """Waits while the server takes nothing. ConnectionError when it is gone."""
        ...

    async def close(self) -> None:
        """Never raises; may be called twice."""
        ...


async def connect(url: str) -> Transport:
    """Connect to tcp://host:port, tls:// (TLS), ws://host:port/ws or wss://.

    OSError if nobody answers there, ValueError if the URL is none of these.
    """
    parts = urlsplit(url)
    if parts.scheme in ("tcp", "tls") and parts.hostname:
        secure = True if parts.scheme == "tls" else None
        return Lines(
            *await asyncio.open_connection(
                parts.hostname, parts.port or TCP_PORT, ssl=secure, limit=LARGEST_FRAME
            )
        )
    if parts.scheme in ("ws", "wss") and parts.hostname:
        return await _connect_websocket(url)
    raise ValueError(f"{url!r} is not a server; give one like tcp://127.0.0.1:9000 or ws://127.0.0.1:8080/ws")


class Lines:
    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer

    async def read(self) -> bytes:
        try:
            return await self._reader.readuntil(b"\n")
        except asyncio.IncompleteReadError as error:
            raise ConnectionResetError("the server closed the connection") from error
        except asyncio.LimitOverrunError as error:
            raise ConnectionError("the server sent a line that is too long") from error

    async def write(self, frame: bytes) -> None:
        self._writer.write(frame + b"\n")
        await self._writer.drain()

    async def close(self) -> None:
        self._writer.close()
        try:
            async with asyncio.timeout(_CLOSE_S):
                await self._writer.wait_closed()
        except OSError:  # TimeoutError is one, too
            self._writer.transport.abort()


async def _connect_websocket(url: str) -> Transport:
    try:
        from websockets.asyncio.client import connect as open_websocket
        from websockets.exceptions import InvalidHandshake
    except ImportError as error:
        raise ValueError("ws:// needs the package websockets; install it or use tcp://") from error
    try:
        return Messages(
            await open_websocket(
                url, compression=None, proxy=None, max_size=LARGEST_FRAME, close_timeout=_CLOSE_S
            )
        )
    except InvalidHandshake as error:
        raise ConnectionError(f"{url} does not speak WebSocket: {error}") from error


class Messages:
    def __init__(self, websocket: "ClientConnection") -> None:
        self._websocket = websocket

    async def read(self) -> bytes:
        from websockets.exceptions import ConnectionClosed

        try:
            return await self._websocket.recv(decode=False)
        except ConnectionClosed as error:
            raise ConnectionResetError(f"the server closed the connection: {error}") from error

    async def write(self, frame: bytes) -> None:
        from websockets.exceptions import ConnectionClosed

        try:
            await self._websocket.send(frame, text=True)
        except ConnectionClosed as error:
            raise ConnectionResetError(f"the server closed the connection: {error}") from error

    async def close(self) -> None:
        await self._websocket.close()
