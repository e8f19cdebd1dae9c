"""Audit (ports/audit.py) in SQLite."""

from collections.abc import Sequence
from itertools import chain

import apsw
import msgspec

from teahouse.backends.sqlite.extras import recordings
from teahouse.backends.sqlite.reader import Readers
from teahouse.backends.sqlite.statements import Statement, Value
from teahouse.backends.sqlite.writer import Writer
from teahouse.model.audit import Detail, Record, Recorded, Search

_PAGE = """
SELECT number, at, actor, action, target, address, details FROM audit
WHERE number < :before AND at >= :since AND at < :until{} ORDER BY number DESC LIMIT :limit
"""
_ACTOR = " AND actor = :actor"
_TARGET = " AND target = :target"
_ACTION = " AND (action = :action OR (action > :action || '.' AND action < :action || '/'))"

_details = msgspec.json.Decoder(dict[str, Detail]).decode


class SqliteAudit:
    def __init__(self, writer: Writer, readers: Readers) -> None:
        self._writer = writer
        self._readers = readers

    async def append(self, records: Sequence[Record]) -> None:
        await self._writer.submit(plan, records, len(records))

    async def page(self, search: Search, before: int, limit: int) -> list[Recorded]:
        bindings: dict[str, Value] = {**msgspec.structs.asdict(search), "before": before, "limit": limit}
        return [
            Recorded(number, Record(at, actor, action, target, address, _details(details)))
            for number, at, actor, action, target, address, details in await self._readers.query(
                query(search), bindings
            )
        ]


def query(search: Search) -> str:
    """Only what is asked for stands in it, so that SQLite finds the index."""
    wanted = (search.actor and _ACTOR, search.target and _TARGET, search.action and _ACTION)
    return _PAGE.format("".join(wanted))


def plan(
    database: apsw.Connection, requests: Sequence[Sequence[Record]], careful: bool
) -> tuple[list[Statement], list[None]]:
    """A Planner (writer.py) of records that travel alone."""
    return recordings(chain.from_iterable(requests)), [None] * len(requests)
