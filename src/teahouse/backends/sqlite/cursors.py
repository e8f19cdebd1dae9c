"""Cursors (ports/cursors.py) in SQLite."""

from collections.abc import Mapping, Sequence
from typing import Any

import apsw
import msgspec
from msgspec import UNSET

from teahouse.backends.kinds import MESSAGE
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Insert, Statement, Value, as_json
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.ids import EVERYBODY, SYSTEM
from teahouse.model.marks import Advance, Mark, Unread

COUNTED = 10_000
"""Counting stops here (C3): so many of the newest messages are looked at."""

_COLUMNS = "delivered, read, cleared, pinned, archived, muted_until, delivered_at, read_at"
_ADVANCE = Insert(
    "mark",
    ("user", "conversation", *_COLUMNS.split(", ")),
    "ON CONFLICT (user, conversation) DO UPDATE SET"
    " delivered = max(delivered, excluded.delivered), read = max(read, excluded.read),"
    " cleared = max(cleared, excluded.cleared), pinned = coalesce(excluded.pinned, pinned),"
    " archived = coalesce(excluded.archived, archived),"
    " muted_until = coalesce(excluded.muted_until, muted_until),"
    " delivered_at = iif(excluded.delivered > delivered, excluded.delivered_at, delivered_at),"
    " read_at = iif(excluded.read > read, excluded.read_at, read_at)",
)
_MARKS = f"""
SELECT conversation, {_COLUMNS} FROM mark
WHERE user = ? AND conversation IN (SELECT value FROM json_each(?))
"""  # noqa: S608 - made of constants
_EVERYONE = f"SELECT user, {_COLUMNS} FROM mark WHERE conversation = ?"  # noqa: S608

# `wanted` has the floor that is known beforehand, `floored` the one that own messages raise.
_UNREAD = f"""
WITH wanted AS MATERIALIZED (
    SELECT since.key AS conversation, log.id AS log,
           max(since.value, coalesce(mark.read, 0), coalesce(mark.cleared, 0)) AS floor
    FROM json_each(:since) AS since
    LEFT JOIN log ON log.conversation = since.key
    LEFT JOIN mark ON mark.user = :user AND mark.conversation = since.key
), floored AS MATERIALIZED (
    SELECT conversation, log, max(floor, coalesce((
        SELECT max(seq) FROM (
            SELECT seq, sender FROM entry
            WHERE entry.log = wanted.log AND seq > wanted.floor AND kind = {MESSAGE}
            ORDER BY seq DESC LIMIT {COUNTED}
        ) WHERE sender = :user
    ), 0)) AS floor
    FROM wanted
)
SELECT conversation, floor, (
    SELECT count(*) FILTER (
        WHERE NOT redacted AND sender <> '{SYSTEM}' AND seq NOT IN (
            SELECT seq FROM hidden WHERE user = :user AND conversation = floored.conversation
        )
    ) FROM (
        SELECT redacted, sender, seq FROM entry
        WHERE entry.log = floored.log AND seq > floor AND kind = {MESSAGE}
        ORDER BY seq DESC LIMIT {COUNTED}
    )
), (
    SELECT count(DISTINCT mention.seq) FROM mention INDEXED BY mention_of
    CROSS JOIN entry ON entry.log = mention.log AND entry.seq = mention.seq AND kind = {MESSAGE}
    WHERE mention.log = floored.log AND mention.user IN (:user, :everybody) AND mention.seq > floor
    AND sender <> '{SYSTEM}' AND mention.seq NOT IN (
        SELECT seq FROM hidden WHERE user = :user AND conversation = floored.conversation
    )
)
FROM floored
"""  # noqa: S608 - made of constants


class SqliteCursors:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def advance(self, advances: Sequence[Advance]) -> None:
        await self._writer.submit(plan, advances, len(advances))

    async def marks(self, user: str, conversations: Sequence[str]) -> Mapping[str, Mark]:
        wanted = as_json(conversations)
        return {c: _mark(row) for c, *row in await self._readers.query(_MARKS, (user, wanted))}

    async def everyone(self, conversation: str) -> Mapping[str, Mark]:
        return {user: _mark(row) for user, *row in await self._readers.query(_EVERYONE, (conversation,))}

    async def unread(self, user: str, since: Mapping[str, int]) -> Mapping[str, Unread]:
        bindings = {"user": user, "everybody": EVERYBODY, "since": msgspec.json.encode(since).decode()}
        rows = await self._readers.query(_UNREAD, bindings)
        return {conversation: Unread(*counts) for conversation, *counts in rows}


def plan(
    database: apsw.Connection, requests: Sequence[Sequence[Advance]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) whose requests are the advances of one call each (C1, C2)."""
    rows: list[Value] = []
    for request in requests:
        for a in request:
            settings = (a.pinned, a.archived, a.muted_until)
            rows += (a.user, a.conversation, a.delivered, a.read, a.cleared)
            rows += [None if chosen is UNSET else int(chosen) for chosen in settings]
            rows += (a.at if a.delivered else 0, a.at if a.read else 0)
    return _ADVANCE.of(rows), [None] * len(requests)


def _mark(row: Sequence[Any]) -> Mark:
    delivered, read, cleared, pinned, archived, muted_until, *times = row
    return Mark(delivered, read, cleared, bool(pinned), bool(archived), muted_until or 0, *times)
