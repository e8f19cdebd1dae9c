"""JobQueue (ports/jobs.py) on RabbitMQ: the store keeps jobs, RabbitMQ hands them out.

Rule: the store's table is the outbox and the ledger. A job stands there, written with its entry, from before it is
published until somebody said what became of it; its lease runs there, too. So nothing is lost between commit and
publish, whatever dies, and all of a RabbitMQ may be lost: leases end, and the jobs are published again. What comes
twice is known by id and attempt, and dropped.

RabbitMQ's own second delivery says only that somebody's connection ended, not that they do not do the job any more: it
is acknowledged and dropped, and the lease decides (J3). Delays stay in the store, by time. A lease is published when
there is room for it, so no queue grows long: 10,000 jobs that wait do so in the store, and an urgent one passes all.

Made by app/jobs.py, used by the worker of the engine.
"""

import asyncio
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

import msgspec
import structlog

from teahouse.backends.rabbitmq.carrier import Carrier, settle
from teahouse.backends.rabbitmq.options import JobOptions
from teahouse.model.jobs import Job
from teahouse.ports.jobs import JobQueue

if TYPE_CHECKING:
    from aio_pika.abc import AbstractChannel, AbstractExchange, AbstractIncomingMessage, AbstractQueue

_log = structlog.get_logger("teahouse.backends")

ARRIVE_S = 1.0
"""What was published comes back within milliseconds, unless another process has it."""
DELIVERIES = 20
"""RabbitMQ gives a message out so often before it takes it for poison. Each is dropped here at the second."""
MOST_DEAD = 10_000
LEADER_S = 20.0
"""A queue that cannot be listened to for so long has lost its leader for good."""

Key = tuple[str, int]
"""A lease: id and attempt."""


class Leased(msgspec.Struct, frozen=True, gc=False):
    """What a message says: a job, and until when (milliseconds UTC) it is whoever's who gets it."""

    job: Job
    until: int


class _Parcel(msgspec.Struct, frozen=True, gc=False):
    leased: Leased
    message: "AbstractIncomingMessage"


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Leased).decode


