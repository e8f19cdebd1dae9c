"""Outgoing: who outside hears what happens, and the job that tells them, written with each entry.

Rule: all outlets are known in memory, so an entry nobody outside hears costs the test of an empty dictionary. Where
somebody does, the entry carries one job of its conversation, in its own transaction, unless one waits that will see it:
the log is the truth, and the job reads it. Entries that are on their way at once carry the same job, by its id, so
whichever is stored first brings it (0059). With several nodes nobody knows what another has begun, so each entry has
its own. Called by the pipeline; what the job does is lanes.py's.
"""

import asyncio
from collections.abc import Callable, Coroutine, Iterable, Sequence
from typing import Any

import structlog
from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.nodes import Nodes
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.model.changes import SEQ_OF_ENTRY, Change, DropOutlet, PutJob, PutOutlet
from teahouse.model.entries import Draft
from teahouse.model.errors import StoreUnavailable
from teahouse.model.ids import message_id
from teahouse.model.jobs import Job
from teahouse.model.news import OUTLETS, Outdated
from teahouse.model.outlets import Lane, Outlet, lane_job

_log = structlog.get_logger("teahouse.engine")

KIND = "outgoing"
_PAGE = 500
_SEE_TO_S = 600.0
_SEE_TO_SHARED_S = 60.0
"""So often it is looked whether an outlet was left behind by a crash; more often where another node may crash."""
_REMEMBERED = 20_000


