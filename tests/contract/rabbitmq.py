"""The store whose jobs RabbitMQ hands out, for the contract of jobs; a real RabbitMQ for all tests of a run."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import aio_pika

from teahouse.backends.rabbitmq.jobs import RabbitJobs
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.jobs import Burial, DeadJob
from tests.contract.backends import JobsOfStore, Store, sqlite_store
from tests.support.rabbit import Rabbit


class JobsByRabbit(RabbitJobs):
    """With the dead letters of the store, which are the ones that count."""

    def __init__(self, store: JobsOfStore, options: JobOptions) -> None:
        super().__init__(store, options)
        self._store = store

    async def dead(self, after: Burial, limit: int) -> list[DeadJob]:
        return await self._store.dead(after, limit)

    async def letter(self, id_: str) -> DeadJob | None:
        return await self._store.letter(id_)

    async def revive(self, ids: Sequence[str], now: int) -> int:
        return await self._store.revive(ids, now)

    async def discard(self, ids: Sequence[str]) -> int:
        return await self._store.discard(ids)


def options(rabbit: Rabbit) -> JobOptions:
    """Queues that no other test uses."""
    return JobOptions(kind="rabbitmq", url=rabbit.url, name=f"t{uuid4().hex[:8]}")


@asynccontextmanager
async def rabbitmq_store(data: Path, rabbit: Rabbit) -> AsyncIterator[Store]:
    chosen = options(rabbit)
    await rabbit.ready()
    async with sqlite_store(data) as store:
        behind, jobs = store.reopen, await _carried(store, chosen)

        async def reopen() -> None:
            nonlocal jobs
            assert behind is not None
            await jobs.carrier.stop()
            await behind()
            jobs = await _carried(store, chosen)

        store.reopen = reopen
        yield store
        await jobs.carrier.stop()
        await clear(chosen)


async def clear(options: JobOptions) -> None:
    """Take the queues away: after a crash, each costs RabbitMQ time before it is ready."""
    async with await aio_pika.connect(options.url) as connection:
        channel = await connection.channel()
        for queue in ("urgent", "default", "dead"):
            await channel.queue_delete(f"{options.name}.{queue}")


async def _carried(store: Store, options: JobOptions) -> JobsByRabbit:
    store.jobs = jobs = JobsByRabbit(store.jobs, options)
    jobs.carrier.start()
    await jobs.carrier.connected()
    return jobs
