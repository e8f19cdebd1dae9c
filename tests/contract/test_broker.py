"""The promises of Broker, by number (ports/broker.py)."""

import asyncio
from collections.abc import Callable

import msgspec

from teahouse.model.changes import PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, Member
from teahouse.model.entries import entry_of
from teahouse.model.events import Ephemeral, Presence, Typing
from teahouse.model.news import Placed, Present, Renamed, Revoked, Told, Whispered
from teahouse.model.people import Availability, Person, User
from teahouse.ports.broker import EVERY_NODE, Hint, person_of
from tests.contract.backends import Nodes
from tests.contract.making import draft


def hint(node: str, conversation: str, seq: int) -> Hint:
    return Hint(node, conversation, (entry_of(draft(conversation), seq),))


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():  # noqa: ASYNC110 - a list has nothing to wait on
            await asyncio.sleep(0.001)


async def test_b1_hints_reach_the_subscribed_nodes(nodes: Nodes) -> None:
    """B1: every other node that subscribed to the subject, and no other."""
    one = await nodes.node("one")
    await nodes.node("two", "c", "d")
    await nodes.node("three", "c")
    await nodes.node("four")
    typing = Hint("one", "d", news=(Told(Typing("d", "u", True)),))
    one.publish([hint("one", "c", 1), typing])
    await until(lambda: len(nodes.heard["two"]) == 2 and len(nodes.heard["three"]) == 1)
    assert sorted(nodes.heard["two"], key=lambda h: h.subject) == [hint("one", "c", 1), typing]
    assert nodes.heard["three"] == [hint("one", "c", 1)]
    assert nodes.heard["four"] == []


async def test_b1_until_unsubscribed(nodes: Nodes) -> None:
    """B1: no news of what nobody wants to hear of."""
    one, two = await nodes.node("one"), await nodes.node("two", "c", "d")
    two.unsubscribe("c")
    two.unsubscribe("never subscribed")
    await two.settled()
    one.publish([hint("one", "c", 1)])
    one.publish([hint("one", "d", 1)])
    await until(lambda: bool(nodes.heard["two"]))
    assert nodes.heard["two"] == [hint("one", "d", 1)]


async def test_b1_all_that_a_hint_may_say_arrives_as_it_was(nodes: Nodes) -> None:
    """B1: entries, news with events and changes in them, and what stands for large ones."""
    one = await nodes.node("one")
    subjects = ("lobby", person_of("u"), EVERY_NODE)
    await nodes.node("two", *subjects)
    ephemeral = Ephemeral("lobby", Person("u", "烏"), 1, {"type": "text", "text": "x" * 60_000}, only="v")
    member, made = Member("c", "u", "n", joined=3, reads=1), Conversation("c", ConversationKind.GROUP, "t")
    entry = msgspec.structs.replace(
        entry_of(draft("lobby"), 7), content=b'{"text":"\xe8\x8c\xb6"}', cid="k", ref=3
    )
    hints = [
        Hint("one", "lobby", (entry,), 7, (Told(ephemeral, ("w",), "v"),)),
        Hint("one", "lobby", (entry,)).slim(),
        Hint("one", person_of("u"), news=(Whispered(Presence("u", "away", 1), "v"), Present(_state()))),
        Hint("one", EVERY_NODE, news=(Placed((PutMember(member), PutConversation(made)), 3),)),
        Hint(
            "one", EVERY_NODE, news=(Revoked("u", ("g",), "h"), Revoked("u"), Renamed(User("u", "n", False)))
        ),
    ]
    one.publish(hints)
    await until(lambda: len(nodes.heard["two"]) == len(hints))
    for subject in subjects:
        heard = [h for h in nodes.heard["two"] if h.subject == subject]
        assert heard == [h for h in hints if h.subject == subject]


def _state() -> Availability:
    return Availability("u", "n", text="back soon", at=5)


