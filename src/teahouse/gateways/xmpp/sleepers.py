"""Streams that can be resumed (XEP-0198, 5): those that are awake, and those that broke, until they are resumed.

Rule: what was said in conversations is not kept here, only how far the client had come in each: it is read from the
log when it comes back. Kept in this process's memory: after a restart a client binds anew and reads the archive
(decision 0064). Called by resource.py and negotiation.py.
"""

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from teahouse.gateways.xmpp.management import Unseen

if TYPE_CHECKING:
    from teahouse.gateways.xmpp.resource import Resource


@dataclass(slots=True)
class Sleeper:
    """`received` is how many stanzas of the client were handled for good, `sent` and `acked` how many it was sent and
    has acknowledged. `cursors` is what it was told of each conversation, `unseen` what it has not acknowledged.
    `until` is when it is forgotten (seconds of the engine)."""

    stream: str
    user: str
    resource: str
    received: int
    sent: int
    acked: int
    cursors: dict[str, int]
    unseen: list[Unseen]
    joined: set[str]
    carbons: bool
    until: int


class Sleepers:
    """`most` is how many there may be; the oldest goes first. `second` is the engine's clock."""

    def __init__(self, most: int, second: Callable[[], int]) -> None:
        self._most = most
        self._second = second
        self._all: OrderedDict[str, Sleeper] = OrderedDict()
        self.awake: dict[str, Resource] = {}

    def __len__(self) -> int:
        return len(self._all)

    def put(self, sleeper: Sleeper) -> None:
        now = self._second()
        while self._all and (len(self._all) >= self._most or next(iter(self._all.values())).until < now):
            self._all.popitem(last=False)
        if self._most:
            self._all[sleeper.stream] = sleeper

    def wake(self, stream: str, user: str) -> Sleeper | None:
        """It is woken up once, and by nobody but its user. One that is awake, because nobody noticed yet that its
        connection is gone, is put to sleep first."""
        awake = self.awake.get(stream)
        if awake is not None and awake.user == user:
            awake.replace()
        found = self._all.get(stream)
        if found is None or found.user != user:
            return None
        del self._all[stream]
        return found if found.until >= self._second() else None
