"""Between nodes: that something was appended, and events without a seq."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from teahouse.model.entries import Entry
from teahouse.model.events import AnyEvent


class Hint(Struct, frozen=True, gc=False):
    """News of one conversation from node `node`: entries that were committed, or an event for its sessions.
    A node that misses a hint finds the entries in the log."""

    node: str
    conversation: str
    entries: tuple[Entry, ...] = ()
    event: AnyEvent | None = None


class Broker(Protocol):
    """Best-effort hints between nodes.

    B1  A hint reaches every other node subscribed to its conversation, usually once; it may be lost,
        repeated or late. Nothing depends on it but speed.
    B2  `publish` never blocks and never raises; the publishing node does not hear its own hints.
    B3  Hints of one node for one conversation are heard in the order they were published.
    """

    def publish(self, hints: Sequence[Hint]) -> None: ...

    def subscribe(self, conversation: str) -> None: ...

    def unsubscribe(self, conversation: str) -> None: ...

    def listen(self, hear: Callable[[Hint], None]) -> None:
        """Set the one function that is called, on the event loop, for each hint that arrives."""
        ...
