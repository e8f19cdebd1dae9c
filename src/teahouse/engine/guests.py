"""Guests: people with a nick, a secret to come back with, and nothing else.

Rule: a guest is whoever holds its resume secret. A nick is held by one live user at a time; when its bearer has gone it
is free, and whoever takes it then is a new user. A guest without a connection holds its nick while it asks for things,
and for a minute after; if somebody else has it meanwhile, nothing is done for the guest.

Called by authenticate.py for connections, and by gateways/rest/cookies.py and web.py for browsers.
"""

import asyncio
from collections.abc import Callable
from math import ceil

from teahouse.engine import fresh
from teahouse.engine.fanout import Fanout
from teahouse.engine.options import EngineOptions
from teahouse.engine.sessions import Sessions
from teahouse.engine.stores import Stores
from teahouse.model.addresses import is_loopback
from teahouse.model.caller import Caller
from teahouse.model.changes import PutUser
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Bucket
from teahouse.model.ids import LOBBY, check_nick, fold_nick
from teahouse.model.people import User

HOLD_S = 60.0
"""So long a guest without a connection holds its nick after what it asked last."""


class Guests:
    """`renamed` is told of a guest who is here and called otherwise now, and `told` tells other nodes; `revoke` is told
    of one who left for good; `take_call` counts how often somebody asks, and refuses what is too much."""

    def __init__(self, stores: Stores, options: EngineOptions, sessions: Sessions, fanout: Fanout) -> None:
        self._stores = stores
        self._options = options
        self._sessions = sessions
        self._fanout = fanout
        self._departures = 0
        self._held: dict[str, tuple[User, float]] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self.renamed: Callable[[User], None]
        self.told: Callable[[User], None]
        self.revoke: Callable[[str], None]
        self.take_call: Callable[[str], None]

    def check_open(self) -> None:
        if not self._options.guests:
            raise Problem(Code.FORBIDDEN, "guests are not let in here; log in with a user and password")

    async def make(self, nick: str, address: str) -> tuple[User, str]:
        """A new guest, who holds the nick, and the secret it is known by."""
        self.check_open()
        user = User(fresh.user_id(), check_nick(nick))
        await self._take(address)
        await self._claim(user)
        secret, stored = fresh.resume_secret()
        try:
            put = PutUser(user, self._stores.clock.now(), stored, await self._lobby_head())
            await self._stores.directory.apply([put])
        except BaseException:
            await self.abandon(user)
            raise
        return user, secret

    async def resume(self, secret: str, nick: str | None) -> User:
        """The guest that holds the secret, under a new nick if it asks for one; it holds that nick."""
        self.check_open()
        digest = fresh.digest(secret)
        user = await self._stores.users.guest(digest)
        if user is None:
            raise _unknown()
        wanted = user if nick is None else User(user.id, check_nick(nick), user.guest)
        await self._claim(wanted, user)
        try:
            if wanted.nick != user.nick:
                await self._stores.directory.apply([PutUser(wanted, self._stores.clock.now())])
                await self._claim(wanted, user)  # an older session that ended meanwhile has let the nick go
                self.told(wanted)
            if await self._known(digest) is None:
                raise _unknown()  # it left for good meanwhile
        except BaseException:
            await self.abandon(user)
            raise
        return wanted

    async def visit(self, nick: str, secret: str | None, address: str) -> tuple[User, str]:
        """A guest who is not connected, or not yet: an old one with its secret, or a new one."""
        if secret is None:
            user, secret = await self.make(nick, address)
        else:
            self.take_call(fresh.digest(secret).hex())
            user = await self.resume(secret, nick)
            if self._sessions.rename(user):
                self.renamed(user)
        self._hold(user)
        return user, secret

    async def caller(self, secret: str) -> Caller | None:
        """Whom the secret stands for; None if it is not known. `unauthenticated` if somebody else has the nick now."""
        self.check_open()
        user = await self._known(fresh.digest(secret))
        if user is None:
            return None
        if here := self._sessions.of(user.id):
            return Caller(here[0].user or user)  # it holds its nick
        try:
            await self._claim(user)
        except Problem as problem:
            why = f"the nick {user.nick!r} is somebody else's now; come back with another"
            raise Problem(Code.UNAUTHENTICATED, why) from problem
        self._hold(user)
        return Caller(user)

    async def leave(self, user: User) -> None:
        """The guest goes for good: what it was known by is known no more, and its connections end."""
        _, nobodys = fresh.resume_secret()
        await self._stores.directory.apply([PutUser(user, self._stores.clock.now(), nobodys)])
        self._departures += 1
        self._held.pop(user.id, None)
        self.revoke(user.id)
        await self.abandon(user)

    def departed(self) -> None:
        """Somebody left, on another node: who is being looked up may be gone."""
        self._departures += 1

    async def abandon(self, user: User) -> None:
        """It came to nothing: the user's other sessions keep the nick, and without any it is free."""
        if mine := self._sessions.of(user.id):
            await self._stores.presence.claim(fold_nick((mine[0].user or user).nick), user.id)
        else:
            await self._stores.presence.drop(user.id)

    def stop(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        for task in self._tasks:
            task.cancel()

    def _hold(self, user: User) -> None:
        """The nick is claimed; it is let go a while after this, unless there is a connection by then."""
        loop = asyncio.get_running_loop()
        self._held[user.id] = (user, loop.time() + HOLD_S)
        if self._timer is None:
            self._timer = loop.call_later(HOLD_S, self._sweep)

    def _sweep(self) -> None:
        loop = asyncio.get_running_loop()
        over = [user for user, until in self._held.values() if until <= loop.time()]
        for user in over:
            del self._held[user.id]
            if not self._sessions.of(user.id):
                task = loop.create_task(self._let_go(user))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        self._timer = loop.call_later(HOLD_S / 4, self._sweep) if self._held else None

    async def _let_go(self, user: User) -> None:
        if user.id not in self._held:
            await self.abandon(user)

    async def _known(self, digest: bytes) -> User | None:
        """Who has the secret. Looked up again if anybody left meanwhile: the answer may be older than that."""
        while True:
            departures = self._departures
            user = await self._stores.users.guest(digest)
            if departures == self._departures:
                return user

    async def hold(self, user: User) -> None:
        """Hold the nick of the user, or `conflict`."""
        if await self._stores.presence.claim(fold_nick(user.nick), user.id) != user.id:
            raise Problem(Code.CONFLICT, f"the nick {user.nick!r} is taken; choose another")

    async def _claim(self, user: User, now: User | None = None) -> None:
        """Hold the nick of `user`, who is `now` called otherwise. First hold it, then look for an account: one that
        is being made holds its nick as well, until it can be found."""
        folded = fold_nick(user.nick)
        await self.hold(user)
        try:
            account = await self._stores.users.account(folded)
            if account is not None:
                raise Problem(Code.CONFLICT, f"the nick {user.nick!r} belongs to an account; choose another")
        except BaseException:
            await self.abandon(now or user)
            raise

    async def _lobby_head(self) -> int:
        """Where the lobby stands: a new guest has nothing unread."""
        if (head := self._fanout.head(LOBBY)) is not None:
            return head
        return (await self._stores.log.heads([LOBBY])).get(LOBBY, 0)

    async def _take(self, address: str) -> None:
        """One new guest from this address, over all nodes, or `rate_limited`: each is there for good."""
        if is_loopback(address):
            return
        if wait := await self._stores.limits.take(Bucket("guests", address, self._options.guest_rate)):
            raise Problem(
                Code.RATE_LIMITED, "too many new guests from your address; wait a while", ceil(1000 * wait)
            )


def _unknown() -> Problem:
    return Problem(Code.UNAUTHENTICATED, "the resume secret is not known; say hello without it")
