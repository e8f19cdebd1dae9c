"""The audit log over REST, for administrators."""

from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

from msgspec import Meta, Struct

from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.model.audit import Detail, Record, Recorded, Search
from teahouse.model.commands import Limit, Seq
from teahouse.model.errors import Problem
from teahouse.model.results import Result
from teahouse.ports.audit import Audit
from teahouse.ports.clock import Clock

_END = 2**53

T = TypeVar("T")

Word = Annotated[str, Meta(max_length=80)]
Time = Annotated[int, Meta(ge=0, le=_END, description="Milliseconds UTC.")]


class Searched(Struct, frozen=True):
    """`action` finds its parts, too: `bot` finds `bot.created`. `before` is the `number` of the last record of the
    page before."""

    actor: Word = ""
    action: Word = ""
    target: Word = ""
    since: Time = 0
    until: Time = _END
    before: Seq | None = None
    limit: Limit = 50


class RecordRow(Result, frozen=True, omit_defaults=False):
    """Who (`actor`, a user id) did what (`action`) to whom (`target`), when and from which address."""

    number: int
    at: int
    actor: str
    action: str
    target: str
    address: str
    details: dict[str, Detail]


class RecordPage(Result, frozen=True, omit_defaults=False):
    records: tuple[RecordRow, ...]
    more: bool


class Scribe:
    """Records what a request did."""

    def __init__(self, audit: Audit, clock: Clock) -> None:
        self._audit = audit
        self._clock = clock

    def record(self, call: Call, action: str, target: str, **details: Detail) -> Record:
        return Record(self._clock.now(), call.user, action, target, call.address, details)

    async def write(self, call: Call, action: str, target: str, **details: Detail) -> None:
        """Durable when it returns: an action that cannot travel with its record is recorded first."""
        await self._audit.append([self.record(call, action, target, **details)])

    async def recorded(self, call: Call, action: str, target: str, do: Callable[[], Awaitable[T]]) -> T:
        """Recorded before it is done: what was done is in the audit log, whatever happens in between. If it is
        refused, a second record says so."""
        await self.write(call, action, target)
        try:
            return await do()
        except Problem as problem:
            await self.write(call, f"{action}.refused", target, code=problem.code.value)
            raise


class AuditLog:
    def __init__(self, audit: Audit) -> None:
        self._audit = audit

    @operation("GET /admin/audit", who=Who.ADMIN)
    async def page(self, call: Call, query: Searched) -> RecordPage:
        """Who did what, newest first."""
        search = Search(query.actor, query.action, query.target, query.since, query.until)
        before = _END if query.before is None else query.before
        found = await self._audit.page(search, before, query.limit + 1)
        return RecordPage(tuple(_row(one) for one in found[: query.limit]), len(found) > query.limit)


def _row(one: Recorded) -> RecordRow:
    r = one.record
    return RecordRow(one.number, r.at, r.actor, r.action, r.target, r.address, r.details)
