"""Reports over REST: anybody makes them, administrators settle them."""

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Ask, Call
from teahouse.model import commands, results
from teahouse.model.commands import ConversationId, Limit, Seq, UserId
from teahouse.model.commands import relations as fields
from teahouse.model.errors import Code, Problem
from teahouse.model.people import Person
from teahouse.model.reports import Outcome, Report
from teahouse.ports.clock import Clock
from teahouse.ports.reports import Reports as ReportBook


class NewReport(Struct, frozen=True):
    """Of a message (`conversation` and `seq`), or of a `user`."""

    reason: fields.Reason
    conversation: ConversationId | None = None
    seq: Seq | None = None
    user: UserId | None = None
    text: Annotated[str, Meta(max_length=2000)] = ""


class ReportsPage(Struct, frozen=True):
    outcome: Literal["open", "acted", "dismissed"] | None = None
    before: Annotated[str, Meta(max_length=80)] = ""
    limit: Limit = 50


class Settlement(Struct, frozen=True):
    outcome: Literal["open", "acted", "dismissed"]
    note: Annotated[str, Meta(max_length=2000)] = ""


class ReportView(results.Result, frozen=True, omit_defaults=False):
    """A report as administrators see it. `reporter` is a user id, or `system` for the word filter; `snapshot` the
    content of the message as it was."""

    id: str
    reporter: str
    subject: Person
    at: int
    reason: str
    text: str
    conversation: str
    seq: int
    snapshot: dict[str, Any]
    outcome: str
    settler: str
    settled: int
    note: str


class ReportPage(results.Result, frozen=True, omit_defaults=False):
    reports: tuple[ReportView, ...]
    more: bool


class Reports:
    def __init__(self, ask: Ask, book: ReportBook, clock: Clock) -> None:
        self._ask = ask
        self._book = book
        self._clock = clock

    @operation(
        "POST /reports",
        201,
        scope="reports:write",
        refuses=(Code.NOT_FOUND,),
        example={"reason": "spam", "conversation": "lobby", "seq": 7},
    )
    async def report(self, call: Call, body: NewReport) -> results.Reported:
        """Report a message or a user to the administrators. The same again is the same report."""
        command = commands.Report(
            id=0,
            reason=body.reason,
            conversation=body.conversation,
            seq=body.seq,
            user=body.user,
            text=body.text,
        )
        return await self._ask(call, command, results.Reported)

    @operation("GET /admin/reports", who=Who.ADMIN)
    async def reports(self, call: Call, query: ReportsPage) -> ReportPage:
        """The newest reports first, `limit` before the id `before`."""
        outcome = None if query.outcome is None else Outcome(query.outcome)
        found = await self._book.page(outcome, query.before, query.limit + 1)
        return ReportPage(tuple(_view(report) for report in found[: query.limit]), len(found) > query.limit)

    @operation("PATCH /admin/reports/{report}", who=Who.ADMIN, example={"outcome": "acted", "note": "muted"})
    async def settle(
        self, call: Call, report: Annotated[str, Meta(min_length=1, max_length=80)], body: Settlement
    ) -> ReportView:
        """Say what became of a report."""
        now = self._clock.now()
        settled = await self._book.settle(report, Outcome(body.outcome), call.user, now, body.note)
        if settled is None:
            raise Problem(Code.NOT_FOUND, "there is no such report")
        return _view(settled)


def _view(report: Report) -> ReportView:
    return ReportView(
        report.id,
        report.reporter,
        Person(report.subject, report.nick),
        report.at,
        report.reason,
        report.text,
        report.conversation,
        report.seq,
        msgspec.json.decode(report.snapshot),
        report.outcome,
        report.settler,
        report.settled,
        report.note,
    )
