"""Relations (ports/relations.py) in SQLite."""

from collections.abc import Sequence
from typing import NamedTuple

import apsw

from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, Value, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.people import Person
from teahouse.model.relations import Block, Contact

_BLOCKS = """
SELECT other, coalesce(nick, ''), at FROM block LEFT JOIN user ON user.id = other
WHERE block.user = ? AND other > ? ORDER BY other LIMIT ?
"""
_BLOCKERS = "SELECT user FROM block WHERE user IN (SELECT value FROM json_each(?)) AND other = ?"
_CONTACTS = """
SELECT other, coalesce(nick, ''), alias, at FROM contact LEFT JOIN user ON user.id = other
WHERE contact.user = ? AND other > ? ORDER BY other LIMIT ?
"""
_BLOCK = "INSERT INTO block (user, other, at) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"
_CONTACT = """
INSERT INTO contact (user, other, alias, at) VALUES (?, ?, ?, ?)
ON CONFLICT (user, other) DO UPDATE SET alias = excluded.alias
"""
_UNBLOCK = "DELETE FROM block WHERE user = ? AND other = ?"
_UNCONTACT = "DELETE FROM contact WHERE user = ? AND other = ?"
_BLOCKS_OF = "SELECT other FROM block WHERE user = ?"
_CONTACTS_OF = "SELECT other FROM contact WHERE user = ?"


class _Add(NamedTuple):
    """Add somebody to a list of `most` at most. `others` is a query for who is in it, `statement` adds."""

    others: str
    statement: Statement
    most: int


class SqliteRelations:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def block(self, user: str, other: str, at: int, most: int) -> bool:
        return await self._add(_Add(_BLOCKS_OF, Statement(_BLOCK, (user, other, at)), most))

    async def unblock(self, user: str, other: str) -> None:
        await self._writer.submit(plan_removal, Statement(_UNBLOCK, (user, other)))

    async def blocks(self, user: str, after: str = "", limit: int = 10_000) -> list[Block]:
        rows = await self._readers.query(_BLOCKS, (user, after, limit))
        return [Block(Person(other, nick), at) for other, nick, at in rows]

    async def blockers(self, user: str, among: Sequence[str]) -> list[str]:
        return [other for (other,) in await self._readers.query(_BLOCKERS, (as_json(among), user))]

    async def contact(self, user: str, contact: Contact, most: int) -> bool:
        row: Sequence[Value] = (user, contact.user.id, contact.alias, contact.at)
        return await self._add(_Add(_CONTACTS_OF, Statement(_CONTACT, row), most))

    async def uncontact(self, user: str, other: str) -> None:
        await self._writer.submit(plan_removal, Statement(_UNCONTACT, (user, other)))

    async def contacts(self, user: str, after: str = "", limit: int = 10_000) -> list[Contact]:
        rows = await self._readers.query(_CONTACTS, (user, after, limit))
        return [Contact(Person(other, nick), alias, at) for other, nick, alias, at in rows]

    async def _add(self, addition: _Add) -> bool:
        return await self._writer.submit(plan_addition, addition)


def plan_addition(
    database: apsw.Connection, requests: Sequence[_Add], careful: bool
) -> tuple[list[Statement], list[bool]]:
    """A Planner (writer.py) that looks how long each list is (R3)."""
    lists: dict[tuple[str, Value], set[Value]] = {}
    statements: list[Statement] = []
    results = []
    for others, statement, most in requests:
        user, other, *_ = statement.bindings
        listed = lists.get((others, user))
        if listed is None:
            listed = lists[others, user] = {name for (name,) in database.execute(others, (user,))}
        room = other in listed or len(listed) < most
        if room:
            listed.add(other)
            statements.append(statement)
        results.append(room)
    return statements, results


def plan_removal(
    database: apsw.Connection, requests: Sequence[Statement], careful: bool
) -> tuple[list[Statement], list[None]]:
    return list(requests), [None] * len(requests)
