"""Lanes: the entries of one conversation on their way to one outlet, in order, each until it is there or given up.

A job of the conversation (outgoing.py) becomes one for each outlet that hears it. That one reads the log from where the
outlet was told last, to the end, and ends: ten thousand messages are one job, and their order is the log's. One that
fails comes again later and holds back what follows in this lane, and nobody else.

Rule: how far a lane came is written after what was delivered, so a crash between the two delivers again, with the same
id, and never leaves out. Of two jobs of a lane one works, and the other leaves its work to it. Called by the worker.
"""

from collections.abc import Awaitable, Callable
from enum import Enum

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.engine.tries import Heading, Stopped, Tries, encode, heading
from teahouse.engine.worker import Again
from teahouse.model.ids import message_id
from teahouse.model.jobs import Job
from teahouse.model.outlets import Lane

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

Key = tuple[str, int, str]
"""A lane: outlet, since when it hears, conversation."""


class _State(Enum):
    WAITS = 1  # a job was put that was not begun
    WORKS = 2
    MORE = 3  # works, and there may be more than it has seen


class Lanes:
    """`poke` tells the worker of a job, `arrived` waits for what is on its way to the log."""

    def __init__(self, stores: Stores, ports: OutgoingStores, outgoing: Outgoing, tries: Tries) -> None:
        self._stores = stores
        self._outlets = ports.outlets
        self._outgoing = outgoing
        self._tries = tries
        self._clock = stores.clock
        self._states: dict[Key, _State] = {}
        self._at_work: dict[str, int] = {}
        self.poke: Callable[[int], None]
        self.arrived: Callable[[], Awaitable[None]]

    async def split(self, job: Job) -> None:
        """Do a job of a conversation: put one for each outlet whose lane has none. Entries that relied on this job and
        are on their way to the log are waited for first: should we die meanwhile, it is done again, and sees them."""
        self._outgoing.begun(job)
        await self.arrived()
        now = self._clock.now()
        jobs: dict[Key, Job] = {}
        for outlet in self._outgoing.hearing(job.conversation):
            key = (outlet.id, outlet.since, job.conversation)
            state = self._states.get(key)
            if state is None:
                id_ = f"{LANE}:{outlet.id}:{message_id(job.conversation, job.seq)}:{now}"
                data = encode(Heading(outlet.id, outlet.since))
                jobs[key] = Job(LANE, id_, now, data, conversation=job.conversation, seq=job.seq)
            elif state is _State.WORKS:
                self._states[key] = _State.MORE
        if jobs:
            await self._stores.jobs.put(list(jobs.values()))
            for key in jobs:
                self._states.setdefault(key, _State.WAITS)
            self.poke(now)

    async def go(self, job: Job) -> None:
        """Do a job of a lane."""
        head = heading(job.data)
        key = (head.outlet, head.since, job.conversation)
        if self._states.get(key) in (_State.WORKS, _State.MORE):
            self._states[key] = _State.MORE
            return
        if sum(self._at_work.values()) >= LANES or self._at_work.get(head.outlet, 0) >= LANES_OF_ONE:
            self._states[key] = _State.WAITS
            raise Again(fresh.backoff_ms(job.attempt, _BUSY_MS, _LONGEST_BUSY_MS), "others are being told")
        self._states[key] = _State.WORKS
        self._at_work[head.outlet] = self._at_work.get(head.outlet, 0) + 1
        try:
            await self._work(key, head, job)
        except Stopped:
            self._states.pop(key, None)
        except Again:
            self._states[key] = _State.WAITS
            raise
        except BaseException:
            self._states.pop(key, None)
            raise
        finally:
            self._leave(head.outlet)

    def forget(self, outlet: str) -> None:
        """It hears no more, or anew: jobs that wait for it are void."""
        self._states = {
            key: state for key, state in self._states.items() if key[0] != outlet or state is not _State.WAITS
        }

    def _leave(self, outlet: str) -> None:
        self._at_work[outlet] -= 1
        if not self._at_work[outlet]:
            del self._at_work[outlet]

    async def _work(self, key: Key, head: Heading, job: Job) -> None:
        """Tell all there is, until the end of the log or of the spell."""
        outlet = self._tries.current(head)
        lane = await self._where(head, job)
        if outlet.failing and lane.due > self._clock.now():
            raise Again(lane.due - self._clock.now(), "it is not time for the next try")
        ends = self._clock.monotonic() + SPELL_S
        while True:
            self._states[key] = _State.WORKS
            lane, more = await self._page(head, lane, ends)
            if not more and self._states[key] is _State.WORKS:
                del self._states[key]  # at once: whoever comes now has to put a job
                return

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
        """How far the lane is. A new one is written down before anything else, so that a job that comes later goes on
        from there. One whose job was left by a crash before that, and comes after a later one, goes back."""
        lane = await self._outlets.lane(head.outlet, job.conversation)
        if lane is None or lane.since != head.since or job.seq < lane.first:
            lane = Lane(head.outlet, job.conversation, head.since, job.seq, job.seq - 1)
            await self._outlets.keep(lane)
        return lane
