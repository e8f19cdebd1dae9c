"""Who is woken up by a message, of what, and who is not."""

import asyncio
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from msgspec.structs import replace

from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import notify
from teahouse.engine.push import Push
from teahouse.engine.worker import AT_ONCE, FOR_URGENT
from teahouse.model.entries import Appended, Draft
from teahouse.model.jobs import Job
from teahouse.model.push import Notifications, PushKind, Quiet
from teahouse.ports.push import DeviceGone, NotTaken, TryLater
from tests.support.dying import DyingLog
from tests.support.house import House, Person, limitless
from tests.support.push import Bells, until

SOON_S = 0.3

LONG = AT_ONCE - FOR_URGENT
"""Jobs that are not urgent, at once."""


class Ringing:
    """A house with push, and bob, who has gone and has a phone."""

    def __init__(self, **options: Any) -> None:
        self.store = MemoryStore()
        self.bells = Bells(self.store)
        self.pusher = self.bells.pusher
        self.options = limitless(**{"push_after_s": SOON_S, "offline_after_s": 0, **options})
        self.open()

    def open(self, log: MemoryLog | None = None) -> None:
        """Opened again, it is another process on the same store."""
        self.house = House(self.store, options=self.options, push=self.bells.stores, log=log)

    async def __aenter__(self) -> "Ringing":
        await self.house.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.house.__aexit__()

    @property
    def push(self) -> Push:
        push = self.house.engine._verbs.pipeline.push
        assert push is not None
        return push

    async def absent(self, nick: str, *others: Person) -> tuple[Person, str]:
        """Somebody with a phone who is not here; the others have written to them before they went."""
        person = await self.house.guest(nick)
        device = await self.bells.device(self.house, person)
        for other in others:
            await other.ask("send", to=f"@{nick}", text="hello")
        await person.ask("sync")
        for conversation in (await person.ask("conversations"))["conversations"]:
            if conversation["last_seq"]:
                await person.ask(
                    "read", conversation=conversation["conversation"], seq=conversation["last_seq"]
                )
        person.link.drop()
        await self.quiet()
        self.pusher.taken.clear()
        return person, device

    async def quiet(self) -> None:
        """Until there is no job left that is due soon."""
        await asyncio.sleep(0.02)
        await until(lambda: not [j for j in self.store.jobs.values() if j.kind in ("push", "notify")])

    async def does(self, kind: str, job: Job) -> None:
        """Do a job now, whenever it is due."""
        await self.house.engine._verbs.worker._does[kind](job)

    async def waits(self, seq: int) -> None:
        """Until the service has not taken this message, and it waits to be tried again."""
        worker = self.house.engine._verbs.worker
        await until(lambda: [j for j in self.jobs("notify") if j.seq == seq and j.attempt == 1])
        await until(lambda: not worker._doing)

    def jobs(self, kind: str) -> list[Job]:
        return [job for job in self.store.jobs.values() if job.kind == kind]


@pytest.fixture
async def ringing() -> AsyncIterator[Ringing]:
    async with Ringing() as ringing:
        yield ringing


async def direct(person: Person, nick: str) -> str:
    rows = (await person.ask("conversations"))["conversations"]
    return str(next(row["conversation"] for row in rows if row.get("peer", {}).get("nick") == nick))


