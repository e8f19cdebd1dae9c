"""The fan-out under everything that can go wrong between nodes and clients, at random.

Whatever the weather: each client is told of the entries of each conversation in order of seq, none left out, none
twice, by events and by the answers to its own sends together; and when the weather clears, of all of them. Who
goes out of a room hears that last, but for answers to what was sent to a node that did not know yet, and who comes back
hears from that on.
"""

import asyncio
from itertools import count, cycle
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from teahouse.backends.memory.broker import MemoryHub
from teahouse.backends.memory.presence import MemoryPresence, SharedBook
from teahouse.backends.memory.store import MemoryStore
from tests.support.house import House, Person, limitless, turns
from tests.support.stage import StageClock, StageLog

PEOPLE = (("alice", "phone"), ("alice", "desk"), ("bob", "b"), ("carol", "c"))
ASKED = "asked:"
ROOMS = ("lobby", "group", "direct", "room")
OPTIONS = limitless(page=3, catch_up=10_000)


class Client:
    """One device of somebody: what it was told, and what it sent that was not answered yet."""

    def __init__(self, nick: str, device: str, resume: str, cursors: dict[str, int]) -> None:
        self.nick, self.device, self.resume = nick, device, resume
        self.cursors = dict(cursors)
        self.pending: dict[str, str] = {}
        self.acknowledged: dict[str, tuple[str, int]] = {}
        self.person: Person | None = None
        self.user = ""
        self.out: set[str] = set()
        self._read = 0
        self._numbers = count()

    def connect(self, house: House) -> None:
        """Come (back) to some node, and repeat what was not answered."""
        self.person = house.stranger()
        self._read = 0
        self.person.say(
            "hello", id="hello", resume=self.resume, nick=self.nick, device=self.device, cursors=self.cursors
        )
        for cid, conversation in self.pending.items():
            self._submit(cid, conversation)

    def send(self, conversation: str) -> None:
        cid = f"{self.nick}-{self.device}-{next(self._numbers)}"
        self.pending[cid] = conversation
        if self.person is not None:
            self._submit(cid, conversation)

    def _submit(self, cid: str, conversation: str) -> None:
        assert self.person is not None
        self.person.say("send", id=cid, cid=cid, to=conversation, text=cid)

    def ask(self, op: str, conversation: str, user: str) -> None:
        """Have somebody in or out. Not repeated if it gets lost."""
        if self.person is not None:
            self.person.say(op, id=f"{ASKED}{conversation}", conversation=conversation, user=user)

    def pause(self, room: int) -> None:
        """Take so many bytes more, and then none."""
        if self.person is not None:
            self.person.link.room = self.person.link.unsent + room

    def take(self, for_good: bool = False) -> None:
        """Read all there is; then a little, or everything again."""
        if self.person is None or self.person.link.closed:
            return
        self.read()
        if for_good:
            self.person.link.room = None
        self.person.link.take()

    def lose(self, lines: int) -> None:
        """The connection breaks; of what was not read yet, so many lines still arrived."""
        if self.person is not None:
            self.read(lines)
            if not self.person.link.closed:
                self.person.link.drop()
            self.person = None

    def read(self, lines: int | None = None) -> None:
        assert self.person is not None
        arrived = self.person.link.lines[self._read :][:lines]
        self._read += len(arrived)
        for line in arrived:
            self._hear(line)

    def _hear(self, line: dict[str, Any]) -> None:
        if "re" not in line:
            if "seq" in line:
                self._hear_entry(line)
        elif str(line["re"]).startswith(ASKED):
            conversation = line["re"].removeprefix(ASKED)
            if "ok" in line and line["ok"]["seq"] > self.cursors[conversation]:  # else it was so already
                self._place(conversation, line["ok"]["seq"])
        elif line.get("error", {}).get("code") in ("forbidden", "not_found"):
            self.pending.pop(line["re"])  # not in the room any more
        elif "error" in line:
            raise AssertionError(line)
        elif line["re"] != "hello":
            ok = line["ok"]
            self.pending.pop(line["re"])
            self.acknowledged[line["re"]] = ok["conversation"], ok["seq"]
            sent_before_they_knew = ok["conversation"] in self.out
            if not ok["duplicate"] and not sent_before_they_knew:
                self._place(ok["conversation"], ok["seq"])

    def _hear_entry(self, line: dict[str, Any]) -> None:
        conversation, seq = line["conversation"], line["seq"]
        mine = line["ev"] == "member" and line["user"]["id"] == self.user
        if mine and line["change"] == "invited":
            self.out.discard(conversation)
            self.cursors[conversation] = seq - 1
        self._place(conversation, seq)
        if mine and line["change"] == "kicked":
            self.out.add(conversation)

    def _place(self, conversation: str, seq: int) -> None:
        assert conversation not in self.out, f"{self.nick} is out of {conversation} and was told of {seq}"
        last = self.cursors[conversation]
        assert seq == last + 1, f"{self.nick}/{self.device} was told of {seq} after {last} in {conversation}"
        self.cursors[conversation] = seq


