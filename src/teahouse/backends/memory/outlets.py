"""Outlets (ports/outlets.py) in memory."""

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.outlets import Lane, Outlet


class MemoryOutlets:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def page(self, after: str, limit: int) -> list[Outlet]:
        found = sorted(self._store.outlets.values(), key=lambda outlet: outlet.id)
        return [outlet for outlet in found if outlet.id > after][:limit]

    async def lane(self, outlet: str, conversation: str) -> Lane | None:
        return self._store.lanes.get((outlet, conversation))

    async def keep(self, lane: Lane) -> None:
        self._store.check_writable()
        if lane.outlet in self._store.outlets:
            self._store.lanes[lane.outlet, lane.conversation] = lane

    async def behind(self, after: tuple[str, str], limit: int) -> list[Lane]:
        entries = self._store.entries
        lanes = [lane for place, lane in sorted(self._store.lanes.items()) if place > after]
        return [lane for lane in lanes if lane.seq < len(entries[lane.conversation])][:limit]


def drop(store: MemoryStore, outlet: str) -> None:
    """The outlet and its lanes (W3)."""
    store.outlets.pop(outlet, None)
    store.lanes = {place: lane for place, lane in store.lanes.items() if place[0] != outlet}