class RabbitJobs:
    """`ledger` is the queue of the store. `wake` is called when a job came that nobody waits for: another process
    published it."""

    def __init__(self, ledger: JobQueue, options: JobOptions) -> None:
        self._ledger = ledger
        self._name = options.name
        self._room = options.prefetch
        self.carrier = Carrier(options, self._lay)
        self._arrived: dict[Key, _Parcel] = {}
        self._taken: dict[Key, _Parcel] = {}
        self._came = asyncio.Event()
        self._taking = asyncio.Lock()
        self._leaderless = False
        self.wake: Callable[[], None] | None = None

    async def put(self, jobs: Sequence[Job]) -> None:
        await self._ledger.put(jobs)

    async def take(self, now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        """Publish what is due, and take what comes; one after the other, so that each gets what it asked for."""
        async with self._taking:
            self.carrier.check()
            await self._forget_ended(now)
            room = min(limit - self._waiting(only_urgent), self._room - len(self._arrived) - len(self._taken))
            if room > 0:
                jobs = await self._ledger.take(now, room, lease_ms, only_urgent)
                await self._publish(jobs, now + lease_ms)
                await self._arrival({_key(job) for job in jobs})
            return self._hand_out(limit, only_urgent)

    async def done(self, jobs: Sequence[Job]) -> None:
        await self._ledger.done(jobs)
        await self._settle(jobs)

    async def retry(self, job: Job, due: int, cause: str) -> None:
        await self._ledger.retry(job, due, cause)
        await self._settle([job])

    async def bury(self, job: Job, cause: str, at: int) -> None:
        """Rejected, it goes to RabbitMQ's dead letters, too, for who watches that."""
        await self._ledger.bury(job, cause, at)
        await self._settle([job], dead=True)

    async def cancel(self, ids: Sequence[str]) -> None:
        await self._ledger.cancel(ids)
        for key in [key for key in self._arrived if key[0] in set(ids)]:
            await settle(self._arrived.pop(key).message)

    async def due(self, only_urgent: bool = False) -> int | None:
        if self._waiting(only_urgent):
            return 0
        return await self._ledger.due(only_urgent)

    def _queue(self, urgent: bool) -> str:
        return f"{self._name}.{'urgent' if urgent else 'default'}"

    async def _lay(self, channel: "AbstractChannel") -> "AbstractExchange":
        """Quorum queues, because they outlive a node; one a priority, because they have none. A queue that is locked
        for us keeps out another server of this name: it would take our jobs, and look for them in its own store."""
        from aio_pika import ExchangeType

        await channel.declare_queue(f"{self._name}.server", exclusive=True)
        if self._leaderless:
            await self._make_anew(channel)
        dead = await channel.declare_exchange(f"{self._name}.dead", ExchangeType.FANOUT, durable=True)
        letters = await channel.declare_queue(
            f"{self._name}.dead",
            durable=True,
            arguments={"x-queue-type": "quorum", "x-max-length": MOST_DEAD},
        )
        await letters.bind(dead)
        jobs = await channel.declare_exchange(f"{self._name}.jobs", ExchangeType.DIRECT, durable=True)
        for urgent in (True, False):
            queue = await channel.declare_queue(
                self._queue(urgent),
                durable=True,
                arguments={
                    "x-queue-type": "quorum",
                    "x-delivery-limit": DELIVERIES,
                    "x-dead-letter-exchange": dead.name,
                },
            )
            await queue.bind(jobs, queue.name)
            await self._listen(queue)
        return jobs

    async def _listen(self, queue: "AbstractQueue") -> None:
        try:
            async with asyncio.timeout(LEADER_S):
                await queue.consume(self._receive)
        except TimeoutError:
            self._leaderless = True
            raise

    async def _make_anew(self, channel: "AbstractChannel") -> None:
        """RabbitMQ 3.10 never finds a leader again for queues that it was killed soon after declaring. What was in them
        is in the ledger."""
        _log.warning("queues of RabbitMQ without a leader are made anew", name=self._name)
        for queue in (self._queue(True), self._queue(False), f"{self._name}.dead"):
            await channel.queue_delete(queue)
        self._leaderless = False

    async def _publish(self, jobs: Sequence[Job], until: int) -> None:
        """All at once, confirmed together. Of those that were not, the lease ends."""
        published = (
            self.carrier.publish(
                self._queue(job.urgent),
                _encode(Leased(job, until)),
                message_id=f"{job.id}#{job.attempt}",
                type=job.kind,
                content_type="application/json",
            )
            for job in jobs
        )
        for outcome in await asyncio.gather(*published, return_exceptions=True):
            if isinstance(outcome, BaseException):
                raise outcome

    async def _arrival(self, keys: Collection[Key]) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(ARRIVE_S):
                while any(key not in self._arrived for key in keys):
                    self._came.clear()
                    await self._came.wait()

    async def _receive(self, message: "AbstractIncomingMessage") -> None:
        try:
            leased = _decode(message.body)
        except msgspec.DecodeError:
            _log.warning("RabbitMQ handed out what is no job", message=message.message_id)
            await settle(message, dead=True)
            return
        key = _key(leased.job)
        if message.redelivered or key in self._arrived or key in self._taken:
            await settle(message)  # whoever had it may do it yet: the lease decides
            return
        self._arrived[key] = _Parcel(leased, message)
        self._came.set()
        if not self._taking.locked() and self.wake is not None:
            self.wake()

    def _hand_out(self, limit: int, only_urgent: bool) -> list[Job]:
        """Of what arrived: urgent ones first, then those due earliest (J3)."""
        ready = [p for p in self._arrived.values() if p.leased.job.urgent or not only_urgent]
        ready.sort(key=lambda parcel: (not parcel.leased.job.urgent, parcel.leased.job.due))
        jobs = [parcel.leased.job for parcel in ready[:limit]]
        for job in jobs:
            self._taken[_key(job)] = self._arrived.pop(_key(job))
        return jobs

    def _waiting(self, only_urgent: bool) -> int:
        if not only_urgent:
            return len(self._arrived)
        return sum(parcel.leased.job.urgent for parcel in self._arrived.values())

    async def _forget_ended(self, now: int) -> None:
        """What is not its taker's any more: the ledger gives it out again (J4)."""
        for parcels in (self._arrived, self._taken):
            for key in [key for key, parcel in parcels.items() if parcel.leased.until <= now]:
                await settle(parcels.pop(key).message)

    async def _settle(self, jobs: Sequence[Job], dead: bool = False) -> None:
        for job in jobs:
            parcel = self._taken.pop(_key(job), None)
            if parcel is not None:
                await settle(parcel.message, dead)


def _key(job: Job) -> Key:
    return job.id, job.attempt
