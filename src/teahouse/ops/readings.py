"""Readings: how it goes, at one moment, for metrics and alerts.

Rule: nothing is counted for this; what others count anyway is read, and what only the store knows is asked at most
every few seconds, by one at a time, and not waited for long. Read by metrics/ and alerts/.
"""

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from teahouse.engine.engine import Engine
from teahouse.model.errors import StoreUnavailable
from teahouse.model.inventory import Totals
from teahouse.ports.clock import Clock
from teahouse.ports.copies import Copies
from teahouse.ports.inventory import Inventory
from teahouse.ports.jobs import JobQueue

KEPT_S = 5.0
"""So long the same counts of the store are given again."""
ASKED_S = 3.0
_DAY_MS = 86_400_000


@dataclass(frozen=True)
class Stored:
    """What only the store knows. `overdue_s` is how long the job has waited that should have been begun first."""

    totals: Totals
    overdue_s: float


@dataclass(frozen=True)
class Reading:
    """`stored` is None where the store did not say in time. `trouble`: by name, what is wrong; empty: nothing is.
    `sessions` by gateway."""

    stored: Stored | None
    trouble: dict[str, str]
    sessions: Counter[str]


class Readings:
    """`copies` are what is kept in front of the store, if anything is."""

    def __init__(self, engine: Engine, inventory: Inventory, jobs: JobQueue, clock: Clock) -> None:
        self.engine = engine
        self.copies: Copies | None = None
        self._inventory = inventory
        self._jobs = jobs
        self._clock = clock
        self.also: dict[str, Callable[[], str]] = {}
        """Who else says whether something is wrong, and what; empty: nothing is."""
        self._turn = asyncio.Lock()
        self._asked: tuple[float, Stored | None] | None = None

    async def take(self) -> Reading:
        """Never raises what a store that is away raises."""
        sessions = Counter(session.link.gateway for session in self.engine.sessions)
        trouble = {
            name: state for name, state in self.engine.ready().items() if state not in ("ok", "draining")
        }
        trouble |= {name: what for name, said in self.also.items() if (what := said())}
        stored = await self._stored()
        if stored is None and "store" not in trouble:
            trouble["store"] = "it does not answer"
        return Reading(stored, trouble, sessions)

    async def _stored(self) -> Stored | None:
        async with self._turn:
            now = self._clock.monotonic()
            if self._asked is not None and now - self._asked[0] < KEPT_S:
                return self._asked[1]
            stored = await self._ask()
            self._asked = (self._clock.monotonic(), stored)
            return stored

    async def _ask(self) -> Stored | None:
        now = self._clock.now()
        try:
            async with asyncio.timeout(ASKED_S):
                totals = await self._inventory.totals(now - _DAY_MS)
                due = await self._jobs.due()
        except (StoreUnavailable, TimeoutError):
            return None
        return Stored(totals, 0.0 if due is None else max(now - due, 0) / 1000)
