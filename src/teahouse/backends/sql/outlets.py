"""Outlets (ports/outlets.py) in SQL. That lanes go with their outlet is a foreign key's work (W3)."""

from functools import partial

import msgspec
from sqlalchemy import exists, select, tuple_
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.tables.log import log as logs
from teahouse.backends.sql.tables.outside import lane as lanes
from teahouse.backends.sql.tables.outside import outlet as outlets
from teahouse.backends.sql.upserts import upsert
from teahouse.model.outlets import Lane, Outlet

_decode = msgspec.json.Decoder(Outlet).decode


class SqlOutlets:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def page(self, after: str, limit: int) -> list[Outlet]:
        wanted = select(outlets.c.settings).where(outlets.c.id > after).order_by(outlets.c.id).limit(limit)
        return [_decode(settings) for (settings,) in await self._database.fetch(wanted)]

    async def lane(self, outlet: str, conversation: str) -> Lane | None:
        wanted = select(lanes).where(lanes.c.outlet == outlet, lanes.c.conversation == conversation)
        rows = await self._database.fetch(wanted)
        return Lane(*rows[0]) if rows else None

    async def keep(self, lane: Lane) -> None:
        await self._database.transact(partial(_keep, lane))

    async def behind(self, after: tuple[str, str], limit: int) -> list[Lane]:
        place = tuple_(lanes.c.outlet, lanes.c.conversation)
        news = exists().where(logs.c.conversation == lanes.c.conversation, logs.c.last > lanes.c.seq)
        wanted = select(lanes).where(place > tuple_(*after), news)
        rows = await self._database.fetch(wanted.order_by(lanes.c.outlet, lanes.c.conversation).limit(limit))
        return [Lane(*row) for row in rows]


async def _keep(lane: Lane, connection: AsyncConnection) -> None:
    """The outlet stays while this looks and writes, for its row is locked; if it is gone, nothing is kept."""
    there = select(outlets.c.id).where(outlets.c.id == lane.outlet).with_for_update(read=True)
    if (await connection.execute(there)).first() is not None:
        await connection.execute(upsert(connection, lanes, [msgspec.structs.asdict(lane)]))
