"""Logins (ports/accounts.py) in SQLite."""

from collections.abc import Sequence
from typing import Any

import apsw

from teahouse.backends.accounts import StoredLogin, rotated
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.accounts import Login, Outcome, Refresh, Rotation, Seen

_COLUMNS = "id, user, device, address, created, seen, expires"
_FIND = f"SELECT {_COLUMNS} FROM login WHERE id = ? AND expires > ?"  # noqa: S608
_OF = f"SELECT {_COLUMNS} FROM login WHERE user = ? AND expires > ? ORDER BY id"  # noqa: S608
_OF_FAMILY = f"""
SELECT {_COLUMNS}, family, secret, coalesce(nonce, x''), coalesce(previous, x''), rotated FROM login
WHERE family = ? AND expires > ?
"""  # noqa: S608 - made of constants
_BEGIN = f"INSERT INTO login ({_COLUMNS}, family, secret) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_ROTATE = """
UPDATE login SET address = ?, seen = ?, expires = ?, secret = ?, nonce = ?, previous = ?, rotated = ? WHERE id = ?
"""
_RENAME = "UPDATE login SET device = ? WHERE id = ?"
_ALL = "SELECT id FROM login WHERE user = ? ORDER BY id"
_END = "DELETE FROM login WHERE id IN (SELECT value FROM json_each(?))"
_OLD = "SELECT id FROM login WHERE expires <= ? ORDER BY expires LIMIT ?"

EXPIRED_AT_ONCE = 256
"""Logins forgotten in one transaction, so that appends never wait long for it."""

Use = tuple[Refresh, bytes, Seen]
Ending = tuple[str, Sequence[str] | None, str]


class SqliteLogins:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def begin(self, login: Login, refresh: Refresh) -> None:
        await self._writer.submit(plan_beginnings, (login, refresh))

    async def rotate(self, used: Refresh, secret: bytes, seen: Seen) -> Rotation | None:
        return await self._writer.submit(plan_rotations, (used, secret, seen))

    async def find(self, login: str, now: int) -> Login | None:
        rows = await self._readers.query(_FIND, (login, now))
        return login_from(rows[0]) if rows else None

    async def of(self, user: str, now: int) -> list[Login]:
        return [login_from(row) for row in await self._readers.query(_OF, (user, now))]

    async def rename(self, login: str, device: str) -> Login | None:
        await self._writer.submit(plan_names, (login, device))
        return await self.find(login, 0)

    async def end(self, user: str, logins: Sequence[str] | None = None, but: str = "") -> list[str]:
        return await self._writer.submit(plan_endings, (user, logins, but))

    async def expire(self, now: int) -> int:
        forgotten = 0
        while some := await self._writer.submit(plan_expiry, now, EXPIRED_AT_ONCE):
            forgotten += some
        return forgotten


def plan_beginnings(
    database: apsw.Connection, requests: Sequence[tuple[Login, Refresh]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of new logins (G1)."""
    rows = [
        (a.id, a.user, a.device, a.address, a.created, a.seen, a.expires, refresh.family, refresh.secret)
        for a, refresh in requests
    ]
    return [Statement(_BEGIN, row) for row in rows], [None] * len(requests)


def plan_rotations(
    database: apsw.Connection, requests: Sequence[Use], careful: bool
) -> tuple[list[Statement], list[Rotation | None]]:
    """A Planner (writer.py) of refresh tokens that are used (G2 to G4); of one family, each finds what those before
    it left."""
    families: dict[bytes, StoredLogin | None] = {}
    results: list[Rotation | None] = []
    statements: list[Statement] = []
    for used, secret, seen in requests:
        if used.family not in families:
            families[used.family] = _stored(database, used.family, seen.now)
        before = families[used.family]
        if before is None:
            results.append(None)
            continue
        after, rotation = rotated(before, used, secret, seen)
        families[used.family] = after
        results.append(rotation)
        statements += _rotation(after, rotation)
    return statements, results


def _rotation(after: StoredLogin | None, rotation: Rotation) -> list[Statement]:
    if after is None:
        return [Statement(_END, (as_json([rotation.login.id]),))]
    if rotation.outcome is Outcome.REPEATED:
        return []
    login, refresh = after.login, after.refresh
    secrets = (refresh.secret, refresh.nonce, after.previous, after.rotated)
    return [Statement(_ROTATE, (login.address, login.seen, login.expires, *secrets, login.id))]


def plan_names(
    database: apsw.Connection, requests: Sequence[tuple[str, str]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of (login, device)."""
    return [Statement(_RENAME, (device, login)) for login, device in requests], [None] * len(requests)


def plan_endings(
    database: apsw.Connection, requests: Sequence[Ending], careful: bool
) -> tuple[list[Statement], list[list[str]]]:
    """A Planner (writer.py) of logins that end (G5)."""
    results = []
    for user, logins, but in requests:
        ids = [id_ for (id_,) in database.execute(_ALL, (user,))]
        results.append([id_ for id_ in ids if id_ != but and (logins is None or id_ in logins)])
    return [Statement(_END, (as_json(ended),)) for ended in results if ended], results


def plan_expiry(
    database: apsw.Connection, requests: Sequence[int], careful: bool
) -> tuple[list[Statement], list[int]]:
    """A Planner (writer.py) whose requests are times before which logins expired."""
    old = [id_ for (id_,) in database.execute(_OLD, (max(requests), EXPIRED_AT_ONCE))]
    counts = [len(old), *([0] * (len(requests) - 1))]
    return [Statement(_END, (as_json(old),))] if old else [], counts


def _stored(database: apsw.Connection, family: bytes, now: int) -> StoredLogin | None:
    for row in database.execute(_OF_FAMILY, (family, now)):
        *login, family_, secret, nonce, previous, at = row
        return StoredLogin(login_from(login), Refresh(family_, secret, nonce), previous, at)
    return None


def login_from(row: Sequence[Any]) -> Login:
    id_, user, device, address, created, seen, expires = row
    return Login(
        id=id_, user=user, device=device, address=address, created=created, seen=seen, expires=expires
    )
