"""What outgoing webhooks are told, in which order, and what happens when they do not take it."""

import asyncio
import time
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.log import MemoryLog
from teahouse.engine import lanes
from teahouse.engine.outlet_book import By, Wanted
from teahouse.engine.replays import Replay
from teahouse.model.changes import PutJob
from teahouse.model.entries import Appended, Draft
from teahouse.model.jobs import Job
from teahouse.model.outlets import Lane, Outlet
from tests.support.dying import DyingLog
from tests.support.office import ROOT, Office
from tests.support.push import until
from tests.support.receiver import Receiver, receiver


async def test_a_message_is_told_signed(office: Office) -> None:
    outlet = await office.outlet()
    await office.says("hello")
    (told,) = await office.outside.wait(1)
    assert told.event["ev"] == "message" and told.event["body"]["text"] == "hello"
    assert told.event["conversation"] == office.group
    assert told.id == f"{outlet.id}.{office.group}.{told.event['seq']}"
    assert told.fault(outlet.secret, time.time()) == ""
    assert told.fault("whs_wrong") != ""
    assert told.headers["user-agent"].startswith("Teahouse/")
    assert told.headers["content-type"] == "application/json"
    await office.quiet()


async def test_the_job_is_written_with_the_entry_and_only_where_somebody_hears(office: Office) -> None:
    written: list[Draft] = []
    append = MemoryLog.append_many

    async def noted(log: MemoryLog, drafts: list[Draft]) -> list[Appended]:
        written.extend(drafts)
        return await append(log, drafts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryLog, "append_many", noted)
        await office.says("nobody hears")
        await office.outlet("", "message")
        await office.says("heard")
        await office.says("elsewhere", to="lobby")
    assert [len(draft.changes) for draft in written] == [0, 1, 0]


async def test_all_is_told_in_order_by_few_jobs(office: Office) -> None:
    await office.outlet("", "message")
    put: list[str] = []
    taken = office.house.engine._verbs.worker._queue.take

    async def noted(*given: Any) -> Any:
        jobs = await taken(*given)
        put.extend(job.id for job in jobs)
        return jobs

    office.house.engine._verbs.worker._queue.take = noted  # type: ignore[assignment, method-assign]
    for number in range(200):
        office.alice.say("send", to=office.group, text=str(number))
    await office.outside.wait(200)
    await office.quiet()
    assert office.outside.texts == [str(number) for number in range(200)]
    assert len({job for job in put if job.startswith("lane")}) < 20


async def test_what_somebody_hears(office: Office) -> None:
    await office.outlet("", "recall", "member")
    await office.says("one")
    seq = (await office.alice.ask("send", to=office.group, text="two"))["seq"]
    await office.alice.ask("recall", conversation=office.group, seq=seq)
    (told,) = await office.outside.wait(1)
    assert (told.event["ev"], told.event["ref"]) == ("recall", seq)
    await office.quiet()
    assert len(office.outside.asked) == 1


async def test_one_of_the_server_hears_all_but_direct_conversations(office: Office) -> None:
    await office.server_outlet()
    await office.house.guest("bob")
    await office.says("private", to="@bob")
    await office.says("public", to="lobby")
    await office.says("ours")
    await office.outside.wait(2)
    await office.quiet()
    assert sorted(office.outside.texts) == ["ours", "public"]


async def test_one_of_the_server_hears_what_it_names(office: Office) -> None:
    await office.server_outlet("lobby")
    await office.says("ours")
    await office.says("public", to="lobby")
    await office.outside.wait(1)
    await office.quiet()
    assert office.outside.texts == ["public"]


@pytest.mark.parametrize("mode", [500, 302, "reset", "hang"])
async def test_what_fails_is_tried_again_in_order_with_the_same_id(office: Office, mode: int | str) -> None:
    outlet = await office.outlet("", "message")
    office.outside.mode = mode
    office.outside.headers = "Location: http://169.254.169.254/latest\r\n" if mode == 302 else ""
    await office.says("one", "two")
    await office.outside.wait(1, "asked")
    await until(lambda: _failing(office, outlet))
    office.outside.mode, office.outside.headers = 200, ""
    await office.outside.wait(2)
    assert office.outside.texts == ["one", "two"]
    assert len({one.id for one in office.outside.asked}) == 2
    await office.quiet()
    assert (await office.now(outlet)).failing == 0


