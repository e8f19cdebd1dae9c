"""How a team did."""

from typing import Any

from teahouse.desk.reporting import as_csv, figures
from teahouse.model.desk import Ticket, TicketState
from tests.support.desk import Office

DAY = 86_400_000


def ticket(number: int, **fields: Any) -> Ticket:
    return Ticket(id=f"k{number}", team="t", conversation="c", visitor="v", opened=1000, **fields)


def test_figures_are_made_from_tickets() -> None:
    found = figures(
        "",
        [
            ticket(1, resolved=5000),
            ticket(2, handed=2000, replied=12_000, resolved=61_000, rating=5),
            ticket(3, handed=2000, replied=4000, resolved=21_000, rating=2, breaches=1),
            ticket(4, handed=3000),
        ],
    )
    assert (found.opened, found.finished, found.contained, found.handed, found.breached) == (4, 3, 1, 3, 1)
    assert (found.first_response_s, found.resolution_s) == (6, 20)
    assert (found.rated, found.satisfied, found.rating) == (2, 1, 3.5)


async def test_by_day_and_as_a_table() -> None:
    office = await Office().open(agents=0)
    for _ in range(3):
        await office.ask(await office.visitor(), "shipping cost")
        await office.pass_by(office.team.idle_s)
        office.clock.advance(DAY / 1000 / 2)
    reporting = office.desks[0].reporting
    total, *days = await reporting.report(office.team.id, 0, 2**53)
    assert total.opened == total.contained == 3
    assert [(day.day, day.opened) for day in days] == [("2023-11-14", 1), ("2023-11-15", 2)]
    assert all(t.state is TicketState.CLOSED for t in office.store.tickets.values())
    table = as_csv([total, *days]).splitlines()
    assert table[0].startswith("day,opened,finished") and table[1].startswith("total,3,3,3,0,0,")
    assert (await reporting.report(office.other.id, 0, 2**53))[0].opened == 0
