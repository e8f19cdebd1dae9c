"""A listener on TCP, or TLS where a certificate is set, whose connections become links: what those for lines of JSON,
MQTT and XMPP share.

Rule: knows sockets; the subclass says what it is called and what becomes of a connection. Made by app/doors.py.
"""

import asyncio
import socket
import ssl
from collections.abc import Callable
from typing import Protocol

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.listening import bind, server_context, url


class SocketOptions(Protocol):
    """What the options of these listeners have in common."""

    @property
    def host(self) -> str: ...

    @property
    def port(self) -> int: ...

    @property
    def backlog(self) -> int: ...

    @property
    def certificate(self) -> str: ...

    @property
    def key(self) -> str: ...


class SocketListener:
    """Listens from `start` to `close`; connections go on after that, until the engine ends them. `name` is that of its
    settings."""

    name: str

    def __init__(self, links: LinkContext, options: SocketOptions, shared: bool) -> None:
        """`shared`: see listening.bind."""
        self._links = links
        self._place = options
        self._shared = shared
        self._server: asyncio.Server | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        assert self._socket is not None
        return url(self._scheme(), self._socket)

    async def start(self) -> None:
        """Bind and accept. Raises CannotListen."""
        tls = self._tls()
        self._socket = bind(self._place.host, self._place.port, self.name, self._shared)
        self._server = await asyncio.get_running_loop().create_server(
            self._protocol(), sock=self._socket, backlog=self._place.backlog, ssl=tls
        )

    def close(self) -> None:
        """Accept no more."""
        self._links.leaving = True
        if self._server is not None:
            self._server.close()

    def _scheme(self) -> str:
        raise NotImplementedError

    def _protocol(self) -> Callable[[], asyncio.Protocol]:
        """What makes a link of a connection."""
        raise NotImplementedError

    def _tls(self) -> ssl.SSLContext | None:
        """What the port speaks TLS by, from the first byte."""
        return server_context(self._place.certificate, self._place.key)
