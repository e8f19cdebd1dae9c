"""What a user may send who is on several nodes at once."""

import asyncio

import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.spending import MemorySpending
from teahouse.engine import spending
from teahouse.engine.buckets import Buckets, SharedBuckets
from teahouse.engine.options import EngineOptions
from teahouse.engine.spending import TOLD_S, Spender
from teahouse.model.errors import Problem, StoreUnavailable
from teahouse.model.gcra import Rate
from tests.support.house import Person, Refused, Town

RATE = Rate(20.0, 40)
STEP_S = 0.01


class Nodes:
    """So many nodes on which one user sends whatever they may, in manual time. `told` says when which node tells."""

    def __init__(self, number: int) -> None:
        self.clock = ManualClock()
        self.spending = MemorySpending(self.clock)
        self.spenders = [Spender(self.clock, self.spending) for _ in range(number)]
        self.buckets = [spender.buckets("sends", RATE) for spender in self.spenders]
        self.sent = [0] * number

    async def flood(self, seconds: float, most: int = 1000) -> list[int]:
        """All they may, up to `most` a turn and node; what was sent by all after each turn."""
        course = []
        period = round(TOLD_S / STEP_S)
        for turn in range(round(seconds / STEP_S)):
            for n, buckets in enumerate(self.buckets):
                self._send(n, buckets, most)
                if (turn + n * period // len(self.buckets)) % period == period - 1:
                    await self.spenders[n].tell()
            course.append(sum(self.sent))
            self.clock.advance(STEP_S)
        return course

    def _send(self, n: int, buckets: Buckets, most: int) -> None:
        for _ in range(most):
            try:
                buckets.take("ada", self.clock.monotonic())
            except Problem:
                return
            self.sent[n] += 1


def allowed(nodes: int, t: float) -> float:
    """What engine/spending.py says is the most; nobody waits for an answer here."""
    return RATE.burst + RATE.per_second * t + (nodes - 1) * (RATE.burst + RATE.per_second * TOLD_S)


@pytest.mark.parametrize("nodes", [1, 2, 3, 8])
async def test_several_nodes_let_through_little_more_than_one(nodes: int) -> None:
    course = await Nodes(nodes).flood(60.0)
    for turn, sent in enumerate(course):
        assert sent <= allowed(nodes, turn * STEP_S) + 1
    assert course[-1] >= RATE.per_second * 60  # and nobody who asks is starved


@pytest.mark.parametrize("nodes", [2, 3, 8])
async def test_also_after_a_silence(nodes: int) -> None:
    """Any stretch of time keeps the bound, not only the first one."""
    town = Nodes(nodes)
    await town.flood(30.0)
    town.clock.advance(300.0)
    before = sum(town.sent)
    course = await town.flood(30.0)
    assert all(sent - before <= allowed(nodes, n * STEP_S) + 1 for n, sent in enumerate(course))


async def test_who_keeps_to_the_rate_is_never_refused() -> None:
    """On three nodes, with two thirds of what they may, all together."""
    town = Nodes(3)
    refused = 0
    for turn in range(1200):
        if turn % 15 < 2:
            try:
                town.buckets[turn % 3].take("ada", town.clock.monotonic())
            except Problem:
                refused += 1
        if turn % 100 == 99:
            for spender in town.spenders:
                await spender.tell()
        town.clock.advance(STEP_S)
    assert refused == 0


async def test_what_is_taken_while_it_is_told_is_counted_once() -> None:
    clock = ManualClock()
    truth = MemorySpending(clock)
    spender = Spender(clock, truth)
    buckets = spender.buckets("sends", Rate(1.0, 10))
    for _ in range(4):
        buckets.take("ada", clock.monotonic())
    spend = truth.spend

    async def slowly(spent: list[object]) -> list[float]:
        waits = await spend(spent)  # type: ignore[arg-type]
        for _ in range(3):
            buckets.take("ada", clock.monotonic())
        return waits

    truth.spend = slowly  # type: ignore[method-assign, assignment]
    await spender.tell()
    truth.spend = spend  # type: ignore[method-assign]
    assert isinstance(buckets, SharedBuckets)
    assert buckets.spent == {"ada": 3}
    for _ in range(3):
        buckets.take("ada", clock.monotonic())
    with pytest.raises(Problem):
        buckets.take("ada", clock.monotonic())


async def test_without_the_others_each_node_goes_on_alone() -> None:
    """And is not held to what it let through meanwhile."""
    town = Nodes(2)
    spend = town.spending.spend

    async def away(spent: object) -> list[float]:
        raise StoreUnavailable("Redis is away")

    town.spending.spend = away  # type: ignore[method-assign]
    await town.flood(30.0)
    assert all(sent == pytest.approx(RATE.burst + RATE.per_second * 30, abs=1) for sent in town.sent)
    town.spending.spend = spend  # type: ignore[method-assign]
    before = sum(town.sent)
    course = await town.flood(30.0)
    assert RATE.per_second * 28 <= course[-1] - before <= allowed(2, 30.0)


def test_a_server_alone_has_plain_buckets() -> None:
    assert type(Spender(ManualClock(), None).buckets("sends", RATE)) is Buckets
    assert type(Spender(ManualClock(), MemorySpending(ManualClock())).buckets("sends", Rate(0, 1))) is Buckets


async def test_three_nodes_and_a_user_on_each(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each lets a burst through before it hears of the others; then what is owed is waited for, on all of them."""
    monkeypatch.setattr(spending, "TOLD_S", 0.02)
    clock = ManualClock()
    options = EngineOptions(sends_per_s=1, sends_burst=10, commands_per_s=0)
    async with Town(3, options, clock=clock, spending=MemorySpending(clock)) as houses:
        ada = await houses[0].guest("ada", device="0")
        there = [ada] + [await house.back(ada, device=str(n)) for n, house in enumerate(houses[1:], 1)]

        async def flood() -> int:
            sent = 0
            for _ in range(3):
                for person in there:
                    answers = await asyncio.gather(*(_send(person) for _ in range(12)))
                    sent += answers.count("ok")
                await asyncio.sleep(0.06)
            return sent

        sent = await flood()
        assert sent <= 30
        for passed in (10, 20, 30):
            clock.advance(10.0)
            sent += await flood()
            assert sent <= 10 + passed + 2 * 10
        clock.advance(25.0)
        assert await flood() > 0


async def _send(person: Person) -> str:
    try:
        await person.ask("send", to="lobby", text="tea")
    except Refused as refused:
        return refused.code
    return "ok"
