"""The last seq of each conversation, as the writer knows it (L1).

Rule: what is here is what the next commit makes true; after a failed commit all of it is forgotten. Used by
append.py, on the writer's thread only.
"""

from collections.abc import Iterable

import apsw

from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json

_LOAD = """
SELECT conversation, log.id, coalesce((SELECT max(seq) FROM entry WHERE entry.log = log.id), 0)
FROM json_each(?) AS wanted
CROSS JOIN log ON conversation = wanted.value
"""
_LAST_LOG = "SELECT coalesce(max(id), 0) FROM log"
_INSERT = Insert("log", ("id", "conversation"))


class Head:
    """A conversation's number in the file, and its last seq."""

    __slots__ = ("log", "seq")

    def __init__(self, log: int, seq: int) -> None:
        self.log = log
        self.seq = seq


class Heads:
    """`most` bounds the memory: when there are more, all are forgotten, and those in use loaded again."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._heads: dict[str, Head] = {}
        self._last_log: int | None = None

    def __getitem__(self, conversation: str) -> Head:
        return self._heads[conversation]

    def load(self, database: apsw.Connection, conversations: Iterable[str]) -> list[Statement]:
        """Know these conversations; the statements number those that are new."""
        if len(self._heads) > self._most:
            self.forget()
        missing = set(conversations) - self._heads.keys()
        if not missing:
            return []
        for conversation, log, seq in database.execute(_LOAD, (as_json(missing),)):
            self._heads[conversation] = Head(log, seq)
        return _INSERT.of(self._begin(database, missing - self._heads.keys()))

    def forget(self) -> None:
        self._heads.clear()
        self._last_log = None

    def _begin(self, database: apsw.Connection, conversations: Iterable[str]) -> list[Value]:
        """Number new conversations: the rows for table log."""
        rows: list[Value] = []
        for conversation in conversations:
            log = self._next_log(database)
            self._heads[conversation] = Head(log, 0)
            rows += (log, conversation)
        return rows

    def _next_log(self, database: apsw.Connection) -> int:
        if self._last_log is None:
            self._last_log = int(database.execute(_LAST_LOG).get)
        self._last_log += 1
        return self._last_log
