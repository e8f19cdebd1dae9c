"""Who is given which ticket, when several give them out at once."""

from collections import Counter
from itertools import cycle

from teahouse.model.desk import TicketState
from tests.support.desk import Office, at_once

S = TicketState


async def queue(office: Office, length: int) -> list[str]:
    """So many tickets that wait."""
    return [(await office.ask(await office.visitor(), "human")).id for _ in range(length)]


def loads(office: Office) -> Counter[str]:
    return Counter(t.agent for t in office.store.tickets.values() if t.state in (S.RINGING, S.OWNED))


async def test_whoever_knows_too_little_of_an_agent_asks_nobody() -> None:
    """A node that read the loads before another gave the agent two tickets does not give a third."""
    office = await Office(desks=2).open(agents=1)
    first, second, third = [await office.desks[0].flow.ticket(id_) for id_ in await queue(office, 3)]
    here, there = (desk.dispatch for desk in office.desks)
    early = await there._free()
    now = await here._free()
    assert await here._ask(first, *now) and await here._ask(second, *now)
    assert not await there._ask(third, *early)
    assert loads(office) == {"a0": 2}


async def test_an_agent_who_takes_all_at_once_gets_what_they_can_have() -> None:
    office = await Office(desks=2, pauses=cycle([1, 2])).open(agents=1)
    tickets = await queue(office, 3)
    boards = [office.desks[number % 2].board for number in range(3)]
    await at_once(
        *(lambda b=b, t=t: b.take("a0", t, force=False) for b, t in zip(boards, tickets, strict=True))
    )
    assert loads(office) == {"a0": 2}


async def test_the_least_busy_is_asked_and_then_who_waits_longest() -> None:
    office = await Office().open(agents=3)
    for expected in ("a0", "a1", "a2", "a0"):
        (ticket,) = await queue(office, 1)
        await office.pass_by(1)
        assert (await office.desks[0].flow.ticket(ticket)).agent == expected


async def test_priority_comes_first() -> None:
    office = await Office().open(agents=0)
    first, second = await queue(office, 2)
    await office.agent("a0", capacity=1)
    await office.desks[0].board.prioritise("a0", second, 1)
    await office.pass_by(1)
    states = [(await office.desks[0].flow.ticket(id_)).state for id_ in (first, second)]
    assert states == [S.QUEUED, S.RINGING]
