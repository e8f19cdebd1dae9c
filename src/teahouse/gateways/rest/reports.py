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
    reason: fields.Reason
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
        "POST /conversations/{conversation}/messages/{seq}/reports",
        201,
        guests=True,
        example={"reason": "spam", "text": "the third time today"},
        answer={"report": "r01a20acc6f0b74b485017df6087b58f4"},
    )
    async def message(
        self, call: Call, conversation: ConversationId, seq: Seq, body: NewReport
    ) -> results.Reported:
        """Report a message to the administrators, as it is now. The same again is the same report."""
        command = commands.Report(
            id=0, reason=body.reason, conversation=conversation, seq=seq, text=body.text
        )
        return await self._ask(call, command, results.Reported)

    @operation("POST /users/{user}/reports", 201, guests=True, example={"reason": "abuse"})
    async def user(self, call: Call, user: UserId, body: NewReport) -> results.Reported:
        """Report a user to the administrators."""
        command = commands.Report(id=0, reason=body.reason, user=user, text=body.text)
        return await self._ask(call, command, results.Reported)

    @operation("GET /admin/reports", who=Who.ADMIN)
    async def reports(self, call: Call, query: ReportsPage) -> ReportPage:
        """The newest reports first, `limit` before the id `before`."""
        outcome = None if query.outcome is None else Outcome(query.outcome)
        found = await self._book.page(outcome, query.before, query.limit + 1)
        return ReportPage(tuple(_view(report) for report in found[: query.limit]), len(found) > query.limit)

    @operation(
        "PATCH /admin/reports/{report}",
        who=Who.ADMIN,
        audited="report.settled",
        example={"outcome": "acted", "note": "muted"},
    )
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
