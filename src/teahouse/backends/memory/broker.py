"""Broker (ports/broker.py) in memory: a hub that connects the nodes of one process.

A server of one node has a hub to itself, and `publish` costs it nothing. Tests connect several nodes, set `fate` to
lose, repeat or delay hints, and `cut` a node off.
"""

import asyncio
from collections import deque
from collections.abc import Callable, Iterable, Sequence

from teahouse.ports.broker import Hint

Fate = Callable[[Hint, str], Iterable[float]]
"""What becomes of a hint on its way to a node: one delay in seconds for each time it arrives; none: lost."""


def at_once(hint: Hint, node: str) -> Iterable[float]:
    """The fate of hints in fair weather."""
    return (0.0,)


class MemoryHub:
    """`shared`: there are several."""

    def __init__(self) -> None:
        self.shared = False  # an attribute, because every send asks
        self.fate: Fate = at_once
        self._brokers: dict[str, MemoryBroker] = {}

    def broker(self, node: str) -> "MemoryBroker":
        """The broker of `node`, connected to all others of this hub."""
        broker = self._brokers[node] = MemoryBroker(self, node)
        self.shared = len(self._brokers) > 1
        return broker

    def cut(self, node: str) -> None:
        """The node's connection goes."""
        self._brokers[node].turn(False)

    def mend(self, node: str) -> None:
        """It comes back."""
        self._brokers[node].turn(True)

    def leave(self, node: str) -> None:
        """The node is no more."""
        self._brokers.pop(node, None)
        self.shared = len(self._brokers) > 1

    def carry(self, hints: Sequence[Hint], publisher: "MemoryBroker") -> None:
        if len(self._brokers) < 2:
            return
        for broker in tuple(self._brokers.values()):
            if broker is not publisher and broker.connected:
                self._send(hints, broker)

    def _send(self, hints: Sequence[Hint], broker: "MemoryBroker") -> None:
        for hint in hints:
            if hint.subject in broker.subscribed:
                for delay in self.fate(hint, broker.node):
                    broker.arrive(hint, delay)


class MemoryBroker:
    def __init__(self, hub: MemoryHub, node: str) -> None:
        self.node = node
        self.subscribed: set[str] = set()
        self.connected = True
        self._hub = hub
        self._hear: Callable[[Hint], None] | None = None
        self._lost: Callable[[], None] | None = None
        self._under_way: deque[Hint] = deque()
        self._last = 0.0  # when the last of them arrives

    @property
    def shared(self) -> bool:
        return self._hub.shared

    def publish(self, hints: Sequence[Hint]) -> None:
        if self.connected:
            self._hub.carry(hints, self)

    def subscribe(self, subject: str) -> None:
        self.subscribed.add(subject)

    def unsubscribe(self, subject: str) -> None:
        self.subscribed.discard(subject)

    async def settled(self) -> None:
        """They hold at once."""

    def listen(self, hear: Callable[[Hint], None], lost: Callable[[], None]) -> None:
        self._hear, self._lost = hear, lost

    def turn(self, connected: bool) -> None:
        """The connection goes or comes back."""
        self.connected = connected
        if self._lost is not None:
            self._lost()

    def arrive(self, hint: Hint, delay: float) -> None:
        """Be handed `hint` in `delay` seconds, or when all that were sent before it have arrived (B3)."""
        loop = asyncio.get_running_loop()
        self._last = max(self._last, loop.time() + delay)
        self._under_way.append(hint)
        if delay == 0 and len(self._under_way) == 1:
            loop.call_soon(self._deliver)
        else:
            loop.call_at(self._last, self._deliver)

    def _deliver(self) -> None:
        hint = self._under_way.popleft()
        if self._hear is not None and self.connected and hint.subject in self.subscribed:
            self._hear(hint)
