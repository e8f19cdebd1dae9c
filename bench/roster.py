"""What a conversation of 100,000 members costs: to load it, and how long nobody else is served meanwhile."""

import asyncio
import tempfile
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

from bench.verdict import RESULTS
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.rosters import Roster, Rosters
from teahouse.model.changes import PutConversation, PutMember
from teahouse.model.conversations import Conversation, ConversationKind, Member

MEMBERS = 100_000
NAME = "c" * 33
_BATCH = 1000
_BEAT_S = 0.001


async def roster() -> dict[str, float]:
    """Microseconds, on the disk of bench/results."""
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        store = SqliteStore(Path(folder))
        await _fill(store)
        rosters = Rosters(store.directory, store.relations, 10)
        loaded, stall = await _stalled(lambda: rosters.load(NAME))
        found = rosters.get(NAME)
        assert found is not None and len(found.members) == MEMBERS
        await store.close()
    return {
        f"roster: load {MEMBERS} members": loaded,
        "roster: longest stall of the loop meanwhile": stall,
        "roster: a member comes": _join(found),
        "roster: a page of 100 members": _page(found),
    }


async def _fill(store: SqliteStore) -> None:
    await store.directory.apply([PutConversation(Conversation(NAME, ConversationKind.ROOM, limit=0))])
    for start in range(0, MEMBERS, _BATCH):
        members = (Member(NAME, f"u{n:032}", f"nick{n}", joined=1) for n in range(start, start + _BATCH))
        await store.directory.apply([PutMember(member) for member in members])


async def _stalled(work: Callable[[], Awaitable[object]]) -> tuple[float, float]:
    """How long the work took, and the longest time in which the loop did nothing else."""
    longest = 0.0
    done = False

    async def beat() -> None:
        nonlocal longest
        last = time.perf_counter()
        while not done:
            await asyncio.sleep(_BEAT_S)
            now = time.perf_counter()
            longest, last = max(longest, now - last - _BEAT_S), now

    beating = asyncio.create_task(beat())
    await asyncio.sleep(0)
    begun = time.perf_counter()
    await work()
    took = time.perf_counter() - begun
    done = True
    await beating
    return took * 1e6, longest * 1e6


def _join(roster: Roster) -> float:
    roster.page("", 1)
    roster.named("nobody")
    begun = time.perf_counter()
    for n in range(1000):
        roster.put(Member(NAME, f"v{n:032}", f"new{n}", joined=2))
    return (time.perf_counter() - begun) / 1000 * 1e6


def _page(roster: Roster) -> float:
    begun = time.perf_counter()
    for n in range(1000):
        roster.page(f"u{n * 100:032}", 100)
    return (time.perf_counter() - begun) / 1000 * 1e6
