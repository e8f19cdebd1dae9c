"""Nodes: what this node tells the others, and what it does when they tell something.

Rule: what is told was stored before, and is heard more than once without harm; so a hint that is lost costs time and
nothing else (repair.py). A server that is alone tells nothing and pays nothing.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

import structlog

from teahouse.model.changes import Change, PutConversation, PutMember, placed
from teahouse.model.news import AnyNews, News, Placed
from teahouse.ports.broker import EVERY_NODE, Broker, Hint, node_of, person_of

_log = structlog.get_logger("teahouse.engine")

Heard = Callable[[str, Any], None]
"""Told of whose news it is (a user, empty where it is for every node), and of the news."""

_PERSON = person_of("")


class Nodes:
    """`fed` is told of hints about conversations, `does` says who is told of which other news."""

    def __init__(self, broker: Broker, name: str) -> None:
        self._broker = broker
        self.name = name
        self._own = node_of(name)
        self.fed: Callable[[Hint], None]
        self.does: Mapping[type[News], Heard] = {}
        self.lost: Callable[[], None] = lambda: None
        self.subscribe = broker.subscribe
        self.unsubscribe = broker.unsubscribe
        self.settled = broker.settled
        broker.listen(self._hear, self._lost)

    @property
    def shared(self) -> bool:
        """Whether there may be others."""
        return self._broker.shared

    @property
    def connected(self) -> bool:
        return self._broker.connected

    def start(self) -> None:
        self._broker.subscribe(EVERY_NODE)
        self._broker.subscribe(node_of(self.name))

    def publish(self, hints: list[Hint]) -> None:
        self._broker.publish(hints)

    def tell(self, *news: AnyNews) -> None:
        """Tell every node."""
        if self._broker.shared:
            self._broker.publish([Hint(self.name, EVERY_NODE, news=news)])

    def tell_of(self, user: str, *news: AnyNews) -> None:
        """Tell the nodes on which this user is."""
        if self._broker.shared:
            self._broker.publish([Hint(self.name, person_of(user), news=news)])

    def tell_node(self, name: str, *news: AnyNews) -> None:
        """Tell one node."""
        self._broker.publish([Hint(self.name, node_of(name), news=news)])

    def came(self, user: str) -> None:
        """The user has a session here."""
        self._broker.subscribe(person_of(user))

    def went(self, user: str) -> None:
        """The user has none here any more."""
        self._broker.unsubscribe(person_of(user))

    def _hear(self, hint: Hint) -> None:
        try:
            if hint.subject in (EVERY_NODE, self._own):
                self._do("", hint)
            elif hint.subject.startswith(_PERSON):
                self._do(hint.subject[len(_PERSON) :], hint)
            else:
                self.fed(hint)
        except Exception:  # what one node says must not keep us from hearing the others
            _log.exception("news of another node could not be used", node=hint.node)

    def _do(self, user: str, hint: Hint) -> None:
        for news in hint.news:
            if (do := self.does.get(type(news))) is not None:
                do(user, news)

    def _lost(self) -> None:
        self.lost()


def placed_by(changes: Iterable[Change], seq: int) -> Placed | None:
    """What an entry changed that other nodes keep in memory, if anything. `seq` 0: there was no entry."""
    rows = tuple(placed(change, seq) for change in changes if isinstance(change, PutConversation | PutMember))
    return Placed(tuple(r for r in rows if isinstance(r, PutConversation | PutMember)), seq) if rows else None
