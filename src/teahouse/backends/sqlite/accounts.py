"""Accounts and Vouchers (ports/accounts.py) in SQLite.

Rule: hopeful, the unique indexes find a name that is taken; careful, a planner looks and says so. A voucher is taken
in the transaction that it is used for.
"""

from collections.abc import Sequence
from typing import Any

import apsw
from msgspec import UNSET

from teahouse.backends.accounts import changed, no_voucher, taken
from teahouse.backends.sqlite import changes
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, Value
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.accounts import Account, AccountChange, AccountKind, Voucher
from teahouse.model.changes import PutUser
from teahouse.model.ids import fold_nick

_COLUMNS = (
    "account.user, account.name, user.nick, kind, admin, disabled, account.created, bio, avatar, locale"
)
SELECT = f"SELECT {_COLUMNS} FROM account JOIN user ON user.id = account.user"  # noqa: S608
_FIND = f"{SELECT} WHERE account.user = ?"
_NAMED = f"{SELECT} WHERE account.folded = ?"
_PASSWORD = "SELECT password FROM account WHERE user = ?"  # noqa: S105
_PAGE = f"""
SELECT {_COLUMNS} FROM user JOIN account ON account.user = user.id
WHERE NOT guest AND user.folded >= ?1 AND user.folded < ?1 || char(0x10ffff) AND user.folded > ?2
AND (?3 OR disabled = 0) ORDER BY user.folded LIMIT ?4
"""  # noqa: S608 - made of constants
_HAS_ADMIN = "SELECT EXISTS (SELECT 1 FROM account WHERE admin AND disabled = 0)"
_INSERT = """
INSERT INTO account (user, name, folded, kind, password, admin, disabled, created, bio, avatar, locale)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
"""
_UPDATE = "UPDATE account SET admin = ?, disabled = ?, bio = ?, avatar = ?, locale = ? WHERE user = ?"
_SET_PASSWORD = "UPDATE account SET password = ?1 WHERE user = ?2 AND (?3 IS NULL OR password = ?3)"  # noqa: S105
_RENAME_PLACES = 'UPDATE member SET nick = ?2 WHERE user = ?1 AND "left" = 0 AND nick <> ?2'
_NAME_TAKEN = "SELECT 1 FROM account WHERE folded = ? AND user <> ?"
_NICK_TAKEN = "SELECT 1 FROM user WHERE folded = ? AND NOT guest AND id <> ?"
_HOLDS = "SELECT 1 FROM voucher WHERE digest = ? AND purpose = ? AND expires > ?"
_DROP_VOUCHER = "DELETE FROM voucher WHERE digest = ?"

Creation = tuple[Account, str | None, int, Voucher | None]


class SqliteAccounts:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def create(
        self,
        account: Account,
        password: str | None,
        lobby_seq: int = 0,
        voucher: Voucher | None = None,
    ) -> None:
        await self._writer.submit(plan_creations, (account, password, lobby_seq, voucher), 3)

    async def change(self, user: str, change: AccountChange) -> Account | None:
        return await self._writer.submit(plan_changes, (user, change), 3)

    async def find(self, user: str) -> Account | None:
        return _first(await self._readers.query(_FIND, (user,)))

    async def named(self, name: str) -> Account | None:
        return _first(await self._readers.query(_NAMED, (name,)))

    async def password(self, user: str) -> str | None:
        rows = await self._readers.query(_PASSWORD, (user,))
        return rows[0][0] if rows else None

    async def page(self, prefix: str, after: str, limit: int, disabled: bool = False) -> list[Account]:
        rows = await self._readers.query(_PAGE, (prefix, after, int(disabled), limit))
        return [_account(row) for row in rows]

    async def has_admin(self) -> bool:
        return bool((await self._readers.query(_HAS_ADMIN))[0][0])