def _failing(office: Office, outlet: Outlet) -> bool:
    found = office.book._outgoing.find(outlet.id)
    return found is not None and found.failing > 0


async def test_retry_after_is_obeyed(office: Office) -> None:
    await office.outlet("", "message")
    office.outside.mode, office.outside.headers = 429, "Retry-After: 1\r\n"
    began = time.monotonic()
    await office.says("one")
    await office.outside.wait(1, "asked")
    office.outside.mode, office.outside.headers = 200, ""
    await office.outside.wait(1)
    assert time.monotonic() - began >= 1


async def test_who_is_gone_is_paused_with_the_reason(office: Office) -> None:
    outlet = await office.outlet("", "message")
    office.outside.mode = 410
    await office.says("one", "two")
    await office.outside.wait(1, "asked")
    await office.quiet()
    assert len(office.outside.asked) == 1
    assert (await office.now(outlet)).paused == "it answered 410 Gone"
    await office.says("three")
    await office.quiet()
    assert len(office.outside.asked) == 1
    assert any(one.record.action == "outlet.paused" for one in office.store.audit)


async def test_who_fails_for_long_is_paused(outside: Receiver) -> None:
    office = await Office(outside, pause_after_days=1e-8, tries=9).start()
    outlet = await office.outlet("", "message")
    outside.mode = 500
    await office.says("one")
    await outside.wait(2, "asked")
    await office.quiet()
    now = await office.now(outlet)
    assert "nothing was delivered for" in now.paused and now.paused.endswith("it answered 500")
    await office.close()


async def test_what_is_given_up_is_a_dead_letter_and_the_rest_goes_on(office: Office) -> None:
    await office.outlet("", "message")
    office.outside.mode = lambda received: 500 if received.event["body"]["text"] == "bad" else 200
    await office.says("good", "bad", "better")
    await office.outside.wait(2)
    assert office.outside.texts == ["good", "better"]
    await until(lambda: office.store.dead)
    ((id_, letter),) = office.store.dead.items()
    assert letter.job.kind == "delivery" and letter.cause == "it answered 500"
    office.outside.mode = 200
    jobs = office.house.engine._verbs.worker._queue
    assert await jobs.revive([id_], 0) == 1  # type: ignore[attr-defined]
    office.house.engine.wake(0)
    await office.outside.wait(3)
    assert office.outside.texts == ["good", "better", "bad"]
    await office.quiet()
    assert not office.store.dead


async def test_one_that_hangs_holds_back_nobody_else(office: Office) -> None:
    await office.outlet("", "message")
    other = await office.new_group()
    async with receiver() as second:
        await office.outlet(second.url, "message", group=other)
        await office.server_outlet(office.group, url=second.url)
        office.outside.mode = "hang"
        await office.says("one")
        await office.says("two", to=other)
        await second.wait(2)
        assert sorted(second.texts) == ["one", "two"]
    assert not office.outside.taken


async def test_private_addresses_are_refused(outside: Receiver) -> None:
    office = await Office(outside, private=False).start()
    outlet = await office.outlet("", "message")
    await office.says("one")
    await until(lambda: office.store.dead)
    assert not outside.asked
    assert (await office.now(outlet)).cause == "nobody answered there, or not in time"
    await office.close()


async def test_after_a_crash_it_goes_on_with_the_same_ids(outside: Receiver) -> None:
    """Told, but not written down that it was: told again, at least once, and by the same id."""
    office = await Office(outside).start()
    await office.outlet("", "message")
    await office.says("one")
    await outside.wait(1)
    await office.quiet()

    async def never(lane: Lane) -> None:
        await asyncio.Event().wait()

    telling = office.house.engine._verbs.telling
    assert telling is not None
    telling[2]._outlets.keep = never  # type: ignore[method-assign]
    await office.says("two")
    await outside.wait(2)
    await office.says("three")
    await office.close()
    office.store.jobs = {id_: replace(job, due=0) for id_, job in office.store.jobs.items()}  # leases end
    await office.open()
    await outside.wait(4)
    await office.quiet()
    assert outside.texts == ["one", "two", "two", "three"]
    assert outside.taken[1].id == outside.taken[2].id
    await office.close()


