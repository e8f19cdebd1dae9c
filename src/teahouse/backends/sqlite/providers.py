"""Subjects and Passes (ports/providers.py) in SQLite.

Rule: a pass is a row of `login` whose family is the digest of the cookie's secret, and whose own secret is empty,
which no digest is: so a refresh token is no pass, and a pass no refresh token.
"""

from collections.abc import Sequence

import apsw

from teahouse.backends.sqlite.accounts import plan_creations, plan_statements
from teahouse.backends.sqlite.logins import login_from, plan_beginnings
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.accounts import Account, Login, Refresh, Subject

_FIND = "SELECT user FROM subject WHERE issuer = ? AND name = ?"
_OF = "SELECT issuer, name FROM subject WHERE user = ? ORDER BY issuer, name"
_TIE = "INSERT INTO subject (issuer, name, user) VALUES (?, ?, ?)"
_UNTIE = "DELETE FROM subject WHERE issuer = ? AND name = ?"
_LOGIN = """
SELECT id, user, device, address, created, seen, expires FROM login
WHERE family = ? AND expires > ? AND secret = x''
"""
_EXTEND = "UPDATE login SET address = ?, seen = ?, expires = ? WHERE id = ?"


class SqliteSubjects:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def create(self, account: Account, subject: Subject, lobby_seq: int = 0) -> str:
        return await self._writer.submit(plan_newcomers, (account, subject, lobby_seq), 4)

    async def tie(self, subject: Subject, user: str) -> str:
        return await self._writer.submit(plan_ties, (subject, user))

    async def find(self, subject: Subject) -> str | None:
        rows = await self._readers.query(_FIND, (subject.issuer, subject.name))
        return rows[0][0] if rows else None

    async def of(self, user: str) -> list[Subject]:
        return [Subject(*row) for row in await self._readers.query(_OF, (user,))]

    async def untie(self, subject: Subject, user: str) -> bool:
        return await self._writer.submit(plan_partings, (subject, user))


class SqlitePasses:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def begin(self, login: Login, digest: bytes) -> None:
        await self._writer.submit(plan_beginnings, (login, Refresh(digest, b"")))

    async def find(self, digest: bytes, now: int) -> Login | None:
        rows = await self._readers.query(_LOGIN, (digest, now))
        return login_from(rows[0]) if rows else None

    async def extend(self, login: Login) -> None:
        row = (login.address, login.seen, login.expires, login.id)
        await self._writer.submit(plan_statements, Statement(_EXTEND, row))


def plan_newcomers(
    database: apsw.Connection, requests: Sequence[tuple[Account, Subject, int]], careful: bool
) -> tuple[list[Statement], list[str]]:
    """A Planner (writer.py) of accounts with their subjects (S1). Two of one subject in one batch violate its key,
    and are then planned one by one."""
    statements: list[Statement] = []
    results = []
    for account, subject, lobby_seq in requests:
        holder = _holder(database, subject)
        results.append(account.id if holder is None else holder)
        if holder is None:
            statements += plan_creations(database, [(account, None, lobby_seq, None)], careful)[0]
            statements.append(Statement(_TIE, (subject.issuer, subject.name, account.id)))
    return statements, results


def plan_ties(
    database: apsw.Connection, requests: Sequence[tuple[Subject, str]], careful: bool
) -> tuple[list[Statement], list[str]]:
    """A Planner (writer.py) of ties to accounts that are there (S2)."""
    statements: list[Statement] = []
    tied: dict[Subject, str] = {}
    results = []
    for subject, user in requests:
        holder = tied.get(subject) or _holder(database, subject)
        if holder is None:
            holder = tied[subject] = user
            statements.append(Statement(_TIE, (subject.issuer, subject.name, user)))
        results.append(holder)
    return statements, results


def plan_partings(
    database: apsw.Connection, requests: Sequence[tuple[Subject, str]], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of ties that end."""
    results = [_holder(database, subject) == user for subject, user in requests]
    ending = [subject for (subject, _), own in zip(requests, results, strict=True) if own]
    return [Statement(_UNTIE, (subject.issuer, subject.name)) for subject in ending], results


def _holder(database: apsw.Connection, subject: Subject) -> str | None:
    found: str | None = database.execute(_FIND, (subject.issuer, subject.name)).get
    return found
