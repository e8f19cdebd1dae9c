"""Repair: what is kept here of the others is made right again, when hints may have been lost.

Rule: as long as this node hears the others, what it keeps is true but for the time a hint takes. While it does not,
nothing that is kept is trusted longer than `trust_s`: it is forgotten again and again, and read from the store when it
is needed. When the node hears the others again, everything is compared once with the store: how far conversations have
come, who is in what, and what sessions came with. A server that is alone does nothing of this.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any

import structlog

from teahouse.engine import fresh
from teahouse.model.errors import StoreUnavailable
from teahouse.model.events import Bye
from teahouse.model.ids import fold_nick
from teahouse.model.news import Missed

if TYPE_CHECKING:
    from teahouse.engine.options import EngineOptions
    from teahouse.engine.session import Session
    from teahouse.engine.stores import Stores
    from teahouse.engine.verbs import Verbs
    from teahouse.model.people import Availability, User

_log = structlog.get_logger("teahouse.engine")

LOGGED_OUT = Bye("you were logged out", reconnect=False)
AROUND_S = 5.0
"""So often it is looked up who is on other nodes."""
MOST_AROUND = 10_000
MOST_NOTED = 500
"""So many are noted once more at a time."""
_JITTER_MS = 500
"""Nodes that were cut off together do not all ask at once."""
_RETRY_S = 2.0
_HEADS = 500
_AT_ONCE = 8


class Repair:
    """`distrusted` are told to forget what they keep, `doubted` likewise, and at once when hints are lost; `holds` say
    whether what a session came with still does."""

    def __init__(
        self,
        verbs: Verbs,
        stores: Stores,
        options: EngineOptions,
        dismiss: Callable[[Session, Bye], None],
    ) -> None:
        self._verbs = verbs
        self._stores = stores
        self._nodes = verbs.nodes
        self._trust_s = options.trust_s
        self._look_s = options.look_s
        self._dismiss = dismiss
        self._wanted = False
        self._tasks: set[asyncio.Task[None]] = set()
        self._timer: asyncio.TimerHandle | None = None
        self._distrust: asyncio.TimerHandle | None = None
        self._looked = 0.0
        self.doubted: list[Callable[[], None]] = []
        self.distrusted: list[Callable[[], None]] = []
        self.holds: list[Callable[[str, str], Awaitable[bool]]] = []
        verbs.nodes.lost = self.lost

    def start(self) -> None:
        if self._nodes.shared and not self._nodes.connected:
            self.lost()
        self._tick()

    def lost(self) -> None:
        """The broker says that hints are lost from now on, or were until now."""
        for forget in self.doubted:
            forget()
        if self._distrust is not None:
            self._distrust.cancel()
            self._distrust = None
        if self._nodes.connected:
            _log.info("this node hears the others again")
            self._nodes.tell(Missed())  # what we said meanwhile
            self.soon()
        else:
            _log.warning("this node does not hear the others")
            self._distrust = asyncio.get_running_loop().call_later(self._trust_s, self._forget)

    def _forget(self) -> None:
        """It was trusted long enough."""
        self._forget_all()
        self._distrust = asyncio.get_running_loop().call_later(self._trust_s, self._forget)

    def _forget_all(self) -> None:
        self._verbs.rosters.forget_all()
        for forget in (*self.doubted, *self.distrusted):
            forget()

    def soon(self) -> None:
        """Compare everything with the store; once, however often this is asked for meanwhile."""
        if self._wanted or not self._nodes.shared:
            return
        self._wanted = True
        self._spawn(self._begin())

    async def _begin(self) -> None:
        await asyncio.sleep(fresh.jitter_ms(_JITTER_MS) / 1000)
        while self._wanted:
            self._wanted = False
            try:
                await self.all()
            except StoreUnavailable as error:
                _log.warning("repair waits for the store", reason=str(error))
                await asyncio.sleep(_RETRY_S)
                self._wanted = True
            except Exception:
                _log.exception("what other nodes changed could not be made up for")

    async def all(self) -> None:
        """Make everything right."""
        self._forget_all()
        await self._nodes.settled()
        await self.heads()
        await self._verbs.route.start()
        await self._verbs.commands.start()
        if self._verbs.pipeline.push is not None:
            await self._verbs.pipeline.push.start()
        if self._verbs.pipeline.outgoing is not None:
            await self._verbs.pipeline.outgoing.read()
        users = iter(self._verbs.sessions.users())
        while some := list(islice(users, _AT_ONCE)):
            await asyncio.gather(*(self._user(user) for user in some))

    async def heads(self) -> None:
        """Look for entries that were told to nobody here."""
        known = self._verbs.fanout.known()
        for start in range(0, len(known), _HEADS):
            some = known[start : start + _HEADS]
            heads = await self._stores.log.heads(some)
            for conversation in some:
                self._verbs.fanout.disorder.reach(conversation, heads.get(conversation, 0))
            await asyncio.sleep(0)

    async def _user(self, user: str) -> None:
        """What somebody who is here came with, whom they know, and what they are in."""
        for session in self._verbs.sessions.of(user):
            await self._check(user, session)
        sessions = self._verbs.sessions.of(user)
        if not sessions:
            return
        await self._verbs.relate(user)
        self._verbs.receipts.came(user)
        await self._verbs.placing.compare(user)
        if (me := sessions[0].user) is not None:
            await self._note(me)

    async def _check(self, user: str, session: Session) -> None:
        for holds in self.holds:
            if not await holds(user, session.grant) and session.user is not None:
                self._dismiss(session, LOGGED_OUT)
                return

    def _tick(self) -> None:
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(AROUND_S, self._tick)
        if self._nodes.shared:
            self._spawn(self._look())

    async def _look(self) -> None:
        """Now and then, also where nothing seems to be lost."""
        loop = asyncio.get_running_loop()
        try:
            await self._meet(await self._stores.presence.everyone(MOST_AROUND))
            if loop.time() - self._looked >= self._look_s:
                self._looked = loop.time()
                self._verbs.rosters.forget_all(self._verbs.fanout.known())
                await self.heads()
        except StoreUnavailable as error:
            _log.debug("there is no look at the other nodes", reason=str(error))

    async def _meet(self, present: Sequence[Availability]) -> None:
        """These are connected somewhere. Who is here and not among them was not noted, or the book lost it."""
        sessions = self._verbs.sessions
        sessions.elsewhere = {fold_nick(one.nick): one.user for one in present}
        sessions.elsewhere_ids = noted = frozenset([one.user for one in present])
        if len(present) == MOST_AROUND:
            return
        for user in [user for user in sessions.users() if user not in noted][:MOST_NOTED]:
            mine = sessions.of(user)
            if mine and mine[0].greeted and mine[0].user is not None:
                await self._note(mine[0].user)

    async def _note(self, user: User) -> None:
        """Note once more who is here, and what a guest is called."""
        await self._verbs.attendance.touch(user)
        if user.guest:
            await self._stores.presence.claim(fold_nick(user.nick), user.id)

    def _spawn(self, coroutine: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def stop(self) -> None:
        """The broker may end later than we do: nobody is told of it any more."""
        self._verbs.nodes.lost = lambda: None
        for timer in (self._timer, self._distrust):
            if timer is not None:
                timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
