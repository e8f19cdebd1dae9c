"""Each scenario against a stand-in that behaves, and against one that does not: the generator must notice."""

import pytest

from teahouse.ops.load import crowd
from teahouse.ops.load.command import run
from teahouse.ops.load.plan import Plan
from teahouse.ops.load.report import Report
from tests.ops.load.standin import Faults, standin


async def play(scheme: str = "ws", faults: Faults | None = None, **choices: object) -> Report:
    async with standin(scheme, faults) as target:
        return await run(Plan(target=target, quiet=True, timeout_s=20, **choices))  # type: ignore[arg-type]


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """What does not come soon counts as lost."""
    monkeypatch.setattr(crowd, "_PATIENCE_S", 0.2)


@pytest.mark.parametrize("scheme", ["ws", "tcp"])
async def test_fanout_counts_every_delivery(scheme: str) -> None:
    report = await play(scheme, scenario="fanout", users=20, rate=200, seconds=0.5)
    assert report.ok, report
    assert report.sent == report.acknowledged == 100
    assert report.delivered == 100 * 19
    assert report.delivery_ms.count == report.delivered
    assert 0 < report.delivery_ms.p50 <= report.delivery_ms.p99 <= report.delivery_ms.max
    assert report.sampled > 0


async def test_fanout_in_bursts() -> None:
    report = await play(scenario="fanout", users=10, rate=200, seconds=0.5, burst=25)
    assert report.ok, report
    assert report.delivered == 100 * 9


@pytest.mark.parametrize("scheme", ["ws", "tcp"])
async def test_mixed_accounts_for_all_members(scheme: str) -> None:
    report = await play(scheme, scenario="mixed", users=21, group=5, rate=10, seconds=0.5)
    assert report.ok, report
    assert report.sent == 21 * 5
    assert report.delivered == 15 * 5 * 4 + 6 * 5 * 5  # three groups of 5, one of 6


async def test_direct_at_a_rate_and_pipelined() -> None:
    steady = await play(scenario="direct", users=10, rate=200, seconds=0.5, cid=False)
    assert steady.ok, steady
    assert steady.sent == steady.delivered == 100
    pipelined = await play(scenario="direct", users=10, window=4, seconds=0.2)
    assert pipelined.ok, pipelined
    assert pipelined.delivered == pipelined.acknowledged == pipelined.sent > 100


async def test_idle_connects_everybody() -> None:
    report = await play(scenario="idle", users=30, seconds=0.01)
    assert report.ok, report
    assert report.users == 80


async def test_storm_brings_everybody_back_with_what_they_missed() -> None:
    report = await play("ws", Faults(sent_away=3), scenario="storm", users=20, group=10, missed=7)
    assert report.ok, report
    assert report.delivered == 2 * 9 * 7
    assert report.facts["sent_away"] == 3
    assert report.facts["all_back_s"] >= 0.05  # as long as the server asked to stay away


@pytest.mark.parametrize("scheme", ["ws", "tcp"])
async def test_lost_deliveries_are_found(scheme: str, impatient: None) -> None:
    report = await play(
        scheme,
        Faults(copies=lambda seq, user: not (seq == 30 and user.endswith(("-3", "-4")))),
        scenario="fanout", users=10, rate=200, seconds=0.5,
    )  # fmt: skip
    assert (report.lost, report.duplicates, report.out_of_order) == (2, 0, 0)
    assert not report.ok


async def test_doubled_deliveries_are_found() -> None:
    report = await play(
        "ws",
        Faults(copies=lambda seq, user: 1 + (seq % 20 == 0 and user.endswith("-3"))),
        scenario="fanout", users=10, rate=200, seconds=0.5,
    )  # fmt: skip
    assert (report.lost, report.duplicates, report.out_of_order) == (0, 5, 0)


async def test_disorder_is_found(impatient: None) -> None:
    report = await play("ws", Faults(swap=True), scenario="fanout", users=10, rate=200, seconds=0.5)
    assert report.out_of_order > 100
    assert report.duplicates == 0


async def test_refusals_are_errors(impatient: None) -> None:
    report = await play("ws", Faults(refuse_from=50), scenario="fanout", users=5, rate=200, seconds=0.5)
    assert report.errors["forbidden"] > 10
    assert report.lost == 0


async def test_what_is_no_message_is_an_error(impatient: None) -> None:
    report = await play("tcp", Faults(garbage=True), scenario="fanout", users=5, rate=100, seconds=0.3)
    assert report.errors["malformed"] >= 1
    assert not report.ok
