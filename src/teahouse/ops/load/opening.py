"""The WebSocket opening handshake of a client connection, before the client itself takes over.

Rule: a protocol object of its own that lives for one round trip, so that the client's hot path has no state to ask.
"""

import asyncio
from typing import cast

from teahouse.ops.load.framing import FramingError, check_upgrade, upgrade_request
from teahouse.ops.load.plan import Target

_MOST_BYTES = 16384


class Opening(asyncio.Protocol):
    """Hands the connection to `client` when the server has upgraded; `done` tells how it went."""

    def __init__(self, client: asyncio.Protocol, target: Target) -> None:
        self.done: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._client = client
        self._target = target
        self._received = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._transport.write(upgrade_request(f"{self._target.host}:{self._target.port}", self._target.path))

    def data_received(self, data: bytes) -> None:
        self._received += data
        head, blank, rest = self._received.partition(b"\r\n\r\n")
        if not blank and len(head) < _MOST_BYTES:
            return
        try:
            check_upgrade(head)
        except FramingError as error:
            self._transport.abort()
            self._settle(error)
            return
        self._transport.set_protocol(self._client)
        self._client.connection_made(self._transport)
        self._settle(None)
        if rest:
            self._client.data_received(rest)

    def connection_lost(self, exc: Exception | None) -> None:
        self._settle(exc or ConnectionResetError("the server closed the connection before the upgrade"))

    def _settle(self, error: Exception | None) -> None:
        if self.done.done():
            return
        if error is None:
            self.done.set_result(None)
        else:
            self.done.set_exception(error)
