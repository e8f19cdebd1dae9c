"""Lanes: the entries of one conversation on their way to one outlet, in order, each until it is there or given up.

A job of the conversation (outgoing.py) becomes one for each outlet that hears it. That one reads the log from where the
outlet was told last, to the end, and ends: ten thousand messages are one job, and their order is the log's. One that
fails comes again later and holds back what follows in this lane, and nobody else.

Rule: a lane has one job at a time, whatever node does it, because its id is the lane's (J2, J3 of ports/jobs.py). So
whoever ends it looks once more, when it is done, for what was written meanwhile. How far a lane came is written after
what was delivered, so a crash between the two delivers again, with the same id, and never leaves out. Called by the
worker.
"""

from collections.abc import Awaitable, Callable

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.replays import first_at
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.engine.tries import Heading, Stopped, Tries, encode, heading
from teahouse.engine.worker import Again, Settled
from teahouse.model.jobs import Job
from teahouse.model.outlets import Lane, Outlet, lane_job

LANE = "lane"
END = 2**53
PAGE = 50
"""So many entries may be told again after a crash."""
SPELL_S = 12.0
"""So long a lane works at once: with one more delivery it is still shorter than the worker allows."""
LANES = 24
LANES_OF_ONE = 4
"""So many lanes work at once, and of one outlet: a slow one must not take all places of the worker."""
_BUSY_MS = 500
_LONGEST_BUSY_MS = 4_000
"""Between these, a lane that finds no place comes again."""
_TAKEN = 5
"""A job that was taken so often is put anew: a lane may go on for days, and is never given up."""
_SKEW_MS = 60_000
"""Entries have the time of the node that wrote them."""


class Lanes:
    """`poke` tells the worker of a job, `arrived` waits for what is on its way to the log."""

    def __init__(self, stores: Stores, ports: OutgoingStores, outgoing: Outgoing, tries: Tries) -> None:
        self._stores = stores
        self._outlets = ports.outlets
        self._outgoing = outgoing
        self._tries = tries
        self._clock = stores.clock
        self._at_work: dict[str, int] = {}
        self.poke: Callable[[int], None]
        self.arrived: Callable[[], Awaitable[None]]

    async def split(self, job: Job) -> None:
        """Do a job of a conversation: put one for each outlet that hears it and has none. Entries that relied on this
        job and are on their way to the log are waited for first: should the process die now, it is done again, and
        sees them."""
        self._outgoing.begun(job)
        await self.arrived()
        now = self._clock.now()
        jobs = [
            self._job(outlet, job.conversation, job.seq, now)
            for outlet in self._outgoing.hearing(job.conversation)
        ]
        if jobs:
            await self._stores.jobs.put(jobs)
            self.poke(now)

    def _job(self, outlet: Outlet, conversation: str, seq: int, due: int) -> Job:
        id_, data = lane_job(outlet.id, outlet.since, conversation), encode(Heading(outlet.id, outlet.since))
        return Job(LANE, id_, due, data, conversation=conversation, seq=seq)

    async def go(self, job: Job) -> None:
        """Do a job of a lane."""
        head = heading(job.data)
        if sum(self._at_work.values()) >= LANES or self._at_work.get(head.outlet, 0) >= LANES_OF_ONE:
            pause = fresh.backoff_ms(job.attempt, _BUSY_MS, _LONGEST_BUSY_MS)
            await self._later(job, Again(pause, "others are being told"))
        self._at_work[head.outlet] = self._at_work.get(head.outlet, 0) + 1
        try:
            await self._work(head, job)
        except Stopped:
            return
        except Again as again:
            await self._later(job, again)
        finally:
            self._leave(head.outlet)

    async def _later(self, job: Job, again: Again) -> None:
        """The job comes again; put anew where it was taken often. Raises Again or Settled."""
        if job.attempt < _TAKEN:
            raise again
        await self._anew(job, again.after_ms)
        raise Settled

    async def _anew(self, job: Job, after_ms: int) -> None:
        """A crash between the two leaves the lane behind, where outgoing.py finds it."""
        due = self._clock.now() + after_ms
        await self._stores.jobs.done([job])
        await self._stores.jobs.put([replace(job, due=due, attempt=0)])
        self.poke(due)

    def _leave(self, outlet: str) -> None:
        self._at_work[outlet] -= 1
        if not self._at_work[outlet]:
            del self._at_work[outlet]

    async def _work(self, head: Heading, job: Job) -> None:
        """Tell all there is, until the end of the log or of the spell. Raises Settled at the end."""
        outlet = self._tries.current(head)
        lane = await self._where(head, job)
        if outlet.failing and lane.due > self._clock.now():
            raise Again(lane.due - self._clock.now(), "it is not time for the next try")
        ends, more = self._clock.monotonic() + SPELL_S, True
        while more:
            lane, more = await self._page(head, lane, ends)
        await self._stores.jobs.done([job])
        if await self._stores.log.read(lane.conversation, lane.seq, END, 1):
            await self._stores.jobs.put([replace(job, due=self._clock.now(), attempt=0)])
            self.poke(self._clock.now())
        raise Settled

    async def _page(self, head: Heading, lane: Lane, ends: float) -> tuple[Lane, bool]:
        """The next entries, and where the lane is then; whether there were any."""
        before = lane
        entries = await self._stores.log.read(lane.conversation, lane.seq, END, PAGE)
        try:
            for entry in entries:
                if self._clock.monotonic() >= ends:
                    raise Again(0, "there is more to tell")
                tries, due = await self._tries.tell(head, entry, lane.tries)
                if due:
                    lane = replace(lane, tries=tries, due=due)
                    raise Again(max(due - self._clock.now(), 0), "the delivery failed")
                lane = replace(lane, seq=entry.seq, tries=0, due=0)
        finally:
            if lane is not before:
                await self._outlets.keep(lane)
        return lane, bool(entries)

    async def _where(self, head: Heading, job: Job) -> Lane:
        """How far the lane is. A new one begins with what was written since the outlet hears."""
        lane = await self._outlets.lane(head.outlet, job.conversation)
        if lane is None or lane.since != head.since:
            first = await first_at(self._stores.log, job.conversation, head.since - _SKEW_MS)
            lane = Lane(head.outlet, job.conversation, head.since, first, first - 1)
            await self._outlets.keep(lane)
        return lane
