"""Reports: how a team did in a span of time.

Rule: made from the tickets themselves, which were opened in the span; nothing is counted on the side. A ticket that was
resolved and never handed to a person was contained by the bot. Called by REST.
"""

import csv
import io
from collections.abc import AsyncIterator
from datetime import UTC, datetime
from statistics import median

from msgspec import Struct
from msgspec.structs import asdict

from teahouse.desk.ports import DeskPorts
from teahouse.model.desk import Ticket, TicketQuery
from teahouse.model.errors import Code, Problem

MOST = 100_000
"""Tickets one report is made of; for more, ask for less time."""

_PAGE = 500


class Figures(Struct, frozen=True):
    """`day` is the date of the opening (UTC), empty for the whole. Times in seconds: medians, 0 where there are none.
    `contained` of `finished` never needed a person. `satisfied` of `rated` gave 4 or 5."""

    day: str
    opened: int
    finished: int
    contained: int
    handed: int
    breached: int
    first_response_s: int
    resolution_s: int
    rated: int
    satisfied: int
    rating: float


class Reporting:
    def __init__(self, ports: DeskPorts) -> None:
        self._tickets = ports.tickets

    async def report(self, team: str, since: int, until: int) -> list[Figures]:
        """The whole, then each day."""
        tickets: list[Ticket] = []
        async for ticket in self._all(team, since, until):
            tickets.append(ticket)
            if len(tickets) > MOST:
                raise Problem(Code.TOO_LARGE, f"that is more than {MOST} tickets; ask for less time")
        days: dict[str, list[Ticket]] = {}
        for ticket in reversed(tickets):
            days.setdefault(_day(ticket.opened), []).append(ticket)
        return [figures("", tickets), *(figures(day, of) for day, of in sorted(days.items()))]

    async def _all(self, team: str, since: int, until: int) -> AsyncIterator[Ticket]:
        before = ""
        while page := await self._tickets.page(
            TicketQuery(team=team, since=since, until=until, before=before, limit=_PAGE)
        ):
            for ticket in page:
                yield ticket
            before = page[-1].id


def figures(day: str, tickets: list[Ticket]) -> Figures:
    finished = [t for t in tickets if t.resolved]
    rated = [t.rating for t in tickets if t.rating]
    first = [t.replied - t.handed for t in tickets if t.replied and t.handed]
    return Figures(
        day,
        opened=len(tickets),
        finished=len(finished),
        contained=sum(not t.handed for t in finished),
        handed=sum(bool(t.handed) for t in tickets),
        breached=sum(bool(t.breaches) for t in tickets),
        first_response_s=_median_s(first),
        resolution_s=_median_s([t.resolved - t.opened for t in finished]),
        rated=len(rated),
        satisfied=sum(rating >= 4 for rating in rated),
        rating=round(sum(rated) / len(rated), 2) if rated else 0.0,
    )


def as_csv(rows: list[Figures]) -> str:
    """With a head line; the whole is called `total`."""
    out = io.StringIO()
    writer = csv.DictWriter(out, Figures.__struct_fields__, lineterminator="\r\n")  # RFC 4180
    writer.writeheader()
    for row in rows:
        writer.writerow({**asdict(row), "day": row.day or "total"})
    return out.getvalue()


def _median_s(spans: list[int]) -> int:
    return round(median(spans) / 1000) if spans else 0


def _day(at: int) -> str:
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()
