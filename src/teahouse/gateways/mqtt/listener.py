"""The listener for MQTT over TCP, or TLS where a certificate is set. Made by app/compose.py."""

import asyncio
import socket
from functools import partial

from teahouse.gateways.listening import bind, server_context, url
from teahouse.gateways.mqtt.context import MqttContext
from teahouse.gateways.mqtt.link import MqttLink


class MqttListener:
    """Listens from `start` to `close`; connections go on after that, until the engine ends them."""

    def __init__(self, context: MqttContext, shared: bool = False) -> None:
        """`shared`: see listening.bind."""
        self._context = context
        self._options = context.shared.options
        self._shared = shared
        self._server: asyncio.Server | None = None
        self._socket: socket.socket | None = None

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        assert self._socket is not None
        return url("mqtts" if self._options.certificate else "mqtt", self._socket)

    async def start(self) -> None:
        """Bind and accept. Raises CannotListen."""
        options = self._options
        tls = server_context(options.certificate, options.key)
        self._socket = bind(options.host, options.port, "mqtt", self._shared)
        self._server = await asyncio.get_running_loop().create_server(
            partial(MqttLink, self._context), sock=self._socket, backlog=options.backlog, ssl=tls
        )

    def close(self) -> None:
        """Accept no more."""
        self._context.leaving = True
        if self._server is not None:
            self._server.close()
