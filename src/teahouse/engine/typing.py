"""Typing: who is writing now. Relayed once in three seconds, over by itself after six, the first to be dropped."""

import asyncio
from asyncio import TimerHandle

from teahouse.engine.fanout import Fanout
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.model import events
from teahouse.model.commands import Typing
from teahouse.model.ids import LOBBY
from teahouse.ports.clock import Clock

RELAY_S = 3.0
OVER_S = 6.0

Key = tuple[str, str]
"""Conversation and user."""


class _Typing:
    """Somebody who types, or did a moment ago. `relayed` is when it was last told (monotonic seconds), `shown`
    whether others see it now, `session` where they type."""

    __slots__ = ("relayed", "session", "shown", "timer")

    def __init__(self, relayed: float, timer: TimerHandle, session: Session) -> None:
        self.relayed = relayed
        self.shown = True
        self.timer = timer
        self.session = session


class Typists:
    """`large` is the number of members from which on typing is not told."""

    def __init__(self, rosters: Rosters, fanout: Fanout, clock: Clock, large: int) -> None:
        self._rosters = rosters
        self._fanout = fanout
        self._clock = clock
        self._large = large
        self._typing: dict[Key, _Typing] = {}

    async def typing(self, session: Session, command: Typing) -> None:
        user = session.identity
        roster = await self._rosters.load(command.conversation)
        access(roster, user)
        if roster.blockers or self._too_large(roster):
            return
        key = (command.conversation, user.id)
        if command.on:
            self._begin(key, session)
        elif (typing := self._typing.get(key)) is not None:
            self._end(key, typing)

    def stopped(self, conversation: str, user: str) -> None:
        """The user sent what they were typing: clients know by the message, nothing is told."""
        typing = self._typing.get((conversation, user))
        if typing is not None:
            typing.shown = False

    def _begin(self, key: Key, session: Session) -> None:
        now = self._clock.monotonic()
        timer = asyncio.get_running_loop().call_later(OVER_S, self._over, key)
        typing = self._typing.get(key)
        if typing is not None:
            typing.timer.cancel()
            typing.timer = timer
            if now - typing.relayed < RELAY_S:
                return
            typing.relayed, typing.shown = now, True
        else:
            self._typing[key] = _Typing(now, timer, session)
        self._tell(key, True, session)

    def _end(self, key: Key, typing: _Typing) -> None:
        if typing.shown:
            typing.shown = False
            self._tell(key, False, typing.session)

    def _over(self, key: Key) -> None:
        self._end(key, self._typing.pop(key))

    def _tell(self, key: Key, on: bool, session: Session) -> None:
        conversation, user = key
        self._fanout.tell(conversation, events.Typing(conversation, user, on), session)

    def _too_large(self, roster: Roster) -> bool:
        if roster.conversation.id == LOBBY:
            feed = self._fanout.feed(LOBBY)
            return feed is not None and feed.size >= self._large
        return len(roster.members) >= self._large

    def stop(self) -> None:
        for typing in self._typing.values():
            typing.timer.cancel()
