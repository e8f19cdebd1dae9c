"""Jobs while RabbitMQ is killed and comes back: none is lost, and what was done is not done again."""

import asyncio
from collections import Counter
from pathlib import Path

import pytest

from teahouse.backends.clock import SystemClock
from teahouse.backends.rabbitmq.carrier import MISSING, CannotCarry, Carrier
from teahouse.backends.rabbitmq.jobs import RabbitJobs
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine import worker
from teahouse.engine.tally import Tally
from teahouse.engine.worker import Worker
from teahouse.model.changes import PutJob
from teahouse.model.errors import StoreUnavailable
from teahouse.model.jobs import FIRST, Job
from tests.contract.making import draft
from tests.contract.rabbitmq import options
from tests.support.rabbit import Rabbit

JOBS = 400
SETTLED_S = 120.0


@pytest.mark.service
@pytest.mark.timeout(300)
@pytest.mark.parametrize("known", [True, False], ids=["queues it knows", "queues it finds no leader for"])
async def test_killed_in_the_middle(
    rabbit: Rabbit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, known: bool
) -> None:
    """A third of the jobs is put and done, then SIGKILL; a third more is put while it is away, and the rest when it is
    back. All of them travel with entries."""
    monkeypatch.setattr(worker, "LEASE_MS", 4000)
    monkeypatch.setattr(worker, "DO_S", 2.0)
    store = SqliteStore(tmp_path / "data")
    done: Counter[str] = Counter()
    queue = RabbitJobs(store.jobs, options(rabbit))

    async def do(job: Job) -> None:
        await asyncio.sleep(0.02)
        done[job.id] += 1

    async def put(first: int, last: int) -> None:
        changes = (PutJob(Job("tea", f"j{n}", 0)) for n in range(first, last))
        await store.log.append_many([draft(cid=one.job.id, changes=(one,)) for one in changes])
        doing.poke(0)

    await rabbit.ready()
    queue.carrier.start()
    await queue.carrier.connected()
    if known:
        await rabbit.restart()
        await queue.carrier.connected()
    doing = Worker(queue, SystemClock(), 8, {"tea": do}, Tally())
    doing.start()
    await put(0, JOBS)
    while len(done) < JOBS // 3:  # noqa: ASYNC110
        await asyncio.sleep(0.005)
    rabbit.kill()
    await asyncio.sleep(0.3)
    finished = [id_ for id_ in done if await _is_settled(store, id_)]
    rabbit.start()
    await put(JOBS, 2 * JOBS)
    await rabbit.ready()
    await put(2 * JOBS, 3 * JOBS)
    async with asyncio.timeout(SETTLED_S):
        while await store.jobs.due() is not None:  # noqa: ASYNC110
            await asyncio.sleep(0.1)
    await doing.stop()
    await queue.carrier.stop()
    assert done.keys() == {f"j{n}" for n in range(3 * JOBS)}
    assert len(finished) >= JOBS // 6
    assert {done[id_] for id_ in finished} == {1}
    assert await store.jobs.dead(FIRST, 9) == []
    await store.close()


async def _is_settled(store: SqliteStore, id_: str) -> bool:
    rows = await store._readers.query("SELECT 1 FROM job WHERE id = ?", (id_,))
    return not rows


@pytest.mark.service
async def test_all_of_a_rabbitmq_may_be_lost(rabbit: Rabbit, tmp_path: Path) -> None:
    """What was handed to it is published again when the lease has ended."""
    store = SqliteStore(tmp_path / "data")
    await rabbit.ready()
    await store.jobs.put([Job("tea", "j", 0)])
    first = RabbitJobs(store.jobs, options(rabbit))
    first.carrier.start()
    await first.carrier.connected()
    assert [job.attempt for job in await first.take(10, 9, 1000)] == [1]
    await first.carrier.stop()
    other = RabbitJobs(store.jobs, options(rabbit))  # other queues: nothing of it is there
    other.carrier.start()
    await other.carrier.connected()
    assert await other.take(500, 9, 1000) == []
    assert [job.attempt for job in await other.take(1010, 9, 1000)] == [2]
    await other.carrier.stop()
    await store.close()


@pytest.mark.service
async def test_what_is_buried_is_a_dead_letter_of_rabbitmq_too(rabbit: Rabbit, tmp_path: Path) -> None:
    import aio_pika

    store, chosen = SqliteStore(tmp_path / "data"), options(rabbit)
    await rabbit.ready()
    await store.jobs.put([Job("tea", "j", 0)])
    queue = RabbitJobs(store.jobs, chosen)
    queue.carrier.start()
    await queue.carrier.connected()
    (job,) = await queue.take(10, 9, 1000)
    await queue.bury(job, "broken", 20)
    connection = await aio_pika.connect(chosen.url)
    dead = await (await connection.channel()).get_queue(f"{chosen.name}.dead", ensure=False)
    async with asyncio.timeout(10):
        while (letter := await dead.get(fail=False)) is None:  # noqa: ASYNC110
            await asyncio.sleep(0.05)
    assert letter.message_id == "j#1"
    assert letter.headers["x-death"][0]["reason"] == "rejected"  # type: ignore[index, call-overload]
    await letter.ack()
    await connection.close()
    await queue.carrier.stop()
    await store.close()


@pytest.mark.service
async def test_two_servers_with_one_name(rabbit: Rabbit, tmp_path: Path) -> None:
    """The second one is kept out until the first is gone: it would take what is not its own."""
    stores = SqliteStore(tmp_path / "a"), SqliteStore(tmp_path / "b")
    chosen = options(rabbit)
    await rabbit.ready()
    await stores[0].jobs.put([Job("tea", "j", 0)])
    first, second = (RabbitJobs(store.jobs, chosen) for store in stores)
    first.carrier.start()
    await first.carrier.connected()
    second.carrier.start()
    await asyncio.sleep(1)
    with pytest.raises(StoreUnavailable, match="RESOURCE_LOCKED"):
        await second.take(10, 9, 1000)
    assert [job.id for job in await first.take(10, 9, 1000)] == ["j"]
    await first.carrier.stop()
    async with asyncio.timeout(30):
        await second.carrier.connected()
    assert await second.take(10, 9, 1000) == []
    await second.carrier.stop()
    for store in stores:
        await store.close()


async def test_while_it_is_away_jobs_wait(tmp_path: Path) -> None:
    """Nobody listens there. What is put is kept, and no attempt is spent."""
    store = SqliteStore(tmp_path / "data")
    queue = RabbitJobs(store.jobs, JobOptions(url="amqp://127.0.0.1:1/"))
    queue.carrier.start()
    await queue.put([Job("tea", "j", 0)])
    for _ in range(3):
        with pytest.raises(StoreUnavailable, match="RabbitMQ is away"):
            await queue.take(10, 9, 1000)
    assert [job.attempt for job in await store.jobs.take(10, 9, 1000)] == [1]
    await queue.carrier.stop()
    await store.close()


def test_without_its_client_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "aio_pika", None)
    with pytest.raises(CannotCarry) as refused:
        Carrier(JobOptions(), None)  # type: ignore[arg-type]
    assert str(refused.value) == MISSING
