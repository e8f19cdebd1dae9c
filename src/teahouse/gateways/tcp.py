"""TCP with a JSON object a line: the gateway a person can use with nothing but `nc`.

Rule: knows lines and sockets; the rest is json_link.py. Made by app/doors.py.
"""

import asyncio
from collections.abc import Callable
from functools import partial

from teahouse.engine.session import Session
from teahouse.gateways.announced import Announced
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.forwarded import Proxies
from teahouse.gateways.json_link import JsonLink
from teahouse.gateways.options import TcpOptions
from teahouse.gateways.socket_listener import SocketListener
from teahouse.model.commands import AnyCommand, Ping
from teahouse.model.events import Bye
from teahouse.wire.errors import WireError
from teahouse.wire.json import JsonWire
from teahouse.wire.ndjson import LineSplitter, line

WIRE = JsonWire(line)


class TcpLink(JsonLink):
    __slots__ = ("_ended", "_pings", "_splitter")

    wire = WIRE
    gateway = "tcp"

    def __init__(self, context: LinkContext) -> None:
        super().__init__(context)
        self._splitter = LineSplitter(context.options.frame_bytes)
        self._pings = False
        self._ended = False

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        address = transport.get_extra_info("peername")
        peer = address[0] if address else ""  # gone before we looked
        if not self._context.admission.enter(peer):
            transport.abort()
        self.begin(transport, peer)

    def data_received(self, data: bytes) -> None:
        session = self._session
        if session is None or self._closing:
            return
        session.seen = self._context.engine.second
        try:
            for frame in self._splitter.feed(data):
                self._receive(frame)
        except WireError as error:
            self._expel(error.problem)

    def eof_received(self) -> bool:
        """`printf ... | nc`: the client has said all, and waits for answers. TLS has no half-closed state."""
        if self._session is None or self._closing:
            return False
        self._ended = True
        self.data_received(b"\n")  # a last line may lack its end
        if self._session is not None:
            self._context.engine.ended(self._session)
        return self._transport.can_write_eof()

    def probe(self) -> bool:
        """A program that has sent `ping` before will do so again; a person with `nc` will not."""
        return self._pings

    def _submit(self, session: Session, command: AnyCommand) -> None:
        if type(command) is Ping:
            self._pings = True
        super()._submit(session, command)

    def _hang_up(self, bye: Bye | None) -> None:
        if self._ended:
            self._transport.close()
        else:
            self._half_close()


class TcpListener(SocketListener):
    name = "tcp"

    def __init__(self, context: LinkContext, options: TcpOptions, shared: bool = False) -> None:
        super().__init__(context, options, shared)
        self._context = context
        self._options = options

    def _scheme(self) -> str:
        return "tls" if self._options.certificate else "tcp"

    def _protocol(self) -> Callable[[], asyncio.Protocol]:
        if not self._options.trusted_proxies:
            return partial(TcpLink, self._context)
        return partial(Announced, self._context, Proxies(self._options.trusted_proxies), TcpLink)
