"""Presence: who is here, and in what state.

Rule: told to those who share a conversation that is small enough, at most once a second a user. Going is told only
after a while, because most who go are back at once; and of nodes that a user had sessions on, by the one which had the
last.
"""

import asyncio
import contextlib
from asyncio import TimerHandle
from collections.abc import Callable, Coroutine, Iterable, Sequence
from heapq import nsmallest
from typing import Any

from teahouse.engine.blocks import Blocks
from teahouse.engine.fanout import Fanout
from teahouse.engine.feeds import Feed
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.engine.whispers import Whispers
from teahouse.model import commands, events
from teahouse.model.errors import StoreUnavailable
from teahouse.model.events import AnyEvent
from teahouse.model.ids import LOBBY
from teahouse.model.news import Goer, Left, Present, Told
from teahouse.model.people import Availability, Status, User
from teahouse.model.results import Done, MemberPage, MemberRow, OnlineList, OnlineUser
from teahouse.ports.broker import Hint

PAUSE_S = 1.0
MOST_LISTED = 1000
MOST_IN_LOBBY = 10_000
"""So many of those on all nodes are found as members of the lobby."""
_ABSENT = ""
_TOGETHER = 50
"""So many people are handed over in one hint."""


class Attendance:
    """`friends` are those on this node who keep a user as a contact and are kept by them, `contacts` all whom the user
    keeps; `parted` is told who has gone from this node."""

    def __init__(
        self,
        stores: Stores,
        options: EngineOptions,
        sessions: Sessions,
        rosters: Rosters,
        fanout: Fanout,
        blocks: Blocks,
    ) -> None:
        self._stores = stores
        self._options = options
        self._sessions = sessions
        self._rosters = rosters
        self._fanout = fanout
        self._blocks = blocks
        self._nodes = fanout.nodes
        self._told: dict[str, str] = {}
        self._timers: dict[str, TimerHandle] = {}
        self._states: dict[str, Availability] = {}
        self._going: dict[str, tuple[TimerHandle, tuple[str, ...]]] = {}
        self._left_to_others: set[str] = set()
        self._looks: set[TimerHandle] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self.whispers: Whispers
        self.friends: Callable[[str], Iterable[str]]
        self.contacts: Callable[[str], Iterable[str]]
        self.parted: Callable[[str], None]

    def state(self, user: User) -> Availability:
        """How a user who comes is present: as on their other devices, or as they were a moment ago."""
        known = self._states.get(user.id)
        status, text = (known.status, known.text) if known is not None else (Status.ONLINE, "")
        return Availability(user.id, user.nick, status, text, self._stores.clock.now())

    async def learn(self, user: str) -> None:
        """Somebody comes: how they look on other nodes is how they look here, and was told there."""
        if not self._nodes.shared or user in self._states:
            return
        with contextlib.suppress(StoreUnavailable):
            found = (await self._stores.presence.locate([user])).get(user)
            if found is not None:
                self._states.setdefault(user, found)
                self._told.setdefault(user, _look(_seen(found)))

    def heard(self, user: str, news: Present) -> None:
        """The user, who is here, wants to look otherwise, and said so on another node, which tells it."""
        if self._sessions.of(user):
            self._states[user] = news.state
            self._told[user] = _look(_seen(news.state))
            self._spawn(self._stores.presence.touch(news.state))

    async def touch(self, user: User) -> None:
        """Note once more that the user is here."""
        await self._stores.presence.touch(self.state(user))

    def came(self, user: User) -> None:
        """The user has a session; told unless they were only briefly gone."""
        going = self._going.pop(user.id, None)
        if going is not None:
            going[0].cancel()
        self._tell_soon(self.state(user))

    def went(self, user: User, conversations: tuple[str, ...]) -> None:
        """The user's last session here ended. The nick is free at once, the news waits."""
        loop = asyncio.get_running_loop()
        self._spawn(self._drop(user))
        if (going := self._going.get(user.id)) is not None:
            going[0].cancel()
        timer = loop.call_later(self._options.offline_after_s, self._gone, user)
        self._going[user.id] = timer, conversations

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._quietly(coroutine))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _quietly(self, coroutine: Coroutine[Any, Any, None]) -> None:
        """Presence that cannot be noted expires, or is noted again when the book is back."""
        with contextlib.suppress(StoreUnavailable):
            await coroutine

    async def _drop(self, user: User) -> None:
        """Let go of the user, unless they are back already. If they are on another node, that is where they go from
        one day."""
        self._left_to_others.discard(user.id)
        if self._sessions.of(user.id):
            return
        await self._stores.presence.drop(user.id)
        if await self._is_elsewhere(user.id):
            self._left_to_others.add(user.id)

    async def _is_elsewhere(self, user: str) -> bool:
        if not self._nodes.shared:
            return False
        with contextlib.suppress(StoreUnavailable):
            return bool(await self._stores.presence.locate([user]))
        return False

    def renamed(self, user: User) -> None:
        """The user, who is here, is called otherwise now: those who see them are told."""
        state = self.state(user)
        self._spawn(self._stores.presence.touch(state))
        self._tell_soon(state)

    async def presence(self, session: Session, command: commands.Presence) -> Done:
        """Set one's own state."""
        user = session.identity
        state = Availability(
            user.id, user.nick, Status(command.status), command.text, self._stores.clock.now()
        )
        await self._stores.presence.touch(state)
        self._tell_soon(state)
        self._nodes.tell_of(user.id, Present(state))
        return Done()

    async def online(self, session: Session, command: commands.Online) -> OnlineList:
        """Who is here, of one conversation; by default all, in the lobby."""
        conversation = command.conversation or LOBBY
        roster = await self._rosters.load(conversation)
        access(roster, session.identity)
        if conversation == LOBBY:
            present = await self._stores.presence.everyone(MOST_LISTED)
        else:
            present = await self._present(roster)
        me = session.identity.id
        users = [
            OnlineUser(a.user, a.nick, a.status, a.text)
            for a in present
            if a.status is not Status.INVISIBLE and me not in self._blocks.of(a.user)
        ]
        users.sort(key=lambda user: user.nick.casefold())
        return OnlineList(tuple(users), len(users))

    async def members(self, session: Session, command: commands.Members) -> MemberPage:
        """The members in order of user id, `limit` after the user id `after`."""
        roster = await self._rosters.load(command.conversation)
        access(roster, session.identity)
        ids = await self._ids(roster, command.after, command.limit + 1)
        page = ids[: command.limit]
        present = dict(await self._stores.presence.locate(page))
        for user in page:
            if session.identity.id in self._blocks.of(user):
                present.pop(user, None)
        return MemberPage(
            tuple(self._row(roster, user, present.get(user)) for user in page), len(ids) > len(page)
        )

    async def _present(self, roster: Roster) -> list[Availability]:
        """The members who are here, of a large conversation as many as are listed; a page at a time."""
        found: list[Availability] = []
        after = ""
        while len(found) < MOST_LISTED and (page := roster.page(after, MOST_LISTED)):
            found += (await self._stores.presence.locate(page)).values()
            after = page[-1]
            await asyncio.sleep(0)
        return found[:MOST_LISTED]

    async def _ids(self, roster: Roster, after: str, limit: int) -> list[str]:
        if roster.conversation.id != LOBBY:
            return roster.page(after, limit)
        here = set(self._sessions.users())
        if self._nodes.shared:
            here.update(a.user for a in await self._stores.presence.everyone(MOST_IN_LOBBY))
        return nsmallest(limit, (user for user in here if user > after))

    def _row(self, roster: Roster, user: str, present: Availability | None) -> MemberRow:
        hidden = present is None or present.status is Status.INVISIBLE
        status = Status.OFFLINE if hidden or present is None else present.status
        member = roster.members.get(user)
        if member is None:
            return MemberRow(user, present.nick if present else "", "member", status)
        return MemberRow(user, member.nick, member.role, status, member.joined, member.muted_until)

    def _tell_soon(self, state: Availability) -> None:
        """Now, and the last state of the second that follows when it is over."""
        self._states[state.user] = state
        if state.user not in self._timers:
            self._tell(state)
            self._wait(state.user)

    def _wait(self, user: str) -> None:
        self._timers[user] = asyncio.get_running_loop().call_later(PAUSE_S, self._again, user)

    def _again(self, user: str) -> None:
        del self._timers[user]
        state = self._states.get(user)
        if state is not None and user not in self._going and self._tell(state):
            self._wait(user)

    def _tell(self, state: Availability) -> bool:
        """Tell how the user looks to others, unless it is what they saw last; whether it was told."""
        seen = _seen(state)
        look = _look(seen)
        if self._told.get(state.user, _ABSENT) == look:
            return False
        self._told[state.user] = look
        feeds = {feed.id for session in self._sessions.of(state.user) for feed in session.feeds}
        self._broadcast(seen, tuple(feeds))
        return True

    def _gone(self, user: User) -> None:
        _, conversations = self._going.pop(user.id)
        if user.id in self._left_to_others:
            self._left_to_others.discard(user.id)
            self._forget(user)
        elif self._nodes.shared:
            self._spawn(self._gone_for_all(user, conversations))
        else:
            self._told_gone(user, conversations)

    async def _gone_for_all(self, user: User, conversations: tuple[str, ...]) -> None:
        """They may have come to another node meanwhile, or back."""
        elsewhere = await self._is_elsewhere(user.id)
        if self._sessions.of(user.id):
            return
        if elsewhere:
            self._forget(user)
        else:
            self._told_gone(user, conversations)

    def _forget(self, user: User) -> None:
        self._states.pop(user.id, None)
        self._told.pop(user.id, None)
        self.parted(user.id)

    def _told_gone(self, user: User, conversations: tuple[str, ...]) -> None:
        self._states.pop(user.id, None)
        if self._told.pop(user.id, _ABSENT) != _ABSENT:
            state = Availability(user.id, user.nick, Status.OFFLINE, "", self._stores.clock.now())
            self._broadcast(state, conversations)
        self.parted(user.id)

    def _broadcast(self, state: Availability, conversations: tuple[str, ...]) -> None:
        """Once to each listener would cost a set of sessions; once a conversation costs what a message does."""
        event = events.Presence(state.user, state.status, state.at, state.nick, state.text)
        mine = self._sessions.of(state.user)
        hidden = self._blocks.of(state.user)
        for conversation in conversations:
            feed = self._fanout.feed(conversation)
            if self._nodes.shared if feed is None else self.passes(feed, event):
                self._fanout.tell(conversation, event, mine[0] if mine else None, hidden)
        for friend in self.friends(state.user):
            if friend not in hidden:
                self.whispers.tell_here(friend, event)
        if self._nodes.shared:
            self.whispers.tell_friends(state.user, set(self.contacts(state.user)) - hidden, event)

    def hand_over(self) -> None:
        """This node ends: who does not come back is told of by the others."""
        people = [
            Goer(user, state.nick, conversations, tuple(self._blocks.of(user)))
            for user, (_, conversations) in self._going.items()
            if (state := self._states.get(user)) is not None and self._told.get(user, _ABSENT) != _ABSENT
        ]
        for start in range(0, len(people), _TOGETHER):
            self._nodes.tell(Left(tuple(people[start : start + _TOGETHER])))

    def left(self, _user: str, news: Left) -> None:
        """Another node ends: in a while, look who of these has not come back."""
        loop = asyncio.get_running_loop()
        self._looks = {timer for timer in self._looks if timer.when() > loop.time()}
        delay = self._options.offline_after_s
        self._looks.add(loop.call_later(delay, lambda: self._spawn(self._look_for(news.people))))

    async def _look_for(self, people: Sequence[Goer]) -> None:
        back = await self._stores.presence.locate([goer.user for goer in people])
        at = self._stores.clock.now()
        for goer in people:
            if goer.user in back or self._sessions.of(goer.user):
                continue
            told = Told(events.Presence(goer.user, Status.OFFLINE, at, goer.nick), goer.hidden)
            for conversation in goer.conversations:
                self._fanout.hear(Hint(self._nodes.name, conversation, news=(told,)))

    def passes(self, feed: Feed, event: AnyEvent) -> bool:
        """Whether a conversation is told of it here: not of presence, if many listen."""
        return type(event) is not events.Presence or feed.size <= self._options.presence_audience

    async def settled(self) -> None:
        """Wait until what is to be noted is noted."""
        while self._tasks:
            await asyncio.wait(tuple(self._tasks))

    def stop(self) -> None:
        going = (timer for timer, _ in self._going.values())
        for timer in (*self._timers.values(), *going, *self._looks):
            timer.cancel()
        for task in self._tasks:
            task.cancel()


def _seen(state: Availability) -> Availability:
    """As others see it: who is invisible looks offline, and says nothing."""
    if state.status is not Status.INVISIBLE:
        return state
    return Availability(state.user, state.nick, Status.OFFLINE, "", state.at)


def _look(seen: Availability) -> str:
    return _ABSENT if seen.status is Status.OFFLINE else f"{seen.status}\n{seen.text}\n{seen.nick}"
