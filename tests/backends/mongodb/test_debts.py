"""Changes between the two stores, when something dies between them (decision 0054)."""

import asyncio
from collections.abc import Sequence

import pytest

from teahouse.backends.mongodb import debts
from teahouse.backends.mongodb.debts import Debts
from teahouse.backends.mongodb.history import MongoHistory
from teahouse.model.changes import SEQ_OF_ENTRY, Change, PutJob, PutMember, PutUser, UseLink
from teahouse.model.conversations import Member
from teahouse.model.entrance import InvitationLink
from teahouse.model.entries import Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.jobs import Job
from teahouse.model.people import User
from teahouse.ports.directory import Directory
from tests.backends.mongodb.histories import Nodes, nodes_on
from tests.contract.making import draft
from tests.support.mongo import shared

pytestmark = pytest.mark.service

JOINED = PutMember(Member("c", "u-bob", "bob", joined=SEQ_OF_ENTRY))


class Moody:
    """A directory that cannot be changed for a while."""

    def __init__(self, directory: Directory) -> None:
        self._directory = directory
        self.failing = True

    def __getattr__(self, name: str) -> object:
        return getattr(self._directory, name)

    async def apply(self, changes: Sequence[Change]) -> None:
        if self.failing:
            raise StoreUnavailable("away")
        await self._directory.apply(changes)


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debts, "LEASE_S", 0.4)
    monkeypatch.setattr(debts, "LOOK_S", 0.1)


