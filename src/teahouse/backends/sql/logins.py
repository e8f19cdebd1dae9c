"""Logins (ports/accounts.py) in SQL.

Rule: whoever uses a refresh token locks the login's row first, on any node; so one of two that come together finds
what the other left. Devices go with their login by the foreign key of `push_device`.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from sqlalchemy import delete, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.accounts import StoredLogin, rotated
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.accounts import login as table
from teahouse.model.accounts import Login, Outcome, Refresh, Rotation, Seen

EXPIRED_AT_ONCE = 256
"""Logins forgotten in one transaction, so that nobody waits long for it."""

COLUMNS = (
    table.c.id,
    table.c.user,
    table.c.device,
    table.c.address,
    table.c.created,
    table.c.seen,
    table.c.expires,
)
_STORED = select(*COLUMNS, table.c.family, table.c.secret, table.c.nonce, table.c.previous, table.c.rotated)


class SqlLogins:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def begin(self, login: Login, refresh: Refresh) -> None:
        await self._database.transact(partial(begin, login, refresh))

    async def rotate(self, used: Refresh, secret: bytes, seen: Seen) -> Rotation | None:
        async with self._latches.line(f"family {used.family.hex()}"):
            return await self._database.transact(partial(_rotate, used, secret, seen))

    async def find(self, login: str, now: int) -> Login | None:
        wanted = select(*COLUMNS).where(table.c.id == login, table.c.expires > now)
        rows = await self._database.fetch(wanted)
        return login_from(rows[0]) if rows else None

    async def of(self, user: str, now: int) -> list[Login]:
        wanted = select(*COLUMNS).where(table.c.user == user, table.c.expires > now).order_by(table.c.id)
        return [login_from(row) for row in await self._database.fetch(wanted)]

    async def rename(self, login: str, device: str) -> Login | None:
        named = update(table).where(table.c.id == login).values(device=device)
        await self._database.transact(lambda connection: connection.execute(named))
        return await self.find(login, 0)

    async def end(self, user: str, logins: Sequence[str] | None = None, but: str = "") -> list[str]:
        return await self._database.transact(partial(_end, user, logins, but))

    async def expire(self, now: int) -> int:
        forgotten = 0
        while some := await self._database.transact(partial(_expire, now)):
            forgotten += some
        return forgotten


async def begin(login: Login, refresh: Refresh, connection: AsyncConnection) -> None:
    """A new login (G1)."""
    row = {
        "id": login.id,
        "user": login.user,
        "device": login.device,
        "address": login.address,
        "created": login.created,
        "seen": login.seen,
        "expires": login.expires,
        "family": refresh.family,
        "secret": refresh.secret,
        "nonce": b"",
        "previous": b"",
        "rotated": 0,
    }
    await connection.execute(insert(table), row)


async def _rotate(used: Refresh, secret: bytes, seen: Seen, connection: AsyncConnection) -> Rotation | None:
    wanted = _STORED.where(table.c.family == used.family, table.c.expires > seen.now).with_for_update()
    row = (await connection.execute(wanted)).first()
    if row is None:
        return None
    after, rotation = rotated(_stored(row), used, secret, seen)
    mine = table.c.id == rotation.login.id
    if after is None:
        await connection.execute(delete(table).where(mine))
    elif rotation.outcome is not Outcome.REPEATED:
        await connection.execute(
            update(table)
            .where(mine)
            .values(
                address=after.login.address,
                seen=after.login.seen,
                expires=after.login.expires,
                secret=after.refresh.secret,
                nonce=after.refresh.nonce,
                previous=after.previous,
                rotated=after.rotated,
            )
        )
    return rotation


async def _end(user: str, logins: Sequence[str] | None, but: str, connection: AsyncConnection) -> list[str]:
    wanted = select(table.c.id).where(table.c.user == user).order_by(table.c.id).with_for_update()
    ids = [id_ for (id_,) in await connection.execute(wanted)]
    ended = [id_ for id_ in ids if id_ != but and (logins is None or id_ in logins)]
    if ended:
        await connection.execute(delete(table).where(table.c.id.in_(ended)))
    return ended


async def _expire(now: int, connection: AsyncConnection) -> int:
    wanted = (
        select(table.c.id)
        .where(table.c.expires <= now)
        .order_by(table.c.id)
        .limit(EXPIRED_AT_ONCE)
        .with_for_update()
    )
    old = [id_ for (id_,) in await connection.execute(wanted)]
    if old:
        await connection.execute(delete(table).where(table.c.id.in_(old)))
    return len(old)


def _stored(row: Any) -> StoredLogin:
    *login, family, secret, nonce, previous, at = row
    return StoredLogin(login_from(login), Refresh(family, secret, nonce), previous, at)


def login_from(row: Sequence[Any]) -> Login:
    id_, user, device, address, created, seen, expires = row
    return Login(
        id=id_, user=user, device=device, address=address, created=created, seen=seen, expires=expires
    )
