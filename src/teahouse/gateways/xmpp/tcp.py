"""XMPP over TCP (RFC 6120, 3), with STARTTLS (5) or TLS from the first byte.

Rule: knows sockets and streams; the rest is link.py. Made by app/compose.py.
"""

import asyncio
import secrets
import ssl
from collections.abc import Callable
from functools import partial

from teahouse.gateways.announced import Announced
from teahouse.gateways.forwarded import Proxies
from teahouse.gateways.listening import end_point
from teahouse.gateways.socket_listener import SocketListener
from teahouse.gateways.xmpp.context import XmppContext
from teahouse.gateways.xmpp.link import XmppLink
from teahouse.gateways.xmpp.negotiation import Negotiation
from teahouse.wire.xmpp.conditions import StreamError
from teahouse.wire.xmpp.markup import element
from teahouse.wire.xmpp.names import CLIENT, STREAMS, TLS
from teahouse.wire.xmpp.stream import StreamDecoder

STARTTLS_S = 20
"""A client has so long to shake hands."""


class TcpStream(XmppLink):
    __slots__ = ("_decoder", "_securing")

    def __init__(self, context: XmppContext, secure: bool = False) -> None:
        super().__init__(context)
        self._decoder = StreamDecoder(context.links.options.frame_bytes)
        self._securing: asyncio.Task[None] | None = None
        self.secure = secure

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        address = transport.get_extra_info("peername")
        peer = address[0] if address else ""  # gone before we looked
        if not self.context.links.admission.enter(peer):
            transport.abort()
        self.secure = transport.get_extra_info("sslcontext") is not None
        self.begin(transport, peer)

    def begin(self, transport: asyncio.Transport, peer: str) -> None:
        self.take_over(transport, peer, Negotiation(self))

    def data_received(self, data: bytes) -> None:
        if self.session is None or self._closing:
            return
        self.session.seen = self.context.links.engine.second
        try:
            for found in self._decoder.feed(data):
                self.arrived(found)
                if self.closing or self._securing is not None:
                    break
        except StreamError as error:
            self.part(error)

    def eof_received(self) -> bool:
        """The client closed its side without a word; what it sent was whole or is lost."""
        return False

    def put(self, stanzas: list[bytes]) -> None:
        self._transport.write(stanzas[0] if len(stanzas) == 1 else b"".join(stanzas))

    def open_stream(self) -> None:
        domain = self.context.options.domain
        self._opened = True
        self._transport.write(
            f"<?xml version='1.0'?><stream:stream xmlns='{CLIENT}' xmlns:stream='{STREAMS}' from='{domain}' "
            f"id='{secrets.token_urlsafe(12)}' version='1.0' xml:lang='en'>".encode()
        )

    def close_stream(self) -> None:
        if self._opened:
            self._transport.write(b"</stream:stream>")
        if self._transport.can_write_eof():
            self._transport.write_eof()
        else:
            self._transport.close()

    def restart(self) -> None:
        self._decoder.restart()

    def start_tls(self) -> None:
        """What the client sent after `<starttls/>`, in the clear, is not looked at: it may be anybody's (5.4.3.1)."""
        self.send(element("proceed", {"xmlns": TLS}))
        self._transport.pause_reading()
        self._securing = asyncio.get_running_loop().create_task(self._secure())

    async def _secure(self) -> None:
        assert self.context.tls is not None
        plain = self._transport
        try:
            made = await asyncio.get_running_loop().start_tls(
                plain, self, self.context.tls, server_side=True, ssl_handshake_timeout=STARTTLS_S
            )
        except (OSError, ConnectionError, TimeoutError):
            plain.abort()
            return
        if made is None or self._closing:
            plain.abort()
            return
        self._transport = made
        made.set_write_buffer_limits(high=self.context.links.options.unsent_bytes)
        self.secure = True
        self._decoder = StreamDecoder(self.context.links.options.frame_bytes)
        self._securing = None
        made.resume_reading()

    @property
    def can_start_tls(self) -> bool:
        return self.context.tls is not None and not self.secure

    @property
    def bindings(self) -> dict[str, bytes]:
        """Python 3.11 knows no tls-exporter (RFC 9266), and tls-unique is none with TLS 1.3."""
        tls = self._transport.get_extra_info("ssl_object")
        if tls is None:
            return {}
        found = {"tls-server-end-point": self.context.end_point} if self.context.end_point else {}
        if tls.version() == "TLSv1.2" and (unique := tls.get_channel_binding("tls-unique")):
            found["tls-unique"] = unique
        return found

    def connection_lost(self, exc: Exception | None) -> None:
        if self._securing is not None:
            self._securing.cancel()
        super().connection_lost(exc)


class XmppListener(SocketListener):
    name = "xmpp"

    def __init__(self, context: XmppContext, shared: bool = False) -> None:
        super().__init__(context.links, context.options, shared)
        self._context = context
        self._options = context.options

    def _scheme(self) -> str:
        return "xmpps" if self._options.direct_tls else "xmpp"

    def _tls(self) -> ssl.SSLContext | None:
        """Without `direct_tls` it is for streams that ask for it (STARTTLS)."""
        tls = super()._tls()
        self._context.end_point = end_point(self._options.certificate)
        if self._options.direct_tls:
            return tls
        self._context.tls = tls
        return None

    def _protocol(self) -> Callable[[], asyncio.Protocol]:
        if not self._options.trusted_proxies:
            return partial(TcpStream, self._context)
        proxies = Proxies(self._options.trusted_proxies)
        return partial(
            Announced, self._context.links, proxies, lambda _: TcpStream(self._context, secure=True)
        )