class SqliteVouchers:
    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def put(self, voucher: Voucher) -> None:
        put = "INSERT INTO voucher VALUES (?, ?, ?)"
        await self._writer.submit(
            plan_statements, Statement(put, (voucher.digest, voucher.purpose, voucher.expires))
        )

    async def take(self, voucher: Voucher) -> bool:
        return await self._writer.submit(plan_takes, voucher)

    async def withdraw(self, purpose: str) -> None:
        await self._writer.submit(
            plan_statements, Statement("DELETE FROM voucher WHERE purpose = ?", (purpose,))
        )


def plan_creations(
    database: apsw.Connection, requests: Sequence[Creation], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of new accounts (A1, A2)."""
    statements: list[Statement] = []
    used: set[bytes] = set()
    for account, password, lobby_seq, voucher in requests:
        if voucher is not None:
            if voucher.digest in used or not _holds(database, voucher):
                raise no_voucher()
            used.add(voucher.digest)
            statements.append(Statement(_DROP_VOUCHER, (voucher.digest,)))
        if careful:
            _check_name(database, account)
            _check_nick(database, account)
        statements += changes.statements([PutUser(account.user, account.created, lobby_seq=lobby_seq)])
        statements.append(Statement(_INSERT, _row(account, password)))
    return statements, [None] * len(requests)


def plan_changes(
    database: apsw.Connection, requests: Sequence[tuple[str, AccountChange]], careful: bool
) -> tuple[list[Statement], list[Account | None]]:
    """A Planner (writer.py) of changes to accounts (A3, A5); of one account, each builds on those before it."""
    statements: list[Statement] = []
    accounts: dict[str, Account | None] = {}
    results: list[Account | None] = []
    for user, change in requests:
        if user not in accounts:
            accounts[user] = _first(database.execute(_FIND, (user,)).fetchall())
        before = accounts[user]
        after = accounts[user] = None if before is None else changed(before, change)
        results.append(after)
        if after is None:
            continue
        if careful:
            _check_nick(database, after)
        if change.nick is not UNSET:
            statements += changes.statements([PutUser(after.user, after.created)])
            statements.append(Statement(_RENAME_PLACES, (user, after.nick)))
        row = (int(after.admin), after.disabled, after.bio, after.avatar, after.locale, user)
        statements.append(Statement(_UPDATE, row))
        if change.password is not UNSET:
            was = None if change.password_was is UNSET else change.password_was
            statements.append(Statement(_SET_PASSWORD, (change.password, user, was)))
    return statements, results


def plan_takes(
    database: apsw.Connection, requests: Sequence[Voucher], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of vouchers that are used (V2)."""
    taken: dict[bytes, None] = {}
    results = []
    for voucher in requests:
        holds = voucher.digest not in taken and _holds(database, voucher)
        results.append(holds)
        if holds:
            taken[voucher.digest] = None
    return [Statement(_DROP_VOUCHER, (digest,)) for digest in taken], results


def plan_statements(
    database: apsw.Connection, requests: Sequence[Statement], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of statements that need no look before."""
    return list(requests), [None] * len(requests)


def _check_name(database: apsw.Connection, account: Account) -> None:
    if database.execute(_NAME_TAKEN, (fold_nick(account.name), account.id)).get is not None:
        raise taken()


def _check_nick(database: apsw.Connection, account: Account) -> None:
    if database.execute(_NICK_TAKEN, (fold_nick(account.nick), account.id)).get is not None:
        raise taken()


def _holds(database: apsw.Connection, voucher: Voucher) -> bool:
    bindings = (voucher.digest, voucher.purpose, voucher.expires)
    return database.execute(_HOLDS, bindings).get is not None


def _row(account: Account, password: str | None) -> tuple[Value, ...]:
    return (
        account.id,
        account.name,
        fold_nick(account.name),
        account.kind,
        password,
        int(account.admin),
        account.disabled,
        account.created,
        account.bio,
        account.avatar,
        account.locale,
    )


def _first(rows: Sequence[Sequence[Any]]) -> Account | None:
    return _account(rows[0]) if rows else None


def _account(row: Sequence[Any]) -> Account:
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
