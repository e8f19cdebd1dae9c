"""Preferences: how somebody keeps a conversation in their own list, and what they wish for all. Nobody else is told."""

from collections.abc import Callable

from msgspec import UNSET, UnsetType

from teahouse.engine.rosters import Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.model import commands
from teahouse.model.commands import Archive, Mute, Pin
from teahouse.model.marks import Advance
from teahouse.model.preferences import Preferences as Wishes
from teahouse.model.results import Done, Preferred
from teahouse.ports.cursors import Cursors
from teahouse.ports.preferences import PreferenceBook

FOREVER = -1


class Preferences:
    """`changed` is told of what a user wishes now, `told` tells the other nodes that it changed."""

    def __init__(self, cursors: Cursors, book: PreferenceBook, rosters: Rosters) -> None:
        self._cursors = cursors
        self._book = book
        self._rosters = rosters
        self.changed: Callable[[str, Wishes], None]
        self.told: Callable[[str], None]

    async def prefer(self, session: Session, command: commands.Preferences) -> Preferred:
        """Change what is given, and answer all."""
        user = session.identity.id
        wishes = (await self._book.preferences([user])).get(user, Wishes())
        if command.receipts is not None:  # also if it is so already: what is known here may be a moment old
            wishes = Wishes(receipts=command.receipts)
            await self._book.prefer(user, wishes)
            self.changed(user, wishes)
            self.told(user)
        return Preferred(wishes.receipts)

    async def mute(self, session: Session, command: Mute) -> Done:
        """No notifications, until a time or for good; mentions still count."""
        until = (command.until or FOREVER) if command.on else 0
        return await self._set(session, command.conversation, muted_until=until)

    async def pin(self, session: Session, command: Pin) -> Done:
        return await self._set(session, command.conversation, pinned=command.on)

    async def archive(self, session: Session, command: Archive) -> Done:
        return await self._set(session, command.conversation, archived=command.on)

    async def _set(
        self,
        session: Session,
        conversation: str,
        pinned: bool | UnsetType = UNSET,
        archived: bool | UnsetType = UNSET,
        muted_until: int | UnsetType = UNSET,
    ) -> Done:
        user = session.identity
        access(await self._rosters.load(conversation), user)
        advance = Advance(conversation, user.id, pinned=pinned, archived=archived, muted_until=muted_until)
        await self._cursors.advance([advance])
        return Done()
