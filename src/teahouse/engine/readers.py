"""Readers: who has read a message, and when they last read on; how far the others have come, for whoever was away
when their receipts were told.

Rule: who hides their receipts is neither listed nor counted, and is told of nobody; so is, in a direct conversation,
either of two of whom one has blocked the other. Large conversations give a number and no names.
"""

from collections.abc import Sequence

from teahouse.engine.history import Reader as HistoryReader
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.model.commands import Readers as ReadersCommand
from teahouse.model.commands import Receipts as ReceiptsCommand
from teahouse.model.conversations import Member
from teahouse.model.entries import Kind
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY
from teahouse.model.marks import Mark
from teahouse.model.preferences import Preferences
from teahouse.model.receipts import ReceiptList, Watermarks
from teahouse.model.results import Reader, ReaderList

_DEFAULTS = Preferences()
_NO_MARK = Mark()


class Readers:
    def __init__(
        self, stores: Stores, rosters: Rosters, reader: HistoryReader, options: EngineOptions
    ) -> None:
        self._stores = stores
        self._rosters = rosters
        self._reader = reader
        self._limit = options.receipts_limit

    async def readers(self, session: Session, command: ReadersCommand) -> ReaderList:
        user, conversation = session.identity, command.conversation
        roster = await self._rosters.load(conversation)
        access(roster, user)
        entry = await self._reader.entry(roster, user, command.seq)
        if entry.kind is not Kind.MESSAGE:
            raise Problem(Code.BAD_REQUEST, f"entry {command.seq} is not a message")
        if conversation == LOBBY:
            raise Problem(Code.FORBIDDEN, "nobody is told who has read in the lobby")
        others = [m for m in roster.members.values() if m.user != entry.sender and m.joined <= entry.seq]
        told = await self._tellers(roster, user.id, others)
        marks = await self._stores.cursors.everyone(conversation)
        read = [member for member in told if marks.get(member.user, _NO_MARK).read >= command.seq]
        if len(roster.members) > self._limit:
            return ReaderList(len(read), len(told))
        read.sort(key=lambda member: (marks[member.user].read_at, member.user))
        rows = tuple(Reader(member.user, member.nick, marks[member.user].read_at) for member in read)
        return ReaderList(len(read), len(told), rows)

    async def receipts(self, session: Session, command: ReceiptsCommand) -> ReceiptList:
        user, conversation = session.identity, command.conversation
        roster = await self._rosters.load(conversation)
        access(roster, user)
        if conversation == LOBBY:
            raise Problem(Code.FORBIDDEN, "nobody is told who has received or read in the lobby")
        if len(roster.members) > self._limit:
            return ReceiptList()
        others = [member for member in roster.members.values() if member.user != user.id]
        told = {member.user for member in await self._tellers(roster, user.id, others)}
        marks = await self._stores.cursors.everyone(conversation) if told else {}
        return ReceiptList(
            tuple(
                Watermarks(user=other, delivered=mark.delivered, read=mark.read, at=mark.read_at or None)
                for other, mark in sorted(marks.items())
                if other in told and mark.delivered
            )
        )

    async def _tellers(self, roster: Roster, asker: str, others: Sequence[Member]) -> list[Member]:
        """Those of the others of whose reading the asker may hear."""
        if roster.blockers:
            return []
        wishes = await self._stores.preferences.preferences([asker, *(m.user for m in others)])
        if not wishes.get(asker, _DEFAULTS).receipts:
            return []
        return [member for member in others if wishes.get(member.user, _DEFAULTS).receipts]
