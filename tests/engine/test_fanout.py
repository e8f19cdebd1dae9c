"""Fan-out: who is written to, what, in which order and how often."""

import pytest
from tests.support.house import House, limitless, turns
from tests.support.stage import StageLog

from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import recover
from teahouse.model.errors import StoreUnavailable


def seqs(person, conversation="lobby"):
    """The seqs a client was told of, by events and by answers to its own commands, in order."""
    told = [line.get("ok", line) for line in person.link.lines if line.get("ev") != "receipt"]
    return [line["seq"] for line in told if line.get("conversation") == conversation and "seq" in line]


async def test_each_wire_format_is_encoded_once():
    async with House() as house:
        alice = await house.guest("alice")
        crowd = [await house.guest(f"guest{n}") for n in range(20)]
        await turns()
        encoded = []
        wire = alice.link.wire
        counted = type(wire)(wire._frame)
        counted.entry = lambda entry, own: encoded.append(own) or wire.entry(entry, own)  # type: ignore[method-assign]
        for person in crowd:
            feed = person.link.session.feeds[0]
            feed.remove(person.link.session)
            person.link.session.wire = counted
            feed.add(person.link.session, None)
        await alice.ask("send", to="lobby", text="hi")
        await turns()
        assert all(person.texts("lobby") == ["hi"] for person in crowd)
        assert encoded == [False]


async def test_only_devices_of_the_sender_learn_the_cid():
    async with House() as house:
        alice, bob = await house.guest("alice", device="a"), await house.guest("bob")
        desk = await house.back(alice, device="b")
        bob.say("send", to="lobby", text="bob's", cid="b1")
        alice.say("send", to="lobby", text="alice's", cid="a1")
        await turns()
        assert [line.get("cid") for line in desk.events("message")] == [None, "a1"]
        assert [line.get("cid") for line in bob.events("message")] == [None]
        assert [line.get("cid") for line in alice.events("message")] == [None]


async def test_who_sends_without_an_id_gets_neither_answer_nor_event():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        alice.say("send", to="lobby", text="hi")
        await turns()
        assert bob.texts("lobby") == ["hi"]
        assert seqs(alice) == []


async def test_a_client_that_takes_nothing_falls_behind_and_gets_the_rest_when_it_does():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob", cursors={})
        bob.link.room = bob.link.unsent + 2000
        for n in range(100):
            await alice.ask("send", to="lobby", text=str(n))
        held = len(bob.texts("lobby"))
        assert held < 20 and bob.link.held
        while len(bob.texts("lobby")) < 100:
            bob.link.take()
            await turns()
        assert seqs(bob) == list(range(1, 101))
        bob.link.take()
        await turns()
        await alice.ask("send", to="lobby", text="live again")
        assert seqs(bob)[-1] == 101
        assert not bob.link.held


async def test_a_slow_client_does_not_hold_up_the_others():
    async with House() as house:
        alice, bob, slow = [await house.guest(nick) for nick in ("alice", "bob", "slow")]
        slow.link.room = 0
        for n in range(50):
            await alice.ask("send", to="lobby", text=str(n))
            assert bob.texts("lobby")[-1] == str(n)
        assert len(slow.texts("lobby")) <= 1


async def test_own_answers_find_their_place_when_the_sender_is_behind():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        bob.link.room = 0
        await alice.ask("send", to="lobby", text="1")
        bob.say("send", id="mine", to="lobby", text="2")
        await alice.ask("send", to="lobby", text="3")
        await alice.ask("send", to="lobby", text="4")
        bob.link.room = None
        bob.link.take()
        await turns()
        assert seqs(bob) == [1, 2, 3, 4]
        assert [line["re"] for line in bob.link.lines if "re" in line][-1] == "mine"


async def test_events_without_a_seq_are_dropped_for_who_is_behind():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        bob.link.room = 0
        await alice.ask("send", to="lobby", text="1")
        await alice.ask("send", to="lobby", text="gone", ephemeral=True)
        bob.link.room = None
        bob.link.take()
        await turns()
        assert bob.texts("lobby") == ["1"]


async def test_urgent_conversations_are_written_first():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        alice.say("send", to="lobby", text="tea is ready")
        alice.say("send", to="@bob", text="come", priority="high")
        await turns()
        alice.say("send", to="lobby", text="tea is cold")
        alice.say("send", to="@bob", text="fire", priority="high")
        await turns()
        assert [event["body"]["text"] for event in bob.events("message")][-2:] == ["fire", "tea is cold"]


