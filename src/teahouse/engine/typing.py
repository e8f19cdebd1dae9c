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


class Typists:
    """`large` is the number of members from which on typing is not told."""

    def __init__(self, rosters: Rosters, fanout: Fanout, clock: Clock, large: int) -> None:
        self._rosters = rosters
        self._fanout = fanout
        self._clock = clock
        self._large = large
        self._typing: dict[tuple[str, str], tuple[float, TimerHandle]] = {}

    async def typing(self, session: Session, command: Typing) -> None:
        roster = await self._rosters.load(command.conversation)
        user = session.identity
        access(roster, user)
        if self._too_large(roster):
            return
        key = (command.conversation, user.id)
        now = self._clock.monotonic()
        relayed, timer = self._typing.get(key, (None, None))
        if not command.on:
            if timer is not None:
                timer.cancel()
                self._over(key, session)
            return
        if timer is not None:
            timer.cancel()
        if relayed is None or now - relayed >= RELAY_S:
            relayed = now
            self._fanout.tell(
                command.conversation, events.Typing(command.conversation, user.id, True), session
            )
        self._typing[key] = relayed, asyncio.get_running_loop().call_later(OVER_S, self._over, key)

    def stopped(self, conversation: str, user: str) -> None:
        """The user sent what they were typing: clients know by the message, nothing is told."""
        found = self._typing.pop((conversation, user), None)
        if found is not None:
            found[1].cancel()

    def _over(self, key: tuple[str, str], skip: Session | None = None) -> None:
        if self._typing.pop(key, None) is not None:
            conversation, user = key
            self._fanout.tell(conversation, events.Typing(conversation, user, False), skip)

    def _too_large(self, roster: Roster) -> bool:
        if roster.conversation.id == LOBBY:
            feed = self._fanout.feed(LOBBY)
            return feed is not None and feed.size >= self._large
        return len(roster.members) >= self._large
