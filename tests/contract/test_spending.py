"""The promises of Spending, by number (ports/limits.py)."""

import asyncio

import pytest

from teahouse.model.gcra import DEBT, Bucket, Rate
from tests.contract.limits import Shared

SLOW = Rate(1 / 60, 3)  # for what has to be over before anything fills up again
FAST = Rate(20, 2)


async def test_s1_what_all_nodes_took_comes_back(limits: Shared) -> None:
    """S1: each key and each kind for itself."""
    one, other = await limits.spender(), await limits.spender()
    ada, bob = Bucket("sends", "ada", SLOW), Bucket("sends", "bob", SLOW)
    assert await one.spend([(ada, 1), (bob, 3)]) == pytest.approx([60, 180], abs=1)
    assert await other.spend([(bob, 1), (ada, 2)]) == pytest.approx([240, 180], abs=1)
    assert await one.spend([(Bucket("calls", "ada", SLOW), 1)]) == pytest.approx([60], abs=1)
    assert await other.spend([]) == []


async def test_s1_many_at_once(limits: Shared) -> None:
    """S1: nothing is lost between them."""
    nodes = [await limits.spender() for _ in range(3)]
    ada = Bucket("sends", "ada", Rate(1 / 60, 30))
    await asyncio.gather(*(node.spend([(ada, 1)]) for node in nodes for _ in range(9)))
    assert await nodes[0].spend([(ada, 1)]) == pytest.approx([28 * 60], abs=1)


async def test_s1_it_fills_up_again(limits: Shared) -> None:
    node = await limits.spender()
    ada = Bucket("sends", "ada", FAST)
    await node.spend([(ada, 4)])
    await limits.rest(0.1)
    (wait,) = await node.spend([(ada, 1)])
    assert 0 < wait <= 0.151
    await limits.rest(wait + 0.01)
    assert await node.spend([(ada, 1)]) == pytest.approx([0.05], abs=0.001)


async def test_s2_a_debt_has_an_end(limits: Shared) -> None:
    """S2: of DEBT bursts."""
    node = await limits.spender()
    ada = Bucket("sends", "ada", SLOW)
    assert await node.spend([(ada, 1_000_000)]) == pytest.approx([DEBT * 180], abs=1)


async def test_s4_a_full_bucket_is_forgotten(limits: Shared) -> None:
    node = await limits.node()
    spender = await limits.spender()
    await node.take(Bucket("passwords", "x", Rate(20, 2)))
    await spender.spend([(Bucket("sends", "ada", FAST), 2)])
    assert await limits.kept() == 2
    await limits.rest(0.2)
    assert await limits.kept() == 0
