"""Between nodes: that something was appended, and everything else the others should know at once."""

from collections.abc import Callable, Sequence
from typing import Protocol

from msgspec import Struct

from teahouse.model.entries import Entry
from teahouse.model.news import AnyNews

EVERY_NODE = "nodes"
"""The subject that every node hears."""


class Hint(Struct, frozen=True, gc=False, omit_defaults=True):
    """What node `node` has to say about `subject`: entries that were committed, in order of seq, and news.

    A subject is an opaque string: the id of a conversation, `person_of(user)`, `node_of(name)` or EVERY_NODE. All of a
    hint is plain structs, so that any codec of msgspec encodes and decodes it. `upto`, if not 0, is the last seq there
    is, whether or not its entry is here: what is missing is read from the log. An entry has up to 64 KiB of content,
    and a hint the entries of one turn; a broker that finds it too large sends `slim` instead.
    """

    node: str
    subject: str
    entries: tuple[Entry, ...] = ()
    upto: int = 0
    news: tuple[AnyNews, ...] = ()

    def slim(self) -> "Hint":
        """The same without its entries."""
        last = self.entries[-1].seq if self.entries else 0
        return Hint(self.node, self.subject, (), max(self.upto, last), self.news)


def node_of(name: str) -> str:
    """The subject of what is for one node alone."""
    return f"node:{name}"


def person_of(user: str) -> str:
    """The subject of what is for one user's sessions, on whatever node."""
    return f"person:{user}"


class Broker(Protocol):
    """Best-effort hints between nodes.

    B1  A hint reaches every other node that is subscribed to its subject, usually once; it may be lost, repeated or
        late. Nothing depends on it but speed.
    B2  `publish` never blocks and never raises; the publishing node does not hear its own hints.
    B3  Hints of one node for one subject are heard in the order they were published.
    B4  A node whose connection to the others goes, or comes back, is told so by `lost`, and `connected` says which of
        the two it was; it is told, too, when hints of its own were dropped because there were too many. While it is
        away hints from and for this node are lost, without any end to how many, and none is kept for later.
        Subscriptions outlast it: after the second call they are in effect again.
    B5  When `settled` returns, subscriptions made before hold: what others publish from now on arrives. It never
        raises, and returns at once without a connection, and soon in any case: B4 follows then.
    """

    @property
    def shared(self) -> bool:
        """Whether there may be other nodes. If not, nothing needs to be published."""
        ...

    @property
    def connected(self) -> bool:
        """Whether hints come and go, as far as is known. True for who is alone."""
        ...

    def publish(self, hints: Sequence[Hint]) -> None: ...

    def subscribe(self, subject: str) -> None: ...

    def unsubscribe(self, subject: str) -> None: ...

    async def settled(self) -> None: ...

    def listen(self, hear: Callable[[Hint], None], lost: Callable[[], None]) -> None:
        """Set the two functions that are called, on the event loop: for each hint that arrives, and for B4."""
        ...
