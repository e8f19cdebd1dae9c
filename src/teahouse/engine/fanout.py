"""Fan out: write what happened to all live sessions, once a loop turn, encoded once a wire format.

Rule: one `send()` costs as much as everything else together, so there is one write a session, feed and turn.
Nothing here waits: what a slow client cannot take, it reads from the log later (recover.py).
Called by the pipeline with committed entries, by typing, presence and receipts with events, and with what other nodes
say of both.
"""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from teahouse.engine.disorder import Arrival, Disorder
from teahouse.engine.feeds import Feed, Item
from teahouse.engine.nodes import Nodes
from teahouse.engine.publish import Publish
from teahouse.engine.recover import Recovery
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.tally import Tally
from teahouse.model.entries import Entry
from teahouse.model.errors import StoreUnavailable
from teahouse.model.events import AnyEvent, Receipt
from teahouse.model.news import Placed, Told
from teahouse.ports.broker import Hint
from teahouse.ports.link import Wire
from teahouse.ports.log import MessageLog


class Fanout:
    """`placing` is told, before and after, of an entry that another node wrote and that changed who is in; `passes`
    says whether an event of another node is told here."""

    def __init__(self, log: MessageLog, nodes: Nodes, sessions: Sessions, recovery: Recovery) -> None:
        self._log = log
        self.nodes = nodes
        self._sessions = sessions
        self._recovery = recovery
        self.disorder = Disorder(self, log, recovery)
        self.publish = Publish(nodes)
        self.placing: tuple[Callable[[Placed], None], Callable[[Placed], None]]
        self.passes: Callable[[Feed, AnyEvent], bool]
        self.tally = Tally()
        self._feeds: dict[str, Feed] = {}
        self._dirty: list[Feed] = []
        self._urgent: list[Feed] = []
        self._stalled: list[Session] = []
        self._scheduled = False
        self._gathered: dict[Session, list[bytes]] | None = None
        self.discreet: set[str] = set()  # users here who hide their receipts, and are told of none
        nodes.fed = self.hear

    def feed(self, conversation: str) -> Feed | None:
        return self._feeds.get(conversation)

    async def open(self, conversations: Sequence[str]) -> list[Feed]:
        """The feeds of these conversations, made if need be, and held until `release`. Subscribed before the
        head is read, so that nothing falls in between."""
        missing = [c for c in conversations if c not in self._feeds]
        feeds = [self._hold(conversation) for conversation in conversations]
        try:
            if missing:
                await self._read_heads(missing)
            for feed in feeds:
                if feed.opening is not None:
                    await asyncio.shield(feed.opening)
        except BaseException:
            self.release(feeds)
            raise
        return feeds

    def _hold(self, conversation: str) -> Feed:
        feed = self._feeds.get(conversation)
        if feed is None:
            feed = self.begin(conversation, 0)
            feed.opening = asyncio.get_running_loop().create_future()
        feed.size += 1
        return feed

    def release(self, feeds: Iterable[Feed]) -> None:
        """The caller of `open` has let its session in, or needs the feeds no more."""
        for feed in feeds:
            feed.size -= 1
            self._close_unused(feed)

    async def _read_heads(self, missing: list[str]) -> None:
        try:
            await self.nodes.settled()
            heads = await self._log.heads(missing)
        except asyncio.CancelledError:
            self._fail(missing, StoreUnavailable("the store is silent"))
            raise
        except BaseException as error:
            self._fail(missing, error)
            raise
        for conversation in missing:
            feed = self._feeds[conversation]
            self.deliver(feed)
            feed.opened(heads.get(conversation, 0))
            self.disorder.follow(feed)

    def _fail(self, missing: Iterable[str], error: BaseException) -> None:
        for conversation in missing:
            self._feeds[conversation].failed(error)

    def head(self, conversation: str) -> int | None:
        """The last seq that was committed, if that is known here: another node may have got further."""
        feed = self._feeds.get(conversation)
        return None if feed is None or feed.opening is not None or self.nodes.shared else feed.known

    def known(self) -> list[str]:
        """The conversations somebody here listens to."""
        return [feed.id for feed in self._feeds.values() if feed.opening is None]

    def begin(self, conversation: str, seq: int) -> Feed:
        """The feed of a conversation whose head is known to be `seq`."""
        feed = self._feeds.get(conversation)
        if feed is None:
            feed = self._feeds[conversation] = Feed(conversation, seq)
            self.nodes.subscribe(conversation)
        return feed

    def join(self, feed: Feed, session: Session, at: int | None = None) -> None:
        """Let a session in, `at` the seq it saw last; it recovers from there by itself."""
        if at is not None and at > feed.seq:
            self.deliver(feed)
        feed.add(session, at)
        if session.positions is not None:
            self._recovery.begin(session)
        if session in feed.live.get(session.wire, ()):
            self._recovery.lived(feed, session)

    def leave(self, feed: Feed, session: Session) -> None:
        feed.remove(session)
        self._close_unused(feed)

    def leave_all(self, session: Session) -> None:
        for feed in session.feeds:
            self.leave(feed, session)

    def admit(self, conversation: str, user: str, head: int) -> None:
        """A user came in when the log stood at `head`: all their sessions hear what comes after it."""
        for session in self._sessions.of(user):
            session.moved = True
            if not session.greeted:
                continue
            if (known := self._feeds.get(conversation)) is not None:
                self.deliver(known)
            feed = self.begin(conversation, head)
            if feed.opening is not None:
                feed.opened(head)
                self.disorder.follow(feed)
            if feed.known < head:
                self.disorder.gap(feed, head)
            self.join(feed, session, head)

    def part(self, conversation: str, user: str) -> None:
        """A user is out. What happened until now they still hear, and nothing more."""
        self._let_out(conversation, self._sessions.of(user))

    def disband(self, conversation: str) -> None:
        """A conversation was dissolved. What happened until now is still heard, and nothing more."""
        self._let_out(conversation, self._sessions)

    def _let_out(self, conversation: str, sessions: Iterable[Session]) -> None:
        """Who is behind reads as far as they may, and is let out then (recover.py)."""
        feed = self._feeds.get(conversation)
        if feed is not None:
            self.deliver(feed)
        for session in sessions:
            session.moved = True
            if feed is not None and session.positions is not None and feed in session.positions:
                feed.gapped = True
                self._recovery.begin(session)
            elif feed is not None:
                self.leave(feed, session)

    def offer(
        self,
        entry: Entry,
        origin: Session | None = None,
        ack: bytes | None = None,
        high: bool = False,
        heard: bool = False,
        placed: Placed | None = None,
    ) -> None:
        """A committed entry, from this node's pipeline or (`heard`) another node's hint, in any order, and what it
        changed."""
        feed = self._feeds.get(entry.conversation)
        if feed is not None and entry.seq == feed.known + 1 and placed is None:
            feed.known = entry.seq
            self._put(feed, Item(entry, None, origin, ack, heard), high)
            if feed.early:
                self.disorder.follow(feed)
            return
        arrival = Arrival(entry, origin, ack, high, heard, placed)
        if feed is None:
            if origin is not None and ack is not None and not origin.closed:
                origin.write(ack)
            if not heard:
                self.publish.entry(entry.conversation, arrival)
        elif entry.seq == feed.known + 1:
            self.take(feed, arrival)
            self.disorder.follow(feed)
        else:
            self.disorder.came(feed, arrival)

    def take(self, feed: Feed, arrival: Arrival) -> None:
        """The next entry of a feed. Who comes in by one of another node hears it, who goes out hears it last."""
        placed = arrival.placed
        if placed is not None and arrival.heard:
            self.placing[0](placed)
        feed.known = arrival.entry.seq
        item = Item(arrival.entry, None, arrival.origin, arrival.ack, arrival.heard)
        item.placed = placed
        self._put(feed, item, arrival.high)
        if placed is not None and arrival.heard:
            self.placing[1](placed)

    def tell(
        self,
        conversation: str,
        event: AnyEvent,
        skip: Session | None = None,
        hidden: frozenset[str] = frozenset(),
    ) -> None:
        """An event without a seq, for whoever is live but users who are `hidden`; other nodes are told, too."""
        feed = self._feeds.get(conversation)
        if feed is not None:
            self._put(feed, Item(None, event, skip, hidden=hidden), False)
        else:
            self.publish.event(conversation, event, hidden)

    def aside(self, conversation: str, user: str, event: AnyEvent, heard: bool = False) -> None:
        """An event for one member, on all devices that are live there now."""
        if not heard:
            self.publish.event(conversation, event, only=user)
        feed = self._feeds.get(conversation)
        for session in self._sessions.of(user):
            if feed is not None and session in feed.live.get(session.wire, ()):
                session.write(session.wire.event(event))

    def hear(self, hint: Hint) -> None:
        """News from another node. Lost and repeated hints are repaired from the log."""
        placed = next((news for news in hint.news if type(news) is Placed), None)
        for entry in hint.entries:
            self.offer(entry, heard=True, placed=placed)
        feed = self._feeds.get(hint.subject)
        if feed is None:
            return
        if hint.upto > feed.known:
            self.disorder.gap(feed, hint.upto)
        for news in hint.news:
            if type(news) is not Told or not self.passes(feed, news.event):
                continue
            if news.only:
                self.aside(feed.id, news.only, news.event, heard=True)
            else:
                self._put(feed, Item(None, news.event, heard=True, hidden=frozenset(news.hidden)), False)

    def stall(self, session: Session) -> None:
        """The session cannot take more now. May be called from within its own `write`."""
        self._stalled.append(session)
        self._schedule()

    def flush(self) -> None:
        """Write everything that waits. Called at the end of the turn, and by whoever cannot wait for that."""
        self._scheduled = False
        feeds = [*self._urgent, *self._dirty]
        self._urgent, self._dirty = [], []
        if len(feeds) > 1:
            self._deliver_together(feeds)
        else:
            for feed in feeds:
                self.deliver(feed)
        stalled, self._stalled = self._stalled, []
        for session in stalled:
            if session.full:
                for feed in session.feeds:
                    feed.fall_behind(session)

    def _put(self, feed: Feed, item: Item, high: bool) -> None:
        if not feed.pending:
            (self._urgent if high else self._dirty).append(feed)
        elif high and feed not in self._urgent:
            self._urgent.append(feed)
        feed.pending.append(item)
        self._schedule()

    def _schedule(self) -> None:
        if not self._scheduled:
            self._scheduled = True
            asyncio.get_running_loop().call_soon(self.flush)

    def _deliver_together(self, feeds: Iterable[Feed]) -> None:
        """Several feeds: gather what each session gets from all of them, and write it at once."""
        gathered = self._gathered = {}
        try:
            for feed in feeds:
                self.deliver(feed)
        finally:
            self._gathered = None
            for session, parts in gathered.items():
                if not session.closed:
                    session.write(parts[0] if len(parts) == 1 else b"".join(parts))

    def _write(self, session: Session, data: bytes) -> None:
        """Now, or with what else the session gets in this turn."""
        if self._gathered is None:
            session.write(data)
        elif (parts := self._gathered.get(session)) is None:
            self._gathered[session] = [data]
        else:
            parts.append(data)

    def deliver(self, feed: Feed) -> None:
        items = feed.pending
        if not items:
            return
        feed.pending = []
        special = self._special(items)
        frames: dict[Wire, list[bytes]] = {}
        for wire, sessions in feed.live.items():
            frames[wire] = encoded = [item.frame(wire) for item in items]
            data = encoded[0] if len(encoded) == 1 else b"".join(encoded)
            self.tally.deliveries += len(encoded) * len(sessions)
            self.tally.bytes += len(data) * len(sessions)
            if self._gathered is not None:
                for session in sessions:
                    if session not in special:
                        self._write(session, data)
            elif special:
                for session, write in sessions.items():
                    if session not in special:
                        write(data)
            else:
                for write in sessions.values():
                    write(data)
        for session in special:
            self._deliver_special(feed, session, items, frames.get(session.wire))
        feed.seq = feed.known
        if self.nodes.shared:
            self.publish.turn(feed, items)
        self._close_unused(feed)

    def _special(self, items: Iterable[Item]) -> set[Session]:
        """The sessions that do not get the common bytes: origins of items, and other sessions of senders
        whose entries carry a cid, which nobody else is told."""
        special = set()
        for item in items:
            if item.origin is not None:
                special.add(item.origin)
            if item.entry is not None and item.entry.cid is not None:
                special.update(self._sessions.of(item.entry.sender))
            if self.discreet and type(item.event) is Receipt:
                special.update(self._discreet_sessions())
            for user in item.hidden:
                special.update(self._sessions.of(user))
        return special

    def _discreet_sessions(self) -> list[Session]:
        """Those of users who hide their receipts; whoever has gone is forgotten, and looked up when they come."""
        found: list[Session] = []
        for user in tuple(self.discreet):
            if not (sessions := self._sessions.of(user)):
                self.discreet.discard(user)
            found += sessions
        return found

    def _deliver_special(
        self, feed: Feed, session: Session, items: list[Item], frames: list[bytes] | None
    ) -> None:
        if session.closed:
            return
        live = session in feed.live.get(session.wire, ())
        behind = not live and session.positions is not None and feed in session.positions
        parts: list[bytes] = []
        for index, item in enumerate(items):
            if item.origin is session:
                if item.ack is None:
                    continue
                if behind and item.entry is not None and not session.echoes:
                    session.acks = session.acks or {}
                    session.acks[feed, item.entry.seq] = item.ack
                else:
                    parts += item.answers(session, live)
            elif live and not (item.hidden and session.identity.id in item.hidden):
                assert frames is not None
                if type(item.event) is Receipt and session.identity.id in self.discreet:
                    continue
                own = item.entry is not None and item.entry.sender == session.identity.id
                parts.append(item.frame(session.wire, True) if own else frames[index])
        if parts:
            self._write(session, b"".join(parts))

    def _close_unused(self, feed: Feed) -> None:
        if feed.size == 0 and not feed.pending and self._feeds.get(feed.id) is feed:
            del self._feeds[feed.id]
            if feed.early:
                self.disorder.forget(feed)
            self.nodes.unsubscribe(feed.id)