class Outgoing:
    """`poke` tells the worker of a job that was put; `forgotten` are told of an outlet that hears no more, or anew."""

    def __init__(self, stores: Stores, outgoing: OutgoingStores) -> None:
        self._stores = stores
        self._outlets = outgoing.outlets
        self._known: dict[str, Outlet] = {}
        self._of: dict[str, dict[str, Outlet]] = {}  # those that hear, by conversation; "": of the server
        self._wanted: dict[
            tuple[str, str], bool
        ] = {}  # remembered: whether a kind is heard in a conversation
        self._next: dict[str, str] = {}  # by conversation: the job that was not begun yet
        self._pending: set[str] = set()  # conversations in which it is stored
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self.nodes: Nodes
        self.poke: Callable[[int], None]
        self.forgotten: Sequence[Callable[[str], None]] = ()

    async def start(self) -> None:
        """Read which there are, and see to conversations that a crash left behind."""
        await self.read()
        await self._see_to()
        self._spawn(self._keep_seeing_to())

    async def _keep_seeing_to(self) -> None:
        while True:
            await asyncio.sleep(_SEE_TO_SHARED_S if self.nodes.shared else _SEE_TO_S)
            if self._known:
                try:
                    await self._see_to()
                except StoreUnavailable as error:
                    _log.warning("it is not known who was left behind", reason=str(error))

    async def read(self) -> None:
        """Read which there are; again, when another node changed one."""
        async with self._turn:
            found: dict[str, Outlet] = {}
            after = ""
            while page := await self._outlets.page(after, _PAGE):
                found.update((outlet.id, outlet) for outlet in page)
                after = page[-1].id
            for known in [known for id_, known in self._known.items() if id_ not in found]:
                self._forget(known.id)
                self._tell_forgotten(known.id)
            for outlet in found.values():
                self._replace(self._known.get(outlet.id), outlet)

    def _replace(self, known: Outlet | None, outlet: Outlet) -> None:
        """It is so now. Where it hears anew, or elsewhere, what waits for the old one is void."""
        if known == outlet:
            return
        self._learn(outlet)
        if known is not None and (outlet.since, outlet.paused, outlet.url) != (
            known.since,
            known.paused,
            known.url,
        ):
            self._tell_forgotten(outlet.id)

    async def _see_to(self, outlet: str = "") -> None:
        """Put a job for each conversation that an outlet (empty: any) is behind in."""
        place = (outlet, "")
        while lanes := await self._outlets.behind(place, _PAGE):
            place = (lanes[-1].outlet, lanes[-1].conversation)
            lanes = [lane for lane in lanes if not outlet or lane.outlet == outlet]
            await self._free(lanes, bool(outlet))
            left = {lane.conversation: lane.seq for lane in lanes if self.hearing(lane.conversation)}
            await self._put([self._job(conversation, seq + 1) for conversation, seq in left.items()])
            if not lanes:
                break

    async def _free(self, lanes: Iterable[Lane], at_once: bool) -> None:
        """A lane has one job: if that was given up, or waits for a time that is no longer wanted, it is in the way."""
        now = self._stores.clock.now()
        jobs = {lane_job(lane.outlet, lane.since, lane.conversation): lane for lane in lanes}
        if at_once and (waiting := [id_ for id_, lane in jobs.items() if lane.due > now]):
            await self._stores.jobs.cancel(waiting)
        if dead := [id_ for id_ in jobs if await self._stores.letters.letter(id_) is not None]:
            await self._stores.letters.revive(dead, now)

    async def stop(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    def find(self, outlet: str) -> Outlet | None:
        return self._known.get(outlet)

    def all(self) -> Iterable[Outlet]:
        return self._known.values()

    def hearing(self, conversation: str) -> Sequence[Outlet]:
        """Those that hear this conversation now."""
        everywhere = self._of.get("", {})
        return [
            *self._of.get(conversation, {}).values(),
            *(outlet for outlet in everywhere.values() if outlet.hears(conversation)),
        ]

    async def change(
        self, outlet: str, how: Callable[[Outlet], Outlet], also: Sequence[Change] = ()
    ) -> Outlet | None:
        """Change one, together with `also`; what it is then, None if there is none. One at a time, for each change
        replaces the whole."""
        async with self._turn:
            known = await self._now(outlet)
            if known is None:
                return None
            changed = how(known)
            head = await self._head(changed) if changed.since != known.since else -1
            await self._stores.directory.apply([PutOutlet(changed), *also])
            await self._begin(changed, head)
            self._replace(known, changed)
            self.nodes.tell(Outdated(OUTLETS))
        if changed.url != known.url:
            await self._see_to(outlet)  # what waits for the next try of the old one goes to the new one now
        return changed

    async def add(self, outlet: Outlet, also: Sequence[Change]) -> None:
        async with self._turn:
            head = await self._head(outlet)
            await self._stores.directory.apply([PutOutlet(outlet), *also])
            await self._begin(outlet, head)
            self._learn(outlet)
            self.nodes.tell(Outdated(OUTLETS))

    async def drop(self, outlet: str, also: Sequence[Change]) -> None:
        async with self._turn:
            await self._stores.directory.apply([DropOutlet(outlet), *also])
            self._forget(outlet)
            self._tell_forgotten(outlet)
            self.nodes.tell(Outdated(OUTLETS))

    async def _head(self, outlet: Outlet) -> int:
        """Where the conversation of an outlet stands; -1 for one of all."""
        if not outlet.conversation:
            return -1
        return (await self._stores.log.heads([outlet.conversation])).get(outlet.conversation, 0)

    async def _begin(self, outlet: Outlet, head: int) -> None:
        """It hears what comes after this. Times alone say that only to the millisecond."""
        if head >= 0:
            lane = Lane(outlet.id, outlet.conversation, outlet.since, head + 1, head)
            await self._outlets.keep(lane)

    async def _now(self, outlet: str) -> Outlet | None:
        """The outlet as it is now; another node may have changed it a moment ago."""
        if not self.nodes.shared:
            return self._known.get(outlet)
        page = await self._outlets.page(outlet[:-1], _PAGE)
        return next((one for one in page if one.id == outlet), None)

    def _tell_forgotten(self, outlet: str) -> None:
        for told in self.forgotten:
            told(outlet)

    def follow(self, draft: Draft) -> Draft:
        """The draft with the job that tells of it, if it needs one. A part of every entry's road."""
        conversation = draft.conversation
        if not self._of or conversation in self._pending or not self._wants(conversation, draft.kind):
            return draft
        id_ = "" if self.nodes.shared else self._next.get(conversation) or self._new(conversation)
        job = self._job(conversation, SEQ_OF_ENTRY, id_)
        return replace(draft, changes=(*draft.changes, PutJob(job)))

    def stored(self, draft: Draft) -> None:
        """An entry is in the log, and the job it came with waits, unless that was begun already."""
        if not self._of:
            return
        for change in draft.changes:
            if isinstance(change, PutJob) and change.job.id == self._next.get(draft.conversation):
                self._pending.add(draft.conversation)

    def begun(self, job: Job) -> None:
        """Entries that are sent from here on, the job may not see."""
        if self._next.get(job.conversation) == job.id:
            del self._next[job.conversation]
            self._pending.discard(job.conversation)

    def _new(self, conversation: str) -> str:
        id_ = self._next[conversation] = f"{KIND}:{conversation}:{fresh.round_id()}"
        return id_

    def _wants(self, conversation: str, kind: str) -> bool:
        """Whether anybody hears this kind of entry here."""
        known = self._wanted.get((conversation, kind))
        if known is None:
            if len(self._wanted) >= _REMEMBERED:
                self._wanted.clear()
            known = any(outlet.wants(kind) for outlet in self.hearing(conversation))
            self._wanted[conversation, kind] = known
        return known

    def _job(self, conversation: str, seq: int, id_: str = "") -> Job:
        if not id_ and seq != SEQ_OF_ENTRY:
            id_ = f"{KIND}:{message_id(conversation, seq)}"
        return Job(KIND, id_, self._stores.clock.now(), conversation=conversation, seq=seq)

    def _learn(self, outlet: Outlet) -> None:
        self._forget(outlet.id)
        self._known[outlet.id] = outlet
        if not outlet.paused:
            self._of.setdefault(outlet.conversation, {})[outlet.id] = outlet

    def _forget(self, outlet: str) -> None:
        self._wanted.clear()
        known = self._known.pop(outlet, None)
        if known is None or known.conversation not in self._of:
            return
        self._of[known.conversation].pop(outlet, None)
        if not self._of[known.conversation]:
            del self._of[known.conversation]

    async def _put(self, jobs: Sequence[Job]) -> None:
        if jobs:
            await self._stores.jobs.put(jobs)
            self.poke(self._stores.clock.now())

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
