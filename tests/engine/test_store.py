"""The store: order, time-outs, and a queue with an end."""

import asyncio

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.errors import StoreUnavailable
from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock, StageLog


def answers(person):
    return {line["re"]: line for line in person.link.lines if "re" in line}


def staged(**options):
    store = MemoryStore()
    log = StageLog(store)
    return log, House(store, log=log, clock=StageClock(), options=limitless(**options))


async def test_a_silent_store_is_answered_for_in_time_and_what_it_stores_later_is_delivered():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("send", id="a", to="lobby", text="late", cid="c1")
        await house.clock.sleep(4.9)
        assert "a" not in answers(alice)
        await house.clock.sleep(0.2)
        error = answers(alice)["a"]["error"]
        assert (error["code"], error["retry"]) == ("unavailable", True)
        assert bob.events("message") == []
        gate.set()
        await turns()
        assert bob.texts("lobby") == ["late"]
        assert [(line["seq"], line["cid"]) for line in alice.events("message")] == [(1, "c1")]
        assert (await alice.ask("send", to="lobby", text="late", cid="c1"))["duplicate"] is True


async def test_while_the_store_is_silent_sends_are_refused_at_once_and_reads_go_on():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="before")
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("send", id="a", to="lobby", text="x")
        await house.clock.sleep(5.1)
        assert await bob.refused("send", to="lobby", text="y") == "unavailable"
        assert house.engine.ready()["store"] == "the store does not answer"
        assert len((await bob.ask("history", conversation="lobby"))["entries"]) == 1
        assert (await alice.ask("online"))["count"] == 2
        alice.say("typing", conversation="lobby")
        await bob.event("typing")
        gate.set()
        await turns()
        assert (await bob.ask("send", to="lobby", text="z"))["seq"] == 3
        assert house.engine.ready()["store"] == "ok"


async def test_a_command_that_waits_for_the_store_does_not_block_its_session_for_ever():
    log, house = staged()
    async with house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="before")
        log.reading = asyncio.Event().wait
        alice.say("history", id="h", conversation="lobby")
        alice.say("online", id="o")
        await house.clock.sleep(5.1)
        assert answers(alice)["h"]["error"]["code"] == "unavailable"
        assert answers(alice)["o"]["ok"]["count"] == 1


async def test_a_change_that_timed_out_is_not_answered_twice():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("create", id="c", kind="room", title="late", topic="tea.#", members=[bob.me["id"]])
        await house.clock.sleep(5.1)
        assert answers(alice)["c"]["error"]["code"] == "unavailable"
        lines = len(alice.link.lines)
        gate.set()
        await turns()
        assert [line["ev"] for line in alice.link.lines[lines:]] == ["conversation"]
        assert (await bob.event("conversation"))["title"] == "late"
        assert (await alice.ask("send", to="topic:tea.green", text="made all the same"))["seq"] == 2


async def test_a_full_queue_refuses_more():
    log, house = staged(store_queue=10)
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        gate = asyncio.Event()
        log.storing = gate.wait
        for n in range(12):
            alice.say("send", id=f"n{n}", to="lobby", text=str(n))
        await turns()
        refused = [re for re, line in answers(alice).items() if "error" in line]
        assert refused == ["n10", "n11"]
        assert await bob.refused("create", kind="room") == "unavailable"
        gate.set()
        await turns()
        assert bob.texts("lobby") == [str(n) for n in range(10)]
        assert (await alice.ask("send", to="lobby", text="room again"))["seq"] == 11


async def test_batches_that_wait_together_come_out_in_order():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        gate = asyncio.Event()
        log.storing = gate.wait
        for n in range(600):
            alice.say("send", to="lobby", text=str(n))
            if n % 100 == 0:
                await turns(1)
        gate.set()
        await turns(20)
        assert bob.texts("lobby") == [str(n) for n in range(600)]
        assert [line["seq"] for line in bob.events("message")] == list(range(1, 601))


async def test_one_failure_is_answered_to_all_it_concerns_and_to_nobody_else():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")

        async def fail():
            raise StoreUnavailable("disk full")

        log.storing = fail
        for n in range(5):
            alice.say("send", id=n + 100, to="lobby", text=str(n))
        await turns()
        assert [answers(alice)[n + 100]["error"]["code"] for n in range(5)] == ["unavailable"] * 5
        assert house.store.entries["lobby"] == []
        assert bob.events("message") == []
        assert not alice.link.held


async def test_an_unexpected_failure_is_unavailable_too_and_says_nothing_of_itself():
    log, house = staged()
    async with house:
        alice = await house.guest("alice")

        async def fail():
            raise RuntimeError("secret path")

        log.storing = fail
        alice.say("send", id="a", to="lobby", text="x")
        await turns()
        error = answers(alice)["a"]["error"]
        assert error["code"] == "unavailable"
        assert "secret" not in error["message"]


async def test_a_sender_who_went_before_the_commit_harms_nobody():
    log, house = staged()
    async with house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("send", id="a", to="lobby", text="last words")
        await turns()
        alice.link.drop()
        gate.set()
        await turns()
        assert bob.texts("lobby") == ["last words"]
