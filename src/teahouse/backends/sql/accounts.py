"""Accounts and Vouchers (ports/accounts.py) in SQL.

Rule: unique keys decide whose a name is, and the number of rows that a DELETE finds decides whose a voucher is; so it
does not matter how many nodes ask at once.
"""

from collections.abc import Sequence
from functools import partial
from typing import Any

from msgspec import UNSET
from sqlalchemy import delete, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection

from teahouse.backends.accounts import changed, no_voucher, taken
from teahouse.backends.sql import changes, extras
from teahouse.backends.sql.database import Database
from teahouse.backends.sql.latches import Latches
from teahouse.backends.sql.tables.accounts import account as table
from teahouse.backends.sql.tables.accounts import voucher as vouchers
from teahouse.backends.sql.tables.directory import member
from teahouse.backends.sql.tables.directory import user as users
from teahouse.model.accounts import Account, AccountChange, AccountKind, Voucher
from teahouse.model.changes import PutUser
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick

_LAST = "\U0010ffff"

_COLUMNS = (
    table.c.user,
    table.c.name,
    users.c.nick,
    table.c.kind,
    table.c.admin,
    table.c.disabled,
    table.c.created,
    table.c.bio,
    table.c.avatar,
    table.c.locale,
)
_SELECT = select(*_COLUMNS).join_from(table, users, users.c.id == table.c.user)


class SqlAccounts:
    def __init__(self, database: Database, latches: Latches) -> None:
        self._database = database
        self._latches = latches

    async def create(
        self,
        account: Account,
        password: str | None,
        lobby_seq: int = 0,
        voucher: Voucher | None = None,
    ) -> None:
        async def work(connection: AsyncConnection) -> None:
            if voucher is not None and not await use(connection, voucher):
                raise no_voucher()
            await add(connection, account, password, lobby_seq)

        await self._database.transact(work)

    async def change(self, user: str, change: AccountChange) -> Account | None:
        async with self._latches.line(f"account {user}"):
            return await self._database.transact(partial(_change, user, change))

    async def find(self, user: str) -> Account | None:
        return _first(await self._database.fetch(_SELECT.where(table.c.user == user)))

    async def named(self, name: str) -> Account | None:
        return _first(await self._database.fetch(_SELECT.where(table.c.folded == name)))

    async def password(self, user: str) -> str | None:
        rows = await self._database.fetch(select(table.c.password).where(table.c.user == user))
        return rows[0][0] if rows else None

    async def page(self, prefix: str, after: str, limit: int, disabled: bool = False) -> list[Account]:
        wanted = _SELECT.where(
            users.c.account >= prefix, users.c.account < prefix + _LAST, users.c.account > after
        )
        if not disabled:
            wanted = wanted.where(table.c.disabled == 0)
        rows = await self._database.fetch(wanted.order_by(users.c.account).limit(limit))
        return [_account(row) for row in rows]

    async def has_admin(self) -> bool:
        one = select(table.c.user).where(table.c.admin, table.c.disabled == 0).limit(1)
        return bool(await self._database.fetch(one))


class SqlVouchers:
    def __init__(self, database: Database) -> None:
        self._database = database

    async def put(self, voucher: Voucher) -> None:
        row = {"digest": voucher.digest, "purpose": voucher.purpose, "expires": voucher.expires}
        await self._database.transact(lambda connection: connection.execute(insert(vouchers), row))

    async def take(self, voucher: Voucher) -> bool:
        return await self._database.transact(partial(use, voucher=voucher))

    async def withdraw(self, purpose: str) -> None:
        of_purpose = delete(vouchers).where(vouchers.c.purpose == purpose)
        await self._database.transact(lambda connection: connection.execute(of_purpose))


async def use(connection: AsyncConnection, voucher: Voucher) -> bool:
    """Use a voucher up: whoever takes the row away has it (V2)."""
    mine = delete(vouchers).where(
        vouchers.c.digest == voucher.digest,
        vouchers.c.purpose == voucher.purpose,
        vouchers.c.expires > voucher.expires,
    )
    return (await connection.execute(mine)).rowcount == 1


async def add(connection: AsyncConnection, account: Account, password: str | None, lobby_seq: int) -> None:
    """A new account and its user (A1)."""
    await extras.check_name(connection, account.name, account.id)
    row = {
        "user": account.id,
        "name": account.name,
        "folded": fold_nick(account.name),
        "kind": account.kind.value,
        "password": password,
        "admin": account.admin,
        "disabled": account.disabled,
        "created": account.created,
        "bio": account.bio,
        "avatar": account.avatar,
        "locale": account.locale,
        "erasing": False,
    }
    await _put_user(connection, account, lobby_seq)
    try:
        await connection.execute(insert(table), row)
    except IntegrityError as error:  # somebody else was faster
        raise taken() from error


async def _change(user: str, change: AccountChange, connection: AsyncConnection) -> Account | None:
    await connection.execute(select(table.c.user).where(table.c.user == user).with_for_update())
    before = _first((await connection.execute(_SELECT.where(table.c.user == user))).all())
    if before is None:
        return None
    after = changed(before, change)
    if change.nick is not UNSET:
        await _put_user(connection, after, 0)
        await connection.execute(
            update(member)
            .where(member.c.user == user, member.c.left == 0, member.c.nick != after.nick)
            .values(nick=after.nick)
        )
    await connection.execute(
        update(table)
        .where(table.c.user == user)
        .values(
            admin=after.admin,
            disabled=after.disabled,
            bio=after.bio,
            avatar=after.avatar,
            locale=after.locale,
        )
    )
    if change.password is not UNSET:
        opened = table.c.user == user
        if change.password_was is not UNSET:
            opened &= table.c.password == change.password_was
        await connection.execute(update(table).where(opened).values(password=change.password))
    return after


async def _put_user(connection: AsyncConnection, account: Account, lobby_seq: int) -> None:
    try:
        await changes.apply(connection, [PutUser(account.user, account.created, lobby_seq=lobby_seq)])
    except Problem as problem:
        raise taken() if problem.code is Code.CONFLICT else problem from problem


def _first(rows: Sequence[Any]) -> Account | None:
    return _account(rows[0]) if rows else None


def _account(row: Any) -> Account:
    id_, name, nick, kind, admin, disabled, created, bio, avatar, locale = row
    return Account(
        id=id_,
        name=name,
        nick=nick,
        kind=AccountKind(kind),
        admin=bool(admin),
        disabled=disabled,
        created=created,
        bio=bio,
        avatar=avatar,
        locale=locale,
    )
