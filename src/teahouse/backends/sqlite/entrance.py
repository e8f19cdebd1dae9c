"""Links and Requests (ports/entrance.py) in SQLite, and how the uses of links are counted (I2).

Rule: whether a link lets one more in is decided on the writer's thread, in the transaction that counts the use. The
table has a check of its own for the case that two planners of one batch count at once: the batch then fails and is
done one by one.
"""

from collections.abc import Sequence
from typing import Any

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.changes import UseLink
from teahouse.model.entrance import Asked, InvitationLink, JoinRequest

_COLUMNS = "id, conversation, digest, made_by, created, expires, uses, used, revoked"
_BY_ID = f"SELECT {_COLUMNS} FROM link WHERE id = ?"  # noqa: S608
_BY_DIGEST = f"SELECT {_COLUMNS} FROM link WHERE digest = ?"  # noqa: S608
_LINKS = f"SELECT {_COLUMNS} FROM link WHERE conversation = ? ORDER BY id"  # noqa: S608
_PUT_LINK = f"INSERT INTO link ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
_FORGET_LINKS = "DELETE FROM link WHERE id IN (SELECT value FROM json_each(?))"
_REVOKE = "UPDATE link SET revoked = 1 WHERE id = ?"
_USE = "UPDATE link SET used = used + 1 WHERE id = ?"

_REQUESTS = """
SELECT conversation, user, nick, text, at FROM request WHERE conversation = ? AND at >= ? ORDER BY at, user
"""
_REQUEST = """
SELECT conversation, user, nick, text, at FROM request WHERE conversation = ? AND user = ? AND at >= ?
"""
_FORGET_REQUESTS = "DELETE FROM request WHERE conversation = ? AND at < ?"
_ASK = "INSERT INTO request (conversation, user, nick, text, at) VALUES (?, ?, ?, ?, ?)"
_DROP = "DELETE FROM request WHERE conversation = ? AND user = ?"
_WAITING = "SELECT user FROM request WHERE conversation = ? AND at >= ?"
_IS_THERE = "SELECT 1 FROM request WHERE conversation = ? AND user = ?"


class SqliteLinks:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def put(self, link: InvitationLink, most: int) -> bool:
        return await self._writer.submit(plan_link, (link, most))

    async def find(self, digest: bytes) -> InvitationLink | None:
        rows = await self._readers.query(_BY_DIGEST, (digest,))
        return _link(rows[0]) if rows else None

    async def of(self, conversation: str) -> list[InvitationLink]:
        links = [_link(row) for row in await self._readers.query(_LINKS, (conversation,))]
        return [link for link in links if not link.revoked]

    async def revoke(self, conversation: str, link: str) -> bool:
        return await self._writer.submit(plan_revocation, (conversation, link))


class SqliteRequests:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def ask(self, request: JoinRequest, most: int, since: int) -> Asked:
        return await self._writer.submit(plan_request, (request, most, since))

    async def find(self, conversation: str, user: str, since: int) -> JoinRequest | None:
        rows = await self._readers.query(_REQUEST, (conversation, user, since))
        return JoinRequest(*rows[0]) if rows else None

    async def of(self, conversation: str, since: int) -> list[JoinRequest]:
        return [JoinRequest(*row) for row in await self._readers.query(_REQUESTS, (conversation, since))]

    async def drop(self, conversation: str, user: str) -> bool:
        return await self._writer.submit(plan_drop, (conversation, user))


class Uses:
    """The links that the changes of one batch use (I2)."""

    def __init__(self, database: apsw.Connection) -> None:
        self._database = database
        self._links: dict[str, InvitationLink | None] = {}
        self._taken: dict[str, int] = {}

    def take(self, change: UseLink) -> bool:
        """Count one use, if the link lets one more in."""
        name = change.link
        if name not in self._links:
            rows = self._database.execute(_BY_ID, (name,)).fetchall()
            self._links[name] = _link(rows[0]) if rows else None
        link, taken = self._links[name], self._taken.get(name, 0)
        if link is None or not link.works(change.at):
            return False
        if link.uses is not None and link.used + taken >= link.uses:
            return False
        self._taken[name] = taken + 1
        return True


def uses(changes: Sequence[UseLink]) -> list[Statement]:
    """What counts uses that were taken."""
    return [Statement(_USE, (change.link,)) for change in changes]


def drops(requests: Sequence[tuple[str, str]]) -> list[Statement]:
    """What takes away requests of (conversation, user)."""
    return [Statement(_DROP, request) for request in requests]


def plan_link(
    database: apsw.Connection, requests: Sequence[tuple[InvitationLink, int]], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) of new links (I3)."""
    statements: list[Statement] = []
    results = []
    added: dict[str, int] = {}
    for link, most in requests:
        known = [_link(row) for row in database.execute(_LINKS, (link.conversation,))]
        dead = [one.id for one in known if not one.works(link.created)]
        if dead:
            statements.append(Statement(_FORGET_LINKS, (as_json(dead),)))
        more = added.get(link.conversation, 0)
        room = len(known) - len(dead) + more < most
        if room:
            added[link.conversation] = more + 1
            statements.append(Statement(_PUT_LINK, _row(link)))
        results.append(room)
    return statements, results


def plan_revocation(
    database: apsw.Connection, requests: Sequence[tuple[str, str]], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) whose requests are (conversation, link)."""
    revoked: set[str] = set()
    results = []
    for conversation, name in requests:
        rows = database.execute(_BY_ID, (name,)).fetchall()
        link = _link(rows[0]) if rows else None
        found = link is not None and link.conversation == conversation and not link.revoked
        results.append(found and name not in revoked)
        if found:
            revoked.add(name)
    return [Statement(_REVOKE, (name,)) for name in revoked], results


def plan_request(
    database: apsw.Connection, requests: Sequence[tuple[JoinRequest, int, int]], careful: bool
) -> tuple[list[Statement], list[Asked]]:
    """A Planner (writer.py) of requests to join (Q2)."""
    statements: list[Statement] = []
    results = []
    waiting: dict[str, set[str]] = {}
    for request, most, since in requests:
        conversation = request.conversation
        users = waiting.get(conversation)
        if users is None:
            users = {user for (user,) in database.execute(_WAITING, (conversation, since))}
            waiting[conversation] = users
            statements.append(Statement(_FORGET_REQUESTS, (conversation, since)))
        if request.user in users:
            results.append(Asked.ALREADY)
        elif len(users) >= most:
            results.append(Asked.FULL)
        else:
            users.add(request.user)
            row = (conversation, request.user, request.nick, request.text, request.at)
            statements.append(Statement(_ASK, row))
            results.append(Asked.NEW)
    return statements, results


def plan_drop(
    database: apsw.Connection, requests: Sequence[tuple[str, str]], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) whose requests are (conversation, user)."""
    results = []
    dropped: set[tuple[str, str]] = set()
    for request in requests:
        there = request not in dropped and bool(database.execute(_IS_THERE, request).fetchall())
        dropped.add(request)
        results.append(there)
    return drops(list(dropped)), results


def _row(link: InvitationLink) -> tuple[Any, ...]:
    return (
        link.id,
        link.conversation,
        link.digest,
        link.by,
        link.created,
        link.expires,
        link.uses,
        link.used,
        int(link.revoked),
    )


def _link(row: Sequence[Any]) -> InvitationLink:
    id_, conversation, digest, by, created, expires, uses_, used, revoked = row
    return InvitationLink(id_, conversation, digest, by, created, expires, uses_, used, bool(revoked))
