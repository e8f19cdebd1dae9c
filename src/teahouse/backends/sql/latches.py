"""Latches: what may not happen twice at once goes one after the other.

Rule: on one node calls about the same thing wait in line, in the order they came; between nodes they wait for a row
of `latch`, which whoever goes first keeps locked until the commit. The rows are few and shared: a thing is known by
its number, and two things of one number only wait for each other now and then.

Used by the ports that count before they add: relations.py, entrance.py, files.py, push.py; and by accounts.py and
logins.py, which only want the order.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from hashlib import blake2b
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.latches import latch
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.errors import StoreUnavailable

R = TypeVar("R")

STRIPES = 1024


class _Line:
    """Who waits for one thing on this node."""

    __slots__ = ("lock", "people")

    def __init__(self) -> None:
        self.lock = asyncio.Lock()  # lets in those who wait in the order they came
        self.people = 0


class Latches:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._lines: dict[str, _Line] = {}

    @asynccontextmanager
    async def line(self, what: str) -> AsyncIterator[None]:
        """Wait for those of this node who asked before; StoreUnavailable if they take too long."""
        line = self._lines.setdefault(what, _Line())
        line.people += 1
        try:
            await self._stand(line)
            try:
                yield
            finally:
                line.lock.release()
        finally:
            line.people -= 1
            if not line.people:
                del self._lines[what]

    async def _stand(self, line: _Line) -> None:
        try:
            async with asyncio.timeout(self._database.options.timeout_s):
                await line.lock.acquire()
        except TimeoutError as error:
            raise StoreUnavailable(
                "the database did not answer in time to others who asked before"
            ) from error

    async def take(self, what: str, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """Do `work` in a transaction while nobody else, on any node, does anything about `what`."""
        async with self.line(what):
            return await self._database.transact(partial(_alone, what, work))


async def _alone(
    what: str, work: Callable[[AsyncConnection], Awaitable[R]], connection: AsyncConnection
) -> R:
    stripe = int.from_bytes(blake2b(what.encode(), digest_size=2).digest()) % STRIPES
    mine = select(latch.c.stripe).where(latch.c.stripe == stripe).with_for_update()
    if (await connection.execute(mine)).first() is None:
        await connection.execute(insert_if_absent(connection, latch, [{"stripe": stripe}]))
        await connection.execute(mine)
    return await work(connection)
