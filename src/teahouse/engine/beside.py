"""Beside: programs of this process that are customers of the engine, as the desk is.

Rule: they act by `Engine.call`, as every user does, and hear what is said by a job that is written with each message:
so nothing is missed, whatever dies, and one node does it. What they ask for is not counted against them, for they ask
on behalf of many. Found at the engine by whoever puts such a program together.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from teahouse.engine.rosters import Roster
from teahouse.model.changes import SEQ_OF_ENTRY, PutJob
from teahouse.model.jobs import Job

if TYPE_CHECKING:
    from teahouse.engine.verbs import Verbs
    from teahouse.engine.worker import Do
    from teahouse.model.events import AnyEvent


class Beside:
    def __init__(self, verbs: Verbs) -> None:
        self._verbs = verbs
        self._kinds: dict[str, str] = {}
        self._clock = verbs.pipeline.clock

    def follow(self, user: str, kind: str) -> None:
        """From now on each message in a conversation this user is in, but their own, puts a job of this kind."""
        self._kinds[user] = kind
        self._verbs.quota.free.add(user)
        self._verbs.pipeline.followers = self._follow

    def do(self, kind: str, do: Do) -> None:
        """Who does jobs of this kind here: said before the worker begins, or it finds nobody for those that wait."""
        self._verbs.worker.hire(kind, do)

    def tell(self, user: str, event: AnyEvent) -> None:
        """An event for one user, on all their devices, wherever they are."""
        self._verbs.whispers.tell(user, event)

    def _follow(self, roster: Roster, sender: str) -> tuple[PutJob, ...]:
        """The jobs of a message. A part of every message's road, where there are such programs."""
        return tuple(
            PutJob(Job(kind, "", self._clock.now(), conversation=roster.conversation.id, seq=SEQ_OF_ENTRY))
            for user, kind in self._kinds.items()
            if user in roster.members and user != sender
        )
