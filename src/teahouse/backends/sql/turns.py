"""Turns: what may not happen twice at once goes one after the other.

Rule: on one node calls about the same thing wait in line, in the order they came; between nodes they wait for a row
of `turn`, which whoever goes first keeps locked until the commit. The rows are few and shared: a thing is known by
its number, and two things of one number only wait for each other now and then.

Used by the ports that count before they add: relations.py, entrance.py, files.py, push.py, and by logins.py.
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
from teahouse.backends.sql.tables.turns import turn
from teahouse.backends.sql.upserts import insert_if_absent

R = TypeVar("R")

STRIPES = 1024


class Turns:
    def __init__(self, database: Database) -> None:
        self._database = database
        self._lines: dict[str, asyncio.Lock] = {}

    @asynccontextmanager
    async def line(self, what: str) -> AsyncIterator[None]:
        """Wait for those of this node who asked before."""
        lock = self._lines.setdefault(what, asyncio.Lock())
        try:
            async with lock:
                yield
        finally:
            if not lock.locked() and not lock._waiters:
                self._lines.pop(what, None)

    async def take(self, what: str, work: Callable[[AsyncConnection], Awaitable[R]]) -> R:
        """Do `work` in a transaction while nobody else, on any node, does anything about `what`."""
        async with self.line(what):
            return await self._database.transact(partial(_alone, what, work))


async def _alone(
    what: str, work: Callable[[AsyncConnection], Awaitable[R]], connection: AsyncConnection
) -> R:
    stripe = int.from_bytes(blake2b(what.encode(), digest_size=2).digest()) % STRIPES
    mine = select(turn.c.stripe).where(turn.c.stripe == stripe).with_for_update()
    if (await connection.execute(mine)).first() is None:
        await connection.execute(insert_if_absent(connection, turn, [{"stripe": stripe}]))
        await connection.execute(mine)
    return await work(connection)
