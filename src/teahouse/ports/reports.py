"""Reports for administrators."""

from typing import Protocol

from teahouse.model.reports import Outcome, Report


class Reports(Protocol):
    """Reports, which outlast what they are about.

    P1  What was stored is durable when the call returns, and found at once; also what a PutReport stored.
    P2  One report a (reporter, conversation, seq, subject): a second one stores nothing, and `put` gives the first.
    P3  `page` gives the newest first, `limit` before the id `before` (empty: from the newest). Ids are in the order
        in which reports were made.
    P4  `settle` gives the report as it is then; None if there is none. What was settled can be settled anew.
    """

    async def put(self, report: Report) -> Report: ...

    async def page(self, outcome: Outcome | None, before: str, limit: int) -> list[Report]: ...

    async def settle(self, report: str, outcome: Outcome, by: str, at: int, note: str) -> Report | None: ...
