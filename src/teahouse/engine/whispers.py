"""Whispers: events without a seq for one user alone, on all their devices, wherever they are connected.

Rule: at most once, and never stored; what they tell of is found in the store by whoever missed it. Called by whoever
changes something that is one user's own, and by presence.
"""

from collections.abc import Iterable

from teahouse.engine.nodes import Nodes
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.model.events import AnyEvent
from teahouse.model.news import Whispered
from teahouse.ports.broker import Hint, person_of


class Whispers:
    def __init__(self, sessions: Sessions, nodes: Nodes) -> None:
        self._sessions = sessions
        self._nodes = nodes

    def tell(self, user: str, event: AnyEvent, skip: Session | None = None) -> None:
        """Tell all devices of a user but the one it comes from."""
        self.tell_here(user, event, skip)
        self._nodes.tell_of(user, Whispered(event))

    def tell_friends(self, friend: str, users: Iterable[str], event: AnyEvent) -> None:
        """Tell, on other nodes, those of `users` who have `friend` among their contacts."""
        node, news = self._nodes.name, (Whispered(event, friend),)
        self._nodes.publish([Hint(node, person_of(user), news=news) for user in users])

    def tell_here(self, user: str, event: AnyEvent, skip: Session | None = None) -> None:
        """Tell the devices on this node. Dropped for those who cannot take it now."""
        for session in self._sessions.of(user):
            if session is not skip and session.greeted and not session.stalled and not session.closed:
                session.write(session.wire.event(event))