async def test_a_conversation_left_behind_is_found_at_the_start(outside: Receiver) -> None:
    office = await Office(outside).start()
    await office.outlet("", "message")
    await office.says("one")
    await outside.wait(1)
    await office.quiet()
    assert office.house.engine._verbs.pipeline.outgoing is not None
    office.house.engine._verbs.pipeline.outgoing._pending.add(
        office.group
    )  # it relies on a job, which sees nothing
    await office.says("two")
    await office.close()
    assert not office.store.jobs
    await office.open()
    await outside.wait(2)
    assert outside.texts == ["one", "two"]
    await office.close()


async def test_what_happens_while_it_is_paused_is_not_told_but_by_a_replay(office: Office) -> None:
    outlet = await office.outlet("", "message")
    await office.says("one")
    await office.outside.wait(1)
    await office.book.pause(office.by(), outlet.id, True)
    await office.says("two", "three")
    await office.quiet()
    await asyncio.sleep(0.002)
    await office.book.pause(office.by(), outlet.id, False)
    await office.says("four")
    await office.outside.wait(2)
    await office.quiet()
    assert office.outside.texts == ["one", "four"]
    first = office.outside.taken[0].event["seq"]
    await office.book.replay(office.by(), outlet.id, Replay(after=first, upto=first + 2))
    await office.outside.wait(4)
    await office.quiet()
    assert office.outside.texts == ["one", "four", "two", "three"]


async def test_a_replay_by_time_of_all_conversations(office: Office) -> None:
    outlet = await office.server_outlet()
    await office.says("before")
    await asyncio.sleep(0.01)
    begin = int(time.time() * 1000)
    other = await office.new_group()
    await office.says("ours")
    await office.says("theirs", to=other)
    await office.says("all", to="lobby")
    await asyncio.sleep(0.01)
    end = int(time.time() * 1000)
    await office.says("after")
    await until(lambda: len(office.outside.texts) == 5)
    await office.quiet()
    told, ids = len(office.outside.taken), {one.id for one in office.outside.taken}
    await office.book.replay(By(ROOT, ""), outlet.id, Replay(begin=begin, end=end))
    await until(lambda: len(office.outside.texts) == 8)
    await office.quiet()
    assert sorted(office.outside.texts[5:]) == ["all", "ours", "theirs"]
    assert {one.id for one in office.outside.taken[told:]} <= ids


