"""Outgoing: who outside hears what happens, and the job that tells them, written with each entry.

Rule: all outlets are known in memory, so an entry nobody outside hears costs the test of an empty dictionary. Where
somebody does, the entry carries one job of its conversation, in its own transaction, unless one waits that will see it:
the log is the truth, and the job reads it. Entries that are on their way at once carry the same job, by its id, so
whichever is stored first brings it (0059). Called by the pipeline; what the job does is lanes.py's.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.model.changes import SEQ_OF_ENTRY, Change, DropOutlet, PutJob, PutOutlet
from teahouse.model.entries import Draft
from teahouse.model.ids import message_id
from teahouse.model.jobs import Job
from teahouse.model.outlets import Outlet

KIND = "outgoing"
_PAGE = 500
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
        self.poke: Callable[[int], None]
        self.forgotten: Sequence[Callable[[str], None]] = ()

    async def start(self) -> None:
        """Read which there are, and see to conversations that a crash left behind."""
        after = ""
        while page := await self._outlets.page(after, _PAGE):
            for outlet in page:
                self._learn(outlet)
            after = page[-1].id
        await self._see_to()

    async def _see_to(self, outlet: str = "") -> None:
        """Put a job for each conversation that an outlet (empty: any) is behind in."""
        place = (outlet, "")
        while lanes := await self._outlets.behind(place, _PAGE):
            place = (lanes[-1].outlet, lanes[-1].conversation)
            lanes = [lane for lane in lanes if not outlet or lane.outlet == outlet]
            left = {lane.conversation: lane.seq for lane in lanes if self.hearing(lane.conversation)}
            await self._put([self._job(conversation, seq + 1) for conversation, seq in left.items()])
            if not lanes:
                break

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
            known = self._known.get(outlet)
            if known is None:
                return None
            changed = how(known)
            await self._stores.directory.apply([PutOutlet(changed), *also])
            self._learn(changed)
            if (changed.since, changed.paused, changed.url) != (known.since, known.paused, known.url):
                self._tell_forgotten(outlet)
        if changed.url != known.url:
            await self._see_to(outlet)  # what waits for the next try of the old one goes to the new one now
        return changed

    async def add(self, outlet: Outlet, also: Sequence[Change]) -> None:
        async with self._turn:
            await self._stores.directory.apply([PutOutlet(outlet), *also])
            self._learn(outlet)

    async def drop(self, outlet: str, also: Sequence[Change]) -> None:
        async with self._turn:
            await self._stores.directory.apply([DropOutlet(outlet), *also])
            self._forget(outlet)
            self._tell_forgotten(outlet)

    def _tell_forgotten(self, outlet: str) -> None:
        for told in self.forgotten:
            told(outlet)

    def follow(self, draft: Draft) -> Draft:
        """The draft with the job that tells of it, if it needs one. A part of every entry's road."""
        conversation = draft.conversation
        if not self._of or conversation in self._pending or not self._wants(conversation, draft.kind):
            return draft
        job = self._job(conversation, SEQ_OF_ENTRY, self._next.get(conversation) or self._new(conversation))
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
        id_ = id_ or f"{KIND}:{message_id(conversation, seq)}"
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
