"""Heads: the rows of conversations in `log`, locked until the commit.

Rule: in the order of their names, so that nodes wait for each other and never in a circle (decision 0049). Used by
append.py, and by standing.py for changes that no entry carries.
"""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.tables.log import log
from teahouse.backends.sql.upserts import insert_if_absent


class Head:
    """A conversation's number in the database, its last seq, and that of the last entry which changed who is in, or the
    settings."""

    __slots__ = ("last", "log", "placed")

    def __init__(self, log_: int, last: int, placed: int) -> None:
        self.log = log_
        self.last = last
        self.placed = placed


async def lock(connection: AsyncConnection, names: Sequence[str]) -> dict[str, Head]:
    """These conversations, locked; those that are new are numbered."""
    heads = await _locked(connection, names)
    missing = [name for name in names if name not in heads]
    if missing:
        rows = [{"conversation": name, "last": 0, "placed": 0} for name in missing]
        await connection.execute(insert_if_absent(connection, log, rows))
        heads |= await _locked(connection, missing)
    return heads


async def _locked(connection: AsyncConnection, names: Sequence[str]) -> dict[str, Head]:
    wanted = (
        select(log.c.conversation, log.c.id, log.c.last, log.c.placed)
        .where(log.c.conversation.in_(names))
        .order_by(log.c.conversation)
        .with_for_update()
    )
    return {name: Head(*row) for name, *row in await connection.execute(wanted)}
