"""Publish: what happens in conversations here, as hints for the other nodes.

Rule: entries of one turn go together; one that changed who is in, or the settings, goes by itself, with what it
changed, and every node hears of that, because somebody there may be meant who is not in the conversation yet. Used by
fanout.py.
"""

from collections.abc import Iterable

from teahouse.engine.disorder import Arrival
from teahouse.engine.feeds import Feed, Item
from teahouse.engine.nodes import Nodes
from teahouse.model.entries import Entry
from teahouse.model.events import AnyEvent
from teahouse.model.news import Told
from teahouse.ports.broker import EVERY_NODE, Hint


class Publish:
    def __init__(self, nodes: Nodes) -> None:
        self._nodes = nodes

    def entry(self, conversation: str, arrival: Arrival) -> None:
        if self._nodes.shared:
            self._nodes.publish(self._hints(conversation, [arrival]))

    def event(
        self, conversation: str, event: AnyEvent, hidden: frozenset[str] = frozenset(), only: str = ""
    ) -> None:
        if self._nodes.shared:
            told = Told(event, tuple(hidden), only)
            self._nodes.publish([Hint(self._nodes.name, conversation, news=(told,))])

    def turn(self, feed: Feed, items: Iterable[Item]) -> None:
        """What happened in a turn, but for what other nodes told us themselves."""
        arrivals: list[Arrival] = []
        events: list[Hint] = []
        for item in items:
            if item.heard:
                continue
            if item.entry is not None:
                arrivals.append(Arrival(item.entry, placed=item.placed))
            elif item.event is not None:
                told = Told(item.event, tuple(item.hidden))
                events.append(Hint(self._nodes.name, feed.id, news=(told,)))
        if arrivals or events:
            self._nodes.publish(self._hints(feed.id, arrivals) + events)

    def _hints(self, conversation: str, arrivals: Iterable[Arrival]) -> list[Hint]:
        node = self._nodes.name
        hints: list[Hint] = []
        entries: list[Entry] = []
        for arrival in arrivals:
            if arrival.placed is None:
                entries.append(arrival.entry)
                continue
            if entries:
                hints.append(Hint(node, conversation, tuple(entries)))
                entries = []
            hints.append(Hint(node, conversation, (arrival.entry,), news=(arrival.placed,)))
            hints.append(Hint(node, EVERY_NODE, news=(arrival.placed,)))
        if entries:
            hints.append(Hint(node, conversation, tuple(entries)))
        return hints
