"""Deliveries (ports/deliveries.py) in memory."""

from collections.abc import Sequence

from teahouse.backends.memory.store import MemoryStore
from teahouse.model.deliveries import Delivery


class MemoryDeliveries:
    def __init__(self, store: MemoryStore) -> None:
        self._store = store

    async def record(self, deliveries: Sequence[Delivery]) -> None:
        self._store.check_writable()
        for delivery in deliveries:
            known = self._store.deliveries[delivery.conversation]
            earlier = known.get((delivery.user, delivery.device))
            if earlier is None or delivery.seq > earlier.seq:
                known[delivery.user, delivery.device] = delivery

    async def of(self, conversation: str, limit: int) -> Sequence[Delivery]:
        known = self._store.deliveries.get(conversation, {})
        return [known[key] for key in sorted(known)][:limit]

    async def expire(self, before: int) -> int:
        self._store.check_writable()
        forgotten = 0
        for known in self._store.deliveries.values():
            old = [key for key, delivery in known.items() if delivery.at < before]
            for key in old:
                del known[key]
            forgotten += len(old)
        return forgotten
