"""Subjects and Passes (ports/providers.py) in SQL.

Rule: a pass is a row of `login` whose family is the digest of the cookie's secret, and whose own secret is empty,
which no digest is: so a refresh token is no pass, and a pass no refresh token. The key of `subject` decides whose a
subject is: the tie is put first, and whoever finds another's in its place puts nothing else.
"""

from functools import partial

from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.accounts import add
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.logins import COLUMNS, begin, login_from
from teahouse.backends.sql.tables.accounts import login as logins
from teahouse.backends.sql.tables.accounts import subject as table
from teahouse.backends.sql.upserts import insert_if_absent
from teahouse.model.accounts import Account, Login, Refresh, Subject


class SqlSubjects:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def create(self, account: Account, subject: Subject, lobby_seq: int = 0) -> str:
        async def work(connection: AsyncConnection) -> str:
            holder = await _tie(subject, account.id, connection)
            if holder == account.id:
                await add(connection, account, None, lobby_seq)
            return holder

        return await self._database.transact(work)

    async def tie(self, subject: Subject, user: str) -> str:
        return await self._database.transact(partial(_tie, subject, user))

    async def find(self, subject: Subject) -> str | None:
        rows = await self._database.fetch(select(table.c.user).where(_is(subject)))
        return rows[0][0] if rows else None

    async def of(self, user: str) -> list[Subject]:
        wanted = select(table.c.issuer, table.c.name).where(table.c.user == user)
        rows = await self._database.fetch(wanted.order_by(table.c.issuer, table.c.name))
        return [Subject(issuer, name) for issuer, name in rows]

    async def untie(self, subject: Subject, user: str) -> bool:
        own = delete(table).where(_is(subject), table.c.user == user)
        ended = await self._database.transact(lambda connection: connection.execute(own))
        return ended.rowcount == 1


class SqlPasses:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def begin(self, login: Login, digest: bytes) -> None:
        await self._database.transact(partial(begin, login, Refresh(digest, b"")))

    async def find(self, digest: bytes, now: int) -> Login | None:
        wanted = select(*COLUMNS).where(
            logins.c.family == digest, logins.c.expires > now, logins.c.secret == b""
        )
        rows = await self._database.fetch(wanted)
        return login_from(rows[0]) if rows else None

    async def extend(self, login: Login) -> None:
        longer = (
            update(logins)
            .where(logins.c.id == login.id)
            .values(address=login.address, seen=login.seen, expires=login.expires)
        )
        await self._database.transact(lambda connection: connection.execute(longer))


async def _tie(subject: Subject, user: str, connection: AsyncConnection) -> str:
    """Whose the subject is: this user's, if it was nobody's (S2)."""
    row = {"issuer": subject.issuer, "name": subject.name, "user": user}
    await connection.execute(insert_if_absent(connection, table, [row]))
    holder = (
        await connection.execute(select(table.c.user).where(_is(subject)).with_for_update())
    ).scalar_one()
    return str(holder)


def _is(subject: Subject) -> ColumnElement[bool]:
    return (table.c.issuer == subject.issuer) & (table.c.name == subject.name)
