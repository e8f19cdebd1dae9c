"""A receiver of webhooks, for tests: a real HTTP server of one's own, which can be out of order in several ways."""

import asyncio
import json
import socket
import struct
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

from teahouse.backends.memory.outlets import MemoryOutlets
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.engine.options import OutgoingOptions
from teahouse.engine.stores import OutgoingStores
from teahouse.model.signing import fault
from teahouse.wire.json import JsonWire

Json = dict[str, Any]


@dataclass(frozen=True)
class Received:
    """`headers` have small letters."""

    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        return self.headers["teahouse-delivery"]

    @property
    def event(self) -> Json:
        event: Json = json.loads(self.body)["event"]
        return event

    def fault(self, secret: str, now: float | None = None) -> str:
        given = self.headers
        return fault(secret, given["teahouse-timestamp"], given["teahouse-signature"], self.body, now)


class Receiver:
    """`taken` is what it answered 200 to, `asked` all. `mode` is what it does with the next requests: a status, or
    `hang` or `reset`; called with each, it says so for that one."""

    def __init__(self) -> None:
        self.asked: list[Received] = []
        self.taken: list[Received] = []
        self.mode: int | str | Callable[[Received], int | str] = 200
        self.headers = ""
        self.answer = b"{}"
        self.port = 0

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hook"

    @property
    def texts(self) -> list[str]:
        return [one.event["body"]["text"] for one in self.taken if one.event["ev"] == "message"]

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode()
            lines = [line.partition(":") for line in head.split("\r\n")[1:] if line]
            headers = {name.lower(): value.strip() for name, _, value in lines}
            body = await reader.readexactly(int(headers.get("content-length", 0)))
            await self._answer(Received(headers, body), writer)
        except (OSError, asyncio.IncompleteReadError):
            pass
        finally:
            writer.close()

    async def _answer(self, received: Received, writer: asyncio.StreamWriter) -> None:
        self.asked.append(received)
        mode = self.mode(received) if callable(self.mode) else self.mode
        if mode == "hang":
            await asyncio.sleep(30)
            return
        if mode == "reset":
            given = writer.get_extra_info("socket")
            given.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
            return
        if mode == 200:
            self.taken.append(received)
        answer = self.answer
        writer.write(
            f"HTTP/1.1 {mode} X\r\n{self.headers}Content-Length: {len(answer)}\r\n\r\n".encode() + answer
        )
        await writer.drain()

    async def wait(self, count: int, of: str = "taken", seconds: float = 10) -> list[Received]:
        async with asyncio.timeout(seconds):
            while len(getattr(self, of)) < count:  # noqa: ASYNC110 - what is waited for has no event
                await asyncio.sleep(0.005)
        found: list[Received] = getattr(self, of)
        return found


@asynccontextmanager
async def receiver() -> AsyncIterator[Receiver]:
    """On a port of the loopback address."""
    found = Receiver()
    server = await asyncio.start_server(found.serve, "127.0.0.1", 0)
    found.port = server.sockets[0].getsockname()[1]
    try:
        yield found
    finally:
        server.close()


def outgoing_stores(store: MemoryStore, private: bool = True, **options: Any) -> OutgoingStores:
    """For a house in memory, with short pauses."""
    given = {
        "http": True,
        "first_pause_s": 0.02,
        "longest_pause_s": 0.1,
        "tries": 3,
        "timeout_s": 0.5,
        **options,
    }
    wire = JsonWire(lambda event: event)
    return OutgoingStores(
        MemoryOutlets(store),
        Fetcher(OutsideOptions(allow_private=private, ports=())),
        lambda entry: wire.entry(entry, own=False),
        OutgoingOptions(**given),
    )
