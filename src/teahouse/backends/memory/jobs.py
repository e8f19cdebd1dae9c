"""JobQueue and DeadLetters (ports/jobs.py) in memory."""

import time
from collections.abc import Sequence

from msgspec.structs import replace

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.jobs import Burial, DeadJob, Job


class MemoryJobs:
    """A job whose lease runs is due when it ends, as in every backend."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def put(self, jobs: Sequence[Job]) -> None:
        self._store.check_writable()
        for job in jobs:
            put(self._store, job)

    async def take(self, now: int, limit: int, lease_ms: int, only_urgent: bool = False) -> list[Job]:
        self._store.check_writable()
        jobs = self._store.jobs.values()
        ready = [job for job in jobs if job.due <= now and (job.urgent or not only_urgent)]
        ready.sort(key=lambda job: (not job.urgent, job.due))
        taken = [replace(job, attempt=job.attempt + 1) for job in ready[:limit]]
        for job in taken:
            self._store.jobs[job.id] = replace(job, due=now + lease_ms)
        return taken

    async def done(self, jobs: Sequence[Job]) -> None:
        self._store.check_writable()
        for job in jobs:
            if self._holds(job):
                del self._store.jobs[job.id]

    async def retry(self, job: Job, due: int, cause: str) -> None:
        self._store.check_writable()
        if self._holds(job):
            self._store.jobs[job.id] = replace(job, due=due)

    async def bury(self, job: Job, cause: str, at: int) -> None:
        self._store.check_writable()
        if self._holds(job):
            del self._store.jobs[job.id]
            self._store.dead[job.id] = DeadJob(job, cause, at)

    async def cancel(self, ids: Sequence[str]) -> None:
        self._store.check_writable()
        for id_ in ids:
            self._store.jobs.pop(id_, None)

    async def due(self, only_urgent: bool = False) -> int | None:
        jobs = self._store.jobs.values()
        return min((job.due for job in jobs if job.urgent or not only_urgent), default=None)

    async def dead(self, after: Burial, limit: int) -> list[DeadJob]:
        dead = sorted(self._store.dead.values(), key=lambda one: (one.at, one.job.id))
        return [one for one in dead if (one.at, one.job.id) > after][:limit]

    async def letter(self, id_: str) -> DeadJob | None:
        return self._store.dead.get(id_)

    async def revive(self, ids: Sequence[str], now: int) -> int:
        self._store.check_writable()
        found = [self._store.dead.pop(id_).job for id_ in dict.fromkeys(ids) if id_ in self._store.dead]
        for job in found:
            self._store.jobs[job.id] = replace(job, due=now, attempt=0)
        return len(found)

    async def discard(self, ids: Sequence[str]) -> int:
        self._store.check_writable()
        return sum(self._store.dead.pop(id_, None) is not None for id_ in ids)

    def _holds(self, job: Job) -> bool:
        """Whether it is this taking of the job that lasts (J5)."""
        kept = self._store.jobs.get(job.id)
        return kept is not None and kept.attempt == job.attempt


def put(store: MemoryStore, job: Job) -> None:
    """Keep a job, unless one with its id is kept (J2)."""
    if job.id not in store.dead:
        store.jobs.setdefault(job.id, replace(job, created=time.time_ns() // 1_000_000))
