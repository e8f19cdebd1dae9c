"""Connections to addresses that others chose: only public ones, judged at the moment of connecting.

Rule: a host is looked up once for a connection, all its addresses are judged, and one of these is connected to, so no
second look-up can give another answer. TLS then checks the name. Used by calling.py, below httpx2's pool, so that one
connection serves many requests.
"""

import asyncio
import socket
from collections.abc import Awaitable, Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from ipaddress import ip_address
from typing import Any

import httpcore2

from teahouse.backends.outside.addresses import Address, is_public
from teahouse.ports.outside import NotAllowed

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""The addresses of a host and port. Tests give another one."""

_TRIED = 3


class JudgedNetwork(httpcore2.AsyncNetworkBackend):
    """`allow_private`: any address and any port. `close` when done."""

    def __init__(self, allow_private: bool, resolve: Resolve | None = None) -> None:
        self._allow_private = allow_private
        self._threads = ThreadPoolExecutor(4, "push-names")
        self._resolve = resolve or self._look_up
        self._network = httpcore2.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the library's signature
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.AsyncNetworkStream:
        """A connection to a public address of this host. NotAllowed if any of its addresses is none."""
        if not self._allow_private and port != 443:
            raise NotAllowed(f"port {port}")
        async with asyncio.timeout(timeout):
            addresses = await self._resolve(host, port)
        if not self._allow_private:
            for address in addresses:
                if not is_public(address):
                    raise NotAllowed(f"{host[:80]} is {address}, which is not public")
        failed: Exception = httpcore2.ConnectError("it has no address")
        for address in addresses[:_TRIED]:
            try:
                return await self._network.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except httpcore2.ConnectError as error:
                failed = error
        raise failed

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    def close(self) -> None:
        # A look-up of a name cannot be ended, and may take a minute: it is not waited for.
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _look_up(self, host: str, port: int) -> Sequence[Address]:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (OSError, UnicodeError) as error:
            raise httpcore2.ConnectError("it cannot be looked up") from error
        return [ip_address(str(address[0])) for *_, address in found]
