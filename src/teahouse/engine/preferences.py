"""Preferences: how somebody keeps a conversation in their own list. Nobody else is told."""

from msgspec import UNSET, UnsetType

from teahouse.engine.rosters import Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.model.commands import Archive, Mute, Pin
from teahouse.model.marks import Advance
from teahouse.model.results import Done
from teahouse.ports.cursors import Cursors

FOREVER = -1


class Preferences:
    def __init__(self, cursors: Cursors, rosters: Rosters) -> None:
        self._cursors = cursors
        self._rosters = rosters

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
