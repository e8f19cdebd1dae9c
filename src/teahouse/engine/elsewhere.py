"""Elsewhere: who on this node is told what another one says, and who tells others of what.

Rule: nothing here but the table and what fits on a line or two; what is done with it stands in the rooms' own files.
Made by verbs.py.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Coroutine
from typing import TYPE_CHECKING, Any

import structlog

from teahouse.engine.authenticate import REPLACED
from teahouse.model import events, news
from teahouse.model.errors import StoreUnavailable
from teahouse.model.people import User

if TYPE_CHECKING:
    from teahouse.engine.feeds import Feed
    from teahouse.engine.session import Session
    from teahouse.engine.verbs import Verbs
    from teahouse.model.events import AnyEvent, Bye
    from teahouse.ports.copies import Copies

_log = structlog.get_logger("teahouse.engine")


class Elsewhere:
    """`revoked` and `renamed` are told of what another node was told of a user, `dismiss` ends a session."""

    def __init__(
        self, verbs: Verbs, dismiss: Callable[[Session, Bye], None], copies: Copies | None = None
    ) -> None:
        self._verbs = verbs
        self._dismiss = dismiss
        self._copies = copies
        self._tasks: set[asyncio.Task[None]] = set()
        self.revoked: Callable[[str, Collection[str] | None, str | None], None]
        self.renamed: Callable[[User], None]
        verbs.nodes.does = {
            news.Placed: verbs.placing.heard,
            news.Whispered: self._whispered,
            news.Present: verbs.attendance.heard,
            news.Left: verbs.attendance.left,
            news.Wished: self._wished,
            news.Related: self._related,
            news.Replaced: self._replaced,
            news.Revoked: self._revoked,
            news.Renamed: self._renamed,
            news.Holding: self._holding,
            news.Seen: self._seen,
            news.Outdated: self._outdated,
            news.Grow: verbs.relay.asked,
            news.Grown: verbs.relay.answered,
            news.Missed: self._missed,
            news.Stale: self._stale,
        }
        verbs.fanout.passes = self._passes
        self._speak()

    def _speak(self) -> None:
        """Who here tells other nodes of what."""
        verbs, nodes = self._verbs, self._verbs.nodes
        verbs.places.whisper = verbs.entrance.whisper = verbs.whispers.tell
        verbs.guests.told = lambda user: nodes.tell(news.Renamed(user))
        verbs.blocks.changed = lambda user, other: nodes.tell(news.Related(user, other))
        verbs.contacts.changed = verbs.blocks.changed
        verbs.preferences.told = lambda user: nodes.tell_of(user, news.Wished())
        verbs.authenticate.replaced = lambda user, *who: nodes.tell_of(user, news.Replaced(*who))
        if self._copies is not None:
            self._copies.told = lambda names: nodes.tell(news.Stale(tuple(names)))
            verbs.repair.doubted.append(self._copies.forget)

    def _passes(self, feed: Feed, event: AnyEvent) -> bool:
        """Whether what another node tells a conversation is told here."""
        if isinstance(event, events.Stream):
            self._verbs.streams.heard(event)
        return self._verbs.attendance.passes(feed, event)

    def _whispered(self, user: str, heard: news.Whispered) -> None:
        if not heard.friend or heard.friend in self._verbs.contacts.of(user):
            self._verbs.whispers.tell_here(user, heard.event)

    def _wished(self, user: str, _heard: news.Wished) -> None:
        if self._verbs.sessions.of(user):
            self._verbs.receipts.came(user)

    def _related(self, _user: str, heard: news.Related) -> None:
        self._verbs.blocks.heard(heard.user, heard.other)
        self._verbs.contacts.heard()
        if self._verbs.sessions.of(heard.user):
            self.spawn(self._verbs.relate(heard.user))

    def _replaced(self, user: str, heard: news.Replaced) -> None:
        """Ids of sessions begin with the time."""
        for session in self._verbs.sessions.of(user):
            if session.device == heard.device and session.id < heard.session:
                self._dismiss(session, REPLACED)

    def _revoked(self, _user: str, heard: news.Revoked) -> None:
        self._verbs.guests.departed()
        self.revoked(heard.user, heard.grants, heard.but)

    def _renamed(self, _user: str, heard: news.Renamed) -> None:
        self.renamed(heard.user)

    def _holding(self, _user: str, heard: news.Holding) -> None:
        if self._verbs.pipeline.push is not None:
            self._verbs.pipeline.push.learn(heard.user, heard.any_device)

    def _seen(self, _user: str, heard: news.Seen) -> None:
        if self._verbs.pipeline.push is not None:
            self._verbs.pipeline.push.heard(heard)

    def _outdated(self, _user: str, heard: news.Outdated) -> None:
        outgoing = self._verbs.pipeline.outgoing
        if heard.what == news.BOTS:
            self.spawn(self._verbs.commands.start())
        elif heard.what == news.OUTLETS and outgoing is not None:
            self.spawn(outgoing.read())

    def _stale(self, _user: str, heard: news.Stale) -> None:
        if self._copies is not None:
            self._copies.outdated(heard.names)

    def _missed(self, _user: str, _heard: news.Missed) -> None:
        self._verbs.repair.soon()

    def spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._quietly(coroutine))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """What cannot be read now is read when all is looked through (repair.py)."""
        try:
            await coroutine
        except StoreUnavailable as error:
            _log.warning("what another node changed cannot be read now", reason=str(error))
            self._verbs.repair.soon()

    async def stop(self) -> None:
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
