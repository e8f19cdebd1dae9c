"""The engine's door: order, errors, end of a connection, end of the server."""

import asyncio

import pytest
import structlog

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.errors import Problem
from tests.support.house import House, limitless, turns
from tests.support.stage import StageClock, StageLog


def answers(person):
    return {line["re"]: line for line in person.link.lines if "re" in line}


async def test_a_defect_is_recorded_and_answered_without_a_word_about_it():
    store = MemoryStore()
    log = StageLog(store)

    async def fail():
        raise ZeroDivisionError("secret")

    async with House(store, log=log) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="x")
        log.reading = fail
        with structlog.testing.capture_logs() as logs:
            assert await alice.refused("history", conversation="lobby") == "internal"
        assert [(line["op"], line["log_level"]) for line in logs] == [("history", "error")]
        assert "secret" not in str(alice.link.lines)
        assert (await alice.ask("ping"))["at"] > 0


async def test_a_defect_in_a_command_done_at_once_is_no_different(monkeypatch):
    async with House() as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="x")
        monkeypatch.setattr(house.engine._verbs.pipeline.composer, "encode", lambda content: 1 / 0)
        assert await alice.refused("send", to="lobby", text="x") == "internal"
        monkeypatch.undo()
        await alice.ask("send", to="lobby", text="y")


async def test_a_ping_does_not_wait_for_sends():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice = await house.guest("alice")
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("send", id="s", to="lobby", text="x")
        alice.say("ping", id="p")
        alice.say("history", id="h", conversation="lobby")
        alice.say("ping", id="q")
        await turns()
        assert [re for re in answers(alice) if re != 1] == ["p"]
        gate.set()
        await turns()
        assert [re for re in answers(alice) if re != 1] == ["p", "s", "h", "q"]


async def test_after_eof_all_that_was_asked_is_answered_also_what_waits_for_its_place():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="1")
        log.reading = asyncio.Event().wait
        bob = await house.back(bob, cursors={"lobby": 0})
        bob.say("send", id="mine", to="lobby", text="2")
        await turns()
        assert "mine" not in answers(bob)
        house.engine.ended(bob.link.session)
        await turns()
        assert answers(bob)["mine"]["ok"]["seq"] == 2
        assert bob.link.closed and bob.link.bye is None


async def test_who_does_not_take_answers_is_given_no_more_until_it_does():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        for _ in range(20):
            await alice.ask("send", to="lobby", text="x" * 1000)
        await bob.event("message", seq=20)
        bob.link.take()
        bob.link.room = 30_000
        for n in range(50):
            bob.say("history", id=f"h{n}", conversation="lobby")
        await turns(200)
        assert len([re for re in answers(bob) if str(re).startswith("h")]) == 2
        assert bob.link.held
        bob.link.room = None
        bob.link.take()
        await turns(200)
        assert [re for re in answers(bob) if str(re).startswith("h")] == [f"h{n}" for n in range(50)]
        assert not bob.link.held


async def test_after_eof_commands_that_wait_are_done_first():
    async with House() as house:
        alice = house.stranger()
        for op, fields in (("hello", {"nick": "alice"}), ("create", {"kind": "room"}), ("conversations", {})):
            alice.say(op, id=op, **fields)
        house.engine.ended(alice.link.session)
        await turns(40)
        assert list(answers(alice)) == ["hello", "create", "conversations"]
        assert alice.link.closed


async def test_what_a_closed_session_still_says_is_not_done():
    async with House() as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        bob.link.drop()
        bob.say("send", to="lobby", text="ghost")
        await turns()
        assert alice.texts("lobby") == []


async def test_nothing_is_written_to_a_session_on_its_way_out(monkeypatch):
    async with House() as house:
        alice, bob, carol = [await house.guest(nick) for nick in ("alice", "bob", "carol")]
        monkeypatch.setattr(bob.link, "close", lambda bye: setattr(bob.link, "closed", True))  # it lingers
        room = (await alice.ask("create", kind="room"))["conversation"]
        house.engine.ended(bob.link.session)
        await alice.ask("send", to="lobby", text="1")
        await alice.ask("invite", conversation=room, user=bob.me["id"])
        await carol.ask("send", to="lobby", text="2")
        house.engine.closed(bob.link.session)
        await turns()
        assert bob.link.lines[-1].get("conversation") != room


async def test_a_drain_commits_what_was_accepted_and_sends_everybody_away_to_come_back():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        stranger = house.stranger()
        gate = asyncio.Event()
        log.storing = gate.wait
        alice.say("send", id="s", to="lobby", text="last words")
        await turns()
        draining = asyncio.create_task(house.engine.drain(5))
        await turns()
        bob.say("send", id="late", to="lobby", text="too late")
        assert bob.link.held
        with pytest.raises(Problem):
            house.stranger()
        gate.set()
        await draining
        await turns()
        assert answers(alice)["s"]["ok"]["seq"] == 1
        assert bob.texts("lobby") == ["last words"]
        assert answers(bob)["late"]["error"]["code"] == "unavailable"
        for person in (alice, bob, stranger):
            assert person.link.bye is not None and person.link.bye.reconnect
            assert 0 <= (person.link.bye.after_ms or 0) <= 2000
        assert house.engine.ready()["engine"] == "draining"
        assert len(house.engine) == 0


async def test_a_drain_does_not_wait_for_ever():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log, clock=StageClock()) as house:
        alice = await house.guest("alice")
        log.storing = asyncio.Event().wait
        alice.say("send", id="s", to="lobby", text="lost")
        await turns()
        draining = asyncio.create_task(house.engine.drain(3))
        await house.clock.sleep(3.1)
        await draining
        assert alice.link.bye is not None
        assert "s" not in answers(alice)


async def test_idempotency_keys_are_kept_for_a_week():
    clock = StageClock()
    async with House(clock=clock, options=limitless(heartbeat_s=10**7, silence_s=10**8)) as house:
        alice = await house.guest("alice")
        first = await alice.ask("send", to="lobby", text="x", cid="c1")
        clock.advance(6.9 * 86_400)
        await clock.sleep(2)
        assert (await alice.ask("send", to="lobby", text="x", cid="c1"))["seq"] == first["seq"]
        clock.advance(0.2 * 86_400)
        await clock.sleep(2)
        assert (await alice.ask("send", to="lobby", text="x", cid="c1"))["seq"] == 2


async def test_a_session_that_runs_ahead_of_slow_commands_is_held_and_let_go():
    store = MemoryStore()
    log = StageLog(store)
    async with House(store, log=log, options=limitless(in_flight=4)) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="x")
        gate = asyncio.Event()
        log.reading = gate.wait
        for n in range(6):
            alice.say("history", id=f"h{n}", conversation="lobby")
        assert alice.link.held
        gate.set()
        await turns(40)
        assert not alice.link.held
        assert [re for re in answers(alice) if str(re).startswith("h")] == [f"h{n}" for n in range(6)]
