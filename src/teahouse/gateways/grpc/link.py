"""One stream of `Chat.Connect`: a session, as a connection of another gateway is one.

Rule: what the engine writes in one turn of the loop becomes one message, an EventBatch; HTTP/2's flow control is the
session's: `write` of gRPC waits while the client's window is full, and what is unsent meanwhile counts, as with a
socket. Two coroutines serve a stream: the call's own writes, another one reads. Made by service.py.
"""

import asyncio
from collections import deque
from typing import Any, TypeAlias

import grpc
from msgspec.structs import replace

from teahouse.engine.session import Session
from teahouse.gateways.json_link import LINGER_S, RETRY_MS, LinkContext
from teahouse.model.commands import Hello
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from teahouse.ports.link import Wire
from teahouse.wire.errors import WireError
from teahouse.wire.proto import ProtoWire, decode

Call: TypeAlias = "grpc.aio.ServicerContext[bytes, bytes]"

WIRE: Wire = ProtoWire()

BATCH = 1 << 20
"""Bytes that travel together, about. A client takes messages of 4 MiB, unless it was told otherwise."""

LOW = 4
"""A stream that was too slow goes on when this part of the most unsent bytes is left."""


class GrpcLink:
    """The Link port. `serve` is the whole life of a stream."""

    __slots__ = (
        "_bad_frames",
        "_call",
        "_closing",
        "_context",
        "_going",
        "_reader",
        "_serving",
        "_session",
        "_stalled",
        "_token",
        "_unsent",
        "_unsent_bytes",
        "_wanted",
    )

    wire: Wire = WIRE
    gateway = "grpc"

    def __init__(self, context: LinkContext, call: Call, token: str | None) -> None:
        """`token`: what the call's metadata hold, for a `hello` that has none."""
        self._context = context
        self._call = call
        self._token = token
        self._session: Session | None = None
        self._closing = False
        self._bad_frames = 0
        self._stalled = False
        self._unsent: deque[bytes] = deque()
        self._unsent_bytes = 0
        self._wanted: asyncio.Future[None] | None = None
        self._going = asyncio.Event()
        self._reader: asyncio.Task[None] | None = None
        self._serving: asyncio.Task[Any] | None = None

    # --- what the engine calls ---

    def write(self, data: bytes) -> None:
        self._unsent.append(data)
        self._unsent_bytes += len(data)
        self._wake()
        if self._unsent_bytes > self._context.options.unsent_bytes and not self._stalled:
            self._stalled = True
            if self._session is not None:
                self._context.engine.stalled(self._session)

    def hold(self, on: bool) -> None:
        """One more message may have been read already."""
        if on:
            self._going.clear()
        else:
            self._going.set()

    def close(self, bye: Bye | None) -> None:
        self._part(bye)

    def probe(self) -> bool:
        """HTTP/2 has pings of its own, and the server sends them (service.py)."""
        return False

    # --- the stream ---

    async def serve(self, peer: str) -> None:
        """Until one side has ended it. The caller has counted it in."""
        self._serving = asyncio.current_task()
        try:
            self._session = self._context.engine.open(self, peer)
        except Problem as problem:
            self._part(Bye(problem.message, True, RETRY_MS))
        else:
            self._going.set()
            self._context.deadlines.after(self._context.hello_s, self._check_hello)
            self._reader = asyncio.create_task(self._read())
        try:
            await self._send()
        finally:
            self._serving = None
            self._closing = True
            if self._reader is not None:
                self._reader.cancel()
            self._forget_session()

    async def _send(self) -> None:
        while True:
            while self._unsent:
                await self._send_some()
            if self._closing:
                return
            self._wanted = asyncio.get_running_loop().create_future()
            await self._wanted
            self._wanted = None

    async def _send_some(self) -> None:
        parts, size = [], 0
        while self._unsent and size < BATCH:
            parts.append(self._unsent.popleft())
            size += len(parts[-1])
        await self._call.write(parts[0] if len(parts) == 1 else b"".join(parts))
        self._unsent_bytes -= size
        if self._stalled and self._unsent_bytes <= self._context.options.unsent_bytes // LOW:
            self._stalled = False
            if self._session is not None:
                self._context.engine.drained(self._session)

    def _wake(self) -> None:
        if self._wanted is not None and not self._wanted.done():
            self._wanted.set_result(None)

    async def _read(self) -> None:
        """Whoever is cut off in the middle has left, too: the call is cancelled, and `serve` ends with it."""
        while True:
            if not self._going.is_set():
                await self._going.wait()
            data: object = await self._call.read()
            session = self._session
            if session is None or self._closing:
                return
            if not isinstance(data, bytes):  # grpc.aio.EOF
                self._context.engine.ended(session)
                return
            session.seen = self._context.engine.second
            self._receive(session, data)

    def _receive(self, session: Session, data: bytes) -> None:
        try:
            command = decode(data)
        except WireError as error:
            self._refuse(error)
            return
        self._bad_frames = 0
        if type(command) is Hello and command.token is None and command.nick is None and command.user is None:
            command = replace(command, token=self._token)
        self._context.engine.submit(session, command)

    def _refuse(self, error: WireError) -> None:
        if error.problem.code is Code.BAD_FRAME:
            self._bad_frames += 1
            if self._bad_frames >= self._context.options.bad_frames:
                self._expel(error.problem)
                return
        self.write(self.wire.failure(error.re, error.problem))

    # --- the end ---

    def _check_hello(self) -> None:
        if self._session is not None and self._session.user is None and not self._closing:
            seconds = self._context.hello_s
            self._expel(Problem(Code.UNAUTHENTICATED, f"nobody said hello within {seconds} seconds"))

    def _expel(self, problem: Problem) -> None:
        if self._closing:
            return
        self._forget_session()
        self.write(self.wire.failure(None, problem))
        self._part(Bye(problem.message, False))

    def _forget_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            self._context.engine.closed(session)

    def _part(self, bye: Bye | None) -> None:
        """Send what is unsent, and end the stream with the status OK: the last frame says why."""
        if self._closing:
            return
        if bye is not None:
            self.write(self.wire.event(bye))
        self._closing = True
        self._wake()
        self._context.deadlines.after(LINGER_S, self._cut)

    def _cut(self) -> None:
        """The client did not even take the goodbye."""
        if self._serving is not None:
            self._serving.cancel()
