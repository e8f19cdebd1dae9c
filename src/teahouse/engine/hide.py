"""Hide: delete messages for oneself, and clear a history. Nobody else is told, and nothing in the log changes.

Rule: what is hidden is kept beside the log, one row an entry; what is cleared is a watermark. Who shows entries asks
`sight.py`.
"""

from teahouse.engine.history import Reader
from teahouse.engine.rosters import Rosters
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.engine.whispers import Whispers
from teahouse.model.commands import Clear, Hide
from teahouse.model.events import Cleared, Hidden
from teahouse.model.marks import Advance
from teahouse.model.results import Done


class Hiding:
    def __init__(self, stores: Stores, rosters: Rosters, reader: Reader, whispers: Whispers) -> None:
        self._stores = stores
        self._rosters = rosters
        self._reader = reader
        self._whispers = whispers

    async def hide(self, session: Session, command: Hide) -> Done:
        """These entries are not shown to this user any more, on any device. Seqs they cannot see are passed over."""
        user, conversation = session.identity, command.conversation
        sight = await self._reader.sight(await self._rosters.load(conversation), user)
        head = await self._head(conversation)
        wanted = {seq for seq in command.seqs if sight.after < seq <= min(sight.upto, head)}
        seqs = tuple(sorted(wanted - sight.hidden))
        if seqs:
            await self._stores.hidden.hide(user.id, conversation, seqs)
            self._whispers.tell(user.id, Hidden(conversation, seqs), session)
        return Done()

    async def clear(self, session: Session, command: Clear) -> Done:
        """Nothing up to a seq, or up to now, is shown to this user any more, on any device."""
        user, conversation = session.identity, command.conversation
        after, upto = await self._reader.window(await self._rosters.load(conversation), user)
        head = min(upto, await self._head(conversation))
        seq = head if command.upto is None else min(command.upto, head)
        if seq > after:
            now = self._stores.clock.now()
            await self._stores.cursors.advance([Advance(conversation, user.id, cleared=seq, at=now)])
            self._whispers.tell(user.id, Cleared(conversation, seq), session)
        return Done()

    async def _head(self, conversation: str) -> int:
        return (await self._stores.log.heads([conversation])).get(conversation, 0)
