"""The promises of JobQueue and DeadLetters, by number (ports/jobs.py)."""

import asyncio
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from teahouse.model.changes import SEQ_OF_ENTRY, PutJob
from teahouse.model.errors import StoreUnavailable
from teahouse.model.jobs import FIRST, Job
from tests.contract.backends import STORES, Store, parameters
from tests.contract.making import draft
from tests.contract.rabbitmq import rabbitmq_store

LEASE = 1000


@pytest.fixture(params=parameters([*STORES, "rabbitmq"]))
async def store(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Store]:
    """Besides all stores, one whose jobs RabbitMQ hands out."""
    data = tmp_path / "data"
    if request.param != "rabbitmq":
        async with STORES[request.param](data) as store:
            yield store
        return
    async with rabbitmq_store(data, request.getfixturevalue("rabbit")) as store:
        yield store


def job(id_: str = "j", due: int = 10, **fields: object) -> Job:
    return Job("test", id_, due, **fields)  # type: ignore[arg-type]


async def ids(store: Store, now: int, limit: int = 10) -> list[str]:
    return [taken.id for taken in await store.jobs.take(now, limit, LEASE)]


async def test_j3_only_urgent_ones(store: Store) -> None:
    """J3: what may take long does not hold up what may not."""
    assert await store.jobs.due(True) is None
    await store.jobs.put([job("slow", 1), job("quick", 5, urgent=True), job("later", 20, urgent=True)])
    assert (await store.jobs.due(True), await store.jobs.due()) == (5, 1)
    taken, others = await asyncio.gather(
        store.jobs.take(10, 10, LEASE, True), store.jobs.take(10, 10, LEASE, False)
    )
    assert [one.id for one in taken] == ["quick"]
    assert [one.id for one in others] == ["slow"]
    assert await store.jobs.take(10, 10, LEASE, True) == []
    assert await store.jobs.due(True) == 20


async def test_j1_jobs_survive_a_restart(store: Store) -> None:
    if store.reopen is None:
        pytest.skip("this backend keeps nothing")
    await store.jobs.put([job(data=b'{"a":1}', urgent=True, conversation="c", seq=3)])
    await store.reopen()
    (taken,) = await store.jobs.take(10, 1, LEASE)
    assert replace(taken, created=0) == job(data=b'{"a":1}', urgent=True, conversation="c", seq=3, attempt=1)


async def test_j1_all_or_none(store: Store) -> None:
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.jobs.put([job("a"), job("b")])
    await store.writable(True)
    assert await store.jobs.due() is None


async def test_j1_a_job_travels_with_its_entry(store: Store) -> None:
    """The seq of the entry becomes the job's, and its id; a duplicate brings no job."""
    change = PutJob(Job("expire", "", 5, conversation="c", seq=SEQ_OF_ENTRY))
    for _ in range(2):
        await store.log.append_many([draft(cid="k", changes=(change,))])
    await store.log.append_many([draft(changes=(change,))])
    taken = await store.jobs.take(5, 10, LEASE)
    assert [(one.id, one.seq) for one in taken] == [("expire:c.1", 1), ("expire:c.2", 2)]


async def test_j1_no_entry_no_job(store: Store) -> None:
    change = PutJob(Job("expire", "", 5, conversation="c", seq=SEQ_OF_ENTRY))
    await store.writable(False)
    with pytest.raises(StoreUnavailable):
        await store.log.append_many([draft(changes=(change,))])
    await store.writable(True)
    assert await store.jobs.due() is None


async def test_j2_one_job_an_id(store: Store) -> None:
    """While it waits, is taken, or is dead."""
    await store.jobs.put([job(data=b"first"), job(data=b"second")])
    await store.jobs.put([job(data=b"third", due=1)])
    (taken,) = await store.jobs.take(10, 10, LEASE)
    await store.jobs.put([job(data=b"fourth")])
    assert (taken.data, await ids(store, 10)) == (b"first", [])
    await store.jobs.bury(taken, "broken", 20)
    await store.jobs.put([job(data=b"fifth")])
    assert await ids(store, 10**6) == []


async def test_j3_urgent_first_then_by_time(store: Store) -> None:
    await store.jobs.put([job("late", 9), job("early", 3), job("not yet", 11), job("urgent", 8, urgent=True)])
    assert await ids(store, 10, 2) == ["urgent", "early"]
    assert await ids(store, 10) == ["late"]


async def test_j3_many_takers(store: Store) -> None:
    """Each job is given to one of them."""
    await store.jobs.put([job(f"{n:03}") for n in range(100)])
    taken = await asyncio.gather(*(ids(store, 10, 10) for _ in range(12)))
    assert sorted(id_ for some in taken for id_ in some) == [f"{n:03}" for n in range(100)]


async def test_j4_a_lease_ends(store: Store) -> None:
    await store.jobs.put([job()])
    assert [one.attempt for one in await store.jobs.take(10, 1, LEASE)] == [1]
    assert await ids(store, 10 + LEASE - 1) == []
    assert await store.jobs.due() == 10 + LEASE
    assert [one.attempt for one in await store.jobs.take(10 + LEASE, 1, LEASE)] == [2]


