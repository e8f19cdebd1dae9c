"""Worker: does the jobs that are due, a few at once, as long as the server runs.

Rule: nothing is looked for without a reason. The loop sleeps until the next job is due, or until it is woken: by a job
that was put (`poke`), or by one that was finished; where other nodes put jobs into the same queue, it looks every few
seconds, too. Every job is done at least once; what it does must bear to be done
twice. A job that fails comes again later, and after `attempts` it is buried, with the cause, for a person to look at.

Made in verbs.py, which says who does which kind.
"""

import asyncio
import contextlib
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

import structlog

from teahouse.engine import fresh
from teahouse.engine.tally import Tally
from teahouse.model.errors import StoreUnavailable
from teahouse.model.jobs import Job
from teahouse.ports.clock import Clock
from teahouse.ports.jobs import JobQueue

_log = structlog.get_logger("teahouse.engine")

AT_ONCE = 128
FOR_URGENT = 32
"""Of these, so many are for urgent jobs alone: those that call others may take long, and expiry must not wait."""
FEW = 24
BREATH_S = 0.1
"""With room for fewer jobs than FEW, so long it is waited for others to end; and while more are done, so long those
that come again are gathered. Each commit of ours is one that those who chat wait for."""
LEASE_MS = 60_000
DO_S = 30.0  # shorter than the lease: nobody else begins a job that we still do
LONGEST_S = 60.0
SHARED_S = 5.0  # another node may have put a job, or have died with one
STORE_RETRY_S = 2.0
FIRST_PAUSE_MS = 1_000
LONGEST_PAUSE_MS = 600_000
MOST_TAKEN = 100
"""A job that was taken so often and is still there kills whoever does it, or is put off for ever."""
CAUSE = 500
"""Characters of why a job did not work."""
OTHER = "other"
"""What a kind is counted as that nobody here does."""
_NEVER = 2**63

Do = Callable[[Job], Awaitable[None]]


class GiveUp(Exception):
    """Raised by whoever does a job: it will not work, however often it is tried."""


class Again(Exception):
    """Raised by whoever does a job and counts its attempts by itself: not now, but after so many milliseconds."""

    def __init__(self, after_ms: int, cause: str) -> None:
        super().__init__(cause)
        self.after_ms = after_ms


class Settled(Exception):
    """Raised by whoever does a job, did it, and told the queue so."""