class World:
    """Some nodes on one store, four clients, and a script of what happens to them."""

    def __init__(self, nodes: int) -> None:
        self.clock = StageClock()
        self.store = MemoryStore()
        self.logs = [StageLog(self.store) for _ in range(nodes)]
        self.hub = MemoryHub()
        book = SharedBook()
        self.houses = [
            House(
                self.store,
                self.hub,
                OPTIONS,
                node=f"n{n}",
                clock=self.clock,
                log=log,
                presence=MemoryPresence(self.clock, f"n{n}", book),
            )
            for n, log in enumerate(self.logs)
        ]
        self.clients: list[Client] = []
        self.conversations: list[str] = []

    async def open(self) -> None:
        """The three people meet, so that all conversations are there; then everybody goes home."""
        house = self.houses[0]
        for each in self.houses:
            await each.engine.start()
        people = {nick: await house.guest(nick) for nick in ("alice", "bob", "carol")}
        alice = people["alice"]
        group = await alice.ask("create", kind="group", title="g", members=["@bob", "@carol"])
        direct = await alice.ask("send", to="@bob", text="hi")
        room = await alice.ask("create", kind="group", title="r", members=["@bob", "@carol"])
        made = [group["conversation"], direct["conversation"], room["conversation"]]
        self.conversations = ["lobby", *made]
        heads = {"lobby": 0, **dict.fromkeys(made, 1)}
        for person in people.values():
            person.link.drop()
        await turns()
        for n, (nick, device) in enumerate(PEOPLE):
            client = Client(nick, device, people[nick].resume, heads)
            client.user = people[nick].me["id"]
            self.clients.append(client)
            client.connect(self.houses[n % len(self.houses)])
        await turns()

    async def play(self, script: list[tuple[Any, ...]]) -> None:
        for verb, *arguments in script:
            await getattr(self, verb)(*arguments)

    async def send(self, who: int, where: int, times: int) -> None:
        client = self.clients[who]
        if client.nick == "carol" and ROOMS[where] == "direct":
            return
        for _ in range(times):
            client.send(self.conversations[where])

    async def kick(self, who: int) -> None:
        """Alice puts somebody out of the room."""
        self.clients[0].ask("kick", self.conversations[3], self.clients[who].user)

    async def invite(self, who: int) -> None:
        self.clients[0].ask("invite", self.conversations[3], self.clients[who].user)

    async def pause(self, who: int, room: int) -> None:
        self.clients[who].pause(room)

    async def take(self, who: int, for_good: bool) -> None:
        self.clients[who].take(for_good)

    async def lose(self, who: int, lines: int) -> None:
        self.clients[who].lose(lines)

    async def connect(self, who: int, node: int) -> None:
        client = self.clients[who]
        if client.person is None:
            client.connect(self.houses[node % len(self.houses)])

    async def weather(self, fates: list[tuple[float, ...]]) -> None:
        """How often hints arrive, and how late; one after the other, again and again."""
        fate = cycle(fates)
        self.hub.fate = lambda hint, node: next(fate)

    async def slow_log(self, stage: str, pauses: list[int]) -> None:
        """So many turns pass before a read answers (`reading`), an append is stored (`storing`), or, stored, is
        reported (`stored`)."""
        pause = cycle(pauses)
        for log in self.logs:
            setattr(log, stage, lambda: turns(next(pause)))

    async def wait(self, turns_: int) -> None:
        await turns(turns_)

    async def sleep(self, seconds: float) -> None:
        await self.clock.sleep(seconds)

    async def cut(self, node: int) -> None:
        """A node hears nothing of the others, nor they of it."""
        self.hub.cut(f"n{node % len(self.houses)}")

    async def mend(self, node: int) -> None:
        self.hub.mend(f"n{node % len(self.houses)}")

    async def settle(self) -> None:
        """Fair weather, everybody is here and reads, and every node knows that hints may have been lost."""
        await self.weather([(0.0,)])
        for n in range(len(self.houses)):
            self.hub.mend(f"n{n}")
        for stage in ("reading", "storing", "stored"):
            await self.slow_log(stage, [0])
        for _ in range(6):
            await self.clock.sleep(2)
            for n, client in enumerate(self.clients):
                if client.person is None:
                    client.connect(self.houses[n % len(self.houses)])
                client.take(for_good=True)

    async def check(self) -> None:
        self._check_told()
        for house in self.houses:
            await self._check_kept(house)
        present = [await house.engine._stores.presence.everyone(100) for house in self.houses]
        assert all({one.nick for one in seen} == {"alice", "bob", "carol"} for seen in present)

    async def _check_kept(self, house: House) -> None:
        """What a node keeps is what the store says."""
        for conversation in self.conversations[1:]:
            roster = house.engine._verbs.rosters.get(conversation)
            inside = {user for user, m in self.store.members[conversation].items() if not m.left}
            assert roster is None or set(roster.members) == inside
        for session in house.engine.sessions:
            inside = {"lobby", *await house.engine._stores.directory.memberships(session.identity.id)}
            assert {feed.id for feed in session.feeds} == inside

    def _check_told(self) -> None:
        heads = {conversation: len(self.store.entries[conversation]) for conversation in self.conversations}
        for client in self.clients:
            assert client.pending == {}, f"{client.nick} was not answered"
            for conversation, head in heads.items():
                if self._is_in(client, conversation):
                    assert client.cursors[conversation] == head
            for cid, (conversation, seq) in client.acknowledged.items():
                assert self.store.entries[conversation][seq - 1].cid == cid
        for conversation in self.conversations:
            cids = [entry.cid for entry in self.store.entries[conversation] if entry.cid is not None]
            assert len(cids) == len(set(cids))

    def _is_in(self, client: Client, conversation: str) -> bool:
        member = self.store.members[conversation].get(client.user)
        return conversation == "lobby" or (member is not None and not member.left)


