"""Broker (ports/broker.py) in memory: a hub that connects the nodes of one process.

A server of one node has a hub to itself, and `publish` costs it nothing. Tests connect several nodes, and set
`fate` to lose, repeat or delay hints.
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
    def __init__(self) -> None:
        self.fate: Fate = at_once
        self._brokers: dict[str, MemoryBroker] = {}

    def broker(self, node: str) -> "MemoryBroker":
        """The broker of `node`, connected to all others of this hub."""
        broker = self._brokers[node] = MemoryBroker(self, node)
        return broker

    def carry(self, hints: Sequence[Hint], publisher: "MemoryBroker") -> None:
        if len(self._brokers) < 2:
            return
        for broker in self._brokers.values():
            if broker is not publisher:
                self._send(hints, broker)

    def _send(self, hints: Sequence[Hint], broker: "MemoryBroker") -> None:
        for hint in hints:
            if hint.conversation in broker.subscribed:
                for delay in self.fate(hint, broker.node):
                    broker.arrive(hint, delay)


class MemoryBroker:
    def __init__(self, hub: MemoryHub, node: str) -> None:
        self.node = node
        self.subscribed: set[str] = set()
        self._hub = hub
        self._hear: Callable[[Hint], None] | None = None
        self._under_way: deque[Hint] = deque()
        self._last = 0.0  # when the last of them arrives

    def publish(self, hints: Sequence[Hint]) -> None:
        self._hub.carry(hints, self)

    def subscribe(self, conversation: str) -> None:
        self.subscribed.add(conversation)

    def unsubscribe(self, conversation: str) -> None:
        self.subscribed.discard(conversation)

    def listen(self, hear: Callable[[Hint], None]) -> None:
        self._hear = hear

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
        if self._hear is not None and hint.conversation in self.subscribed:
            self._hear(hint)