async def test_who_is_not_here_is_woken_up_at_once(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    sent = await alice.ask("send", to=await direct(alice, "bob"), text="are you\nthere?")
    (notice,) = await ringing.pusher.wait()
    assert notice.type == "message"
    assert (notice.conversation, notice.seq, notice.at) == (sent["conversation"], sent["seq"], sent["at"])
    assert (notice.title, notice.body, notice.badge) == ("alice", "are you there?", 1)
    assert notice.tag == sent["conversation"]
    await ringing.quiet()
    assert ringing.pusher.tries == 1


async def test_the_job_is_written_with_the_message(ringing: Ringing) -> None:
    """So that no crash comes between them."""
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    written: list[Draft] = []
    append = MemoryLog.append_many

    async def noted(log: MemoryLog, drafts: list[Draft]) -> list[Appended]:
        written.extend(drafts)
        return await append(log, drafts)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(MemoryLog, "append_many", noted)
        await alice.ask("send", to=to, text="hi")
    assert [change.job.kind for change in written[0].changes] == ["push"]  # type: ignore[union-attr]


async def test_nobody_with_a_device_nothing_done(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await alice.ask("send", to="@bob", text="hi")
    bob.link.drop()
    carol = await ringing.house.guest("carol")
    await ringing.bells.device(ringing.house, carol)  # somebody has one, but is not in there
    await alice.ask("send", to=await direct(alice, "bob"), text="hi")
    assert ringing.jobs("push") == []
    await ringing.bells.device(ringing.house, alice)  # who writes is not woken up by it
    await alice.ask("send", to=await direct(alice, "bob"), text="hi")
    assert ringing.jobs("push") == []


async def test_who_is_here_is_woken_up_when_they_do_not_read(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    read = await alice.ask("send", to="@bob", text="one")
    await bob.ask("read", conversation=read["conversation"], seq=read["seq"])
    await ringing.quiet()
    assert ringing.pusher.taken == []
    sent = await alice.ask("send", to="@bob", text="two")
    await asyncio.sleep(SOON_S / 3)
    assert ringing.pusher.taken == []
    (notice,) = await ringing.pusher.wait()
    assert (notice.seq, notice.body) == (sent["seq"], "two")


async def test_who_answers_has_seen_it(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    await alice.ask("send", to="@bob", text="one")
    await bob.ask("send", to="@alice", text="yes")
    await ringing.quiet()
    assert ringing.pusher.taken == []


async def test_each_message_has_its_time_to_be_read(ringing: Ringing) -> None:
    """A young message is not told of by the job of an older one, nor forgotten by it."""
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    one = await alice.ask("send", to="@bob", text="one")
    await asyncio.sleep(SOON_S * 0.8)
    two = await alice.ask("send", to="@bob", text="two")
    assert len(ringing.jobs("push")) == 1
    first, second = await ringing.pusher.wait(2)
    assert (first.seq, second.seq) == (one["seq"], two["seq"])


async def test_a_hail_of_messages_is_a_few_notifications(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    jobs = 0
    for n in range(50):
        alice.say("send", id=1000 + n, to=to, text=str(n))
        jobs = max(jobs, len(ringing.jobs("push")))
    await until(lambda: any(n.body == "49" for n in ringing.pusher.told()))
    await ringing.quiet()
    assert len(ringing.pusher.taken) < 25
    assert ringing.pusher.told()[-1].body == "49"
    assert [n.seq for n in ringing.pusher.told()] == sorted({n.seq for n in ringing.pusher.told()})


async def test_a_kill_between_the_commit_and_us_leaves_no_push_out() -> None:
    """A message relies on a job that is begun while the message is on its way. It is stored, and we die before we hear
    of that: the job was not done yet, so it is done again, and sees the message."""
    ringing = Ringing()
    log = DyingLog(ringing.store)
    ringing.open(log)
    async with ringing:
        alice = await ringing.house.guest("alice")
        await ringing.absent("bob", alice)
        to = await direct(alice, "bob")
        due = ringing.push._clock.now()
        ringing.push._pending[to] = due
        log.dies = True
        alice.say("send", id=900, to=to, text="late")
        await until(lambda: log.written)
        assert log.written[0].changes == ()
        seq = len(ringing.store.entries[to])
        await MemoryJobs(ringing.store).put([Job("push", "push:waits", due, conversation=to, seq=seq)])
        ringing.house.engine.wake(due)
        await until(lambda: ringing.house.engine._verbs.worker._doing)
        log.let.set()
        await log.committed.wait()
        await asyncio.sleep(0.05)
        job = ringing.store.jobs["push:waits"]  # not done
    ringing.store.jobs[job.id] = replace(job, due=0)  # its lease is over
    ringing.open()
    async with ringing:
        (notice,) = await ringing.pusher.wait()
        assert notice.body == "late"


async def test_nobody_relies_on_a_job_that_is_long_overdue(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    ringing.push._pending[to] = 1
    await alice.ask("send", to=to, text="hi")
    (notice,) = await ringing.pusher.wait()
    assert notice.body == "hi"


async def test_what_was_recalled_or_read_meanwhile_is_not_told(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    sent = await alice.ask("send", to="@bob", text="oh")
    await alice.ask("recall", conversation=sent["conversation"], seq=sent["seq"])
    await ringing.quiet()
    assert ringing.pusher.taken == []
    for end in ("recall", "read"):
        ringing.pusher.trouble = [TryLater("fcm: 503")]
        sent = await alice.ask("send", to="@bob", text="again")
        await ringing.waits(sent["seq"])
        who = alice if end == "recall" else bob
        await who.ask(end, conversation=sent["conversation"], seq=sent["seq"])
        (job,) = [j for j in ringing.jobs("notify") if j.seq == sent["seq"] and not j.id.endswith(":read")]
        await ringing.does("notify", job)
        assert ringing.pusher.taken == []


async def test_muted_or_blocked_while_a_notification_waits(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    group = (await alice.ask("create", kind="group", title="Tea", members=["@bob"]))["conversation"]
    await ringing.bells.device(ringing.house, bob)
    for op, fields in (("mute", {"conversation": group}), ("block", {"user": alice.me["id"]})):
        ringing.pusher.trouble = [TryLater("fcm: 503")]
        sent = await alice.ask("send", to=group, text="@bob look" if op == "block" else "look")
        await ringing.waits(sent["seq"])
        await bob.ask(op, **fields)
        (job,) = [j for j in ringing.jobs("notify") if j.seq == sent["seq"]]
        await ringing.does("notify", job)
    assert ringing.pusher.taken == []


async def test_an_edit_is_told_as_it_is_now(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    sent = await alice.ask("send", to="@bob", text="tee")
    await alice.ask("edit", conversation=sent["conversation"], seq=sent["seq"], text="tea")
    (notice,) = await ringing.pusher.wait()
    assert notice.body == "tea"


async def test_muted_only_mentions(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    group = (await alice.ask("create", kind="group", title="Tea", members=["@bob"]))["conversation"]
    await ringing.bells.device(ringing.house, bob)
    await bob.ask("mute", conversation=group)
    bob.link.drop()
    await alice.ask("send", to=group, text="anything")
    await ringing.quiet()
    assert ringing.pusher.taken == []
    for n, text in enumerate(("@bob look", "@all look"), 1):
        await alice.ask("send", to=group, text=text)
        await ringing.pusher.wait(n)
    first, second = ringing.pusher.told()
    assert (first.title, first.body, first.badge) == ("Tea", "alice: @bob look", 1)
    assert (second.body, second.badge) == ("alice: @all look", 2)


async def test_not_from_those_one_blocked(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    group = (await alice.ask("create", kind="group", title="Tea", members=["@bob"]))["conversation"]
    await ringing.bells.device(ringing.house, bob)
    await bob.ask("block", user=alice.me["id"])
    bob.link.drop()
    await alice.ask("send", to=group, text="look")
    await ringing.quiet()
    assert ringing.pusher.taken == []


async def test_who_is_out_is_told_of_nothing_more(ringing: Ringing) -> None:
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    group = (await alice.ask("create", kind="group", title="Tea", members=["@bob"]))["conversation"]
    await ringing.bells.device(ringing.house, bob)
    bob.link.drop()
    ringing.pusher.trouble = [TryLater("fcm: 503")]
    await alice.ask("send", to=group, text="secret")
    await until(lambda: ringing.pusher.tries == 1)
    await alice.ask("kick", conversation=group, user=bob.me["id"])
    (job,) = ringing.jobs("notify")
    await ringing.does("notify", job)
    assert ringing.pusher.tries == 1
    await alice.ask("send", to=group, text="more")
    assert ringing.jobs("push") == []


async def test_quiet_hours(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    bob, _ = await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    now = datetime.now(UTC)
    hour = timedelta(hours=1)
    night = Quiet(f"{now - hour:%H:%M}", f"{now + hour:%H:%M}", "UTC")
    await ringing.bells.notifications.wish(bob.me["id"], Notifications(True, night))
    await alice.ask("send", to=to, text="sleep well")
    await ringing.quiet()
    assert ringing.pusher.taken == []
    day = Quiet(f"{now + hour:%H:%M}", f"{now + 2 * hour:%H:%M}", "UTC")
    await ringing.bells.notifications.wish(bob.me["id"], Notifications(False, day))
    await alice.ask("send", to=to, text="good morning")
    (notice,) = await ringing.pusher.wait()
    assert notice.body is None  # private mode


async def test_a_dead_token_is_removed(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    bob, _ = await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    ringing.pusher.trouble = [DeviceGone()]
    await alice.ask("send", to=to, text="one")
    await until(lambda: ringing.pusher.tries == 1)
    await ringing.quiet()
    assert await ringing.bells.devices.of([bob.me["id"]]) == {}
    await alice.ask("send", to=to, text="two")
    await ringing.quiet()
    assert ringing.pusher.tries == 1
    await alice.ask("send", to=to, text="three")
    assert ringing.jobs("push") == []  # by now it is known that there is nobody to wake up


async def test_one_dead_device_costs_the_others_nothing(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    bob, _ = await ringing.absent("bob", alice)
    await ringing.bells.device(ringing.house, bob, "p-tablet")
    ringing.pusher.trouble = [NotTaken("fcm: 400 INVALID_ARGUMENT")]
    await alice.ask("send", to=await direct(alice, "bob"), text="one")
    await ringing.pusher.wait()
    await ringing.quiet()
    (dead,) = ringing.store.dead.values()
    assert dead.cause == "fcm: 400 INVALID_ARGUMENT"
    assert b"one" not in dead.job.data and b"token-" not in dead.job.data


async def test_five_tries_then_a_dead_letter(ringing: Ringing, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(notify, "PAUSES_S", (0, 0, 0, 0))
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    ringing.pusher.trouble = [TryLater(f"fcm: 50{n}") for n in range(6)]
    await alice.ask("send", to=await direct(alice, "bob"), text="one")
    await until(lambda: ringing.store.dead)
    (dead,) = ringing.store.dead.values()
    assert dead.cause == "fcm: 504 (5 tries)"
    assert ringing.pusher.tries == 5


async def test_retry_after_is_obeyed_and_pauses_grow(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    ringing.pusher.trouble = [TryLater("fcm: 429", after_s=600.0), TryLater("fcm: 429")]
    before = ringing.house.clock.now()
    await alice.ask("send", to=await direct(alice, "bob"), text="one")
    await until(lambda: ringing.jobs("notify") and ringing.jobs("notify")[0].due > before + 300_000)
    (job,) = ringing.jobs("notify")
    assert 600_000 <= job.due - before <= 640_000
    ringing.pusher.trouble = [TryLater("fcm: 503", after_s=1.0)]
    with pytest.raises(Exception, match="503") as error:
        await ringing.does("notify", job)
    assert 60_000 <= error.value.after_ms <= 72_000  # type: ignore[attr-defined]


async def test_a_service_that_is_left_alone_costs_a_try_and_no_more(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    ringing.pusher.rest = 90.0
    before = ringing.house.clock.now()
    sent = await alice.ask("send", to=await direct(alice, "bob"), text="one")
    await ringing.waits(sent["seq"])
    (job,) = ringing.jobs("notify")
    assert 90_000 <= job.due - before <= 110_000
    assert ringing.pusher.tries == 0


async def test_a_newer_message_takes_the_place_of_one_that_waits(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    ringing.pusher.trouble = [TryLater("fcm: 503")]
    await alice.ask("send", to=to, text="one")
    await until(lambda: ringing.pusher.tries == 1)
    await alice.ask("send", to=to, text="two")
    (notice,) = await ringing.pusher.wait()
    assert notice.body == "two"
    (waiting,) = ringing.jobs("notify")
    await ringing.does("notify", waiting)
    assert len(ringing.pusher.taken) == 1


async def test_the_same_cid_again_wakes_up_nobody_again(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    await ringing.absent("bob", alice)
    to = await direct(alice, "bob")
    for _ in range(3):
        await alice.ask("send", to=to, text="one", cid="c1")
    await ringing.pusher.wait()
    await ringing.quiet()
    assert ringing.pusher.tries == 1


async def test_a_large_group_is_woken_up_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teahouse.engine.push._PAGE", 2)
    async with Ringing(large_group=3, push_rate=0) as ringing:
        alice = await ringing.house.guest("alice")
        people = [await ringing.house.guest(f"m{n}") for n in range(7)]
        members = [person.me["id"] for person in people]
        group = (await alice.ask("create", kind="group", title="Crowd", members=members))["conversation"]
        for person in people[:5]:
            await ringing.bells.device(ringing.house, person)
            person.link.drop()
        await alice.ask("send", to=group, text="hello all")
        await ringing.pusher.wait(5)
        await ringing.quiet()
        assert sorted(device for device, _ in ringing.pusher.taken) == [f"p-m{n}" for n in range(5)]


async def test_a_large_group_is_gone_through_before_it_is_begun_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """And nobody is forgotten: neither those of the last page, nor the first page by what came meanwhile."""
    monkeypatch.setattr("teahouse.engine.push._PAGE", 2)
    monkeypatch.setattr("teahouse.engine.push._LOOKING_MS", 60)
    monkeypatch.setattr("teahouse.engine.push._LATE_MS", 50)
    async with Ringing(large_group=3, push_rate=0) as ringing:
        alice = await ringing.house.guest("alice")
        people = [await ringing.house.guest(f"m{n}") for n in range(8)]
        members = [person.me["id"] for person in people]
        group = (await alice.ask("create", kind="group", title="Crowd", members=members))["conversation"]
        for person in people:
            await ringing.bells.device(ringing.house, person)
        for person in people[:6]:
            person.link.drop()  # two are here, and do not read
        for n in range(6):
            await alice.ask("send", to=group, text=str(n))
            await asyncio.sleep(0.05)
            assert len([j for j in ringing.jobs("push") if not j.id.endswith(":")]) <= 4
        await until(
            lambda: all(
                [n.body for n in ringing.pusher.told(f"p-m{n}")][-1:] == ["alice: 5"] for n in range(8)
            )
        )
        await ringing.quiet()
        for n in range(8):
            told = [notice.seq for notice in ringing.pusher.told(f"p-m{n}")]
            assert told == sorted(set(told))


async def test_a_conversation_rests_when_it_woke_up_many() -> None:
    async with Ringing(push_rate=10) as ringing:
        alice = await ringing.house.guest("alice")
        people = [await ringing.house.guest(f"m{n}") for n in range(4)]
        members = [person.me["id"] for person in people]
        group = (await alice.ask("create", kind="group", title="Four", members=members))["conversation"]
        for person in people:
            await ringing.bells.device(ringing.house, person)
            person.link.drop()
        await alice.ask("send", to=group, text="one")
        await ringing.pusher.wait(4)
        await ringing.quiet()
        await alice.ask("send", to=group, text="two")
        await alice.ask("send", to=group, text="three")
        (job,) = ringing.jobs("push")
        assert 200 <= job.due - ringing.house.clock.now() <= 400
        await ringing.pusher.wait(8)
        assert [n.body for n in ringing.pusher.told()[4:]] == ["alice: three"] * 4


async def test_a_hanging_service_does_not_keep_messages_from_expiring(ringing: Ringing) -> None:
    alice = await ringing.house.guest("alice")
    people = [await ringing.house.guest(f"m{n}") for n in range(LONG + 12)]
    members = [person.me["id"] for person in people]
    group = (await alice.ask("create", kind="group", title="Many", members=members))["conversation"]
    for person in people:
        await ringing.bells.device(ringing.house, person)
        person.link.drop()
    ringing.pusher.hang = asyncio.Event()
    await alice.ask("send", to=group, text="all hang", expires_s=5)
    await until(lambda: ringing.pusher.tries == LONG)
    (expiry,) = ringing.jobs("expire")
    ringing.store.jobs[expiry.id] = Job(
        "expire", expiry.id, 0, urgent=True, conversation=group, seq=expiry.seq
    )
    ringing.push.poke(0)
    await until(lambda: not ringing.jobs("expire"))
    assert ringing.pusher.tries == LONG
    ringing.pusher.hang.set()


async def test_what_is_read_on_one_device_goes_from_the_others(
    ringing: Ringing, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("teahouse.engine.push._TAKE_AWAY_MS", 800)
    alice, bob = await ringing.house.guest("alice"), await ringing.house.guest("bob")
    await ringing.bells.device(ringing.house, bob)
    await ringing.bells.device(ringing.house, bob, "p-browser", kind=PushKind.WEBPUSH)
    one = await alice.ask("send", to="@bob", text="one")
    await ringing.pusher.wait(2)
    await alice.ask("send", to="@bob", text="two")
    await bob.ask("read", conversation=one["conversation"], seq=one["seq"])
    await ringing.pusher.wait(4)
    await ringing.quiet()
    assert {n.type for n in ringing.pusher.told()} == {"message"}  # two took the place of one
    await bob.ask("read", conversation=one["conversation"], seq=one["seq"] + 1)
    *_, notice = await ringing.pusher.wait(5)
    assert (notice.type, notice.seq, notice.badge) == ("read", one["seq"] + 1, 0)
    await ringing.quiet()
    assert len(ringing.pusher.told("p-browser")) == 2  # browsers count what shows nothing against the site
    await alice.ask("send", to="@bob", text="three")
    await bob.ask("read", conversation=one["conversation"], seq=one["seq"] + 2)
    await ringing.quiet()
    assert len(ringing.pusher.taken) == 5  # nothing was shown, nothing to take away


async def test_after_a_restart_it_is_known_who_has_devices() -> None:
    async with Ringing() as before:
        alice = await before.house.guest("alice")
        await before.absent("bob", alice)
        to = await direct(alice, "bob")
    house = House(before.store, options=limitless(), push=before.bells.stores)
    async with house:
        again = await house.back(alice)
        await again.ask("send", to=to, text="still there?")
        (notice,) = await before.pusher.wait()
        assert notice.body == "still there?"
