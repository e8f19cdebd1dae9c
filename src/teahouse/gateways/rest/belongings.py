"""Belongings: what is kept of somebody besides their account and what they wrote, for their export.

Called by me.py; made by app/compose.py.
"""

from msgspec import Raw

from teahouse.engine.stores import PushStores
from teahouse.model.push import Notifications
from teahouse.model.relations import Block, Contact
from teahouse.model.results import Result
from teahouse.ports.files import Files
from teahouse.ports.relations import Relations
from teahouse.ports.schedules import Schedules

_PAGE = 500


class OwnFile(Result, frozen=True, omit_defaults=False):
    id: str
    name: str
    size: int
    mime: str
    created: int


class OwnSchedule(Result, frozen=True, omit_defaults=False):
    """`send` is the command that will be done `at` that time (milliseconds UTC)."""

    id: str
    conversation: str
    at: int
    send: Raw


class OwnPushDevice(Result, frozen=True, omit_defaults=False):
    """Without what reaches it, which is as good as a key."""

    id: str
    kind: str
    name: str
    created: int


class Belongings:
    def __init__(
        self,
        relations: Relations,
        schedules: Schedules,
        files: Files | None,
        push: PushStores | None = None,
    ) -> None:
        self._push = push
        self._relations = relations
        self._schedules = schedules
        self._files = files

    async def of(self, user: str) -> dict[str, object]:
        """By the name of the field in the export."""
        contacts: list[Contact] = await self._relations.contacts(user)
        blocks: list[Block] = await self._relations.blocks(user)
        schedules = await self._schedules.of(user)
        return {
            "contacts": contacts,
            "blocks": blocks,
            "files": await self._owned(user),
            "schedules": [OwnSchedule(s.id, s.conversation, s.at, Raw(s.send)) for s in schedules],
            **await self._woken(user),
        }

    async def _woken(self, user: str) -> dict[str, object]:
        """How they want to be told, and where."""
        if self._push is None:
            return {"push_devices": [], "notifications": Notifications()}
        devices = (await self._push.devices.of([user])).get(user, ())
        wishes = (await self._push.notifications.wishes([user])).get(user, Notifications())
        return {
            "push_devices": [OwnPushDevice(d.id, d.kind.value, d.name, d.created) for d in devices],
            "notifications": wishes,
        }

    async def _owned(self, user: str) -> list[OwnFile]:
        """How many there are is bounded by what one user may keep."""
        found: list[OwnFile] = []
        page = [] if self._files is None else await self._files.owned(user, "", _PAGE)
        while page and self._files is not None:
            found += [OwnFile(f.id, f.name, f.size, f.mime, f.created) for f in page]
            page = await self._files.owned(user, page[-1].id, _PAGE)
        return found
