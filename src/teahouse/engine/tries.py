"""Tries: what becomes of an outlet, and of one entry that is to be told to it, when a delivery worked or failed.

Rule: a delivery that failed is tried again later, later each time, or when the outlet asked for it. After `tries` of
them it gets a job of its own, which tries once more and then is a dead letter, and what follows goes on. An outlet that
answers 410, or to which nothing was delivered for `pause_after_days`, is paused, with the reason. Called by lanes.py
and replays.py, and by the worker for what was given up.
"""

from collections.abc import Callable

import msgspec
import structlog
from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.deliver import Deliver, NotDelivered
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.engine.worker import Again, GiveUp
from teahouse.model.audit import Record
from teahouse.model.changes import Audited
from teahouse.model.entries import Entry
from teahouse.model.ids import SYSTEM
from teahouse.model.jobs import Job
from teahouse.model.outlets import Outlet, delivery_id

_log = structlog.get_logger("teahouse.engine")

LAST = "delivery"
_DAY_MS = 86_400_000


class Heading(msgspec.Struct):
    """For whom a job is: an outlet, and since when it hears. Of an earlier time, it is void."""

    outlet: str
    since: int


heading = msgspec.json.Decoder(Heading).decode
encode = msgspec.json.Encoder().encode


class Stopped(Exception):
    """The outlet hears nothing any more."""


class Tries:
    """`poke` tells the worker of a job."""

    def __init__(self, stores: Stores, ports: OutgoingStores, outgoing: Outgoing) -> None:
        self._stores = stores
        self._clock = stores.clock
        self._options = ports.options
        self._outgoing = outgoing
        self.deliverer = Deliver(ports, stores.clock)
        self.poke: Callable[[int], None]

    async def tell(self, head: Heading, entry: Entry, tries: int) -> tuple[int, int]:
        """Tell an outlet of an entry, unless it is not for it. How often that was tried now, and when to try again
        (milliseconds UTC); (0, 0): it is there, or was given up. Raises Stopped."""
        outlet = self.current(head)
        if entry.at < outlet.since or not outlet.wants(entry.kind):
            return 0, 0
        return await self.deliver(outlet, entry, tries)

    async def deliver(self, outlet: Outlet, entry: Entry, tries: int) -> tuple[int, int]:
        """The same, whatever it hears."""
        try:
            await self.deliverer.tell(outlet, entry)
        except NotDelivered as error:
            return await self._failed(outlet, entry, tries, error)
        await self._arrived(outlet)
        return 0, 0

    async def last(self, job: Job) -> None:
        """Do the job of a delivery that was given up: once more. Whoever revives the dead letter has it tried again."""
        outlet = self._outgoing.find(heading(job.data).outlet)
        found = await self._stores.log.read(job.conversation, job.seq - 1, job.seq, 1)
        if outlet is None or not found:
            return
        if outlet.paused:
            raise GiveUp(f"the webhook is paused: {outlet.paused}")
        try:
            await self.deliverer.tell(outlet, found[0])
        except NotDelivered as error:
            if error.rests:
                raise Again(int(error.after_s * 1000), str(error)) from None
            raise GiveUp(str(error)) from None
        await self._arrived(outlet)

    def forget(self, outlet: str) -> None:
        """It is another from now on, or gone: what its address did before counts no more."""
        self.deliverer.forget(outlet)

    def current(self, head: Heading) -> Outlet:
        """The outlet, if it still hears as it did when the job was made. Raises Stopped."""
        outlet = self._outgoing.find(head.outlet)
        if outlet is None or outlet.paused or outlet.since != head.since:
            raise Stopped
        return outlet

    async def _failed(self, outlet: Outlet, entry: Entry, tries: int, error: NotDelivered) -> tuple[int, int]:
        now, cause = self._clock.now(), str(error)
        if error.rests:
            return tries, now + int(error.after_s * 1000)
        await self._note(outlet, cause, error.gone, now)
        tries += 1
        if tries >= self._options.tries:
            id_ = f"{LAST}:{delivery_id(outlet.id, entry.conversation, entry.seq)}"
            data = encode(Heading(outlet.id, outlet.since))
            job = Job(LAST, id_, now, data, conversation=entry.conversation, seq=entry.seq)
            await self._stores.jobs.put([job])
            self.poke(now)
            _log.warning("a delivery is given up", webhook=outlet.id, delivery=id_, cause=cause)
            return 0, 0
        first, most = (int(s * 1000) for s in (self._options.first_pause_s, self._options.longest_pause_s))
        pause = max(fresh.backoff_ms(tries, first, most), int(error.after_s * 1000))
        return tries, now + pause

    async def _note(self, outlet: Outlet, cause: str, gone: bool, now: int) -> None:
        """Remember that it fails, and pause it if it is gone or does so for long. Then Stopped."""
        days = self._options.pause_after_days
        reason = "it answered 410 Gone" if gone else ""
        if outlet.failing and now - outlet.failing > days * _DAY_MS:
            reason = f"nothing was delivered for {days:g} days; the last time: {cause}"
        if outlet.failing and not reason and outlet.cause == cause:
            return
        record = Record(now, SYSTEM, "outlet.paused", outlet.id, "", {"reason": reason})
        failing = outlet.failing or now
        await self._outgoing.change(
            outlet.id,
            lambda known: replace(known, failing=failing, cause=cause, paused=known.paused or reason),
            [Audited(record)] if reason else [],
        )
        if reason:
            _log.warning("an outgoing webhook is paused", webhook=outlet.id, reason=reason)
            raise Stopped

    async def _arrived(self, outlet: Outlet) -> None:
        if outlet.failing:
            await self._outgoing.change(outlet.id, lambda known: replace(known, failing=0, cause=""))
