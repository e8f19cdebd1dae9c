"""Asks an HTTP server as often as it answers, over connections that stay: a load generator for REST.

Each connection sends its next request when the last one is answered. Requests are bytes made beforehand, and of an
answer only the status line and the length are looked at, so that the generator costs little beside the server.
"""

import asyncio
import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import cast
from urllib.parse import urlsplit

import uvloop

_LENGTH = re.compile(rb"content-length: *(\d+)", re.IGNORECASE)
_HEAD_END = b"\r\n\r\n"


@dataclass(frozen=True)
class Answered:
    """What was answered in `seconds`. `refused` are statuses other than the one that was expected."""

    answers: int
    refused: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_s(self) -> float:
        return self.answers / self.seconds


class _Connection(asyncio.Protocol):
    def __init__(self, make: Callable[[], bytes], expected: bytes, times: list[float]) -> None:
        self._make = make
        self._expected = expected
        self._times = times
        self._buffer = b""
        self._asked = 0.0
        self.refused = 0
        self.stopping = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        self._transport.write(self._make())

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        end = self._buffer.find(_HEAD_END)
        if end < 0:
            return
        length = _LENGTH.search(self._buffer, 0, end)
        whole = end + len(_HEAD_END) + (int(length[1]) if length else 0)
        if len(self._buffer) < whole:
            return
        if not self._buffer.startswith(b"HTTP/1.1 " + self._expected):
            self.refused += 1
        self._buffer = self._buffer[whole:]
        self._times.append(time.perf_counter() - self._asked)
        if self.stopping:
            self._transport.close()
        else:
            self._ask()


def _given(connection: _Connection) -> _Connection:
    return connection


def request(method: str, path: str, token: str = "", body: bytes = b"", headers: str = "") -> bytes:
    """One HTTP/1.1 request. `headers`: more lines, each ended by CR LF."""
    bearer = f"Authorization: Bearer {token}\r\n" if token else ""
    content = f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n" if body else ""
    return f"{method} {path} HTTP/1.1\r\nHost: bench\r\n{bearer}{content}{headers}\r\n".encode() + body


def ask(
    url: str, make: Callable[[], bytes], *, expected: int = 200, connections: int = 64, seconds: float = 5.0
) -> Answered:
    """Keep `connections` requests in flight for so long; `make` gives each request."""

    async def run() -> Answered:
        loop = asyncio.get_running_loop()
        place = urlsplit(url)
        assert place.hostname and place.port
        times: list[float] = []
        opened = [_Connection(make, str(expected).encode(), times) for _ in range(connections)]
        begun = time.perf_counter()
        for connection in opened:
            await loop.create_connection(partial(_given, connection), place.hostname, place.port)
        await asyncio.sleep(seconds)
        took, answers = time.perf_counter() - begun, len(times)
        for connection in opened:
            connection.stopping = True
        await asyncio.sleep(0.2)
        ordered = sorted(times[:answers])
        refused = sum(connection.refused for connection in opened)
        return Answered(
            answers, refused, took, ordered[len(ordered) // 2] * 1e3, ordered[len(ordered) * 99 // 100] * 1e3
        )

    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(run())
