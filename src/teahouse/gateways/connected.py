"""What all links share: one connection and the session it is for, from the first byte to the last.

Rule: an object with slots and nothing around it, no task, no timer, no queue; there are tens of thousands. Subclassed
by json_link.py and mqtt/link.py, which know what is said.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

from teahouse.engine.session import Session
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.door import Door
from teahouse.gateways.limits import Admission
from teahouse.gateways.options import LinkOptions
from teahouse.gateways.upgrades import Upgraded
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Bye
from teahouse.ports.link import Wire

LINGER_S = 5
"""A client that was told goodbye has so long to read it and go."""

RETRY_MS = 2_000


@dataclass(slots=True)
class LinkContext:
    """What all links of one listener share. `hello_s`: a connection has so long to say hello. `leaving` is set
    when the listener closes, which is the first step of a drain."""

    engine: Door
    deadlines: Deadlines
    admission: Admission
    options: LinkOptions
    hello_s: int
    leaving: bool = False


class ConnectedLink(Upgraded):
    """The Link port, but for the protocol. `wire` and `gateway` are attributes of the subclass."""

    __slots__ = ("_closing", "_context", "_peer", "_session", "_transport", "write")

    wire: Wire
    gateway: str

    def __init__(self, context: LinkContext) -> None:
        self._context = context
        self._session: Session | None = None
        self._closing = False

    # --- what the engine calls ---

    def hold(self, on: bool) -> None:
        """Frames that were read already are still submitted: at most what one read gives, 256 KiB."""
        if self._closing or self._transport.is_closing():
            return
        if on:
            self._transport.pause_reading()
        else:
            self._transport.resume_reading()

    def close(self, bye: Bye | None) -> None:
        self._part(bye)

    def probe(self) -> bool:
        raise NotImplementedError

    # --- what the transport calls ---

    def begin(self, transport: asyncio.Transport, peer: str) -> None:
        """Take over a connection that was counted in, if it may stay."""
        self._transport = transport
        self._peer = peer
        self.write = self._writer(transport)
        transport.set_write_buffer_limits(high=self._context.options.unsent_bytes)
        if (refusal := self._context.admission.refusal(peer)) is not None:
            self._part(refusal)
            return
        try:
            self._session = self._context.engine.open(self, peer)
        except Problem as problem:
            self._part(Bye(problem.message, True, RETRY_MS))
            return
        self._context.deadlines.after(self._context.hello_s, self._check_hello)

    def _writer(self, transport: asyncio.Transport) -> Callable[[bytes], None]:
        """What the engine writes with: the transport's own method, with no Python of ours before it."""
        return transport.write

    def pause_writing(self) -> None:
        if self._session is not None:
            self._context.engine.stalled(self._session)

    def resume_writing(self) -> None:
        if self._session is not None:
            self._context.engine.drained(self._session)

    def connection_lost(self, exc: Exception | None) -> None:
        self._closing = True
        self._context.admission.leave(self._peer)
        self._forget_session()

    # --- the end ---

    def _check_hello(self) -> None:
        if self._session is not None and self._session.user is None and not self._closing:
            seconds = self._context.hello_s
            self._expel(Problem(Code.UNAUTHENTICATED, f"nobody said hello within {seconds} seconds"))

    def _expel(self, problem: Problem) -> None:
        """Send away a client that breaks the rules. The engine hears of it first: nothing comes after `bye`."""
        if self._closing or self._transport.is_closing():
            return
        self._forget_session()
        self.write(self.wire.failure(None, problem))
        self._part(Bye(problem.message, False))

    def _forget_session(self) -> None:
        session, self._session = self._session, None
        if session is not None:
            self._context.engine.closed(session)

    def _part(self, bye: Bye | None) -> None:
        """Say goodbye and go on reading: if the kernel still held bytes of the client when we close, it would
        reset the connection, and the client might never see our last words."""
        if self._closing or self._transport.is_closing():
            return
        self.hold(False)
        self._closing = True
        if bye is not None:
            self.write(self.wire.event(bye))
        self._hang_up(bye)
        self._context.deadlines.after(LINGER_S, self._transport.abort)

    def _hang_up(self, bye: Bye | None) -> None:
        """End our side, in the protocol's way; `bye` has been written."""
        raise NotImplementedError

    def _half_close(self) -> None:
        """Send what is unsent and then no more, and wait for the client's end. TLS cannot: there, just close."""
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()
