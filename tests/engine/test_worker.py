import asyncio

import pytest
import structlog
from msgspec.structs import replace
from structlog.testing import LogCapture

from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.store import MemoryStore
from teahouse.engine import worker
from teahouse.engine.tally import Tally
from teahouse.engine.worker import MOST_TAKEN, GiveUp, Worker
from teahouse.model.jobs import FIRST, Job
from tests.support.house import turns
from tests.support.stage import StageClock


@pytest.fixture
def logs(monkeypatch: pytest.MonkeyPatch) -> LogCapture:
    """What the worker logs, whatever other tests did with the configuration."""
    capture = LogCapture()
    log = structlog.wrap_logger(None, processors=[capture], wrapper_class=structlog.stdlib.BoundLogger)
    monkeypatch.setattr(worker, "_log", log)
    return capture


class Stage:
    """A worker, and what it did."""

    def __init__(self, attempts: int = 3) -> None:
        self.clock = StageClock()
        self.store = MemoryStore()
        self.queue = MemoryJobs(self.store)
        self.done: list[str] = []
        self.failing: list[Exception] = []
        self.tally = Tally()
        self.worker = Worker(self.queue, self.clock, attempts, {"test": self.do}, self.tally)
        self.worker.start()

    async def do(self, job: Job) -> None:
        self.done.append(job.id)
        if self.failing:
            raise self.failing.pop(0)

    async def put(self, id_: str, in_s: float = 0.0, kind: str = "test") -> None:
        due = self.clock.now() + round(in_s * 1000)
        await self.queue.put([Job(kind, id_, due)])
        self.worker.poke(due)
        await turns(20)


async def test_jobs_are_done_when_they_are_due() -> None:
    stage = Stage()
    await stage.put("now")
    await stage.put("later", in_s=5)
    assert stage.done == ["now"]
    await stage.clock.sleep(5)
    await turns(20)
    assert stage.done == ["now", "later"]
    assert await stage.queue.due() is None
    await stage.worker.stop()


async def test_a_job_that_fails_comes_again_later_and_is_buried_at_last() -> None:
    stage = Stage(attempts=2)
    stage.failing = [RuntimeError("once"), RuntimeError("twice")]
    await stage.put("j")
    assert stage.done == ["j"]
    await stage.clock.sleep(2)
    await turns(20)
    assert stage.done == ["j", "j"]
    (dead,) = await stage.queue.dead(FIRST, 9)
    assert (dead.job.id, dead.cause) == ("j", "RuntimeError: twice")
    await stage.worker.stop()


async def test_what_will_not_work_is_buried_at_once() -> None:
    stage = Stage()
    stage.failing = [GiveUp("never")]
    await stage.put("a")
    await stage.put("b", kind="unknown")
    assert [dead.cause for dead in await stage.queue.dead(FIRST, 9)] == [
        "never",
        "nobody here does jobs of the kind 'unknown'",
    ]
    await stage.worker.stop()


async def test_a_store_that_cannot_be_read_is_asked_again(logs: LogCapture) -> None:
    stage = Stage()
    stage.store.failure = "away"
    stage.store.jobs["j"] = Job("test", "j", 0)
    for _ in range(3):
        stage.worker.poke(0)
        await turns(20)
    assert stage.done == []
    assert [line["event"] for line in logs.entries] == [
        "jobs wait until they can be taken"
    ]  # once, not each time
    stage.store.failure = None
    await stage.clock.sleep(3)
    await turns(20)
    assert stage.done == ["j"]
    await stage.worker.stop()


async def test_an_idle_worker_asks_for_nothing() -> None:
    """No busy polling: nothing is taken between two looks."""
    stage = Stage()
    await turns(20)
    taken = 0

    async def take(now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        nonlocal taken
        taken += 1
        return []

    stage.queue.take = take  # type: ignore[method-assign]
    await turns(200)
    await asyncio.sleep(0.05)
    assert taken == 0
    await stage.worker.stop()


async def test_what_died_is_counted_and_warned_of(logs: LogCapture) -> None:
    """The log says which job and why; nothing of what it was to do."""
    stage = Stage()
    stage.failing = [GiveUp("never")]
    await stage.put("a")
    await stage.put("b")
    assert (stage.tally.jobs_died, stage.tally.jobs_done) == (1, 1)
    (said,) = [line for line in logs.entries if line["event"] == "a job was given up"]
    assert (said["log_level"], said["job"], said["kind"], said["cause"]) == ("warning", "a", "test", "never")
    assert "data" not in said
    await stage.worker.stop()


async def test_a_job_that_kills_whoever_does_it_is_buried_at_last() -> None:
    """Each lease ended and nobody said why: it is not tried for ever."""
    stage = Stage()
    stage.store.jobs["j"] = replace(Job("test", "j", 0), attempt=MOST_TAKEN)
    stage.worker.poke(0)
    await turns(20)
    assert stage.done == []
    (dead,) = await stage.queue.dead(FIRST, 9)
    assert dead.cause == f"it was taken {MOST_TAKEN} times and never finished"
    await stage.worker.stop()


async def test_with_little_room_several_are_taken_at_a_time() -> None:
    """Ninety-six that wait for somebody end one by one; what follows them is not taken one by one."""
    queue, ends, takes = MemoryJobs(MemoryStore()), asyncio.Semaphore(0), 0
    take = queue.take

    async def counting(now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        nonlocal takes
        takes += not only_urgent
        return await take(now, limit, lease_ms, only_urgent)

    async def wait(job: Job) -> None:
        await ends.acquire()

    queue.take = counting  # type: ignore[method-assign]
    doing = Worker(queue, SystemClock(), 3, {"test": wait}, Tally())
    await queue.put([Job("test", f"j{n}", 0) for n in range(200)])
    doing.start()
    await asyncio.sleep(0.05)
    begun = takes
    for _ in range(50):
        ends.release()
        await asyncio.sleep(0.002)
    await asyncio.sleep(0.1)
    assert doing._tally.jobs["test", "done"] == 50
    assert takes - begun < 30
    await doing.stop()
