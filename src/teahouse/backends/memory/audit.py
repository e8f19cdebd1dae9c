"""Audit (ports/audit.py) in memory."""

from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.audit import Record, Recorded, Search


class MemoryAudit:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def append(self, records: Sequence[Record]) -> None:
        self._store.check_writable()
        log = self._store.audit
        log += [Recorded(number, record) for number, record in enumerate(records, len(log) + 1)]

    async def page(self, search: Search, before: int, limit: int) -> list[Recorded]:
        found = [r for r in self._store.audit if r.number < before and _fits(r.record, search)]
        return found[::-1][:limit]


def _fits(record: Record, search: Search) -> bool:
    return (
        search.actor in ("", record.actor)
        and search.target in ("", record.target)
        and (search.action in ("", record.action) or record.action.startswith(f"{search.action}."))
        and search.since <= record.at < search.until
    )
