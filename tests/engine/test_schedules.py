import pytest

from teahouse.backends.memory.store import MemoryStore
from teahouse.ports.screen import Utterance, Verdict
from tests.support.house import House, turns
from tests.support.stage import StageClock


def in_s(clock: StageClock, seconds: float) -> int:
    return clock.now() + round(seconds * 1000)


async def test_it_is_sent_when_it_is_time() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        made = await alice.ask("send", to="lobby", text="hi @bob", at=in_s(clock, 5), cid="k")
        again = await alice.ask("send", to="lobby", text="hi @bob", at=in_s(clock, 5), cid="k")
        assert made == again
        assert made["body"] == {"type": "text", "text": "hi @bob"}
        assert (await alice.ask("schedules"))["schedules"] == [made]
        assert not bob.events("message")
        await clock.sleep(6)
        event = await bob.event("message")
        assert (event["at"], event["mentions"]) == (clock.now(), [bob.me["id"]])
        assert (await alice.event("message"))["cid"] == made["schedule"]
        assert (await alice.ask("schedules"))["schedules"] == []
        assert not house.store.jobs


async def test_it_is_sent_once_also_after_a_crash_in_between() -> None:
    """Sent, and then neither the schedule nor the job could be put away."""
    clock, store = StageClock(), MemoryStore()
    async with House(store, clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="hi", at=in_s(clock, 5))
        schedules, jobs = dict(store.schedules), dict(store.jobs)
        await clock.sleep(6)
        await alice.event("message")
        await turns(20)
    store.schedules.update(schedules)
    store.jobs.update(jobs)
    async with House(store, clock=clock):
        await turns(40)
        assert len(store.entries["lobby"]) == 1
        assert not store.schedules and not store.jobs


async def test_what_was_due_while_the_server_was_away_is_sent_when_it_is_back() -> None:
    clock, store = StageClock(), MemoryStore()
    async with House(store, clock=clock) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="hi", at=in_s(clock, 5))
    clock.advance(100)
    async with House(store, clock=clock):
        await turns(40)
        assert len(store.entries["lobby"]) == 1


async def test_cancel_and_change() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        one = (await alice.ask("send", to="@bob", text="one", at=in_s(clock, 5)))["schedule"]
        two = (await alice.ask("send", to="@bob", text="two", at=in_s(clock, 6)))["schedule"]
        await alice.ask("cancel", schedule=one)
        changed = await alice.ask("reschedule", schedule=two, text="later", at=in_s(clock, 20))
        assert changed["body"]["text"] == "later"
        await clock.sleep(10)
        await turns(30)
        assert not bob.events("message")
        await clock.sleep(11)
        assert (await bob.event("message"))["body"]["text"] == "later"
        assert await alice.refused("cancel", schedule=two) == "not_found"


async def test_it_can_be_brought_forward() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        one = (await alice.ask("send", to="lobby", text="one", at=in_s(clock, 500)))["schedule"]
        await alice.ask("reschedule", schedule=one, at=in_s(clock, 3))
        await clock.sleep(4)
        await bob.event("message")


async def test_strangers_know_nothing_of_it() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, eve = await house.guest("alice"), await house.guest("eve")
        one = (await alice.ask("send", to="lobby", text="one", at=in_s(clock, 5)))["schedule"]
        assert await eve.refused("cancel", schedule=one) == "not_found"
        assert await eve.refused("reschedule", schedule=one, text="mine") == "not_found"
        assert (await eve.ask("schedules"))["schedules"] == []
        assert await eve.refused("send", to="c-unknown", text="x", at=in_s(clock, 5)) == "not_found"


async def test_a_nick_is_looked_up_when_it_is_written() -> None:
    """Who bears it when it is due is somebody else."""
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="@bob", text="for you", at=in_s(clock, 100))
        bob.link.drop()
        await clock.sleep(20)
        other = await house.guest("bob")
        await clock.sleep(100)
        await turns(30)
        assert not other.events("message")
        assert any(c != "lobby" for c in house.store.entries)


async def test_who_may_not_write_when_it_is_due_is_told() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        c = (await alice.ask("create", kind="group", members=["@bob"]))["conversation"]
        one = await bob.ask("send", to=c, text="x", at=in_s(clock, 5))
        await alice.ask("mute", conversation=c, user=bob.me["id"])
        await clock.sleep(6)
        notice = await bob.event("notice")
        assert (notice["code"], "muted" in notice["text"]) == ("schedule_failed", True)
        (failed,) = (await bob.ask("schedules"))["schedules"]
        assert (failed["failed"], failed["schedule"]) == ("muted", one["schedule"])
        await alice.ask("mute", conversation=c, user=bob.me["id"], on=False)
        await bob.ask("reschedule", schedule=one["schedule"], at=in_s(clock, 5))
        await clock.sleep(6)
        assert (await alice.event("message"))["body"]["text"] == "x"


@pytest.mark.parametrize("seconds", [0, -1, 367 * 86_400])
async def test_the_time_is_in_the_future_and_within_a_year(seconds: int) -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        assert await alice.refused("send", to="lobby", text="x", at=in_s(clock, seconds)) == "bad_request"


async def test_what_it_says_is_checked_at_once_and_there_is_an_end_to_it() -> None:
    clock = StageClock()
    async with House(clock=clock) as house:
        alice = await house.guest("alice")
        at = in_s(clock, 500)
        assert await alice.refused("send", to="lobby", text=" ", at=at) == "bad_request"
        assert await alice.refused("send", to="topic:a", text="x", at=at) == "bad_request"
        for n in range(100):
            await alice.ask("send", to="lobby", text=str(n), at=at)
        assert await alice.refused("send", to="lobby", text="x", at=at) == "conflict"


async def test_nothing_is_sent_in_the_name_of_somebody_disabled() -> None:
    """Who is enabled again before it is time has lost nothing."""

    class Standings:
        disabled: str = ""

        async def stands(self, user: str) -> bool:
            return user != self.disabled

    clock, standings = StageClock(), Standings()
    async with House(clock=clock, standings=standings) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await alice.ask("send", to="lobby", text="never", at=in_s(clock, 5))
        await alice.ask("send", to="lobby", text="later", at=in_s(clock, 50))
        standings.disabled = alice.me["id"]
        await clock.sleep(6)
        await turns(20)
        assert not bob.events("message")
        assert [s["body"]["text"] for s in (await alice.ask("schedules"))["schedules"]] == ["later"]
        standings.disabled = ""
        await clock.sleep(50)
        assert (await bob.event("message"))["body"]["text"] == "later"


async def test_words_that_may_not_be_said_are_refused_when_it_is_time() -> None:
    clock = StageClock()
    words: list[str] = []

    class Screen:
        def look(self, utterance: Utterance) -> Verdict | None:
            text = utterance.body.get("text", "")
            return Verdict(refuse="not here") if any(word in text for word in words) else None

    async with House(clock=clock, screens=[Screen()]) as house:
        alice = await house.guest("alice")
        await alice.ask("send", to="lobby", text="ugly", at=in_s(clock, 5))
        words.append("ugly")
        await clock.sleep(6)
        await alice.event("notice", code="schedule_failed")
        assert not house.store.entries["lobby"]
        group = (await alice.ask("create", kind="group"))["conversation"]
        words.clear()
        await alice.ask("send", to=group, text="ugly")
        words.append("ugly")
        original = [{"conversation": group, "seq": 2}]
        assert await alice.refused("send", to="lobby", forward=original) == "forbidden"
        await alice.ask("send", to="lobby", text="root")
        assert await alice.refused("send", to="lobby", text="ugly", thread=1) == "forbidden"
