"""Authenticate: the first command makes a connection somebody's session.

An account comes with a token or a password; what it came with is noted, so that the session ends with it. Guests:
guests.py.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress

from teahouse.engine import scopes
from teahouse.engine.fanout import Fanout
from teahouse.engine.feeds import Feed
from teahouse.engine.guests import Guests
from teahouse.engine.history import Reader
from teahouse.engine.options import EngineOptions
from teahouse.engine.session import Session
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model.caller import Caller
from teahouse.model.commands import Hello
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.events import Bye
from teahouse.model.ids import LOBBY
from teahouse.model.people import Availability, User
from teahouse.model.results import Welcome

REPLACED = Bye("replaced by a newer connection of the same device", reconnect=False)


class Authenticate:
    """`server` is what the server calls itself in the welcome. `state` gives a user's presence, `came` and `wishes`
    are told of who is here now, and `confirm` of what the device says it has. `prepare` reads what must be known of
    somebody before they are here, and `replaced` tells other nodes of a session that takes over."""

    def __init__(
        self,
        stores: Stores,
        options: EngineOptions,
        sessions: Sessions,
        fanout: Fanout,
        reader: Reader,
        server: str,
    ) -> None:
        self._stores = stores
        self._options = options
        self._sessions = sessions
        self._fanout = fanout
        self._reader = reader
        self._server = server
        self.guests = self._guests = Guests(stores, options, sessions, fanout)
        self.dismiss: Callable[[Session, Bye], None]
        self.state: Callable[[User], Availability]
        self.came: Callable[[User], None]
        self.wishes: Callable[[str], None]
        self.confirm: Callable[[Session, Mapping[str, int]], None]
        self.prepare: Callable[[str], Awaitable[None]]
        self.replaced: Callable[[str, str | None, str], None]

    async def hello(self, session: Session, command: Hello) -> None:
        """Identify, take over from a half-dead session of the same device, answer, and bring up to date."""
        if session.user is not None:
            raise Problem(Code.CONFLICT, "you said hello already; open another connection for another user")
        caller, resume = await self._identify(command, session.peer)
        user = caller.user
        if caller.scopes is not None:
            scopes.check_live(caller.scopes)
        if session.closed:
            await self._guests.abandon(user)
            return
        session.device, session.grant, session.scopes = command.device, caller.grant, caller.scopes
        self._sessions.enter(session, user)
        self._take_over(session, user)
        try:
            welcome = self._welcome(session, user, resume)
            await self._subscribe(session, command, welcome)
        except BaseException:
            if self._sessions.revoke(session):
                await self._stores.presence.drop(user.id)
            raise

    async def _identify(self, command: Hello, peer: str) -> tuple[Caller, str | None]:
        """Who it is. Nothing is waited for after an account was verified: its session is there to be found, should
        what it came with be revoked."""
        if command.token is not None:
            return await self._by_token(command.token), None
        if command.user is not None or command.password is not None:
            return await self._by_password(command.user or "", command.password or "", peer), None
        self._guests.check_open()
        if command.resume is not None:
            return Caller(await self._guests.resume(command.resume, command.nick)), command.resume
        if command.nick is None:
            raise Problem(Code.BAD_REQUEST, 'hello needs a nick, as in {"op":"hello","nick":"alice"}')
        user, secret = await self._guests.make(command.nick, peer)
        return Caller(user), secret

    async def _by_token(self, token: str) -> Caller:
        if self._stores.tokens is None:
            raise Problem(Code.UNAUTHENTICATED, "this server has no accounts; say hello with a nick")
        caller = await self._stores.tokens.verify(token)
        if caller is None:
            raise Problem(Code.UNAUTHENTICATED, "the token is not valid, or no longer")
        return caller

    async def _by_password(self, name: str, password: str, peer: str) -> Caller:
        if self._stores.passwords is None:
            raise Problem(Code.UNAUTHENTICATED, "this server has no accounts; say hello with a nick")
        caller = await self._stores.passwords.verify(name, password, peer)
        if caller is None:
            raise Problem(Code.UNAUTHENTICATED, "wrong user or password")
        return caller

    def _take_over(self, session: Session, user: User) -> None:
        """End older sessions of the same device."""
        for other in self._sessions.of(user.id):
            if other is not session and other.device == session.device and _is_one_device(session, user):
                self.dismiss(other, REPLACED)

    def _welcome(self, session: Session, user: User, resume: str | None) -> Welcome:
        return Welcome(user, session.id, self._options.heartbeat_s, self._server, LOBBY, resume)

    async def _subscribe(self, session: Session, command: Hello, welcome: Welcome) -> None:
        """Join the feeds of all conversations; entries missed since the cursors come after the answer."""
        user = session.identity
        await self._fanout.nodes.settled()
        await self.prepare(user.id)
        await self._be_here(session, user)
        feeds, cursors = await self._open(session, user, command.cursors or {}, command.whole)
        if not session.closed:
            session.answer(command.id, welcome)
            session.greeted = True
            for feed in feeds:
                self._fanout.join(feed, session, cursors.get(feed.id))
            self.came(user)
            self.wishes(user.id)
            self.confirm(session, cursors)
        self._fanout.release(feeds)

    async def _be_here(self, session: Session, user: User) -> None:
        """Note that the user is here, and end older sessions of the device on other nodes: in this order, for who goes
        from one node lets go of a nick that nobody holds on another."""
        with suppress(StoreUnavailable):  # then it is noted when the book of presence is back
            await self._stores.presence.touch(self.state(user))
        if not self._fanout.nodes.shared:
            return
        if user.guest:
            await self._guests.hold(user)
        if _is_one_device(session, user):
            self.replaced(user.id, session.device, session.id)

    async def _open(
        self, session: Session, user: User, cursors: Mapping[str, int], whole: bool
    ) -> tuple[list[Feed], Mapping[str, int]]:
        """The feeds of the user's conversations, and where in them the device may go on."""
        while True:
            session.moved = False
            memberships = await self._stores.directory.memberships(user.id)
            feeds = await self._fanout.open([*scopes.lobby_of(session.scopes), *memberships])
            try:
                known = {**dict.fromkeys(memberships, 0), **cursors} if whole else cursors
                starts = await self.starts(user, feeds, known)
            except BaseException:
                self._fanout.release(feeds)
                raise
            if not session.moved:  # else the user came in or went out in between: read again
                return feeds, starts
            self._fanout.release(feeds)

    async def starts(
        self, user: User, feeds: Sequence[Feed], cursors: Mapping[str, int]
    ) -> Mapping[str, int]:
        """Where in these feeds a device that has seen so much goes on."""
        seen = {feed.id: cursors[feed.id] for feed in feeds if feed.id in cursors}
        ahead = {feed.id: seen[feed.id] for feed in feeds if seen.get(feed.id, 0) > feed.known}
        if ahead:
            await self._fanout.disorder.catch_up(ahead)
        behind = {feed.id: seen[feed.id] for feed in feeds if seen.get(feed.id, feed.seq) < feed.seq}
        return {**seen, **await self._reader.starts(user, behind)} if behind else seen


def _is_one_device(session: Session, user: User) -> bool:
    """Whether it has one session at a time. A guest without a device name has one device."""
    return user.guest or session.device is not None