async def test_j5_who_lost_the_lease_says_nothing(store: Store) -> None:
    await store.jobs.put([job()])
    (slow,) = await store.jobs.take(10, 1, LEASE)
    (quick,) = await store.jobs.take(10 + LEASE, 1, LEASE)
    await store.jobs.done([slow])
    await store.jobs.retry(slow, 1, "slow")
    await store.jobs.bury(slow, "slow", 1)
    assert await store.jobs.due() == 10 + 2 * LEASE
    assert await store.jobs.dead(FIRST, 10) == []
    await store.jobs.done([quick])
    assert await store.jobs.due() is None


async def test_j6_done_and_cancelled_jobs_are_forgotten(store: Store) -> None:
    await store.jobs.put([job("a"), job("b", 11)])
    await store.jobs.cancel(["b", "nothing"])
    await store.jobs.done(await store.jobs.take(20, 10, LEASE))
    assert await store.jobs.due() is None
    await store.jobs.put([job("a"), job("b")])
    assert sorted(await ids(store, 20)) == ["a", "b"]


async def test_retry_waits(store: Store) -> None:
    await store.jobs.put([job()])
    (taken,) = await store.jobs.take(10, 1, LEASE)
    await store.jobs.retry(taken, 500, "not now")
    assert (await store.jobs.due(), await ids(store, 499), await ids(store, 500)) == (500, [], ["j"])


async def test_x1_dead_letters_in_order(store: Store) -> None:
    await store.jobs.put([job("a"), job("b"), job("c")])
    for at, one in enumerate(await store.jobs.take(10, 10, LEASE), 30):
        await store.jobs.bury(one, f"cause of {one.id}", at)
    dead = await store.jobs.dead(FIRST, 2)
    assert [(d.job.id, d.cause, d.at) for d in dead] == [("a", "cause of a", 30), ("b", "cause of b", 31)]
    assert [d.job.id for d in await store.jobs.dead((31, "b"), 2)] == ["c"]


async def test_x2_revive_and_discard(store: Store) -> None:
    await store.jobs.put([job("a"), job("b"), job("c")])
    taken = await store.jobs.take(10, 2, LEASE)
    for one in taken:
        await store.jobs.bury(one, "broken", 20)
    assert await store.jobs.revive(["a", "c", "nothing"], 50) == 1
    assert await store.jobs.discard(["b", "c"]) == 1
    again = await store.jobs.take(50, 10, LEASE)
    assert [(one.id, one.attempt) for one in again] == [("c", 1), ("a", 1)]
    assert await store.jobs.dead(FIRST, 10) == []


async def test_x1_a_place_need_not_be_there_any_more(store: Store) -> None:
    await store.jobs.put([job("a"), job("b"), job("c")])
    for at, one in enumerate(await store.jobs.take(10, 10, LEASE), 30):
        await store.jobs.bury(one, "broken", at)
    assert await store.jobs.discard(["b"]) == 1
    assert [d.job.id for d in await store.jobs.dead((31, "b"), 9)] == ["c"]
    letter = await store.jobs.letter("c")
    assert letter is not None and (letter.job.id, letter.cause, letter.at) == ("c", "broken", 32)
    assert await store.jobs.letter("b") is await store.jobs.letter("x") is None
    await store.jobs.revive(["c"], 40)
    assert await store.jobs.letter("c") is None


async def test_x3_of_many_that_decide_one_does(store: Store) -> None:
    """However they come, and however often one names it."""
    await store.jobs.put([job("a")])
    (taken,) = await store.jobs.take(10, 1, LEASE)
    await store.jobs.bury(taken, "broken", 20)
    ways = (store.jobs.revive(["a", "a"], 50), store.jobs.discard(["a"]), store.jobs.revive(["a"], 50))
    counts = await asyncio.gather(*ways, store.jobs.discard(["a", "a"]))
    assert sum(counts) == 1
    revived = counts[0] + counts[2]
    assert [one.id for one in await store.jobs.take(50, 10, LEASE)] == ["a"] * revived


async def test_x2_what_was_revived_or_discarded_is_after_a_restart(store: Store) -> None:
    await store.jobs.put([job("a"), job("b"), job("c")])
    for one in await store.jobs.take(10, 10, LEASE):
        await store.jobs.bury(one, "broken", 20)
    await store.jobs.revive(["a"], 50)
    await store.jobs.discard(["b"])
    if store.reopen is not None:
        await store.reopen()
    assert [d.job.id for d in await store.jobs.dead(FIRST, 9)] == ["c"]
    assert [one.id for one in await store.jobs.take(50, 10, LEASE)] == ["a"]


