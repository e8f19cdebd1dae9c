"""One stream of `Chat.Connect`: a session, as a connection of another gateway is one.

Rule: what the engine writes in one turn of the loop becomes one message, an EventBatch; HTTP/2's flow control is the
session's: `write` of gRPC waits while the client's window is full, and what is unsent meanwhile counts, as with a
socket. The call's own coroutine reads; a task writes, and is there only while something is unsent: most streams say
nothing most of the time. Made by service.py.
"""

import asyncio
from typing import Any, TypeAlias

import grpc
from msgspec.structs import replace

from teahouse.engine.session import Session
from teahouse.gateways.connected import LINGER_S, RETRY_MS, LinkContext
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
        "_ended",
        "_held",
        "_listening",
        "_serving",
        "_session",
        "_stalled",
        "_token",
        "_unsent",
        "_unsent_bytes",
        "_waiting",
        "_writer",
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
        self._unsent: list[bytes] = []
        self._unsent_bytes = 0
        self._held = False
        self._ended = False
        self._listening = False
        self._waiting: asyncio.Future[None] | None = None
        self._writer: asyncio.Task[None] | None = None
        self._serving: asyncio.Task[Any] | None = None

    # --- what the engine calls ---

    def write(self, data: bytes) -> None:
        self._unsent.append(data)
        self._unsent_bytes += len(data)
        if self._writer is None:
            self._writer = asyncio.create_task(self._send())
        if self._unsent_bytes > self._context.options.unsent_bytes and not self._stalled:
            self._stalled = True
            if self._session is not None:
                self._context.engine.stalled(self._session)

    def hold(self, on: bool) -> None:
        """One more message may have been read already."""
        self._held = on
        if not on and self._waiting is not None and not self._waiting.done():
            self._waiting.set_result(None)

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
            try:
                self._session = self._context.engine.open(self, peer)
            except Problem as problem:
                self._part(Bye(problem.message, True, RETRY_MS))
            else:
                self._context.deadlines.after(self._context.hello_s, self._check_hello)
                await self._listen()
            while self._writer is not None:
                await asyncio.wait((self._writer,))
        finally:
            self._serving = None
            self._closing = True
            if self._writer is not None:
                self._writer.cancel()
            self._forget_session()

    async def _listen(self) -> None:
        """Until the stream is closing. What waits here then is cancelled by `_part`; any other cancellation is the
        client's, who left, or its deadline's."""
        try:
            while not self._closing:
                self._listening = True
                data: object = await (self._rest() if self._held or self._ended else self._call.read())
                self._listening = False
                if data is not None:
                    self._hear(data)
        except asyncio.CancelledError:
            task = asyncio.current_task()
            if self._listening or task is None:
                raise
            task.uncancel()

    async def _rest(self) -> None:
        """Nothing is to be read, until `hold` says so."""
        self._waiting = asyncio.get_running_loop().create_future()
        await self._waiting

    def _hear(self, data: object) -> None:
        session, self._ended = self._session, data is grpc.aio.EOF
        if session is None:
            return
        if isinstance(data, bytes):
            session.seen = self._context.engine.second
            self._receive(session, data)
        else:
            self._context.engine.ended(session)

    async def _send(self) -> None:
        try:
            while self._unsent:
                await self._send_some()
        except grpc.aio.BaseError:  # the client is gone
            self._cut()
        except Exception:
            self._cut()
            raise
        finally:
            self._writer = None

    async def _send_some(self) -> None:
        count, size = 0, 0
        while count < len(self._unsent) and size < BATCH:
            size += len(self._unsent[count])
            count += 1
        parts, self._unsent = self._unsent[:count], self._unsent[count:]
        await self._call.write(parts[0] if count == 1 else b"".join(parts))
        self._unsent_bytes -= size
        if self._stalled and self._unsent_bytes <= self._context.options.unsent_bytes // LOW:
            self._stalled = False
            if self._session is not None:
                self._context.engine.drained(self._session)

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
        if self._listening and self._serving is not None:
            self._listening = False
            self._serving.cancel()
        self._context.deadlines.after(LINGER_S, self._cut)

    def _cut(self) -> None:
        """The client did not even take the goodbye."""
        if self._serving is not None:
            self._serving.cancel()
