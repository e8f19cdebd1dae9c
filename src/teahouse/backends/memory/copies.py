"""CommonCopies (ports/copies.py) in memory, for nodes of one process."""

from collections.abc import Collection
from itertools import count

from teahouse.ports.clock import Clock
from teahouse.ports.copies import Taken

LEASE_S, HOLD_S = 3.0, 60.0


class MemoryCopies:
    """Nodes of one process share one. Expired names are not cleared away: it is for tests."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._numbers = count(1)
        self._values: dict[str, tuple[float, bytes]] = {}
        self._leases: dict[str, tuple[float, bytes]] = {}
        self._held: dict[str, float] = {}

    async def take(self, name: str) -> Taken:
        now = self._clock.monotonic()
        if self._held.get(name, 0.0) > now:
            return Taken()
        until, value = self._values.get(name, (0.0, b""))
        if until > now:
            return Taken(value)
        until, lease = self._leases.get(name, (0.0, b""))
        if until > now:
            return Taken()
        lease = str(next(self._numbers)).encode()
        self._leases[name] = (now + LEASE_S, lease)
        return Taken(lease=lease)

    def put(self, name: str, lease: bytes, value: bytes, keep_s: float) -> None:
        now = self._clock.monotonic()
        until, held = self._leases.get(name, (0.0, b""))
        if until > now and held == lease and self._held.get(name, 0.0) <= now:
            del self._leases[name]
            self._values[name] = (now + keep_s, value)

    async def hold(self, names: Collection[str]) -> None:
        for name in names:
            self._clear(name)
            self._held[name] = self._clock.monotonic() + HOLD_S

    def drop(self, names: Collection[str]) -> None:
        for name in names:
            self._clear(name)
            self._held.pop(name, None)

    def _clear(self, name: str) -> None:
        self._values.pop(name, None)
        self._leases.pop(name, None)