async def test_b1_a_very_large_hint_says_at_least_up_to_where_to_read(nodes: Nodes) -> None:
    """B1: hundreds of the largest entries in one hint."""
    one = await nodes.node("one")
    await nodes.node("two", "c")
    entry = entry_of(draft("c"), 1)
    content = b'{"text":"' + b"x" * 65_000 + b'"}'
    entries = tuple(msgspec.structs.replace(entry, seq=n, content=content) for n in range(1, 257))
    one.publish([Hint("one", "c", entries), hint("one", "c", 257)])
    await until(lambda: bool(nodes.heard["two"]) and nodes.heard["two"][-1] == hint("one", "c", 257))
    assert nodes.heard["two"][0].slim() == Hint("one", "c", (), 256)


async def test_b2_a_node_does_not_hear_itself(nodes: Nodes) -> None:
    """B2: also when it subscribed."""
    one = await nodes.node("one", "c")
    await nodes.node("two", "c")
    one.publish([hint("one", "c", 1)])
    await until(lambda: bool(nodes.heard["two"]))
    assert nodes.heard["one"] == []


async def test_b2_publish_returns_before_anybody_heard(nodes: Nodes) -> None:
    """B2: it never blocks, nor calls back from within; alone it does nothing."""
    one = await nodes.node("one", "c")
    one.publish([hint("one", "c", 1)])
    await nodes.node("two", "c")
    one.publish([hint("one", "c", 2)])
    assert nodes.heard["two"] == []
    await until(lambda: bool(nodes.heard["two"]))


async def test_b3_in_order(nodes: Nodes) -> None:
    """B3: hints of one node for one subject."""
    one, two = await nodes.node("one"), await nodes.node("two")
    await nodes.node("three", "c", "d")
    for seq in range(1, 101):
        one.publish([hint("one", "c", seq), hint("one", "d", seq)])
        two.publish([hint("two", "d", 1000 + seq)])
    await until(lambda: len(nodes.heard["three"]) == 300)
    for node, subject, first in (("one", "c", 1), ("one", "d", 1), ("two", "d", 1001)):
        heard = [h.entries[0].seq for h in nodes.heard["three"] if (h.node, h.subject) == (node, subject)]
        assert heard == list(range(first, first + 100))


async def test_b4_who_is_cut_off_is_told_and_told_when_it_is_over(nodes: Nodes) -> None:
    """B4: nothing is kept for later, and subscriptions outlast it."""
    one, two = await nodes.node("one", "c"), await nodes.node("two", "c")
    assert one.connected
    assert two.connected
    await nodes.cut("two")
    assert nodes.lost["two"][-1:] == [False]
    assert not two.connected
    for seq in range(1, 1001):
        two.publish([hint("two", "c", seq)])
    two.subscribe("d")
    async with asyncio.timeout(1):
        await two.settled()
    await nodes.mend("two")
    assert nodes.lost["two"][-1:] == [True]
    assert two.connected
    one.publish([hint("one", "c", 2001), hint("one", "d", 2002)])
    two.publish([hint("two", "c", 2003)])
    await until(lambda: len(nodes.heard["two"]) >= 2 and len(nodes.heard["one"]) >= 1)
    assert sorted(h.entries[0].seq for h in nodes.heard["two"]) == [2001, 2002]
    assert nodes.heard["one"] == [hint("two", "c", 2003)]


async def test_b5_what_is_settled_holds(nodes: Nodes) -> None:
    """B5: hundreds of subscriptions, and each is in effect."""
    one, two = await nodes.node("one"), await nodes.node("two")
    subjects = [f"c{n}" for n in range(500)]
    for subject in subjects:
        two.subscribe(subject)
    await two.settled()
    one.publish([hint("one", subject, 1) for subject in subjects])
    await until(lambda: len(nodes.heard["two"]) == 500)


async def test_nodes_are_not_alone(nodes: Nodes) -> None:
    one, two = await nodes.node("one"), await nodes.node("two")
    assert one.shared
    assert two.shared
