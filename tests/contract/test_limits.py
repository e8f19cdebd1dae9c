"""The promises of Limits, by number (ports/limits.py)."""

import asyncio

from teahouse.model.gcra import Bucket, Rate
from tests.contract.limits import Shared

SLOW = Rate(1 / 60, 3)  # for what has to be over before anything fills up again
FAST = Rate(2, 2)


async def test_l1_a_burst_and_then_wait(limits: Shared) -> None:
    """L1: by the rate, each key and each kind for itself."""
    node = await limits.node()
    ada = Bucket("passwords", "ada", SLOW)
    assert [await node.take(ada) for _ in range(3)] == [0, 0, 0]
    assert 55 < await node.take(ada) <= 60
    assert await node.take(Bucket("passwords", "bob", SLOW)) == 0
    assert await node.take(Bucket("guests", "ada", SLOW)) == 0


async def test_l1_one_allowance_for_all_nodes(limits: Shared) -> None:
    """L1: whoever was refused on one is so on any other, and told the same."""
    one, other = await limits.node(), await limits.node()
    ada = Bucket("passwords", "ada", SLOW)
    assert [await node.take(ada) for node in (one, other, one)] == [0, 0, 0]
    assert 55 < await other.take(ada) <= 60
    assert 55 < await one.take(ada) <= 60


async def test_l1_of_many_at_once(limits: Shared) -> None:
    """L1: no more than the burst, however they come."""
    nodes = [await limits.node() for _ in range(3)]
    ada = Bucket("passwords", "ada", Rate(1 / 60, 10))
    waits = await asyncio.gather(*(node.take(ada) for node in nodes for _ in range(30)))
    assert waits.count(0) == 10


async def test_l1_it_fills_up_again(limits: Shared) -> None:
    """L1: what one was told to wait is enough."""
    one, other = await limits.node(), await limits.node()
    ada = Bucket("passwords", "ada", FAST)
    assert [await one.take(ada), await other.take(ada)] == [0, 0]
    wait = await one.take(ada)
    assert 0 < wait < 0.501
    await limits.rest(wait + 0.002)
    assert await one.take(ada) == 0
    assert await other.take(ada) > 0


async def test_l1_a_refusal_costs_nothing(limits: Shared) -> None:
    """L1: of several buckets all or none. Whoever waits as told need not be through by then."""
    one, other = await limits.node(), await limits.node()
    ada, here = Bucket("passwords", "ada", Rate(1 / 60, 1)), Bucket("addresses", "here", Rate(1 / 600, 2))
    assert await one.take(here, ada) == 0
    for node in (one, other, one, other):
        assert 55 < await node.take(here, ada) <= 60
    assert await other.take(here) == 0
    assert 550 < await other.take(here, ada) <= 600
    assert 55 < await one.take(here, ada) <= 600


async def test_l2_given_back(limits: Shared) -> None:
    """L2: it can be taken again, on any node, and more than the burst is never there."""
    one, other = await limits.node(), await limits.node()
    ada = Bucket("passwords", "ada", SLOW)
    for _ in range(10):
        assert await one.take(ada) == 0
        await one.give_back(ada)
    await one.give_back(ada)
    assert [await other.take(ada) for _ in range(3)] == [0, 0, 0]
    assert await other.take(ada) > 0
    await other.give_back(ada)
    assert await one.take(ada) == 0
    assert await other.take(ada) > 0


async def test_l3_no_limit(limits: Shared) -> None:
    """L3: a rate of 0 admits all, beside others too."""
    node = await limits.node()
    any_, ada = Bucket("addresses", "here", Rate(0, 1)), Bucket("passwords", "ada", SLOW)
    assert [await node.take(any_) for _ in range(20)] == [0] * 20
    await node.give_back(any_)
    assert [await node.take(any_, ada) for _ in range(3)] == [0, 0, 0]
    assert await node.take(any_, ada) > 0


async def test_l5_who_has_all_of_it_is_forgotten(limits: Shared) -> None:
    """L5: nothing is kept of whom there is nothing to say of."""
    node = await limits.node()
    for n in range(50):
        await node.take(Bucket("guests", f"address{n}", FAST))
    slow = Bucket("guests", "slow", SLOW)
    await node.take(slow)
    await limits.rest(0.6)
    assert await limits.kept() == 1
    await node.give_back(slow)
    assert await limits.kept() == 0
