"""What was said long ago is erased, by a job, and nothing else is."""

import pytest

from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import retention
from teahouse.model.jobs import Job
from tests.support.house import House, Person, limitless
from tests.support.push import until
from tests.support.stage import StageClock

DAY = 86_400
PATIENT = {"heartbeat_s": 100_000_000, "silence_s": 100_000_000}
KEPT = limitless(retention_days=2, **PATIENT)


def standing(house: House, conversation: str = "lobby") -> list[int]:
    return [entry.seq for entry in house.store.entries[conversation] if not entry.redacted]


async def round_over(house: House) -> None:
    """The job waits for its next time, which is farther away than a lease."""
    jobs = house.store.jobs
    await until(lambda: [job for job in jobs.values() if job.due > house.clock.now() + 600_000], 10_000)


async def passes(house: House, clock: StageClock, seconds: float) -> None:
    """So much time, in which nothing is under way."""
    await round_over(house)
    await clock.sleep(seconds)


async def says(person: Person, *texts: str, to: str = "lobby") -> None:
    for text in texts:
        await person.ask("send", to=to, text=text)


async def test_what_is_old_is_erased_with_what_it_was_changed_to() -> None:
    """A tombstone stays, unread counts and search follow as for a recall, and what is newer stays."""
    clock = StageClock()
    async with House(clock=clock, options=KEPT) as house:
        alice, bob = await house.guest("alice"), await house.guest("bob")
        await says(alice, "first secret", "second")
        group = (await alice.ask("create", kind="group", title="Tea", members=[bob.me["id"]]))["conversation"]
        await says(alice, "third secret", to=group)
        await passes(house, clock, DAY / 2)
        await alice.ask("edit", conversation="lobby", seq=1, text="changed secret")
        await alice.ask("react", conversation="lobby", seq=2, emoji="x")
        await passes(house, clock, 1.4 * DAY)
        await says(alice, "new")
        await round_over(house)
        assert "secret" in str(house.store.entries)
        await passes(house, clock, 0.2 * DAY)
        await until(lambda: "secret" not in str(house.store.entries))
        await round_over(house)
        assert standing(house) == [4, 5]  # the reaction, and what is new
        assert [entry.seq for entry in house.store.entries["lobby"]] == [1, 2, 3, 4, 5]
        first, *_ = (await bob.ask("history", conversation="lobby"))["entries"]
        assert first["recalled"] is True and "body" not in first
        assert (await bob.ask("search", query="third"))["hits"] == []


async def test_each_round_looks_only_at_what_grew_old_since(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = StageClock()
    async with House(clock=clock, options=KEPT) as house:
        alice = await house.guest("alice")
        for number in range(6):
            await says(alice, f"{number}")
            await passes(house, clock, DAY)
        await round_over(house)
        assert standing(house) == [5, 6]
        looked: list[int] = []
        erase = retention.Retention._erase

        async def erasing(
            self: retention.Retention, name: str, entries: list, sweep: retention.Sweep
        ) -> None:
            looked.extend(entry.seq for entry in entries)
            await erase(self, name, entries, sweep)

        monkeypatch.setattr(retention.Retention, "_erase", erasing)
        await passes(house, clock, DAY)
        await until(lambda: standing(house) == [6])
        assert looked == [5]


async def test_what_takes_long_goes_on_in_spells(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it was stands in the job: nothing is done twice, and nothing left out."""
    monkeypatch.setattr(retention, "PAGE", 2)
    clock = StageClock()
    async with House(clock=clock, options=KEPT) as house:
        alice = await house.guest("alice")
        groups = [(await alice.ask("create", kind="group", title="Tea"))["conversation"] for _ in range(3)]
        for place in ("lobby", *groups):
            await says(alice, *"abcde", to=place)
        erased: list[tuple[str, int]] = []
        erase = retention.Retention._erase

        async def erasing(
            self: retention.Retention, name: str, entries: list, sweep: retention.Sweep
        ) -> None:
            erased.extend((name, entry.seq) for entry in entries)
            await erase(self, name, entries, sweep)
            clock.advance(retention.SPELL_S / 2)

        monkeypatch.setattr(retention.Retention, "_erase", erasing)
        await passes(house, clock, 3 * DAY)
        await round_over(house)
        assert not any(standing(house, place)[1:] for place in groups)  # how each began is no message
        assert standing(house) == []
        assert len(erased) == len(set(erased)) == 5 + 3 * 6
        assert house.engine.tally.jobs[retention.RETAIN, "done"] > 4


async def test_nothing_is_erased_where_nothing_is_set() -> None:
    """Also where it was set once: the job that waits ends."""
    clock = StageClock()
    store = MemoryStore()
    await MemoryJobs(store).put([Job(retention.RETAIN, retention.RETAIN, 1, b"{}")])
    async with House(store, clock=clock, options=limitless(**PATIENT)) as house:
        alice = await house.guest("alice")
        await says(alice, "stays")
        await clock.sleep(400 * DAY)
        await until(lambda: not store.jobs)
        assert standing(house) == [1]


async def test_there_is_one_job_of_any_number_of_nodes() -> None:
    store = MemoryStore()
    async with House(store, options=KEPT) as house:
        await round_over(house)
        await MemoryJobs(store).put([Job(retention.RETAIN, retention.RETAIN, 1, b"{}")])
        assert [job.id for job in store.jobs.values()] == [retention.RETAIN]
