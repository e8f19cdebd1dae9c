"""Fan-out: who is written to, what, in which order and how often."""

from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.store import MemoryStore
from teahouse.model.entries import Entry
from teahouse.wire.json import JsonWire
from tests.support import house as support
from tests.support.house import House, seqs, turns


class CountingWire(JsonWire):
    """The wire of the house, that counts what it encodes."""

    def __init__(self) -> None:
        super().__init__(lambda frame: frame + b"\n")
        self.encoded: list[bool] = []

    def entry(self, entry: Entry, own: bool) -> bytes:
        self.encoded.append(own)
        return super().entry(entry, own)


async def test_each_wire_format_is_encoded_once(monkeypatch):
    async with House() as house:
        alice = await house.guest("alice")
        wire = CountingWire()
        monkeypatch.setattr(support, "LINES", wire)
        crowd = [await house.guest(f"guest{n}") for n in range(20)]
        await alice.ask("send", to="lobby", text="hi")
        assert all(person.texts("lobby") == ["hi"] for person in crowd)
        assert wire.encoded == [False]


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


async def test_who_has_seen_more_on_another_node_is_not_told_again():
    hub = MemoryHub()
    one, two = await two_houses(hub)
    async with one, two:
        alice, bob = await one.guest("alice"), await one.guest("bob")
        carol = await two.guest("carol")
        hub.fate = lambda hint, node: ()
        for n in range(3):
            await alice.ask("send", to="lobby", text=str(n))
        await bob.event("message", seq=3)
        bob.link.drop()
        bob = await two.back(bob, cursors={"lobby": 3})
        hub.fate = lambda hint, node: (0.0,)
        await alice.ask("send", to="lobby", text="and on")
        await bob.event("message", seq=4)
        await turns()
        assert seqs(bob) == [4]
        assert seqs(carol) == [1, 2, 3, 4]


async def test_what_happens_in_several_conversations_in_one_turn_is_one_write():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        one = (await alice.ask("send", to="@bob", text="a"))["conversation"]
        two = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        for conversation in (two, "lobby"):
            await alice.ask("send", to=conversation, text="the first, for which its members are read")
        await turns()
        before = bob.link.writes
        for conversation in (one, two, "lobby"):
            alice.say("send", to=conversation, text="hi")
        await turns()
        assert bob.link.writes == before + 1
        assert [event["conversation"] for event in bob.events("message")[-3:]] == [one, two, "lobby"]
