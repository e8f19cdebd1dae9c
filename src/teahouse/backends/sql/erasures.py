"""Erasures (ports/accounts.py) in SQL.

Rule: no index leads from a user to what they wrote, for each entry would pay for it; so all entries are looked
through, in the order of their ids, so many at a time that nobody else waits for long.
"""

from functools import partial

from sqlalchemy import case, delete, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.sql.database import Database
from teahouse.backends.sql.replica import Reading
from teahouse.backends.sql.rows import COLUMNS, entry_from
from teahouse.backends.sql.tables.accounts import account, login, notification, subject
from teahouse.backends.sql.tables.directory import member
from teahouse.backends.sql.tables.directory import user as users
from teahouse.backends.sql.tables.jobs import schedule
from teahouse.backends.sql.tables.log import entry
from teahouse.backends.sql.tables.log import log as logs
from teahouse.backends.sql.tables.marks import hidden, mark, preference
from teahouse.backends.sql.tables.outside import delivery
from teahouse.backends.sql.tables.society import block, contact, report, request
from teahouse.backends.sql.tables.stays import stay
from teahouse.model.entries import Entry
from teahouse.model.ids import fold_nick

WINDOW = 4096
"""Entries looked at in one go."""


_LAST = select(func.coalesce(func.max(entry.c.id), 0))
_THEIRS = (
    account.c.user,
    login.c.user,
    subject.c.user,
    mark.c.user,
    schedule.c.user,
    hidden.c.user,
    preference.c.user,
    contact.c.user,
    contact.c.other,
    block.c.user,
    block.c.other,
    request.c.user,
    delivery.c.user,
    stay.c.user,
    notification.c.user,
)


class SqlErasures:
    """Pages are read by `reading`, which may be a replica."""

    def __init__(self, database: Database, reading: Reading) -> None:
        self._database = database
        self._reading = reading

    async def begin(self, user: str, at: int) -> None:
        since = case((account.c.disabled == 0, at), else_=account.c.disabled)
        erased = update(account).where(account.c.user == user).values(erasing=True, disabled=since)
        await self._database.transact(lambda connection: connection.execute(erased))

    async def pending(self) -> list[str]:
        wanted = select(account.c.user).where(account.c.erasing).order_by(account.c.user)
        return [user for (user,) in await self._database.fetch(wanted)]

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]:
        upto = after + WINDOW
        last = (await self._reading.fetch(_LAST))[0][0]
        wanted = (
            select(logs.c.conversation, *COLUMNS)
            .join_from(entry, logs, logs.c.id == entry.c.log)
            .where(entry.c.id > after, entry.c.id <= upto, entry.c.sender == user)
            .order_by(entry.c.id)
        )
        found = [entry_from(name, columns) for name, *columns in await self._reading.fetch(wanted)]
        return found, upto if upto < last else None

    async def disown(self, user: str, nick: str, after: int) -> int | None:
        return await self._database.transact(partial(_disown, user, nick, after))

    async def forget(self, user: str, nick: str) -> None:
        await self._database.transact(partial(_forget, user, nick))


async def _disown(user: str, nick: str, after: int, connection: AsyncConnection) -> int | None:
    upto = after + WINDOW
    last = (await connection.execute(_LAST)).scalar_one()
    theirs = (entry.c.id > after) & (entry.c.id <= upto) & (entry.c.sender == user)
    await connection.execute(update(entry).where(theirs).values(nick=nick))
    return upto if upto < last else None


async def _forget(user: str, nick: str, connection: AsyncConnection) -> None:
    """Everything of them goes in one transaction (E4); devices go with the logins."""
    for column in _THEIRS:
        await connection.execute(delete(column.table).where(column == user))
    await connection.execute(update(report).where(report.c.subject == user).values(snapshot=b"{}", nick=nick))
    await connection.execute(update(report).where(report.c.reporter == user).values(text=""))
    await connection.execute(update(member).where(member.c.user == user).values(nick=nick))
    nobody = {"nick": nick, "folded": fold_nick(nick), "account": None, "guest": True, "resume": None}
    await connection.execute(update(users).where(users.c.id == user).values(nobody))