async def test_j1_when_it_was_put(store: Store) -> None:
    before = time.time_ns() // 1_000_000
    await store.jobs.put([job()])
    (taken,) = await store.jobs.take(10, 1, LEASE)
    assert before <= taken.created <= time.time_ns() // 1_000_000
    await store.jobs.bury(taken, "broken", 20)
    await store.jobs.revive(["j"], 30)
    (again,) = await store.jobs.take(30, 1, LEASE)
    assert again.created == taken.created


async def test_j1_many_at_once(store: Store) -> None:
    """More than one statement has room for: all of them, each once."""
    await store.jobs.put([job(f"{n:04}") for n in range(700)])
    done: list[str] = []
    while taken := await store.jobs.take(10, 100, LEASE):
        await store.jobs.done(taken)
        done += [one.id for one in taken]
    assert sorted(done) == [f"{n:04}" for n in range(700)]


async def test_j2_a_job_of_an_entry_that_is_kept_already(store: Store) -> None:
    """The entry is stored all the same, and the job that was there first stays as it is."""
    await store.jobs.put([job("mine", 30, data=b"first")])
    await store.log.append_many([draft(changes=(PutJob(job("mine", 5, data=b"second")),))])
    assert await store.jobs.due() == 30
    (taken,) = await store.jobs.take(30, 9, LEASE)
    assert taken.data == b"first"


async def test_j2_entries_that_bring_the_same_job_bring_it_once(store: Store) -> None:
    bring = PutJob(Job("tea", "shared", 5, conversation="c", seq=SEQ_OF_ENTRY))
    first, second = await store.log.append_many([draft(changes=(bring,)), draft(changes=(bring,))])
    (third,) = await store.log.append_many([draft(changes=(bring,))])
    assert [first.seq, second.seq, third.seq] == [1, 2, 3]
    (taken,) = await store.jobs.take(10, 9, 1000)
    assert (taken.id, taken.seq) == ("shared", 1)
    await store.log.append_many([draft(changes=(bring,))])  # taken, it is kept
    assert await store.jobs.take(20, 9, 1000) == []
    await store.jobs.done([taken])
    await store.log.append_many([draft(changes=(bring,))])
    (again,) = await store.jobs.take(30, 9, 1000)
    assert (again.id, again.seq, again.attempt) == ("shared", 5, 1)


async def test_j3_attempts_are_counted_however_a_job_comes_back(store: Store) -> None:
    """By a lease that ended or by a retry; a dead letter keeps the number, one that was revived begins anew."""
    await store.jobs.put([job()])
    (first,) = await store.jobs.take(10, 1, LEASE)
    await store.jobs.retry(first, 20, "not now")
    (second,) = await store.jobs.take(20, 1, LEASE)
    (third,) = await store.jobs.take(20 + LEASE, 1, LEASE)
    assert [one.attempt for one in (first, second, third)] == [1, 2, 3]
    await store.jobs.bury(third, "broken", 50)
    (dead,) = await store.jobs.dead(FIRST, 9)
    assert dead.job.attempt == 3
    await store.jobs.revive(["j"], 60)
    assert [one.attempt for one in await store.jobs.take(60, 1, LEASE)] == [1]


async def test_j3_urgent_ones_that_come_later_go_before(store: Store) -> None:
    """Whatever waits, and however long: the next that is taken is urgent."""
    await store.jobs.put([job(f"slow {n}", n) for n in range(5)])
    assert await ids(store, 10, 2) == ["slow 0", "slow 1"]
    await store.jobs.put([job("quick", 9, urgent=True)])
    assert await ids(store, 10, 2) == ["quick", "slow 2"]


async def test_j4_what_was_taken_is_given_again_after_a_restart(store: Store) -> None:
    """Whoever had it is gone: when the lease ends, and not before."""
    if store.reopen is None:
        pytest.skip("this backend keeps nothing")
    await store.jobs.put([job()])
    await store.jobs.take(10, 1, LEASE)
    await store.reopen()
    assert await ids(store, 10 + LEASE - 1) == []
    assert [one.attempt for one in await store.jobs.take(10 + LEASE, 1, LEASE)] == [2]


async def test_j6_what_was_cancelled_does_not_come_back(store: Store) -> None:
    """Whoever has it may do it still; saying that it failed changes nothing."""
    await store.jobs.put([job("a"), job("b")])
    taken = await store.jobs.take(10, 2, LEASE)
    await store.jobs.cancel(["a", "b"])
    await store.jobs.retry(taken[0], 20, "not now")
    await store.jobs.bury(taken[1], "broken", 20)
    assert await store.jobs.due() is None
    assert await store.jobs.dead(FIRST, 9) == []


async def test_j6_a_dead_letter_is_not_cancelled(store: Store) -> None:
    await store.jobs.put([job()])
    (taken,) = await store.jobs.take(10, 1, LEASE)
    await store.jobs.bury(taken, "broken", 20)
    await store.jobs.cancel(["j"])
    await store.jobs.done([taken])
    assert [one.job.id for one in await store.jobs.dead(FIRST, 9)] == ["j"]