async def test_a_replay_goes_on_when_it_fails(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    outlet = await office.outlet("", "message")
    await office.says("one", "two", "three")
    await office.outside.wait(3)
    await office.quiet()
    office.outside.mode = lambda received: 500 if len(office.outside.asked) == 5 else 200
    await office.book.replay(office.by(), outlet.id, Replay(after=1))
    await office.outside.wait(6)
    await office.quiet()
    assert office.outside.texts == ["one", "two", "three"] * 2


async def test_two_secrets_sign_while_one_takes_over(office: Office) -> None:
    old = await office.outlet("", "message")
    new = await office.book.turn(office.by(), old.id)
    assert new.secret != old.secret
    await office.says("one")
    (told,) = await office.outside.wait(1)
    assert told.fault(old.secret) == told.fault(new.secret) == ""


async def test_an_expired_message_keeps_its_words(office: Office) -> None:
    await office.outlet("", "message")
    office.outside.mode = 500
    await office.alice.ask("send", to=office.group, text="secret", expires_s=1)
    await office.outside.wait(1, "asked")
    office.house.clock.now = lambda: int(time.time() * 1000) + 2000
    office.outside.mode = 200
    (told, *_) = await office.outside.wait(1)
    assert b"secret" not in told.body


async def test_what_is_dropped_is_told_nothing(office: Office) -> None:
    outlet = await office.outlet("", "message")
    await office.says("one")
    await office.outside.wait(1)
    await office.quiet()
    await office.book.drop(office.by(), outlet.id)
    await office.says("two")
    await office.quiet()
    assert office.outside.texts == ["one"] and not office.store.lanes


async def test_many_conversations_leave_room_for_others(office: Office) -> None:
    """Of one outlet, a few lanes work at once; all are told in the end."""
    await office.server_outlet()
    groups = [await office.new_group() for _ in range(12)]
    for group in groups:
        office.alice.say("send", to=group, text=group)
    await until(lambda: len(set(office.outside.texts) & set(groups)) == 12, 20)
    assert lanes.LANES_OF_ONE < 12


async def test_a_repetition_leaves_nobody_waiting(office: Office) -> None:
    """What is there already carries no job; what relied on it gets its own."""
    await office.alice.ask("send", to=office.group, text="one", cid="a")
    await asyncio.sleep(0.002)  # an outlet hears what is not older than itself, in milliseconds
    await office.outlet("", "message")
    office.alice.say("send", id=901, to=office.group, text="one", cid="a")
    office.alice.say("send", id=902, to=office.group, text="two")
    await office.outside.wait(1)
    assert office.outside.texts == ["two"]
    await office.quiet()


async def test_a_store_that_is_away_leaves_nobody_waiting(office: Office) -> None:
    await office.outlet("", "message")
    office.store.failure = "the disk is full"
    assert await office.alice.refused("send", to=office.group, text="lost") == "unavailable"
    office.store.failure = None
    await office.says("one")
    await office.says("two")
    await office.outside.wait(2)
    assert office.outside.texts == ["one", "two"]


async def test_a_burst_in_one_turn_carries_one_job(office: Office) -> None:
    await office.outlet("", "message")
    written: list[Draft] = []
    append = MemoryLog.append_many

    async def noted(log: MemoryLog, drafts: list[Draft]) -> list[Appended]:
        written.extend(drafts)
        return await append(log, drafts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryLog, "append_many", noted)
        for number in range(100):
            office.alice.say("send", to=office.group, text=str(number))
        await office.outside.wait(100)
    jobs = {change.job.id for draft in written for change in draft.changes if isinstance(change, PutJob)}
    assert len(jobs) == 1


async def test_a_kill_between_the_commit_and_us_leaves_nobody_out(outside: Receiver) -> None:
    """An entry relies on a job that is begun while the entry is on its way. It is stored, and we die before we hear of
    that: the job was not done yet, so it is done again, and sees the entry."""
    office = Office(outside)
    log = DyingLog(office.store)
    await office.start(log=log)
    await office.outlet("", "message")
    outgoing = office.house.engine._verbs.pipeline.outgoing
    assert outgoing is not None
    outgoing._next[office.group] = "outgoing:waits"
    outgoing._pending.add(office.group)
    log.dies = True
    office.alice.say("send", id=900, to=office.group, text="late")
    await until(lambda: log.written)
    assert log.written[0].changes == ()
    seq = len(office.store.entries[office.group]) + 1
    await MemoryJobs(office.store).put(
        [Job("outgoing", "outgoing:waits", 0, conversation=office.group, seq=seq)]
    )
    office.house.engine.wake(0)
    await until(lambda: office.house.engine._verbs.worker._doing)
    log.let.set()
    await log.committed.wait()
    await asyncio.sleep(0.05)
    job = office.store.jobs["outgoing:waits"]  # not done
    await office.close()
    office.store.jobs[job.id] = replace(job, due=0)  # its lease is over
    await office.open()
    await outside.wait(1)
    assert outside.texts == ["late"]
    await office.quiet()
    await office.close()


async def test_a_replay_tells_nothing_its_owner_may_not_read(office: Office) -> None:
    """An admin who came later does not get what was said before by way of a webhook."""
    await office.alice.ask("update", conversation=office.group, reach="joined")
    await office.says("before bob")
    bob = await office.house.guest("bob")
    await office.alice.ask("invite", conversation=office.group, users=["@bob"])
    await office.alice.ask("role", conversation=office.group, user="@bob", role="admin")
    by = office.by(bob)
    outlet = await office.book.make(by, Wanted(office.outside.url, kinds=("message",)))
    await office.says("after bob")
    await office.outside.wait(1)
    await office.quiet()
    for everything in (Replay(after=0), Replay(begin=1)):
        await office.book.replay(by, outlet.id, replace(everything, conversation=office.group))
        await office.quiet()
    assert office.outside.texts == ["after bob"] * 3


async def test_a_new_address_is_told_at_once(outside: Receiver) -> None:
    """What the old one did not take does not wait for its next try."""
    office = await Office(outside, first_pause_s=60, longest_pause_s=600, tries=9).start()
    outlet = await office.outlet("", "message")
    outside.mode = 500
    await office.says("one", "two")
    await until(lambda: _failing(office, outlet))
    async with receiver() as second:
        changed = await office.book.change(office.by(), outlet.id, lambda o: replace(o, url=second.url))
        assert changed.failing == 0
        await second.wait(2)
        assert second.texts == ["one", "two"]
    await office.close()