async def simulate(nodes: int, script: list[tuple[Any, ...]]) -> None:
    world = World(nodes)
    try:
        await world.open()
        await world.play(script)
        await world.settle()
        await world.check()
    finally:
        for house in world.houses:
            await house.engine.stop()


who = st.integers(0, len(PEOPLE) - 1)
fates = st.lists(st.sampled_from([(0.0,), (), (0.0, 0.0), (0.3,), (0.0, 1.0)]), min_size=1, max_size=4)
pauses = st.lists(st.sampled_from([0, 1, 2, 5, 12]), min_size=1, max_size=3)
steps = st.one_of(
    st.tuples(st.just("send"), who, st.integers(0, 3), st.integers(1, 5)),
    st.tuples(st.just("send"), who, st.just(0), st.integers(1, 2)),
    st.tuples(st.sampled_from(["kick", "invite"]), st.sampled_from([2, 3])),
    st.tuples(st.just("pause"), who, st.sampled_from([0, 300, 900])),
    st.tuples(st.just("take"), who, st.booleans()),
    st.tuples(st.just("lose"), who, st.integers(0, 8)),
    st.tuples(st.just("connect"), who, st.integers(0, 2)),
    st.tuples(st.just("weather"), fates),
    st.tuples(st.sampled_from(["cut", "mend"]), st.integers(0, 2)),
    st.tuples(st.just("slow_log"), st.sampled_from(["reading", "storing", "stored"]), pauses),
    st.tuples(st.just("wait"), st.integers(1, 6)),
    st.tuples(st.just("sleep"), st.sampled_from([0.1, 0.5, 2.0])),
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(1, 3), st.lists(steps, min_size=5, max_size=60))
def test_everybody_is_told_everything_once_and_in_order(nodes, script):
    asyncio.run(simulate(nodes, script))
