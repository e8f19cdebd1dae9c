"""Retention: what was said longer ago than the server keeps it is erased; tombstones stay, so that seqs have no gap.

Rule: one job of the whole server goes through all conversations, a spell at a time, and comes again every hour. Where
it is stands in it, and so does up to when everything was erased: the next round looks only at what grew old since. Its
id is always the same, so of any number of nodes one does it (J2); should a crash lose it between two rounds, it is put
again within minutes, and begins from the start. What is erased is redacted as by a recall; live clients are not told.
Made in verbs.py; the job is done by the worker.
"""

import asyncio
from collections.abc import Callable

import msgspec
import structlog

from teahouse.engine.options import EngineOptions
from teahouse.engine.replays import first_at
from teahouse.engine.stores import Stores
from teahouse.engine.worker import Settled
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import LOBBY
from teahouse.model.inventory import Wanted
from teahouse.model.jobs import Job

_log = structlog.get_logger("teahouse.engine")

RETAIN = "retain"
ROUND_MS = 3_600_000
SPELL_S = 12.0
PAGE = 200
_PLACES = 100
_PAUSE_S = 0.02
"""Between two pages: those who chat come first."""
_SEE_TO_S = 600.0
_DAY_MS = 86_400_000
_SKEW_MS = 60_000
"""Entries have the time of the node that wrote them."""
_SAID = frozenset({Kind.MESSAGE, Kind.EDIT})


class Sweep(msgspec.Struct, omit_defaults=True):
    """Up to `until` everything was erased; up to `before` it is in the conversations up to `place`, and in the next one
    up to the seq `after` (milliseconds UTC). `before` 0: a round is to be begun. `erased` counts, in this round."""

    until: int = 0
    before: int = 0
    place: str = ""
    after: int = 0
    erased: int = 0


_sweep = msgspec.json.Decoder(Sweep).decode
_encode = msgspec.json.Encoder().encode


class Retention:
    """`poke` tells the worker of a job."""

    def __init__(self, stores: Stores, options: EngineOptions) -> None:
        self._stores = stores
        self._clock = stores.clock
        self._kept_ms = options.retention_days * _DAY_MS
        self._task: asyncio.Task[None] | None = None
        self.poke: Callable[[int], None]

    async def start(self) -> None:
        if self._kept_ms:
            self._task = asyncio.get_running_loop().create_task(self._see_to())

    async def stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)

    async def _see_to(self) -> None:
        """There is a job, now and ever after."""
        while True:
            try:
                await self._put(Sweep(), self._clock.now())
            except StoreUnavailable as error:
                _log.warning("it is not known what is to be erased", reason=str(error))
            await asyncio.sleep(_SEE_TO_S)

    async def go(self, job: Job) -> None:
        """Go on for a spell. Where nothing is erased any more, the job ends."""
        if not self._kept_ms:
            return
        sweep, now = _sweep(job.data), self._clock.now()
        if not sweep.before:
            sweep = Sweep(sweep.until, max(now - self._kept_ms, 1))
        ends = self._clock.monotonic() + SPELL_S
        due = now
        if await self._round(sweep, ends):
            if sweep.erased:
                _log.info("old messages were erased", messages=sweep.erased)
            sweep, due = Sweep(max(sweep.until, sweep.before)), now + ROUND_MS
        await self._stores.jobs.done([job])
        await self._put(sweep, due)
        raise Settled

    async def _put(self, sweep: Sweep, due: int) -> None:
        await self._stores.jobs.put([Job(RETAIN, RETAIN, due, _encode(sweep))])
        self.poke(due)

    async def _round(self, sweep: Sweep, ends: float) -> bool:
        """Whether all conversations were gone through before the time was over."""
        while names := await self._next(sweep.place):
            for name in names:
                if self._clock.monotonic() >= ends or not await self._conversation(name, sweep, ends):
                    return False
                sweep.place, sweep.after = name, 0
        return True

    async def _next(self, place: str) -> list[str]:
        """The lobby, which no list has, and then all others by id."""
        if not place:
            return [LOBBY]
        assert self._stores.inventory is not None
        wanted = Wanted("" if place == LOBBY else place)
        return [found.id for found in await self._stores.inventory.conversations(wanted, _PLACES)]

    async def _conversation(self, name: str, sweep: Sweep, ends: float) -> bool:
        log = self._stores.log
        oldest = await log.read(name, 0, 1, 1)
        if not oldest or oldest[0].at >= sweep.before:
            return True
        last = await first_at(log, name, sweep.before) - 1
        if not sweep.after and sweep.until:
            sweep.after = await first_at(log, name, sweep.until - _SKEW_MS) - 1
        while entries := await log.read(name, sweep.after, last, PAGE):
            if self._clock.monotonic() >= ends:
                return False
            await self._erase(name, entries, sweep)
            sweep.after = entries[-1].seq
            await asyncio.sleep(_PAUSE_S)
        return True

    async def _erase(self, name: str, entries: list[Entry], sweep: Sweep) -> None:
        """What was said, and what it was changed to later."""
        said = [entry.seq for entry in entries if entry.kind in _SAID and not entry.redacted]
        if not said:
            return
        edits = await self._stores.log.references(name, said)
        later = [entry.seq for entry in edits if entry.kind is Kind.EDIT and not entry.redacted]
        await self._stores.log.redact(name, sorted({*said, *later}))
        sweep.erased += sum(entry.kind is Kind.MESSAGE and not entry.redacted for entry in entries)
