"""PushDevices and NotificationBook (ports/push.py) in memory."""

from collections.abc import Mapping, Sequence

from msgspec.structs import replace

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.push import Notifications, PushDevice


class MemoryPushDevices:
    """A device whose login is gone is gone, too (D4), though it may still stand in the store."""

    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def add(self, device: PushDevice, most: int) -> PushDevice | None:
        self._store.check_writable()
        if device.grant not in self._store.logins:
            return None
        live = self._live()
        known = next((d for d in live if (d.kind, d.address) == (device.kind, device.address)), None)
        others = [d for d in live if d.user == device.user and d is not known]
        if len(others) >= most:
            return None
        self._store.push_devices = {d.id: d for d in live if d is not known}
        if known is not None and known.user == device.user:
            device = replace(device, id=known.id, created=known.created)
        self._store.push_devices[device.id] = device
        return device

    async def of(self, users: Sequence[str]) -> Mapping[str, Sequence[PushDevice]]:
        found: dict[str, list[PushDevice]] = {}
        for device in sorted(self._live(), key=lambda d: d.id):
            if device.user in users:
                found.setdefault(device.user, []).append(device)
        return found

    async def drop(self, user: str, device: str) -> bool:
        self._store.check_writable()
        mine = [d for d in self._live() if d.id == device and d.user == user]
        for one in mine:
            del self._store.push_devices[one.id]
        return bool(mine)

    async def holders(self, after: str, limit: int) -> list[str]:
        return sorted({d.user for d in self._live() if d.user > after})[:limit]

    def _live(self) -> list[PushDevice]:
        return [d for d in self._store.push_devices.values() if d.grant in self._store.logins]


class MemoryNotifications:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def wish(self, user: str, notifications: Notifications) -> None:
        self._store.check_writable()
        self._store.notifications[user] = notifications

    async def wishes(self, users: Sequence[str]) -> Mapping[str, Notifications]:
        return {u: self._store.notifications[u] for u in users if u in self._store.notifications}
