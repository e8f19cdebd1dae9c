"""Erasures (ports/accounts.py) in SQLite.

Rule: no index leads from a user to what they wrote, for each entry would pay for it; so all entries are looked
through, in the order of commits, so many at a time that nobody else waits for long.
"""

from collections.abc import Sequence

import apsw

from teahouse.backends.sqlite.accounts import plan_statements
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.rows import COLUMNS, entry_from
from teahouse.backends.sqlite.statements import Statement
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.entries import Entry
from teahouse.model.ids import fold_nick

WINDOW = 4096
"""Entries looked at in one go."""

_BEGIN = "UPDATE account SET erasing = 1, disabled = coalesce(nullif(disabled, 0), ?) WHERE user = ?"
_PENDING = "SELECT user FROM account WHERE erasing ORDER BY user"
_LAST = "SELECT coalesce(max(id), 0) FROM entry"
_ENTRIES = f"""
SELECT conversation, {COLUMNS} FROM entry JOIN log ON log.id = entry.log
WHERE entry.id > ?1 AND entry.id <= ?2 AND sender = ?3 ORDER BY entry.id
"""  # noqa: S608 - made of constants
_DISOWN = "UPDATE entry SET nick = ? WHERE id > ? AND id <= ? AND sender = ?"
_FORGET = (
    "DELETE FROM account WHERE user = ?1",
    "DELETE FROM login WHERE user = ?1",
    "DELETE FROM subject WHERE user = ?1",
    "DELETE FROM mark WHERE user = ?1",
    "DELETE FROM schedule WHERE user = ?1",
    "DELETE FROM hidden WHERE user = ?1",
    "DELETE FROM preference WHERE user = ?1",
    "DELETE FROM contact WHERE user = ?1",
    "DELETE FROM contact WHERE other = ?1",
    "DELETE FROM block WHERE user = ?1",
    "DELETE FROM block WHERE other = ?1",
    "DELETE FROM request WHERE user = ?1",
    "DELETE FROM delivery WHERE user = ?1",
    "DELETE FROM stay WHERE user = ?1",
    "DELETE FROM push_device WHERE user = ?1",
    "DELETE FROM notification WHERE user = ?1",
    "UPDATE report SET snapshot = x'7b7d', nick = ?2 WHERE subject = ?1",
    "UPDATE report SET text = '' WHERE reporter = ?1",
    'UPDATE member SET nick = ?2 WHERE user = ?1 AND "left" = 0',
    'UPDATE member SET nick = ?2 WHERE user = ?1 AND "left" <> 0',
    "UPDATE user SET nick = ?2, folded = ?3, guest = 1, resume = NULL WHERE id = ?1",
)


class SqliteErasures:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def begin(self, user: str, at: int) -> None:
        await self._writer.submit(plan_statements, Statement(_BEGIN, (at, user)))

    async def pending(self) -> list[str]:
        return [user for (user,) in await self._readers.query(_PENDING)]

    async def entries(self, user: str, after: int) -> tuple[list[Entry], int | None]:
        upto = after + WINDOW
        last = (await self._readers.query(_LAST))[0][0]
        rows = await self._readers.query(_ENTRIES, (after, upto, user))
        entries = [entry_from(conversation, row) for conversation, *row in rows]
        return entries, upto if upto < last else None

    async def disown(self, user: str, nick: str, after: int) -> int | None:
        return await self._writer.submit(plan_disowning, (user, nick, after))

    async def forget(self, user: str, nick: str) -> None:
        await self._writer.submit(plan_forgetting, (user, nick))


def plan_disowning(
    database: apsw.Connection, requests: Sequence[tuple[str, str, int]], careful: bool
) -> tuple[list[Statement], list[int | None]]:
    """A Planner (writer.py) of (user, nick, after) (E3)."""
    last = database.execute(_LAST).get
    statements, results = [], []
    for user, nick, after in requests:
        upto = after + WINDOW
        statements.append(Statement(_DISOWN, (nick, after, upto, user)))
        results.append(upto if upto < last else None)
    return statements, results


def plan_forgetting(
    database: apsw.Connection, requests: Sequence[tuple[str, str]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of (user, nick) (E4)."""
    statements = []
    for user, nick in requests:
        bindings = (user, nick, fold_nick(nick))
        statements += [Statement(sql, bindings[: sql.count("?")]) for sql in _FORGET]
    return statements, [None] * len(requests)
