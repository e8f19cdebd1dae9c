"""A feed: the live side of one conversation on this node.

Rule: a session in a feed is live (in `live`, under its wire format) or behind (in its own `positions`), never
both. `seq` is the last entry written to the live sessions, `known` the last one heard of. `size` counts sessions, and
those who hold the feed while they let one in. `early` are entries that wait for those before them, `stuck` where the
feed was when somebody looked at these last, `doubts` from where on it is not known yet what entries changed, `doubt`
who finds out, `since` the entry after which nothing was missed that changed places or settings, and `gapped` whether
anything was ever missed (disorder.py).
Used by fanout.py, which writes, and recover.py, which brings those behind back.
"""

from __future__ import annotations

from asyncio import Future
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from teahouse.engine.disorder import Arrival
    from teahouse.engine.session import Session
    from teahouse.model.entries import Entry
    from teahouse.model.events import AnyEvent
    from teahouse.model.news import Placed
    from teahouse.ports.link import Wire

    Write = Callable[[bytes], None]


class Item:
    """What waits for the end of the turn: an entry, or an event without a seq. `origin` is the session whose
    command caused it: it gets `ack`, its answer, in this very place, and not the event. `heard`: another node
    told of it, and nobody need be told again. `hidden` are users who are not told, `placed` is what an entry of ours
    changed."""

    __slots__ = ("ack", "entry", "event", "heard", "hidden", "origin", "placed")

    def __init__(
        self,
        entry: Entry | None,
        event: AnyEvent | None = None,
        origin: Session | None = None,
        ack: bytes | None = None,
        heard: bool = False,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        self.hidden = hidden
        self.entry = entry
        self.event = event
        self.origin = origin
        self.ack = ack
        self.heard = heard
        self.placed: Placed | None = None

    def answers(self, session: Session, live: bool) -> tuple[bytes, ...]:
        """What the origin gets: its answer, and the entry after it where its protocol echoes."""
        assert self.ack is not None
        echoes = session.echoes and live and self.entry is not None
        return (self.ack, self.frame(session.wire, True)) if echoes else (self.ack,)

    def frame(self, wire: Wire, own: bool = False) -> bytes:
        if self.entry is not None:
            return wire.entry(self.entry, own)
        assert self.event is not None
        return wire.event(self.event)


class Feed:
    __slots__ = (
        "doubt",
        "doubts",
        "early",
        "gapped",
        "id",
        "known",
        "live",
        "opening",
        "pending",
        "seq",
        "since",
        "size",
        "stuck",
    )

    def __init__(self, conversation: str, seq: int = 0) -> None:
        self.id = conversation
        self.seq = seq
        self.known = seq
        self.since = seq
        self.size = 0
        self.live: dict[Wire, dict[Session, Write]] = {}
        self.pending: list[Item] = []
        self.opening: Future[None] | None = None
        self.early: dict[int, Arrival] | None = None
        self.gapped = False
        self.stuck = -1
        self.doubts: int | None = None
        self.doubt: Future[None] | None = None

    def opened(self, head: int) -> None:
        """The log's head is known: those who join from here on start there."""
        opening, self.opening = self.opening, None
        if opening is None:
            return
        self.seq = self.known = self.since = max(head, self.known)
        if not opening.done():
            opening.set_result(None)

    def failed(self, error: BaseException) -> None:
        """The log could not tell its head; whoever waits for the feed hears why."""
        if self.opening is not None and not self.opening.done():
            self.opening.set_exception(error)
            self.opening.exception()  # marks it as seen: there may be nobody else who waits

    def add(self, session: Session, at: int | None) -> None:
        """Let a session in: live at once, or behind if it last saw `at` or cannot be written to now."""
        if self in session.feeds:
            return
        session.feeds = (*session.feeds, self)
        self.size += 1
        if session.full or (at is not None and at < self.seq):
            self._behind(session, self.seq if at is None else min(at, self.seq))
        else:
            self.go_live(session)

    def remove(self, session: Session) -> None:
        """Let a session out, live or behind. What it still waits for in this feed is answered now."""
        if self not in session.feeds:
            return
        session.feeds = tuple(feed for feed in session.feeds if feed is not self)
        self.size -= 1
        live = self.live.get(session.wire)
        if live is not None and live.pop(session, None) is not None:
            if not live:
                del self.live[session.wire]
            return
        self.forget_position(session)
        self.release_acks(session)

    def go_live(self, session: Session) -> None:
        self.forget_position(session)
        self.live.setdefault(session.wire, {})[session] = session.write

    def fall_behind(self, session: Session) -> None:
        """The session saw everything up to `seq`, and nothing more until it has recovered."""
        live = self.live.get(session.wire)
        if live is None or live.pop(session, None) is None:
            return
        if not live:
            del self.live[session.wire]
        self._behind(session, self.seq)

    def rewind(self, session: Session, at: int) -> None:
        """The session goes on at `at`, which is before where it stands."""
        live = self.live.get(session.wire)
        if live is not None and live.pop(session, None) is not None and not live:
            del self.live[session.wire]
        self._behind(session, at)

    def forget_position(self, session: Session) -> None:
        if session.positions is not None:
            session.positions.pop(self, None)
            if not session.positions:
                session.positions = None

    def release_acks(self, session: Session) -> None:
        """Write the answers that waited for a place in this feed which will not come."""
        if session.acks is None:
            return
        for key in [key for key in session.acks if key[0] is self]:
            ack = session.acks.pop(key)
            if not session.closed:
                session.write(ack)
        if not session.acks:
            session.acks = None

    def audience(self) -> int:
        """Live sessions, of all wire formats."""
        return sum(len(sessions) for sessions in self.live.values())

    def _behind(self, session: Session, at: int) -> None:
        if session.positions is None:
            session.positions = {}
        session.positions[self] = at