class Worker:
    """`does` says who does which kind of job; `tally` counts those that ended. `shared` tells whether other nodes put
    and take jobs, too."""

    def __init__(
        self, queue: JobQueue, clock: Clock, attempts: int, does: Mapping[str, Do], tally: Tally
    ) -> None:
        self._queue = queue
        self._clock = clock
        self._attempts = attempts
        self._does = dict(does)
        self.kinds = self._does.keys()
        self._tally = tally
        self._doing: set[asyncio.Task[None]] = set()
        self._long = 0  # of these, those that are not urgent
        self._woken = asyncio.Event()
        self._wakes = _NEVER  # when the loop looks again by itself (milliseconds UTC)
        self._waits = False  # for the store; said once
        self._task: asyncio.Task[None] | None = None
        self._gathered: list[tuple[Job, int, str]] = []  # they come again, which is not stored yet
        self._storing: asyncio.Task[None] | None = None
        self.shared: Callable[[], bool] = lambda: False

    def hire(self, kind: str, do: Do) -> None:
        """Somebody more, who does jobs of a kind."""
        self._does[kind] = do

    def start(self) -> None:
        self._task = asyncio.get_running_loop().create_task(self._run())

    async def stop(self) -> None:
        """What is being done is left: its lease ends, and it is done again."""
        tasks = [*self._doing, *(task for task in (self._task, self._storing) if task is not None)]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def release(self) -> None:
        """Take nothing more, and wait for what is being done."""
        if self._task is not None:
            self._task.cancel()
        while self._doing:
            await asyncio.wait(tuple(self._doing))
        if self._storing is not None:
            await self._storing

    def poke(self, due: int) -> None:
        """A job was put that is due then."""
        if due < self._wakes:
            self._woken.set()

    async def _run(self) -> None:
        while True:
            self._woken.clear()
            self._wakes = _NEVER  # whatever is put from here on wakes us
            try:
                pause = await self._begin()
                self._waits = False
            except StoreUnavailable as error:
                if not self._waits:
                    _log.warning("jobs wait until they can be taken", reason=str(error))
                self._waits = True
                pause = STORE_RETRY_S
            except Exception:
                _log.exception("the job queue failed")
                pause = STORE_RETRY_S
            self._wakes = self._clock.now() + int(pause * 1000)
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(pause):
                    await self._woken.wait()

    async def _begin(self) -> float:
        """Begin what is due and there is room for; how long there is nothing more to do."""
        only_urgent, room = self._room()
        if room <= 0:
            return LONGEST_S  # whichever ends first wakes us
        if room < FEW:
            await asyncio.sleep(BREATH_S)
            only_urgent, room = self._room()
        jobs = await self._queue.take(self._clock.now(), room, LEASE_MS, only_urgent)
        for job in jobs:
            task = asyncio.get_running_loop().create_task(self._do(job))
            self._doing.add(task)
            self._long += not job.urgent
            task.add_done_callback(partial(self._ended, not job.urgent))
        if len(jobs) == room:
            return 0.0
        longest = SHARED_S if self.shared() else LONGEST_S
        due = await self._queue.due(only_urgent)
        if due is None:
            return longest
        return min(max(due - self._clock.now(), 0) / 1000, longest)

    def _room(self) -> tuple[bool, int]:
        """Whether there is room for urgent jobs only, and for how many."""
        room = AT_ONCE - len(self._doing)
        if self._long >= AT_ONCE - FOR_URGENT:
            return True, room
        return False, min(room, AT_ONCE - FOR_URGENT - self._long)

    def _ended(self, long: bool, task: asyncio.Task[None]) -> None:
        self._doing.discard(task)
        self._long -= long
        self._woken.set()

    async def _do(self, job: Job) -> None:
        do = self._does.get(job.kind)
        try:
            if do is None:
                raise GiveUp(f"nobody here does jobs of the kind {job.kind!r}")
            if job.attempt > MOST_TAKEN:
                raise GiveUp(f"it was taken {MOST_TAKEN} times and never finished")
            async with asyncio.timeout(DO_S):
                await do(job)
        except Settled:
            self._count(job, "done")
        except GiveUp as error:
            await self._bury(job, str(error)[:CAUSE])
        except Again as error:
            _log.debug("a job will be tried again", job=job.id, kind=job.kind, cause=str(error))
            self._count(job, "retried")
            await self._put_off(job, self._clock.now() + error.after_ms, str(error))
        except Exception as error:
            await self._failed(job, error)
        else:
            self._count(job, "done")
            await self._settle(self._queue.done([job]))

    async def _put_off(self, job: Job, due: int, cause: str) -> None:
        """It comes again. Its lease lasts longer than it is gathered with others."""
        if len(self._doing) < FEW:
            await self._settle(self._queue.retry(job, due, cause))
            return
        self._gathered.append((job, due, cause))
        if self._storing is None:
            self._storing = asyncio.get_running_loop().create_task(self._store())

    async def _store(self) -> None:
        """Those that were gathered, in one turn, and so in one commit."""
        while self._gathered:
            await asyncio.sleep(BREATH_S)
            gathered, self._gathered = self._gathered, []
            await asyncio.gather(*(self._settle(self._queue.retry(*one)) for one in gathered))
        self._storing = None

    async def _failed(self, job: Job, error: Exception) -> None:
        cause = f"{type(error).__name__}: {error}"[:CAUSE]
        if job.attempt >= self._attempts:
            await self._bury(job, cause)
            return
        _log.warning("a job will be tried again", job=job.id, kind=job.kind, cause=cause)
        self._count(job, "retried")
        pause = fresh.backoff_ms(job.attempt, FIRST_PAUSE_MS, LONGEST_PAUSE_MS)
        await self._settle(self._queue.retry(job, self._clock.now() + pause, cause))

    async def _bury(self, job: Job, cause: str) -> None:
        """It is a dead letter now: a person has to look at it."""
        _log.warning("a job was given up", job=job.id, kind=job.kind, attempts=job.attempt, cause=cause)
        self._count(job, "died")
        await self._settle(self._queue.bury(job, cause, self._clock.now()))

    def _count(self, job: Job, outcome: str) -> None:
        self._tally.jobs[job.kind if job.kind in self._does else OTHER, outcome] += 1

    async def _settle(self, said: Awaitable[None]) -> None:
        """Tell the queue. If it cannot be told, the lease ends, and the job is done again."""
        try:
            await said
        except StoreUnavailable as error:
            _log.warning("what became of a job could not be stored", reason=str(error))
