"""Replays: tell an outlet again of what happened, by seqs of one conversation or by time.

Rule: a replay stands whole in its job. Each step of it is a job that puts the next one before it is done, so a crash
repeats a step at worst; what is delivered has the id it had the first time. A replay runs beside the lanes, in its own
order. Called by the worker.
"""

from collections.abc import Callable

import msgspec
from msgspec.structs import replace

from teahouse.engine import fresh
from teahouse.engine.outgoing import Outgoing
from teahouse.engine.stores import OutgoingStores, Stores
from teahouse.engine.tries import Heading, Stopped, Tries
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.inventory import Wanted
from teahouse.model.jobs import Job
from teahouse.model.outlets import Outlet
from teahouse.ports.log import MessageLog

REPLAY = "replay"
END = 2**53
PAGE = 50
SPELL_S = 12.0


class Replay(msgspec.Struct, omit_defaults=True):
    """What is left of one: entries after `after`, up to `upto`, from `begin` until before `end` (milliseconds UTC).
    With no conversation, those of all after the id `place`. `tries`: of the next entry."""

    id: str = ""
    outlet: str = ""
    since: int = 0
    conversation: str = ""
    place: str = ""
    after: int = 0
    upto: int = END
    begin: int = 0
    end: int = END
    tries: int = 0


def asked(
    conversation: str, seqs: tuple[int | None, int | None], times: tuple[int | None, int | None]
) -> Replay:
    """A replay of entries after seqs[0] up to seqs[1], or from times[0] until before times[1] (milliseconds UTC), of
    one conversation or, by time, of all. `bad_request` if that is none."""
    by_seq, by_time = seqs != (None, None), times != (None, None)
    if by_seq == by_time:
        raise Problem(Code.BAD_REQUEST, "give a range of seqs (after, upto) or of time (since, until)")
    if by_seq and not conversation:
        raise Problem(Code.BAD_REQUEST, "seqs are those of one conversation; say which")
    (after, upto), (begin, end) = seqs, times
    return Replay(
        conversation=conversation,
        after=after or 0,
        upto=END if upto is None else upto,
        begin=begin or 0,
        end=END if end is None else end,
    )


_replay = msgspec.json.Decoder(Replay).decode
_encode = msgspec.json.Encoder().encode


class Replays:
    """`poke` tells the worker of a job."""

    def __init__(self, stores: Stores, ports: OutgoingStores, outgoing: Outgoing, tries: Tries) -> None:
        self._stores = stores
        self._outgoing = outgoing
        self._tries = tries
        self._clock = stores.clock
        self.poke: Callable[[int], None]

    async def begin(self, outlet: Outlet, wanted: Replay) -> None:
        """Durable when it returns."""
        await self._next(replace(wanted, outlet=outlet.id, since=outlet.since, id=fresh.replay_id()))

    async def go(self, job: Job) -> None:
        """Do one step."""
        replay = _replay(job.data)
        try:
            if replay.conversation:
                await self._step(replay)
            else:
                await self._spread(replay)
        except Stopped:
            return

    async def _step(self, replay: Replay) -> None:
        head = Heading(replay.outlet, replay.since)
        if replay.begin:
            first = await first_at(self._stores.log, replay.conversation, replay.begin)
            replay.after = max(replay.after, first - 1)
        ends = self._clock.monotonic() + SPELL_S
        while entries := await self._stores.log.read(replay.conversation, replay.after, replay.upto, PAGE):
            for entry in entries:
                if self._clock.monotonic() >= ends:
                    await self._next(replay)
                    return
                outlet = self._tries.current(head)
                if entry.at >= replay.end:
                    return
                if entry.at >= replay.begin and outlet.wants(entry.kind):
                    replay.tries, due = await self._tries.deliver(outlet, entry, replay.tries)
                    if due:
                        await self._next(replay, due)
                        return
                replay.after = entry.seq

    async def _spread(self, replay: Replay) -> None:
        """A replay of all conversations becomes one for each, some at a time."""
        outlet = self._tries.current(Heading(replay.outlet, replay.since))
        assert self._stores.inventory is not None
        found = await self._stores.inventory.conversations(Wanted(replay.place), PAGE)
        names = [*([] if replay.place else [LOBBY]), *(holding.id for holding in found)]
        await self._put([replace(replay, conversation=name) for name in names if outlet.hears(name)], 0)
        if found:
            await self._next(replace(replay, place=found[-1].id))

    async def _next(self, replay: Replay, due: int = 0) -> None:
        await self._put([replay], due)

    async def _put(self, replays: list[Replay], due: int) -> None:
        due = due or self._clock.now()
        jobs = [
            Job(
                REPLAY,
                f"{REPLAY}:{r.id}:{r.conversation}:{r.place}:{r.after}:{r.tries}:{due}",
                due,
                _encode(r),
                conversation=r.conversation,
                seq=r.after + 1 if r.conversation else 0,
            )
            for r in replays
        ]
        if jobs:
            await self._stores.jobs.put(jobs)
            self.poke(due)


async def first_at(log: MessageLog, conversation: str, at: int) -> int:
    """The seq of the first entry that is not older than `at` (milliseconds UTC), or the one after the last."""
    low, high = 1, (await log.heads([conversation])).get(conversation, 0) + 1
    while low < high:
        middle = (low + high) // 2
        (entry,) = await log.read(conversation, middle - 1, middle, 1)
        low, high = (low, middle) if entry.at >= at else (middle + 1, high)
    return low
