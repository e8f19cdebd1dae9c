"""Stays (ports/stays.py) in memory."""

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.stays import Stay


class MemoryStays:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def keep(self, stay: Stay) -> None:
        self._store.check_writable()
        self._store.stays[stay.user, stay.client] = stay

    async def of(self, user: str, client: str) -> Stay | None:
        return self._store.stays.get((user, client))

    async def drop(self, user: str, client: str) -> None:
        self._store.check_writable()
        self._store.stays.pop((user, client), None)

    async def expire(self, before: int) -> int:
        self._store.check_writable()
        old = [key for key, stay in self._store.stays.items() if stay.expires < before]
        for key in old:
            del self._store.stays[key]
        return len(old)
