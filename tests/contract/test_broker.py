"""The promises of Broker, by number (ports/broker.py)."""

import asyncio
from collections.abc import Callable

from teahouse.model.entries import entry_of
from teahouse.model.events import Typing
from teahouse.ports.broker import Hint
from tests.contract.backends import Nodes
from tests.contract.making import draft


def hint(node: str, conversation: str, seq: int) -> Hint:
    return Hint(node, conversation, (entry_of(draft(conversation), seq),))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not true():  # noqa: ASYNC110 - a list has nothing to wait on
            await asyncio.sleep(0.001)


async def test_b1_hints_reach_the_subscribed_nodes(nodes: Nodes) -> None:
    """B1: every other node that subscribed to the conversation, and no other."""
    one = nodes.node("one")
    nodes.node("two", "c", "d")
    nodes.node("three", "c")
    nodes.node("four")
    typing = Hint("one", "d", (), Typing("d", "u", True))
    one.publish([hint("one", "c", 1), typing])
    await until(lambda: len(nodes.heard["two"]) == 2 and len(nodes.heard["three"]) == 1)
    assert nodes.heard["two"] == [hint("one", "c", 1), typing]
    assert nodes.heard["three"] == [hint("one", "c", 1)]
    assert nodes.heard["four"] == []


async def test_b1_until_unsubscribed(nodes: Nodes) -> None:
    """B1: no news of what nobody wants to hear of."""
    one, two = nodes.node("one"), nodes.node("two", "c", "d")
    two.unsubscribe("c")
    two.unsubscribe("never subscribed")
    one.publish([hint("one", "c", 1), hint("one", "d", 1)])
    await until(lambda: bool(nodes.heard["two"]))
    assert nodes.heard["two"] == [hint("one", "d", 1)]


async def test_b2_a_node_does_not_hear_itself(nodes: Nodes) -> None:
    """B2: also when it subscribed."""
    one = nodes.node("one", "c")
    nodes.node("two", "c")
    one.publish([hint("one", "c", 1)])
    await until(lambda: bool(nodes.heard["two"]))
    assert nodes.heard["one"] == []


async def test_b2_publish_returns_before_anybody_heard(nodes: Nodes) -> None:
    """B2: it never blocks, nor calls back from within; alone it does nothing."""
    one = nodes.node("one", "c")
    one.publish([hint("one", "c", 1)])
    nodes.node("two", "c")
    one.publish([hint("one", "c", 2)])
    assert nodes.heard["two"] == []
    await until(lambda: bool(nodes.heard["two"]))


async def test_b3_in_order(nodes: Nodes) -> None:
    """B3: hints of one node for one conversation."""
    one, two = nodes.node("one"), nodes.node("two")
    nodes.node("three", "c", "d")
    for seq in range(1, 101):
        one.publish([hint("one", "c", seq), hint("one", "d", seq)])
        two.publish([hint("two", "d", 1000 + seq)])
    await until(lambda: len(nodes.heard["three"]) == 300)
    for node, conversation, first in (("one", "c", 1), ("one", "d", 1), ("two", "d", 1001)):
        heard = [
            h.entries[0].seq for h in nodes.heard["three"] if (h.node, h.conversation) == (node, conversation)
        ]
        assert heard == list(range(first, first + 100))
