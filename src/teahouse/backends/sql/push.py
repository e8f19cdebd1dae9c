"""PushDevices and NotificationBook (ports/push.py) in SQL. That devices go with their login is a foreign key's work
(D4)."""

from collections.abc import Mapping, Sequence
from functools import partial
from hashlib import sha256
from typing import Any

import msgspec
from msgspec.structs import replace
from sqlalchemy import delete, func, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.accounts import login as logins
from teahouse.backends.sql.tables.accounts import notification as wishes
from teahouse.backends.sql.tables.accounts import push_device as table
from teahouse.backends.sql.upserts import upsert
from teahouse.model.push import Notifications, PushDevice, PushKind, Quiet


class SqlPushDevices:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def add(self, device: PushDevice, most: int) -> PushDevice | None:
        """All in one line, for a device may pass from one user to another; it is no thing one does often."""
        return await self._latches.take("push devices", partial(_add, device, most))

    async def of(self, users: Sequence[str]) -> Mapping[str, Sequence[PushDevice]]:
        wanted = select(table).where(table.c.user.in_(users)).order_by(table.c.user, table.c.id)
        found: dict[str, list[PushDevice]] = {}
        for row in await self._database.fetch(wanted):
            found.setdefault(row.user, []).append(_device(row))
        return found

    async def drop(self, user: str, device: str) -> bool:
        own = delete(table).where(table.c.id == device, table.c.user == user)
        return (await self._database.transact(lambda connection: connection.execute(own))).rowcount == 1

    async def holders(self, after: str, limit: int) -> list[str]:
        wanted = select(table.c.user).distinct().where(table.c.user > after)
        return [user for (user,) in await self._database.fetch(wanted.order_by(table.c.user).limit(limit))]


class SqlNotifications:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def wish(self, user: str, notifications: Notifications) -> None:
        quiet = notifications.quiet
        row = {
            "user": user,
            "preview": notifications.preview,
            "quiet": None if quiet is None else msgspec.json.encode(quiet).decode(),
        }
        await self._database.transact(lambda c: c.execute(upsert(c, wishes, [row])))

    async def wishes(self, users: Sequence[str]) -> Mapping[str, Notifications]:
        rows = await self._database.fetch(select(wishes).where(wishes.c.user.in_(users)))
        return {row.user: Notifications(bool(row.preview), _quiet(row.quiet)) for row in rows}


async def _add(device: PushDevice, most: int, connection: AsyncConnection) -> PushDevice | None:
    """The login is locked until the commit: it ends before this, and then nothing is stored, or after it, and takes
    the device along (D3, D4)."""
    grant = select(logins.c.id).where(logins.c.id == device.grant).with_for_update(read=True)
    if (await connection.execute(grant)).first() is None:
        return None
    place = place_of(device)
    others = select(func.count()).where(table.c.user == device.user, table.c.place != place)
    if (await connection.execute(others)).scalar_one() >= most:
        return None
    known = (await connection.execute(select(table).where(table.c.place == place))).first()
    if known is not None:
        if known.user == device.user:
            device = replace(device, id=known.id, created=known.created)
        await connection.execute(delete(table).where(table.c.place == place))
    await connection.execute(insert(table), _row(device))
    return device


def place_of(device: PushDevice) -> bytes:
    """Kind and address, which no two devices share, in few bytes."""
    return sha256(f"{device.kind} {device.address}".encode()).digest()


def _row(device: PushDevice) -> dict[str, Any]:
    row = msgspec.structs.asdict(device)
    return {**row, "kind": device.kind.value, "login": row.pop("grant"), "place": place_of(device)}


def _device(row: Any) -> PushDevice:
    fields = dict(row._mapping)
    del fields["place"]
    fields.update(grant=fields.pop("login"), kind=PushKind(row.kind), sandbox=bool(row.sandbox))
    return PushDevice(**fields)


def _quiet(text: str | None) -> Quiet | None:
    return None if text is None else msgspec.json.decode(text, type=Quiet)
