"""Disorder: entries that do not come in the order of their seqs, because another node told of one too late, twice, or
never.

Rule: an entry that is too early waits a moment for those before it, as they are mostly on their way. Then its feed has
a gap: what is missing is read from the log, by all sessions, and what it changed is read from the directory. Nothing
here is called while the entries come in order. Used by fanout.py.
"""

import asyncio
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, NamedTuple

import structlog

from teahouse.engine.feeds import Feed
from teahouse.engine.recover import Recovery
from teahouse.engine.session import Session
from teahouse.model.entries import Entry, Kind
from teahouse.model.errors import StoreUnavailable
from teahouse.model.news import Placed
from teahouse.ports.log import MessageLog

if TYPE_CHECKING:
    from teahouse.engine.fanout import Fanout

_log = structlog.get_logger("teahouse.engine")

PATIENCE_S = 0.03
"""So long an early entry waits for those before it."""
MOST = 256
"""So many early entries of a conversation wait."""
_PAGE = 200
_RETRY_S = 1.0
_GOVERNING = (Kind.MEMBER, Kind.CONVERSATION)


class Arrival(NamedTuple):
    """An entry, whose it is, and what it changed, as `Fanout.offer` takes them."""

    entry: Entry
    origin: Session | None = None
    ack: bytes | None = None
    high: bool = False
    heard: bool = False
    placed: Placed | None = None


class Disorder:
    """`outdated` is told of a conversation whose members and settings are to be read again."""

    def __init__(self, fanout: "Fanout", log: MessageLog, recovery: Recovery) -> None:
        self._fanout = fanout
        self._log = log
        self._recovery = recovery
        self._early: set[Feed] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.outdated: Callable[[str], None]

    def came(self, feed: Feed, arrival: Arrival) -> None:
        """An entry that is not the next one of its feed."""
        if arrival.entry.seq <= feed.known:
            self._late(feed, arrival)
            return
        if feed.early is None:
            feed.early = {}
        known = feed.early.get(arrival.entry.seq)
        if known is None or known.heard:  # our own tells more than what was heard of it
            feed.early[arrival.entry.seq] = arrival
        if len(feed.early) >= MOST:
            self._give_up(feed)
            return
        self._early.add(feed)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._over)

    def follow(self, feed: Feed) -> None:
        """The feed has come further: let go what waited for that."""
        early = feed.early
        if not early:
            return
        for seq in [seq for seq in early if seq <= feed.known]:
            self._late(feed, early.pop(seq))
        while early and (arrival := early.pop(feed.known + 1, None)) is not None:
            self._fanout.take(feed, arrival)
        if not early:
            feed.early, feed.stuck = None, -1
            self._early.discard(feed)

    async def catch_up(self, ahead: Mapping[str, int]) -> None:
        """A client has seen more of these conversations, on another node, than we have heard of. What the log
        has of that, our sessions read there."""
        heads = await self._log.heads(list(ahead))
        for conversation, seq in ahead.items():
            if seq <= heads.get(conversation, 0):
                self.reach(conversation, seq)

    def reach(self, conversation: str, head: int) -> None:
        """The log has come so far: who listens here and does not know reads it there."""
        feed = self._fanout.feed(conversation)
        if feed is not None and feed.opening is None and head > feed.known:
            self.gap(feed, head)

    def hurry(self, feeds: Iterable[Feed] | None = None) -> None:
        """Nothing waits any longer, in these feeds or in any."""
        for feed in tuple(self._early if feeds is None else feeds):
            if feed.early:
                self._give_up(feed)

    def forget(self, feed: Feed) -> None:
        """The feed is no more: of what waited, our own are answered."""
        self._early.discard(feed)
        early, feed.early = feed.early, None
        for seq in sorted(early or ()):
            assert early is not None
            arrival = early[seq]
            if arrival.origin is not None and arrival.ack is not None and not arrival.origin.closed:
                arrival.origin.write(arrival.ack)
            self._fanout.publish.entry(feed.id, arrival)

    def _over(self) -> None:
        """Those that waited long enough, waited in vain."""
        self._timer = None
        waited = [feed for feed in self._early if feed.stuck == feed.known]
        for feed in waited:
            self._give_up(feed)
        for feed in self._early:
            feed.stuck = feed.known
        if self._early and self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(PATIENCE_S, self._over)

    def _give_up(self, feed: Feed) -> None:
        while feed.early:
            self.gap(feed, min(feed.early) - 1)

    def gap(self, feed: Feed, upto: int) -> None:
        """Entries up to `upto` exist that nobody told us of: all sessions read them from the log."""
        self._fanout.deliver(feed)
        sessions = [session for live in feed.live.values() for session in live]
        for session in sessions:
            feed.fall_behind(session)
        after, feed.seq, feed.known = feed.known, upto, upto
        self._doubt(feed, after)
        for session in sessions:
            self._recovery.begin(session)
        self.follow(feed)

    def _doubt(self, feed: Feed, after: int) -> None:
        """What the missing entries changed is not known here. Until it is, nobody reads them."""
        feed.gapped = True
        feed.doubts = after if feed.doubts is None else min(feed.doubts, after)
        if feed.doubt is None:
            task = asyncio.get_running_loop().create_task(self._look(feed))
            feed.doubt = task
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _look(self, feed: Feed) -> None:
        """Look whether they changed who is in, or the settings."""
        try:
            while feed.doubts is not None:
                after, upto, feed.doubts = feed.doubts, feed.known, None
                if upto - after > _PAGE or _governs(await self._read(feed.id, after, upto)):
                    feed.since = max(feed.since, upto)
                    self.outdated(feed.id)
        finally:
            feed.doubt = None

    async def _read(self, conversation: str, after: int, upto: int) -> list[Entry]:
        while True:
            try:
                return await self._log.read(conversation, after, upto, upto - after)
            except StoreUnavailable as error:
                _log.warning("a gap waits for the store", conversation=conversation, reason=str(error))
                await asyncio.sleep(_RETRY_S)

    def _late(self, feed: Feed, arrival: Arrival) -> None:
        """The entry is known already, by a hint that was faster than our own commit's answer, or twice."""
        entry, origin, ack = arrival.entry, arrival.origin, arrival.ack
        if not arrival.heard:
            self._fanout.publish.entry(feed.id, arrival)
        if origin is None or ack is None or origin.closed:
            return
        if origin.positions is not None and origin.positions.get(feed, entry.seq) < entry.seq:
            origin.acks = origin.acks or {}
            origin.acks[feed, entry.seq] = ack
        else:
            origin.write(ack)

    async def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _governs(entries: Iterable[Entry]) -> bool:
    return any(entry.kind in _GOVERNING for entry in entries)
