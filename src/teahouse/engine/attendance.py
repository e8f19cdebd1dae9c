"""Presence: who is here, and in what state.

Rule: told to those who share a conversation that is small enough, at most once a second a user. Going is told only
after a while, because most who go are back at once.
"""

import asyncio
from asyncio import TimerHandle
from collections.abc import Callable, Iterable
from heapq import nsmallest

from teahouse.engine.blocks import Blocks
from teahouse.engine.fanout import Fanout
from teahouse.engine.options import EngineOptions
from teahouse.engine.rosters import Roster, Rosters
from teahouse.engine.route import access
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model import commands, events
from teahouse.model.ids import LOBBY
from teahouse.model.people import Availability, Status, User
from teahouse.model.results import Done, MemberPage, MemberRow, OnlineList, OnlineUser

PAUSE_S = 1.0
MOST_LISTED = 1000
_ABSENT = ""


class Attendance:
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
        self._told: dict[str, str] = {}
        self._timers: dict[str, TimerHandle] = {}
        self._states: dict[str, Availability] = {}
        self._going: dict[str, tuple[TimerHandle, tuple[str, ...]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.friends: Callable[[str], Iterable[str]]
        self.parted: Callable[[str], None]

    def state(self, user: User) -> Availability:
        """How a user who comes is present: as on their other devices, or as they were a moment ago."""
        known = self._states.get(user.id)
        status, text = (known.status, known.text) if known is not None else (Status.ONLINE, "")
        return Availability(user.id, user.nick, status, text, self._stores.clock.now())

    def came(self, user: User) -> None:
        """The user has a session; told unless they were only briefly gone."""
        going = self._going.pop(user.id, None)
        if going is not None:
            going[0].cancel()
        self._tell_soon(self.state(user))

    def went(self, user: User, conversations: tuple[str, ...]) -> None:
        """The user's last session here ended. The nick is free at once, the news waits."""
        loop = asyncio.get_running_loop()
        task = loop.create_task(self._drop(user))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if (going := self._going.get(user.id)) is not None:
            going[0].cancel()
        timer = loop.call_later(self._options.offline_after_s, self._gone, user)
        self._going[user.id] = timer, conversations

    async def _drop(self, user: User) -> None:
        if not self._sessions.of(user.id):  # else they are back already
            await self._stores.presence.drop(user.id)

    def renamed(self, user: User) -> None:
        """The user, who is here, is called otherwise now: those who see them are told."""
        state = self.state(user)
        task = asyncio.get_running_loop().create_task(self._stores.presence.touch(state))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        self._tell_soon(state)

    async def presence(self, session: Session, command: commands.Presence) -> Done:
        """Set one's own state."""
        user = session.identity
        state = Availability(
            user.id, user.nick, Status(command.status), command.text, self._stores.clock.now()
        )
        await self._stores.presence.touch(state)
        self._tell_soon(state)
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
        ids = self._ids(roster, command.after, command.limit + 1)
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

    def _ids(self, roster: Roster, after: str, limit: int) -> list[str]:
        if roster.conversation.id != LOBBY:
            return roster.page(after, limit)
        here = {session.user.id for session in self._sessions if session.user is not None}
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
            if feed is not None and feed.size <= self._options.presence_audience:
                self._fanout.tell(conversation, event, mine[0] if mine else None, hidden)
        for friend in self.friends(state.user):
            if friend not in hidden:
                self._fanout.whisper(friend, event)

    def stop(self) -> None:
        for timer in (*self._timers.values(), *(timer for timer, _ in self._going.values())):
            timer.cancel()


def _seen(state: Availability) -> Availability:
    """As others see it: who is invisible looks offline, and says nothing."""
    if state.status is not Status.INVISIBLE:
        return state
    return Availability(state.user, state.nick, Status.OFFLINE, "", state.at)


def _look(seen: Availability) -> str:
    return _ABSENT if seen.status is Status.OFFLINE else f"{seen.status}\n{seen.text}\n{seen.nick}"
