"""Recovery: back to live from the log, page by page."""

import asyncio

import pytest
import structlog
from structlog.testing import LogCapture

from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import recover
from teahouse.model.entries import Draft, Kind
from teahouse.model.errors import StoreUnavailable
from tests.support.house import House, limitless, seqs, turns
from tests.support.stage import StageLog


async def test_who_comes_while_others_talk_misses_nothing_and_hears_nothing_twice():
    store = MemoryStore()
    log = StageLog(store)
    log.reading = lambda: turns(7)
    async with House(store, log=log, options=limitless(page=4)) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for n in range(30):
            await alice.ask("send", to="lobby", text=str(n))
        bob.link.drop()
        bob = await house.back(bob, cursors={"lobby": 10})
        for n in range(30, 60):
            await alice.ask("send", to="lobby", text=str(n))
            await turns(2)
        await bob.event("message", seq=60)
        assert seqs(bob) == list(range(11, 61))


async def test_who_was_put_out_while_they_were_behind_reads_up_to_that():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        group, other = [
            (await alice.ask("create", kind="group", members=["@bob"]))["conversation"] for _ in range(2)
        ]
        await alice.ask("send", to=group, text="missed")
        await alice.ask("send", to=other, text="missed, too")
        gate = asyncio.Event()
        log.reading = gate.wait
        bob = await house.back(bob, cursors={group: 1, other: 1})
        await alice.ask("kick", conversation=group, user="@bob")
        gate.set()
        await turns()
        await alice.ask("send", to=group, text="gone")
        await bob.ask("ping")
        await bob.event("member", change="kicked")
        assert bob.texts(group) == ["missed"]
        assert seqs(bob, group) == [2, 3]
        assert bob.texts(other) == ["missed, too"]


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
        again = [house.stranger() for _ in crowd]
        for connection, person in zip(again, crowd, strict=True):
            connection.say("hello", resume=person.resume, cursors={"lobby": 0})
        await turns(60)
        assert all(seqs(connection) == [1, 2, 3, 4, 5] for connection in again)
        assert len(reads) <= 2


async def test_who_goes_while_it_is_in_doubt_what_was_missed_is_let_go(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Nothing is asked of a session that has no user any more."""
    logs = LogCapture()
    monkeypatch.setattr(recover, "_log", structlog.wrap_logger(None, processors=[logs]))
    store = MemoryStore()
    stage = StageLog(store)
    async with House(store, log=stage) as house:
        alice = await house.guest("alice")
        gate = asyncio.Event()
        stage.reading = gate.wait
        await stage.append_many([Draft("lobby", Kind.MESSAGE, "u-other", "other", 1, b"{}")])
        feed = house.engine._verbs.fanout.feed("lobby")
        assert feed is not None
        house.engine._verbs.fanout.disorder.gap(feed, feed.known + 1)
        await turns()
        alice.link.drop()
        gate.set()
        await turns()
        assert not logs.entries
