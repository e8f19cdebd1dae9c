"""Reports (ports/reports.py) in memory."""

from msgspec.structs import replace

from teahouse.backends.memory.changes import put_report
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.reports import Outcome, Report


class MemoryReports:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def put(self, report: Report) -> Report:
        self._store.check_writable()
        return put_report(self._store, report)

    async def page(self, outcome: Outcome | None, before: str, limit: int) -> list[Report]:
        reports = self._store.reports
        wanted = [reports[name] for name in sorted(reports, reverse=True) if not before or name < before]
        return [report for report in wanted if outcome in (None, report.outcome)][:limit]

    async def settle(self, report: str, outcome: Outcome, by: str, at: int, note: str) -> Report | None:
        self._store.check_writable()
        known = self._store.reports.get(report)
        if known is None:
            return None
        settled = replace(known, outcome=outcome, settler=by, settled=at, note=note)
        self._store.reports[report] = settled
        return settled
