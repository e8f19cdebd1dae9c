"""XMPP over WebSocket (RFC 7395), at /xmpp of the HTTP port: for clients in browsers, such as Converse.js.

Rule: knows frames; the rest is link.py. Each element is a message of its own. Made by http_connection.py from a request
it has parsed.
"""

import asyncio
import secrets

from teahouse.gateways.upgrades import Upgrade
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.link import XmppLink
from teahouse.gateways.xmpp.negotiation import Negotiation
from teahouse.wire import websocket as ws
from teahouse.wire.xmpp import conditions
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import FRAMING
from teahouse.wire.xmpp.stream import FrameDecoder

SUBPROTOCOL = b"xmpp"
PATHS = (b"/xmpp", b"/xmpp/", b"/xmpp-websocket")


def xmpp_upgrades(context: XmppContext) -> dict[bytes, Upgrade]:
    """By path."""
    return dict.fromkeys(PATHS, Upgrade(SUBPROTOCOL, lambda secure: WebSocketStream(context, secure)))


class WebSocketStream(XmppLink):
    """`_decoder` is None once nothing more can or need be understood."""

    __slots__ = ("_decoder", "_elements", "_farewell")

    def __init__(self, context: XmppContext, secure: bool = False) -> None:
        super().__init__(context)
        limit = context.links.options.frame_bytes
        self._decoder: ws.Decoder | None = ws.Decoder(limit)
        self._elements = FrameDecoder(limit)
        self._farewell = ws.NORMAL
        self.secure = secure

    def begin(self, transport: asyncio.Transport, peer: str) -> None:
        self.take_over(transport, peer, Negotiation(self))

    def data_received(self, data: bytes) -> None:
        if self._decoder is None:
            return
        if self.session is not None:
            self.session.seen = self.context.links.engine.second
        try:
            for opcode, payload in self._decoder.feed(data):
                self._receive(opcode, payload)
        except StreamError as error:
            self.part(error)
        except ws.Violation as violation:
            self._decoder = None
            self._farewell = violation.code
            self.part(StreamError(conditions.POLICY_VIOLATION, violation.reason))

    def _receive(self, opcode: int, payload: bytes) -> None:
        if opcode == ws.TEXT:
            if not self._closing:
                self.arrived(self._elements.decode(payload))
        elif opcode == ws.CLOSE:
            self._answer_close()
        elif opcode == ws.BINARY:
            raise ws.Violation(ws.UNSUPPORTED_DATA, "XMPP is text")
        elif opcode == ws.PING and not self._closing:
            self._transport.write(ws.pong_frame(payload))

    def _answer_close(self) -> None:
        """The WebSocket ends, without the stream having ended (3.6): it may be resumed."""
        self._decoder = None
        if not self._closing:
            self._leave(resumable=True)
            self._closing = True
            self._transport.write(ws.close_frame(ws.NORMAL))
        self._end()

    def put(self, stanzas: list[bytes]) -> None:
        if not self._transport.is_closing():
            self._transport.write(b"".join(map(ws.text_frame, stanzas)))

    def open_stream(self) -> None:
        self._opened = True
        given = {"xmlns": FRAMING, "from": self.context.options.domain, "id": secrets.token_urlsafe(12)}
        self.send(element("open", {**given, "version": "1.0", "xml:lang": "en"}))

    def close_stream(self) -> None:
        """3.6: `<close/>`, and then the close frame, which the client answers."""
        self.send(element("close", {"xmlns": FRAMING}))
        self._transport.write(ws.close_frame(self._farewell))
        if self._decoder is None:
            self._end()

    def restart(self) -> None:
        """The client says `<open/>` again (3.5)."""

    def _end(self) -> None:
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()
