"""The promises of Schedules, Hidden, PreferenceBook and LogIndex, by number."""

import pytest

from teahouse.model.changes import PutReply
from teahouse.model.entries import Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import SYSTEM
from teahouse.model.jobs import Job
from teahouse.model.marks import Advance, Unread
from teahouse.model.preferences import Preferences
from teahouse.model.schedules import Schedule
from teahouse.model.threads import Thread
from tests.contract.backends import Store
from tests.contract.making import draft

ALL = (0, 2**53)


def schedule(id_: str = "t1", user: str = "u", at: int = 10, **fields: str) -> Schedule:
    return Schedule(id_, user, "c", at, b'{"text":"hi"}', **fields)


def reminder(id_: str = "t1", due: int = 10) -> Job:
    return Job("send", id_, due)


async def test_s1_a_schedule_and_its_job(store: Store) -> None:
    await store.schedules.add(schedule(), reminder())
    if store.reopen is not None:
        await store.reopen()
    assert await store.schedules.get("t1") == schedule()
    assert await store.jobs.due() == 10


async def test_s1_neither_without_the_other(store: Store) -> None:
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.schedules.add(schedule(), reminder())
    await store.writable(True)
    assert (await store.schedules.get("t1"), await store.jobs.due()) == (None, None)


async def test_s2_only_their_own(store: Store) -> None:
    await store.schedules.add(schedule(), reminder())
    await store.schedules.add(schedule(at=99), reminder("t1'", 99))
    assert await store.schedules.get("t1") == schedule()
    assert not await store.schedules.change(schedule(user="v", at=5), reminder("x", 5))
    assert not await store.schedules.remove("v", "t1")
    assert not await store.schedules.remove("u", "nothing")
    assert await store.schedules.change(schedule(at=20, failed="muted", why="no"), reminder("y", 20))
    assert await store.schedules.get("t1") == schedule(at=20, failed="muted", why="no")
    assert await store.schedules.remove("u", "t1")
    assert await store.schedules.get("t1") is None


async def test_schedules_of_a_user_by_time(store: Store) -> None:
    for id_, user, at in (("a", "u", 30), ("b", "u", 20), ("c", "v", 10)):
        await store.schedules.add(schedule(id_, user, at), reminder(id_, at))
    assert [s.id for s in await store.schedules.of("u")] == ["b", "a"]


async def test_h1_h2_what_one_hides(store: Store) -> None:
    await store.hidden.hide("u", "c", [3, 5])
    await store.hidden.hide("u", "c", [5, 9])
    await store.hidden.hide("v", "c", [4])
    assert await store.hidden.hidden("w", "c", *ALL) == frozenset()
    await store.hidden.hide("w", "c", [4])
    assert await store.hidden.hidden("w", "c", *ALL) == {4}
    if store.reopen is not None:
        await store.reopen()
    assert await store.hidden.hidden("u", "c", *ALL) == {3, 5, 9}
    assert await store.hidden.hidden("u", "c", 3, 5) == {5}
    assert await store.hidden.hidden("u", "d", *ALL) == frozenset()


async def test_h3_everywhere(store: Store) -> None:
    assert await store.hidden.everywhere("u", 3) == {}
    await store.hidden.hide("u", "c", [3, 5])
    await store.hidden.hide("u", "d", [9])
    await store.hidden.hide("v", "c", [4])
    assert await store.hidden.everywhere("u", 3) == {"c": frozenset({3, 5}), "d": frozenset({9})}
    await store.hidden.hide("u", "d", [10])
    assert await store.hidden.everywhere("u", 3) is None
    assert await store.hidden.hidden("u", "d", *ALL) == {9, 10}


async def test_w1_w2_preferences(store: Store) -> None:
    await store.preferences.prefer("u", Preferences(receipts=False))
    if store.reopen is not None:
        await store.reopen()
    assert await store.preferences.preferences(["u", "v"]) == {"u": Preferences(receipts=False)}
    await store.preferences.prefer("u", Preferences())
    assert await store.preferences.preferences(["u"]) == {"u": Preferences()}


async def test_c3_neither_hidden_nor_the_servers_own(store: Store) -> None:
    await store.log.append_many(
        [draft(mentions=("u",)), draft(mentions=("u",)), draft(sender=SYSTEM, mentions=("u",)), draft()]
    )
    await store.hidden.hide("u", "c", [2, 4])
    assert (await store.cursors.unread("u", {"c": 0}))["c"] == Unread(0, 1, 1)


async def test_c4_when_a_watermark_rose(store: Store) -> None:
    await store.cursors.advance([Advance("c", "u", delivered=2, at=100)])
    await store.cursors.advance([Advance("c", "u", delivered=2, read=2, at=200)])
    await store.cursors.advance([Advance("c", "u", delivered=1, read=1, pinned=True, at=300)])
    mark = (await store.cursors.marks("u", ["c"]))["c"]
    assert (mark.delivered_at, mark.read_at) == (100, 200)


async def test_i1_i2_threads(store: Store) -> None:
    reply = (PutReply("c", 1),)
    await store.log.append_many([draft("d")])
    assert await store.index.threads("d", [1], ALL) == {}
    await store.log.append_many([draft("d", at=7, changes=(PutReply("d", 1),))])
    assert await store.index.threads("d", [1], ALL) == {1: Thread(1, 2, 7)}
    await store.log.append_many([draft(at=1), *(draft(at=n, changes=reply) for n in (2, 3, 4)), draft(at=5)])
    if store.reopen is not None:
        await store.reopen()
    assert [e.seq for e in await store.index.replies("c", 1, ALL, 2)] == [2, 3]
    assert [e.seq for e in await store.index.replies("c", 1, ALL, 2, newest=True)] == [3, 4]
    assert [e.seq for e in await store.index.replies("c", 1, (2, 3), 9)] == [3]
    assert await store.index.threads("c", [1, 2, 5], ALL) == {1: Thread(3, 4, 4)}
    await store.log.append_many([draft(kind=Kind.RECALL, ref=4)])
    assert await store.index.threads("c", [1], ALL) == {1: Thread(2, 3, 3)}
    assert await store.index.threads("c", [1], (3, 9)) == {}


async def test_i3_pinned(store: Store) -> None:
    def pin(ref: int, on: bool) -> object:
        said = draft(kind=Kind.PIN, ref=ref)
        return type(said)(
            **{f: getattr(said, f) for f in said.__struct_fields__}
            | {"content": b'{"on":%s}' % (b"true" if on else b"false")}
        )

    drafts = [
        draft(),
        draft(),
        draft(),
        pin(1, True),
        pin(2, True),
        pin(1, False),
        pin(3, True),
        pin(1, True),
    ]
    await store.log.append_many(drafts)  # type: ignore[arg-type]
    assert await store.index.pinned("c", 99, 9) == [(1, 8), (3, 7), (2, 5)]
    assert await store.index.pinned("c", 6, 9) == [(2, 5)]
    assert await store.index.pinned("c", 99, 1) == [(1, 8)]
    await store.log.append_many([draft(kind=Kind.RECALL, ref=3)])
    assert await store.index.pinned("c", 99, 9) == [(1, 8), (2, 5)]


async def test_pick(store: Store) -> None:
    await store.log.append_many([draft() for _ in range(4)])
    assert [e.seq for e in await store.index.pick("c", [3, 1, 9])] == [1, 3]
    assert await store.index.pick("nowhere", [1]) == []
