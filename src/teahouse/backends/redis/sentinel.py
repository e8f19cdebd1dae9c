"""Sentinels: they know which of several Redis servers is the master now (redis.io, "Guidelines for Redis clients with
support for Redis Sentinel").

Rule: each is asked in turn, and has its share of the time; the one that answered is asked first the next time. What it
says is checked by whoever connects there. Used by client.py.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

import hiredis

from teahouse.backends.redis.line import Line
from teahouse.backends.redis.place import Address, CannotUse, Place
from teahouse.model.errors import StoreUnavailable

Connect = Callable[[Address], Awaitable[Line]]


class Sentinels:
    """`connect` opens a connection to an address."""

    def __init__(self, place: Place, timeout_s: float, connect: Connect) -> None:
        self._place = place
        self._addresses = deque(place.addresses)
        self._share_s = timeout_s / (len(place.addresses) + 1)
        self._connect = connect

    async def master(self) -> Address:
        """Where the master is. CannotUse if they know none of that name, StoreUnavailable if no one answers."""
        for _ in range(len(self._addresses)):
            try:
                async with asyncio.timeout(self._share_s):
                    return await self._ask(self._addresses[0])
            except (OSError, TimeoutError, StoreUnavailable):
                self._addresses.rotate(-1)
        raise StoreUnavailable("no sentinel answers")

    async def _ask(self, address: Address) -> Address:
        line = await self._connect(address)
        try:
            found = await self._where(line)
        except hiredis.ReplyError as error:
            raise CannotUse(f"the sentinel at {address[0]} refuses this server: {error}") from error
        finally:
            line.close()
        if found is None:
            raise CannotUse(f"the sentinel at {address[0]} knows no master called {self._place.master}")
        host, port = found
        return host.decode(), int(port)

    async def _where(self, line: Line) -> list[bytes] | None:
        """With the password, if it asks for one; the sentinels' has to be that of the servers."""
        question = ("SENTINEL", "GET-MASTER-ADDR-BY-NAME", self._place.master)
        try:
            found: list[bytes] | None = await line.ask(*question)
        except hiredis.ReplyError as error:
            if not str(error).startswith("NOAUTH") or not self._place.password:
                raise
            await line.ask("AUTH", self._place.user or "default", self._place.password)
            found = await line.ask(*question)
        return found
