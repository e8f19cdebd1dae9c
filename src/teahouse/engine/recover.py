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
SAY_S = 10.0
_ALL = (0, 0)
AWAIT_S = 0.005
"""The log answers soon what it has stored."""
FAILED = Bye("something went wrong on our side; connect again", reconnect=True, after_ms=1000)


class Recovery:
    """`page` is how many entries are read at once, `most` how far behind a session may be brought back from. `shaded`
    takes away what its user does not want to see, and `lived` is told of a session that is live again. Where entries
    were missed, `window` is what the user may be told of (after, upto), and `leave` takes the session out after it.
    `carries` says whether an entry may be what the session waits for."""

    def __init__(self, log: MessageLog, page: int, most: int) -> None:
        self._log = log
        self._page = page
        self._most = most
        self.dismiss: Callable[[Session, Bye], None]
        self.shaded: Callable[[str, str, Sequence[Entry]], Awaitable[list[Entry]]]
        self.lived: Callable[[Feed, Session], None]
        self.window: Callable[[str, str], Awaitable[tuple[int, int] | None]]
        self.leave: Callable[[Feed, Session], None]
        self.carries: Callable[[Session, Entry], bool]
        self._tasks: set[asyncio.Task[None]] = set()
        self._reads: dict[tuple[str, int, int], Awaitable[list[Entry]]] = {}
        self._silent_until = 0.0

    def begin(self, session: Session) -> None:
        """Start recovering, unless it runs already or the client cannot take anything now."""
        if session.recovering or session.full or session.closed or session.positions is None:
            return
        session.recovering = True
        task = asyncio.get_running_loop().create_task(self._run(session))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _run(self, session: Session) -> None:
        try:
            while session.positions and not session.full and not session.closed:
                feed, at = next(iter(session.positions.items()))
                await self._step(session, feed, at)
        except Exception:
            _log.exception("a session cannot be brought back", session=session.id)
            self.dismiss(session, FAILED)
        finally:
            session.recovering = False

    async def _step(self, session: Session, feed: Feed, at: int) -> None:
        """Bring one feed a page further, or to live."""
        if feed.doubt is not None:
            await asyncio.shield(feed.doubt)
            if not _stands(session, feed, at):
                return
        try:
            window = await self.window(session.identity.id, feed.id) if feed.gapped else _ALL
            if not _stands(session, feed, at):
                return
            if window is None or 0 < window[1] <= at:
                self.leave(feed, session)
                return
            if at < window[0] <= feed.seq:  # they were out for a while: what was said then is not for them
                assert session.positions is not None
                session.positions[feed] = at = window[0]
            if self._is_through(session, feed, at):
                return
            entries = await self._entries(session, feed, at, window[1])
        except StoreUnavailable as error:
            self._say_once(feed.id, error)
            await asyncio.sleep(RETRY_S)
            return
        if not entries or not _stands(session, feed, at):
            return
        assert session.positions is not None
        session.positions[feed] = entries[-1].seq
        session.write(b"".join(self._frames(session, feed, entries)))

    def _say_once(self, conversation: str, error: StoreUnavailable) -> None:
        """For all sessions that wait: there may be very many, and they ask every second."""
        now = asyncio.get_running_loop().time()
        if now >= self._silent_until:
            self._silent_until = now + SAY_S
            _log.warning("recovery waits for the store", conversation=conversation, reason=str(error))

    def _is_through(self, session: Session, feed: Feed, at: int) -> bool:
        """Whether the session is live now: it has seen all, or is too far behind to be shown it."""
        if at < feed.seq <= at + self._most:
            return False
        if at < feed.seq:
            session.write(session.wire.event(Resync(feed.id, at)))
        feed.release_acks(session)
        feed.go_live(session)
        self.lived(feed, session)
        return True

    async def _entries(self, session: Session, feed: Feed, at: int, end: int) -> list[Entry]:
        """The next ones, as the user may see them, up to `end` if there is one; none: try again."""
        user = session.identity.id
        upto = min(feed.seq, at + self._page, end or feed.seq)
        entries = await self.shaded(user, feed.id, await self._read(feed.id, at, upto))
        if not entries:
            await asyncio.sleep(RETRY_S)  # a replica that has not heard yet
            return []
        for index, entry in enumerate(entries):
            if entry.sender == user and self._is_awaited(session, feed, entry):
                if index == 0:
                    await asyncio.sleep(AWAIT_S)
                return entries[:index]
        return entries

    def _is_awaited(self, session: Session, feed: Feed, entry: Entry) -> bool:
        """Whether it is what the session sent, stored, and not reported yet: its answer will take this place."""
        if session.acks is not None and (feed, entry.seq) in session.acks:
            return False
        return self.carries(session, entry)

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


def _stands(session: Session, feed: Feed, at: int) -> bool:
    """Whether the session is where it was, after something was waited for."""
    return not session.closed and session.positions is not None and session.positions.get(feed) == at
