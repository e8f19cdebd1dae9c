"""Receipts: how far somebody has received and read, told to those who share the conversation.

Rule: watermarks only rise. The first receipt of a conversation in a second goes at once, the others of that second
together when it is over. Above `receipts_limit` members, and in the lobby, nobody is told.
"""

import asyncio

from teahouse.engine.fanout import Fanout
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.engine.sync import joined
from teahouse.model.commands import Delivered, Read
from teahouse.model.errors import Code, Problem
from teahouse.model.events import Receipt
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Advance, Unread
from teahouse.model.results import Done, ReadUpTo

PAUSE_S = 1.0


class Receipts:
    def __init__(self, stores: Stores, rosters: Rosters, fanout: Fanout, options: EngineOptions) -> None:
        self._stores = stores
        self._rosters = rosters
        self._fanout = fanout
        self._limit = options.receipts_limit
        self._waiting: dict[str, dict[str, Receipt]] = {}

    async def read(self, session: Session, command: Read) -> ReadUpTo:
        """Move the read mark, at most to the last entry; it never goes back."""
        user = session.identity
        roster = await self._rosters.load(command.conversation)
        access(roster, user)
        seq = await self._clip(command.conversation, command.seq)
        await self._stores.cursors.advance([Advance(command.conversation, user.id, seq, seq)])
        counts = await self._stores.cursors.unread(user.id, {command.conversation: joined(roster, user)})
        unread = counts.get(command.conversation, Unread())
        self._tell(roster, Receipt(command.conversation, user.id, seq, seq), session)
        return ReadUpTo(max(seq, unread.read), unread.unread, unread.mentions)

    async def delivered(self, session: Session, command: Delivered) -> Done:
        """Move delivered marks: this device has the entries."""
        user = session.identity
        cursors = dict(command.cursors or {})
        if command.conversation is not None and command.seq is not None:
            cursors[command.conversation] = command.seq
        if not cursors:
            raise Problem(Code.BAD_REQUEST, "delivered needs conversation and seq, or cursors")
        moved = []
        for conversation, seq in cursors.items():
            roster = await self._rosters.load(conversation)
            access(roster, user)
            moved.append((roster, Advance(conversation, user.id, await self._clip(conversation, seq))))
        await self._stores.cursors.advance([advance for _, advance in moved])
        for roster, advance in moved:
            self._tell(roster, Receipt(advance.conversation, user.id, advance.delivered), session)
        return Done()

    async def _clip(self, conversation: str, seq: int) -> int:
        """Nobody has read what is not written."""
        feed = self._fanout.feed(conversation)
        if feed is not None and feed.opening is None:
            return min(seq, feed.known)
        heads = await self._stores.log.heads([conversation])
        return min(seq, heads.get(conversation, 0))

    def _tell(self, roster: Roster, receipt: Receipt, session: Session) -> None:
        conversation = receipt.conversation
        if conversation == LOBBY or len(roster.members) > self._limit:
            return
        waiting = self._waiting.get(conversation)
        if waiting is None:
            self._waiting[conversation] = {}
            self._fanout.tell(conversation, receipt, session)
            asyncio.get_running_loop().call_later(PAUSE_S, self._flush, conversation)
            return
        earlier = waiting.get(receipt.user)
        if earlier is not None:
            receipt = Receipt(
                conversation,
                receipt.user,
                max(earlier.delivered, receipt.delivered),
                max(earlier.read, receipt.read),
            )
        waiting[receipt.user] = receipt

    def _flush(self, conversation: str) -> None:
        waiting = self._waiting.pop(conversation, {})
        for receipt in waiting.values():
            self._fanout.tell(conversation, receipt)
        if waiting:
            self._waiting[conversation] = {}
            asyncio.get_running_loop().call_later(PAUSE_S, self._flush, conversation)