async def die_before(step: str, history: MongoHistory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Append Bob's coming, and die before a step of paying for it."""

    async def die(_: Debts, what: Sequence[object]) -> None:
        if what:
            raise asyncio.CancelledError

    await history._debts.stop()
    with monkeypatch.context() as patched:
        patched.setattr(Debts, step, die)
        with pytest.raises(StoreUnavailable):
            await history.log.append_many([draft(kind=Kind.MEMBER, changes=(JOINED,))])


async def members(nodes: Nodes) -> list[tuple[str, int, int]]:
    return [(m.user, m.joined, m.left) for m in await nodes.store.directory.members("c")]


@pytest.mark.parametrize("step", ["_earlier", "_apply", "_strike"])
async def test_a_start_finishes_what_a_crash_left(step: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it died before: nothing was changed, it was, or it was and nobody noted it."""
    async with nodes_on(shared()) as nodes:
        await die_before(step, await nodes.open(), monkeypatch)
        await nodes.open()
        assert await members(nodes) == [("u-bob", 1, 0)]


async def test_another_node_finishes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without being asked."""
    async with nodes_on(shared()) as nodes:
        await nodes.open()
        dying = await nodes.open()
        await die_before("_apply", dying, monkeypatch)
        async with asyncio.timeout(10):
            while not await members(nodes):  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_what_comes_later_waits_for_what_came_before(monkeypatch: pytest.MonkeyPatch) -> None:
    """Bob came on a node that died, and is put out on another one: he is out."""
    monkeypatch.setattr(debts, "LOOK_S", 60)
    left = PutMember(Member("c", "u-bob", "bob", joined=1, left=SEQ_OF_ENTRY))
    async with nodes_on(shared()) as nodes:
        other = await nodes.open()
        await die_before("_strike", await nodes.open(), monkeypatch)
        await other.log.append_many([draft(kind=Kind.MEMBER, changes=(left,))])
        assert await members(nodes) == [("u-bob", 1, 2)]
        await nodes.open()
        assert await members(nodes) == [("u-bob", 1, 2)]


async def test_a_change_without_an_entry_waits_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(debts, "LOOK_S", 60)
    async with nodes_on(shared()) as nodes:
        other = await nodes.open()
        await die_before("_apply", await nodes.open(), monkeypatch)
        await other.directory.apply([PutMember(Member("c", "u-bob", "bob", joined=1, left=7))])
        await nodes.open()
        assert await members(nodes) == [("u-bob", 1, 7)]


async def test_a_directory_that_is_away() -> None:
    """What needs it is refused, though it is in the log, and comes true when it is back; the rest goes on."""
    async with nodes_on(shared()) as nodes:
        moody = Moody(nodes.store.directory)
        history = await nodes.open(directory=moody)
        changing, plain = await asyncio.gather(
            history.log.append_many([draft(cid="k", changes=(JOINED,))]),
            history.log.append_many([draft()]),
            return_exceptions=True,
        )
        assert isinstance(changing, StoreUnavailable)
        assert not isinstance(plain, BaseException) and plain[0].seq == 2
        assert await members(nodes) == []
        moody.failing = False
        again = (await history.log.append_many([draft(cid="k", changes=(JOINED,))]))[0]
        assert (again.seq, again.duplicate) == (1, True)
        async with asyncio.timeout(5):
            while await members(nodes) != [("u-bob", 1, 0)]:  # noqa: ASYNC110
                await asyncio.sleep(0.05)


async def test_jobs_of_two_nodes_do_not_wait() -> None:
    """What only adds has no order; it is there when the call returns."""
    async with nodes_on(shared()) as nodes:
        one, other = await nodes.open(), await nodes.open()
        jobs = [PutJob(Job("tea", f"j{n}", 5)) for n in range(20)]
        await asyncio.gather(
            *((one, other)[n % 2].log.append_many([draft(changes=(job,))]) for n, job in enumerate(jobs))
        )
        assert len(await nodes.store.jobs.take(9, 100, 1000)) == 20


async def test_members_of_two_nodes_at_once() -> None:
    """Forty comings and goings of one user, on two nodes: the last entry says what is so."""
    async with nodes_on(shared()) as nodes:
        histories = [await nodes.open(), await nodes.open()]

        async def write(history: MongoHistory, name: str) -> None:
            for n in range(10):
                member = Member("c", "u-bob", f"{name}{n}", joined=SEQ_OF_ENTRY)
                await history.log.append_many([draft(text=member.nick, changes=(PutMember(member),))])

        await asyncio.gather(*(write(h, name) for h in histories for name in ("a", "b")))
        (last,) = await histories[0].log.read("c", 0, 10**6, 1, newest=True)
        (member,) = await nodes.store.directory.members("c")
        assert member.joined == last.seq == 40
        assert last.content == b'{"text":"%s"}' % member.nick.encode()


async def test_an_impossible_change_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    """A name that was taken between the look and the change: the entry is there, and what is possible of it."""
    async with nodes_on(shared()) as nodes:
        history = await nodes.open()

        async def overlook(*_: object) -> None:
            await nodes.store.directory.apply([PutUser(User("u1", "zoe", guest=False), 1)])

        monkeypatch.setattr(history.log._room.gate, "check", overlook)
        taken = PutUser(User("u2", "Zoe", guest=False), 1)
        await history.log.append_many([draft(changes=(taken, JOINED))])
        assert await members(nodes) == [("u-bob", 1, 0)]
        assert await nodes.store.users.user("u2") is None


async def test_a_link_is_used_once_however_often_an_entry_is_tried() -> None:
    """L10: also where the seq was taken by another node."""
    async with nodes_on(shared()) as nodes:
        one, other = await nodes.open(), await nodes.open()
        link = InvitationLink("l1", "c", b"d" * 32, "u-alice", 1, 0, 50)
        await nodes.store.links.put(link, 9)
        for n in range(10):
            await asyncio.gather(
                one.log.append_many([draft(cid=f"one{n}", changes=(UseLink("l1", 5),))]),
                other.log.append_many([draft(cid=f"other{n}", changes=(UseLink("l1", 5),))]),
            )
        found = await nodes.store.links.find(b"d" * 32)
        assert found is not None and found.used == 20
        assert await one.log.heads(["c"]) == {"c": 20}
