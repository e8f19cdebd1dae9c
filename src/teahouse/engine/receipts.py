"""Receipts: how far somebody has received and read, told to those who share the conversation.

Rule: watermarks only rise. The first receipt of a conversation in a second goes at once, the others of that second
together when it is over. Above `receipts_limit` members, and in the lobby, nobody is told. Whoever hides their own
receipts is told of nobody's (`Fanout.discreet`).
"""

import asyncio
import contextlib
from collections.abc import Callable, Mapping
from typing import NamedTuple

import structlog

from teahouse.engine.deliveries import DeliveryBook
from teahouse.engine.fanout import Fanout
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters, joined
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model.commands import Delivered, Read
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.events import Receipt
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Advance, Mark, Unread
from teahouse.model.people import User
from teahouse.model.preferences import Preferences
from teahouse.model.results import Done, ReadUpTo

_log = structlog.get_logger("teahouse.engine")

PAUSE_S = 1.0
_NO_MARK = Mark()
_NO_UNREAD = Unread()


class Receipts:
    def __init__(self, stores: Stores, rosters: Rosters, fanout: Fanout, options: EngineOptions) -> None:
        self._stores = stores
        self._rosters = rosters
        self._fanout = fanout
        self._limit = options.receipts_limit
        self.deliveries = DeliveryBook(None, stores.clock)
        self._waiting: dict[str, dict[str, _Untold]] = {}
        self._timers: dict[str, asyncio.TimerHandle] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.own: Callable[[str, Receipt, Session], None]
        self.seen: Callable[[str, str, int], None] | None = None  # told of user, conversation and seq

    async def read(self, session: Session, command: Read) -> ReadUpTo:
        """Move the read mark, at most to the last entry; it never goes back."""
        user, conversation = session.identity, command.conversation
        roster = await self._rosters.load(conversation)
        access(roster, user)
        seq = await self._clip(conversation, command.seq)
        self.deliveries.note(session, conversation, seq)
        mark = (await self._stores.cursors.marks(user.id, [conversation])).get(conversation, _NO_MARK)
        if seq > mark.read:
            now = self._stores.clock.now()
            await self._stores.cursors.advance([Advance(conversation, user.id, seq, seq, at=now)])
            if self.seen is not None:
                self.seen(user.id, conversation, seq)
            await self._tell(roster, Receipt(conversation, user.id, max(seq, mark.delivered), seq), session)
        counts = await self._stores.cursors.unread(user.id, {conversation: joined(roster, user)})
        unread = counts.get(conversation, _NO_UNREAD)
        return ReadUpTo(max(seq, mark.read, unread.read), unread.unread, unread.mentions)

    async def delivered(self, session: Session, command: Delivered) -> Done:
        """Move delivered marks: this device has the entries."""
        cursors = dict(command.cursors or {})
        if command.conversation is not None and command.seq is not None:
            cursors[command.conversation] = command.seq
        if not cursors:
            raise Problem(Code.BAD_REQUEST, "delivered needs conversation and seq, or cursors")
        await self._confirm(session, session.identity, cursors)
        return Done()

    def confirm_soon(self, session: Session, cursors: Mapping[str, int]) -> None:
        """What a device says it has when it comes. Nobody waits for this, and a store that cannot write it keeps
        nobody out."""
        if not cursors:
            return
        task = asyncio.get_running_loop().create_task(self._confirm_quietly(session, cursors))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _confirm_quietly(self, session: Session, cursors: Mapping[str, int]) -> None:
        with contextlib.suppress(Problem):  # the connection is lost, or the user went out meanwhile
            try:
                await self._confirm(session, session.identity, cursors)
            except StoreUnavailable as error:
                _log.warning("delivered marks were not stored", reason=str(error))

    async def _confirm(self, session: Session, user: User, cursors: Mapping[str, int]) -> None:
        marks = await self._stores.cursors.marks(user.id, list(cursors))
        moved = []
        for conversation, wished in cursors.items():
            roster = await self._rosters.load(conversation)
            access(roster, user)
            seq = await self._clip(conversation, wished)
            self.deliveries.note(session, conversation, seq)
            if seq > marks.get(conversation, _NO_MARK).delivered:
                moved.append((roster, Advance(conversation, user.id, seq, at=self._stores.clock.now())))
        if not moved:
            return
        await self._stores.cursors.advance([advance for _, advance in moved])
        for roster, advance in moved:
            await self._tell(roster, Receipt(advance.conversation, user.id, advance.delivered), session)

    async def _clip(self, conversation: str, seq: int) -> int:
        """Nobody has read what is not written."""
        feed = self._fanout.feed(conversation)
        if feed is not None and feed.opening is None and (seq <= feed.known or not self._fanout.nodes.shared):
            return min(seq, feed.known)
        heads = await self._stores.log.heads([conversation])
        return min(seq, heads.get(conversation, 0))

    async def _tell(self, roster: Roster, receipt: Receipt, session: Session) -> None:
        """Whoever hides their receipts tells only their own devices."""
        conversation, user = receipt.conversation, receipt.user
        if conversation == LOBBY or roster.blockers or len(roster.members) > self._limit:
            return
        wishes = (await self._stores.preferences.preferences([user])).get(user)
        if wishes is not None and not wishes.receipts:
            self.own(user, receipt, session)
            return
        waiting = self._waiting.get(conversation)
        if waiting is None:
            self._fanout.tell(conversation, receipt, session)
            self._pause(conversation)
            return
        if (earlier := waiting.get(receipt.user)) is not None:
            delivered = max(earlier.receipt.delivered, receipt.delivered)
            receipt = Receipt(conversation, receipt.user, delivered, max(earlier.receipt.read, receipt.read))
        waiting[receipt.user] = _Untold(receipt, session)

    def _pause(self, conversation: str) -> None:
        self._waiting[conversation] = {}
        timer = asyncio.get_running_loop().call_later(PAUSE_S, self._flush, conversation)
        self._timers[conversation] = timer

    def _flush(self, conversation: str) -> None:
        del self._timers[conversation]
        waiting = self._waiting.pop(conversation)
        for untold in waiting.values():
            self._fanout.tell(conversation, untold.receipt, untold.session)
        if waiting:
            self._pause(conversation)

    def wished(self, user: str, wishes: Preferences) -> None:
        """Somebody here hides their receipts, or does no longer."""
        if wishes.receipts:
            self._fanout.discreet.discard(user)
        else:
            self._fanout.discreet.add(user)

    def came(self, user: str) -> None:
        """Somebody is here: look whether they hide their receipts. Nobody waits for it."""
        task = asyncio.get_running_loop().create_task(self._look(user))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _look(self, user: str) -> None:
        with contextlib.suppress(StoreUnavailable):
            wishes = (await self._stores.preferences.preferences([user])).get(user)
            if wishes is not None:
                self.wished(user, wishes)

    def stop(self) -> None:
        for timer in self._timers.values():
            timer.cancel()
        for task in self._tasks:
            task.cancel()


class _Untold(NamedTuple):
    """A receipt that waits for the second to be over, and the session it comes from."""

    receipt: Receipt
    session: Session
