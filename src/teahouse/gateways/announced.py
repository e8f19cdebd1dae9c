"""Announced: a TCP connection that a proxy of ours passed on, until it has said whose it is (PROXY protocol).

Rule: a proxy that is trusted must say so at the beginning of each connection; anybody else is not listened to, and may
not. So nobody can claim an address, and nobody behind a proxy passes for the proxy. Made by listeners
whose `trusted_proxies` name any; the connection is then a link as all others.
"""

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Protocol
from weakref import ref

import structlog

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.forwarded import Proxies
from teahouse.wire import proxied
from teahouse.wire.errors import WireError

_log = structlog.get_logger("teahouse.gateways")


class Beginner(Protocol):
    """A link that takes over a connection that was counted in."""

    def begin(self, transport: asyncio.Transport, peer: str) -> None: ...

    def data_received(self, data: bytes) -> None: ...


class Announced(asyncio.Protocol):
    """`link` makes what the connection becomes."""

    __slots__ = ("__weakref__", "_context", "_data", "_link", "_peer", "_proxies", "_transport")

    def __init__(
        self, context: LinkContext, proxies: Proxies, link: Callable[[LinkContext], Beginner]
    ) -> None:
        self._context = context
        self._proxies = proxies
        self._link = link
        self._data = b""
        self._peer = ""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        self._transport = transport
        address = transport.get_extra_info("peername")
        self._peer = address[0] if address else ""
        if not self._context.admission.enter(self._peer):
            transport.abort()
        if not self._proxies.trusts(self._peer):
            self._become(self._peer, b"")
        else:
            self._context.deadlines.after(self._context.hello_s, partial(_check_deadline, ref(self)))

    def data_received(self, data: bytes) -> None:
        self._data += data  # a head is bounded, and it ends the reading here
        try:
            head = proxied.read(self._data)
        except WireError as error:
            _log.warning(
                "a proxy did not say whose a connection is", proxy=self._peer, reason=error.problem.message
            )
            self._transport.abort()
            return
        if head is not None:
            self._become(head.address or self._peer, self._data[head.size :])

    def connection_lost(self, exc: Exception | None) -> None:
        """It ended before anything was said: a proxy looks whether we are there."""
        self._context.admission.leave(self._peer)

    def late(self) -> None:
        """Nothing was said in time."""
        if self._transport.get_protocol() is self:
            self._transport.abort()

    def _become(self, peer: str, rest: bytes) -> None:
        """From here on the connection is that of `peer`; `rest` came with the head."""
        if peer != self._peer:
            self._context.admission.leave(self._peer)
            self._context.admission.enter(peer)
        link = self._link(self._context)
        assert isinstance(link, asyncio.Protocol)
        self._transport.set_protocol(link)
        link.begin(self._transport, peer)
        if rest:
            link.data_received(rest)


def _check_deadline(connection: "ref[Announced]") -> None:
    if (alive := connection()) is not None:
        alive.late()