async def two_houses(hub: MemoryHub) -> tuple[House, House]:
    store = MemoryStore()
    return House(store, hub, node="a"), House(store, hub, node="b")


async def test_another_node_hears_of_it():
    one, two = await two_houses(MemoryHub())
    async with one, two:
        alice, bob = await one.guest("alice"), await two.guest("bob")
        await alice.ask("send", to="lobby", text="over there?")
        assert (await bob.event("message"))["seq"] == 1
        await bob.ask("send", to="lobby", text="over here")
        assert (await alice.event("message"))["seq"] == 2


async def test_a_lost_hint_is_repaired_by_the_next_one():
    hub = MemoryHub()
    one, two = await two_houses(hub)
    async with one, two:
        alice, bob = await one.guest("alice"), await two.guest("bob")
        hub.fate = lambda hint, node: ()
        await alice.ask("send", to="lobby", text="lost")
        await alice.ask("send", to="lobby", text="lost, too")
        hub.fate = lambda hint, node: (0.0, 0.0, 0.0)
        await alice.ask("send", to="lobby", text="three times")
        await bob.event("message", seq=3)
        await turns()
        assert seqs(bob) == [1, 2, 3]


async def test_own_sends_after_lost_hints_come_in_order():
    hub = MemoryHub()
    one, two = await two_houses(hub)
    async with one, two:
        alice, bob = await one.guest("alice"), await two.guest("bob")
        hub.fate = lambda hint, node: ()
        await alice.ask("send", to="lobby", text="lost")
        assert (await bob.ask("send", to="lobby", text="mine"))["seq"] == 2
        assert seqs(bob) == [1, 2]


async def test_who_writes_where_nobody_listens_here_is_heard_elsewhere():
    one, two = await two_houses(MemoryHub())
    async with two:
        bob = await two.guest("bob")
        await bob.ask("create", kind="room", title="kitchen", topic="tea.#")
        async with one:
            alice = await one.guest("alice")
            await alice.ask("send", to="topic:tea.green", text="ready")
            assert (await bob.event("message"))["body"]["text"] == "ready"


async def test_too_far_behind_is_told_to_sync():
    async with House(options=limitless(catch_up=10)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        bob.link.room = 0
        await alice.ask("send", to="lobby", text="0")
        for n in range(1, 15):
            await alice.ask("send", to="lobby", text=str(n))
        bob.link.room = None
        bob.link.take()
        await turns()
        assert (await bob.event("resync"))["from"] == 1
        await alice.ask("send", to="lobby", text="and on")
        assert seqs(bob) == [1, 16]
        missed = await bob.ask("sync", cursors={"lobby": 1})
        assert [entry["seq"] for entry in missed["conversations"][0]["entries"]] == list(range(2, 17))


async def test_recovery_waits_for_a_store_that_cannot_answer(monkeypatch):
    monkeypatch.setattr(recover, "RETRY_S", 0.01)
    failures = [StoreUnavailable("away"), StoreUnavailable("away")]

    async def fail():
        if failures:
            raise failures.pop()

    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="hi")
        bob.link.drop()
        log.reading = fail
        bob = await house.back(bob, cursors={"lobby": 0})
        await bob.event("message")
        assert seqs(bob) == [1]
        assert failures == []


async def test_a_recovery_that_fails_ends_the_session_so_that_it_comes_back():
    async def fail():
        raise ZeroDivisionError

    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="hi")
        log.reading = fail
        bob = await house.back(bob, cursors={"lobby": 0})
        await turns()
        assert bob.link.bye is not None and bob.link.bye.reconnect


@pytest.mark.parametrize("slow", [False, True])
async def test_sessions_that_are_behind_share_a_page(slow):
    store = MemoryStore()
    log = StageLog(store)
    reads = []
    async with House(store, log=log) as house:
        alice = await house.guest("alice")
        crowd = [await house.guest(f"guest{n}") for n in range(10)]
        for person in crowd:
            person.link.drop()
        for n in range(5):
            await alice.ask("send", to="lobby", text=str(n))

        async def count():
            reads.append(1)
            await turns(20 if slow else 0)

        log.reading = count
        back = house.stranger
        crowd = [(back(), person.resume) for person in crowd]
        for person, resume in crowd:
            person.say("hello", resume=resume, cursors={"lobby": 0})
        await turns(60)
        assert all(seqs(person) == [1, 2, 3, 4, 5] for person, _ in crowd)
        assert len(reads) <= 2
