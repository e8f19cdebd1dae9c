"""Placing: who is in what, as other nodes changed it, made true for the rosters and sessions of this one.

Rule: what comes in order with the entries of a conversation is applied as it comes. All else may be older than what is
known, or news of a conversation that nobody here listens to: then the directory is asked, which is right at any time.
Called by fanout.py and nodes.py for what is heard, and by repair.py for everybody.
"""

import asyncio
from collections.abc import Iterable, Sequence

import structlog

from teahouse.engine.fanout import Fanout
from teahouse.engine.feeds import Feed
from teahouse.engine.history import Reader
from teahouse.engine.rosters import Rosters
from teahouse.engine.route import Route
from teahouse.engine.scopes import lobby_of
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model.changes import PutConversation, PutMember
from teahouse.model.conversations import Member
from teahouse.model.errors import StoreUnavailable
from teahouse.model.news import Placed
from teahouse.model.people import User

_log = structlog.get_logger("teahouse.engine")

SOON_S = 0.5
"""So long news that should come with an entry may take; then it was lost, and the directory is asked."""
_RETRY_S = 1.0


class Placing:
    def __init__(
        self,
        stores: Stores,
        rosters: Rosters,
        route: Route,
        sessions: Sessions,
        fanout: Fanout,
        reader: Reader,
    ) -> None:
        self._directory = stores.directory
        self._rosters = rosters
        self._route = route
        self._sessions = sessions
        self._fanout = fanout
        self._reader = reader
        self._asking: dict[str, bool] = {}  # whom the directory is asked about, and whether once more
        self._timers: set[asyncio.TimerHandle] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def before(self, placed: Placed) -> None:
        """An entry of another node is next in its conversation: who comes in by it hears it."""
        self._route.learn(placed.changes)
        for member in self._rosters.apply(placed.changes, placed.seq):
            if not member.left:
                self._fanout.admit(member.conversation, member.user, placed.seq - 1)

    def after(self, placed: Placed) -> None:
        """It was told: who went out by it hears nothing more."""
        for change in placed.changes:
            if isinstance(change, PutMember) and change.member.left:
                self._fanout.part(change.member.conversation, change.member.user)
            elif isinstance(change, PutConversation) and change.conversation.dissolved:
                self._fanout.disband(change.conversation.id)

    def heard(self, _user: str, placed: Placed) -> None:
        """Every node hears of it, also those where nobody listens to the conversation."""
        self._route.learn(placed.changes)
        for conversation in {_conversation(change) for change in placed.changes}:
            feed = self._fanout.feed(conversation)
            if placed.seq == 0:
                self._rosters.apply([c for c in placed.changes if _conversation(c) == conversation], 0)
            elif feed is None or feed.opening is not None:
                self._rosters.forget(conversation)
        for change in placed.changes:
            if isinstance(change, PutMember) and self._sessions.of(change.member.user):
                self._meant(change.member, placed.seq)

    def _meant(self, member: Member, seq: int) -> None:
        """Somebody who is here came in or went out."""
        for session in self._sessions.of(member.user):
            if not session.greeted:
                session.moved = True
        if self._is_right(member):
            return
        feed = self._fanout.feed(member.conversation)
        if feed is None or feed.known >= seq:
            self.ask(member.user)
        else:
            loop = asyncio.get_running_loop()
            self._timers = {timer for timer in self._timers if timer.when() > loop.time()}
            self._timers.add(loop.call_later(SOON_S, self._ask_if_wrong, member))

    def _ask_if_wrong(self, member: Member) -> None:
        if not self._is_right(member):
            self.ask(member.user)

    def _is_right(self, member: Member) -> bool:
        """Whether all sessions of the member listen, or none does, as they should."""
        greeted = [session for session in self._sessions.of(member.user) if session.greeted]
        feed = self._fanout.feed(member.conversation)
        return all((feed in session.feeds) != bool(member.left) for session in greeted)

    def ask(self, user: str) -> None:
        """Compare what the user's sessions hear with what they are in, soon."""
        if user in self._asking:
            self._asking[user] = True
            return
        self._asking[user] = True
        task = asyncio.get_running_loop().create_task(self._ask(user))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _ask(self, user: str) -> None:
        try:
            while self._asking.get(user):
                self._asking[user] = False
                await self.compare(user)
        except StoreUnavailable as error:
            _log.warning("memberships are compared later", user=user, reason=str(error))
            await asyncio.sleep(_RETRY_S)
            self._asking.pop(user, None)
            self.ask(user)
        finally:
            if not self._asking.get(user):
                self._asking.pop(user, None)

    async def compare(self, user: str) -> None:
        """What the user's sessions hear is what the directory says."""
        while greeted := [s for s in self._sessions.of(user) if s.greeted and not s.closed]:
            for session in greeted:
                session.moved = False
            wanted = {*lobby_of(greeted[0].scopes), *await self._directory.memberships(user)}
            if not any(session.moved for session in greeted) and await self._settle(user, greeted, wanted):
                return

    async def _settle(self, user: str, sessions: Sequence[Session], wanted: set[str]) -> bool:
        """Let the sessions in and out; False if something moved meanwhile."""
        heard = {feed.id for session in sessions for feed in session.feeds}
        for conversation in heard - wanted:
            await self._let_out(user, conversation)
        missing = sorted(c for c in wanted if any(c not in _names(session) for session in sessions))
        if not missing:
            return True
        feeds = await self._fanout.open(missing)
        try:
            starts = await self._starts(user, feeds)
            if any(session.moved for session in sessions):
                return False
            for session in sessions:
                for feed in feeds:
                    if not session.closed and session.user is not None and feed not in session.feeds:
                        self._fanout.join(feed, session, starts.get(feed.id))
        finally:
            self._fanout.release(feeds)
        return True

    async def _starts(self, user: str, feeds: Iterable[Feed]) -> dict[str, int]:
        """They hear the entry that let them in, and what came after it."""
        joined = {}
        for feed in feeds:
            self._rosters.forget(feed.id)
            roster = await self._rosters.find(feed.id)
            if roster is not None and (member := roster.members.get(user)) is not None:
                joined[feed.id] = max(member.joined - 1, 0)
        return {**joined, **await self._reader.starts(User(user, ""), joined)}

    async def _let_out(self, user: str, conversation: str) -> None:
        """Somebody is out by now. They hear the entry that says so, by reading it if need be."""
        self._rosters.forget(conversation)
        window = await self.window(user, conversation)
        upto = 0 if window is None else window[1]
        feed = self._fanout.feed(conversation)
        if feed is not None and upto and feed.known < upto:
            self._fanout.disorder.gap(feed, upto)
        else:
            self._fanout.part(conversation, user)

    async def window(self, user: str, conversation: str) -> tuple[int, int] | None:
        """The seqs this user may be told of: (after, upto), upto 0 for no end; None for nothing at all."""
        roster = await self._rosters.find(conversation)
        return None if roster is None else roster.readable(User(user, ""))

    async def stop(self) -> None:
        for timer in self._timers:
            timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)


def _conversation(change: PutConversation | PutMember) -> str:
    return change.conversation.id if isinstance(change, PutConversation) else change.member.conversation


def _names(session: Session) -> set[str]:
    return {feed.id for feed in session.feeds}
