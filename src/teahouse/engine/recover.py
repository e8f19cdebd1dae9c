"""Recover: bring a session that is behind back to live, by reading the log from where it is.

Rule: the one path for slow clients, lost hints and reconnects. It writes a page at a time, stops while the client
cannot take more, and makes the step to live without letting the loop run in between.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from teahouse.engine.feeds import Feed
from teahouse.engine.session import Session
from teahouse.model.entries import Entry
from teahouse.model.errors import StoreUnavailable
from teahouse.model.events import Bye, Resync
from teahouse.ports.log import MessageLog

_log = structlog.get_logger("teahouse.engine")

RETRY_S = 1.0
FAILED = Bye("something went wrong on our side; connect again", reconnect=True, after_ms=1000)


class Recovery:
    """`page` is how many entries are read at once, `most` how far behind a session may be brought back from. `shaded`
    takes away what its user does not want to see, and `lived` is told of a session that is live again."""

    def __init__(self, log: MessageLog, page: int, most: int) -> None:
        self._log = log
        self._page = page
        self._most = most
        self.dismiss: Callable[[Session, Bye], None]
        self.shaded: Callable[[str, str, Sequence[Entry]], Awaitable[list[Entry]]]
        self.lived: Callable[[Feed, Session], None]
        self._tasks: set[asyncio.Task[None]] = set()
        self._reads: dict[tuple[str, int, int], Awaitable[list[Entry]]] = {}

    def begin(self, session: Session) -> None:
        """Start recovering, unless it runs already or the client cannot take anything now."""
        if session.recovering or session.stalled or session.closed or session.positions is None:
            return
        session.recovering = True
        task = asyncio.get_running_loop().create_task(self._run(session))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, session: Session) -> None:
        try:
            while session.positions and not session.stalled and not session.closed:
                feed, at = next(iter(session.positions.items()))
                await self._step(session, feed, at)
        except Exception:
            _log.exception("a session cannot be brought back", session=session.id)
            self.dismiss(session, FAILED)
        finally:
            session.recovering = False

    async def _step(self, session: Session, feed: Feed, at: int) -> None:
        """Bring one feed a page further, or to live."""
        if at >= feed.seq:
            feed.release_acks(session)
            feed.go_live(session)
            self.lived(feed, session)
            return
        if feed.seq - at > self._most:
            session.write(session.wire.event(Resync(feed.id, at)))
            feed.release_acks(session)
            feed.go_live(session)
            self.lived(feed, session)
            return
        try:
            entries = await self._read(feed.id, at, min(feed.seq, at + self._page))
            entries = await self.shaded(session.identity.id, feed.id, entries)
        except StoreUnavailable as error:
            _log.warning("recovery waits for the store", conversation=feed.id, reason=str(error))
            await asyncio.sleep(RETRY_S)
            return
        if not entries:
            await asyncio.sleep(RETRY_S)  # a replica that has not heard yet
            return
        if session.closed or session.positions is None or session.positions.get(feed) != at:
            return
        session.positions[feed] = entries[-1].seq
        session.write(b"".join(self._frames(session, feed, entries)))

    def _frames(self, session: Session, feed: Feed, entries: list[Entry]) -> list[bytes]:
        """The entries as events; where an answer of the session waits for its place, the answer."""
        mine = session.identity.id
        acks = session.acks
        frames = []
        for entry in entries:
            ack = acks.pop((feed, entry.seq), None) if acks else None
            frames.append(ack or session.wire.entry(entry, entry.sender == mine))
        if not acks:
            session.acks = None
        return frames

    async def _read(self, conversation: str, after: int, upto: int) -> list[Entry]:
        """One read for all sessions that want the same page: they often fall behind together."""
        key = (conversation, after, upto)
        shared = self._reads.get(key)
        if shared is None:
            read = self._log.read(conversation, after, upto, upto - after)
            shared = self._reads[key] = asyncio.ensure_future(read)
            shared.add_done_callback(lambda _: self._reads.pop(key, None))
        return await asyncio.shield(shared)

    async def stop(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
