"""What a connection of HTTP may become: WebSocket, and a protocol in it, by its path.

Rule: http_connection.py answers the handshake and knows no protocol; those who do offer an Upgrade.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass


class Upgraded(asyncio.Protocol):
    """A connection that may have begun as one of HTTP."""

    __slots__ = ()

    def begin(self, transport: asyncio.Transport, peer: str) -> None:
        """Take over a connection that was counted in (limits.py). `peer` is the client's address."""
        raise NotImplementedError


@dataclass(frozen=True, slots=True)
class Upgrade:
    """`subprotocol` is agreed on if the client offers it (RFC 6455, 1.9). `link` makes what takes the connection over;
    it is told whether the request came by TLS."""

    subprotocol: bytes
    link: Callable[[bool], Upgraded]
