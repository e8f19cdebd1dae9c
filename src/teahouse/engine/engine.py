"""The engine: the door gateways use, and the order in which a session's commands are done.

Rule: commands of one session take effect in the order they came. Sends go to the log one after the other without
waiting; any other command waits until those before it are answered, so that it sees what they did.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Collection, Iterable, Sequence
from functools import partial
from typing import Any

import structlog

from teahouse.engine import fresh, scopes
from teahouse.engine.again import again
from teahouse.engine.beside import Beside
from teahouse.engine.call import CallLink
from teahouse.engine.guests import Guests
from teahouse.engine.keeper import Keeper
from teahouse.engine.options import EngineOptions
from teahouse.engine.others import Others
from teahouse.engine.outlet_book import OutletBook
from teahouse.engine.pace import Pace
from teahouse.engine.push_devices import PushBook
from teahouse.engine.session import Session
from teahouse.engine.stores import Stores
from teahouse.engine.verbs import Verbs
from teahouse.model.caller import Caller
from teahouse.model.changes import Change
from teahouse.model.commands import AnyCommand, Command, Hello, Ping, Send, Typing
from teahouse.model.errors import Code, Problem, StoreUnavailable
from teahouse.model.events import Bye
from teahouse.model.news import BOTS, Outdated, Renamed, Revoked
from teahouse.model.people import User
from teahouse.model.results import Done, Result
from teahouse.ports.link import Link

_log = structlog.get_logger("teahouse.engine")

Handler = Callable[[Session, Any], Awaitable[Result | None] | Result | None]
KEYS_SWEPT_S = 3600
LOGGED_OUT = Bye("you were logged out", reconnect=False)
DRAIN_JITTER_MS = 2000
RELEASE_S = 2.0
"""So long a drain waits until others may have what this node had."""


class Engine:
    """`node` names this process among others; `server` is what it calls itself to clients."""

    def __init__(
        self, stores: Stores, options: EngineOptions, node: str = "node", server: str = "teahouse"
    ) -> None:
        self._stores = stores
        self._options = options
        self._clock = stores.clock
        self.second = int(self._clock.monotonic())
        self._verbs = Verbs(stores, options, node, server, self)
        self.beside = Beside(self._verbs)
        self._sessions = self._verbs.sessions
        self._handlers: dict[type, Handler] = self._verbs.handlers()
        self._tasks: set[asyncio.Task[None]] = set()
        self._ticker: asyncio.TimerHandle | None = None
        self._draining = False
        self._hearing = False
        self._nodes = self._verbs.nodes
        self.others = Others()
        elsewhere, repair = self._verbs.elsewhere, self._verbs.repair
        elsewhere.revoked, elsewhere.renamed = self._heard_revoked, self._heard_renamed
        repair.distrusted, repair.holds = self.others.distrusted, self.others.holds
        self._swept = self.second
        self.tally = self._verbs.fanout.tally
        self.pace = Pace(self._verbs.authenticate, self._verbs.fanout, self._verbs.recovery)

    async def start(self) -> None:
        """Read what the engine needs to know before the first session."""
        await self._verbs.start()
        self._tick()

    @property
    def keeper(self) -> Keeper | None:
        """Files, where this server keeps any."""
        return self._verbs.keeper

    @property
    def guests(self) -> Guests:
        """Guests, for those who come without a connection."""
        return self._verbs.guests

    @property
    def push_book(self) -> PushBook | None:
        """Devices that are woken up, where this server does that."""
        return self._verbs.push_book

    @property
    def outlets(self) -> OutletBook | None:
        """Outgoing webhooks, where this server has them."""
        return self._verbs.outlets

    def open(self, link: Link, peer: str) -> Session:
        """A connection came; it is nobody's until its hello. Raises `unavailable` while draining."""
        if self._draining:
            raise _draining()
        session = Session(link, peer, self.second)
        self._sessions.add(session)
        self._verbs.heartbeat.watch(session)
        return session

    def submit(self, session: Session, command: AnyCommand) -> None:
        """Do a command, now or when those before it are done. Never raises: problems are answered."""
        if session.closed:
            return
        if session.waiting is not None or not self._may_begin(session, command):
            if session.waiting is None:
                session.waiting = deque()
            session.waiting.append(command)
        else:
            self._begin(session, command)
        self._hold(session)

    async def call(self, caller: Caller, command: Command, address: str = "") -> Result:
        """Do one command for somebody without a connection; `command.id` must be set. Raises Problem."""
        self._verbs.quota.take_call(caller.user.id)
        link = CallLink()
        session = Session(link, address, self.second)
        session.user, session.scopes = caller.user, caller.scopes
        outcome = self._start(session, command)
        if outcome is not None:
            await self._finish(session, command, outcome)
        if isinstance(command, Typing) and not link.outcome.done():
            return Done()  # it is never answered
        return await link.outcome

    def learn(self, changes: Sequence[Change]) -> None:
        """Changes to bots that were applied beside the engine."""
        self._verbs.commands.learn(changes)
        self._nodes.tell(Outdated(BOTS))

    def wake(self, due: int) -> None:
        """A job was put beside the engine that is due then."""
        self._verbs.worker.poke(due)

    def stalled(self, session: Session) -> None:
        """The client does not take what is written to it: it falls behind, and is not read meanwhile."""
        session.stalled = True
        session.seen = self.second  # from now on it has `silence_s` to take something
        self._verbs.fanout.stall(session)
        self._hold(session)

    def drained(self, session: Session) -> None:
        """The client took everything, which is a sign of life: it catches up from the log, and what it asked for
        meanwhile is done."""
        session.stalled = False
        session.seen = self.second
        self._verbs.recovery.begin(session)
        self.settled(session)

    def ended(self, session: Session) -> None:
        """The client sends no more: answer what is in flight, then close."""
        session.ended = True
        self._close_if_done(session)

    def closed(self, session: Session) -> None:
        """The connection is gone. Called once, by the gateway."""
        self._detach(session, lost=True)
        self._sessions.remove(session)

    def dismiss(self, session: Session, bye: Bye) -> None:
        """End a session from our side."""
        if not session.closed:
            self._detach(session)
            session.link.close(bye)

    def revoke(self, user: str, grants: Collection[str] | None = None, but: str | None = None) -> None:
        """What the user's sessions came with holds no more: these grants, None: all, except `but`."""
        for session in self._sessions.of(user):
            if session.grant != but and (grants is None or session.grant in grants):
                self.dismiss(session, LOGGED_OUT)
        if not self._hearing:
            self._nodes.tell(Revoked(user, None if grants is None else tuple(grants), but))

    def _heard_revoked(self, user: str, grants: Collection[str] | None, but: str | None) -> None:
        self._hear([*self.others.revoked, self.revoke], user, grants, but)

    def _heard_renamed(self, user: User) -> None:
        self._hear([*self.others.renamed, self.renamed], user)

    def _hear(self, told: Iterable[Callable[..., None]], *news: Any) -> None:
        """Do what another node says, and do not say it again."""
        self._hearing = True
        try:
            for tell in told:
                tell(*news)
        finally:
            self._hearing = False

    def renamed(self, user: User) -> None:
        """An account has another nick, which the directory knows already."""
        if not self._hearing:
            self._nodes.tell(Renamed(user))
        self._verbs.rosters.rename(user)
        if self._sessions.rename(user):
            self._verbs.attendance.renamed(user)

    async def drain(self, timeout_s: float) -> None:
        """Take nothing more, commit and answer what was accepted, then send everybody away to come back."""
        self._draining = True
        for session in self._sessions:
            session.link.hold(True)
        self._verbs.streams.drain()
        try:
            async with asyncio.timeout(timeout_s):
                await self._verbs.store.drained()
        except TimeoutError:
            _log.error("the store did not finish in time; what is not committed was not acknowledged")
        self._verbs.fanout.disorder.hurry()
        self._verbs.fanout.flush()
        for session in self._sessions:
            self.dismiss(session, Bye("the server is going down", True, fresh.jitter_ms(DRAIN_JITTER_MS)))
        try:
            async with asyncio.timeout(RELEASE_S):
                await asyncio.gather(self._verbs.attendance.settled(), self._verbs.worker.release())
        except TimeoutError:
            _log.warning("presence or jobs were not released in time; they expire")
        self._verbs.attendance.hand_over()

    async def stop(self) -> None:
        """Stop timers and tasks. The stores are closed by whoever opened them."""
        self._draining = True
        if self._ticker is not None:
            self._ticker.cancel()
        for task in tuple(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._verbs.stop()

    def ready(self) -> dict[str, str]:
        """What readiness depends on: name to `ok`, or to what is wrong."""
        state = "draining" if self._draining else "ok"
        return {"engine": state, "store": self._verbs.store.trouble or "ok"}

    @property
    def appends(self) -> tuple[int, int]:
        """Batches the log has committed, and appends that wait for it."""
        return self._verbs.store.commits, self._verbs.store.waiting

    @property
    def job_kinds(self) -> Collection[str]:
        """The kinds of jobs that are done here."""
        return self._verbs.worker.kinds

    @property
    def sessions(self) -> Iterable[Session]:
        """All connections, authenticated or not."""
        return self._sessions

    def connected(self, user: str) -> int:
        """How many connections a user has here."""
        return len(self._sessions.of(user))

    def __len__(self) -> int:
        """Connections, authenticated or not."""
        return len(self._sessions)

    def _may_begin(self, session: Session, command: AnyCommand) -> bool:
        """Who does not take answers is not given more: they would pile up here."""
        if session.running or session.stalled:
            return False
        return session.inflight == 0 or isinstance(command, Send | Ping)

    def _begin(self, session: Session, command: Command) -> None:
        """Run a command's handler. What it leaves unfinished goes on in a task."""
        outcome = self._start(session, command)
        if outcome is None:
            return
        session.running = True
        task = asyncio.get_running_loop().create_task(self._finish(session, command, outcome))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _start(self, session: Session, command: Command) -> Awaitable[Result | None] | None:
        """Do of a command what can be done at once, and answer if that is all; the rest is to be awaited."""
        self.tally.commands += 1
        try:
            if self._draining:
                raise _draining()
            self._verbs.quota.take_command(session)
            if session.user is None and not isinstance(command, Hello):
                raise Problem(Code.UNAUTHENTICATED, 'say hello first, as in {"op":"hello","nick":"alice"}')
            if session.scopes is not None:
                scopes.check(session.scopes, command)
            outcome = self._handlers[type(command)](session, command)
        except Problem as problem:
            session.fail(command.id, problem)
            return None
        except Exception:
            self._fail_internally(session, command)
            return None
        if isinstance(outcome, Result):
            session.answer(command.id, outcome)
            return None
        return outcome

    async def _finish(self, session: Session, command: Command, outcome: Awaitable[Result | None]) -> None:
        try:
            async with asyncio.timeout(self._options.store_timeout_s):
                begin = partial(self._handlers[type(command)], session, command)
                result = await again(outcome, begin, self._verbs.rosters.forget)
            if result is not None:
                session.answer(command.id, result)
        except Problem as problem:
            session.fail(command.id, problem)
        except (StoreUnavailable, TimeoutError) as error:
            reason = str(error) or "it is silent"
            _log.warning("the store cannot answer", op=type(command).__name__.lower(), reason=reason)
            session.fail(command.id, Problem(Code.UNAVAILABLE, "the store cannot answer; try again shortly"))
        except Exception:
            self._fail_internally(session, command)
        finally:
            session.running = False
            self.settled(session)

    def _fail_internally(self, session: Session, command: Command) -> None:
        _log.exception("a command failed", op=type(command).__name__.lower(), session=session.id)
        session.fail(command.id, Problem(Code.INTERNAL, "something went wrong on our side; it was recorded"))

    def settled(self, session: Session) -> None:
        """A command was answered: begin those that waited for it."""
        while (waiting := session.waiting) is not None and not session.closed:
            if not self._may_begin(session, waiting[0]):
                break
            command = waiting.popleft()
            if not waiting:
                session.waiting = None
            self._begin(session, command)
        if session.ended:
            self._close_if_done(session)
        self._hold(session)

    def _hold(self, session: Session) -> None:
        """Read from the client only while it takes what we write and does not run ahead of us."""
        unfinished = session.inflight + (len(session.waiting) if session.waiting is not None else 0)
        hold = session.stalled or unfinished >= self._options.in_flight
        if hold != session.held and not session.closed:
            session.held = hold
            session.link.hold(hold)

    def _close_if_done(self, session: Session) -> None:
        if session.closed or session.running or session.inflight or session.waiting is not None:
            return
        self._verbs.fanout.disorder.hurry(session.feeds)  # the last answers may wait for others,
        self._verbs.fanout.flush()  # and for the end of the turn
        self._detach(session)
        session.link.close(None)

    def _detach(self, session: Session, lost: bool = False) -> None:
        """Nothing of this session is begun any more, and, after the answers it still waits for, nothing is
        written to it. Not even those if the connection is `lost`."""
        if session.closed:
            return
        user, session.waiting, session.closed = session.user, None, lost
        conversations = tuple(feed.id for feed in session.feeds)
        self._verbs.fanout.leave_all(session)
        session.closed = True
        if self._sessions.revoke(session) and user is not None:
            self._verbs.attendance.went(user, conversations)

    def _tick(self) -> None:
        """Once a second: the cached time, the heartbeat wheel, and hourly the idempotency keys."""
        if self._ticker is not None:
            self.tally.late(asyncio.get_running_loop().time() - self._ticker.when())
        self._ticker = asyncio.get_running_loop().call_later(1.0, self._tick)
        self.second = int(self._clock.monotonic())
        self._verbs.heartbeat.tick(self.second)
        if self.second - self._swept >= KEYS_SWEPT_S:
            self._swept = self.second
            self._spawn(self._sweep_keys())

    def _spawn(self, coroutine: Any) -> None:
        task = asyncio.get_running_loop().create_task(coroutine)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _sweep_keys(self) -> None:
        before = self._clock.now() - self._options.key_days * 86_400_000
        try:
            forgotten = await self._stores.log.expire_keys(before)
        except StoreUnavailable as error:
            _log.warning("idempotency keys were not swept", reason=str(error))
        else:
            _log.info("idempotency keys swept", forgotten=forgotten)


def _draining() -> Problem:
    return Problem(Code.UNAVAILABLE, "the server is going down; connect again shortly")
