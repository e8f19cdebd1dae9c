"""Stays: what a session leaves behind when its client goes, so that it goes on where it was.

Rule: what the client missed is not kept, only how far it has come; the rest is in the log. It is stored when a
subscription changes, before that is acknowledged, and soon after messages were confirmed; a server that is killed in
between sends the confirmed ones of that moment again (QoS 1) or under the same identifier (QoS 2, outbox.py).
"""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from contextlib import suppress
from functools import partial
from typing import Any, TypeVar

import msgspec
import structlog
from msgspec import Struct, field

from teahouse.gateways.mqtt.plans import Subscription
from teahouse.model.errors import StoreUnavailable
from teahouse.model.stays import Stay
from teahouse.ports.clock import Clock
from teahouse.ports.stays import Stays

T = TypeVar("T")

_log = structlog.get_logger("teahouse.gateways")

SWEPT_S = 3600.0
WAIT_S = 5.0
"""The store has so long to keep a stay."""

NEVER = 0xFFFFFFFF
"""A session expiry that means: not at all (3.1.2.11.2)."""


class Flight(Struct, frozen=True, gc=False, omit_defaults=True):
    """A message on its way at QoS 1 or 2. `arrived`: the client has said so (PUBREC), and is to be told that it may
    forget the identifier."""

    id: int
    conversation: str
    seq: int
    qos: int = 1
    arrived: bool = False

    def landed(self) -> "Flight":
        return Flight(self.id, self.conversation, self.seq, self.qos, True)


class Kept(Struct, frozen=True, gc=False):
    """The data of a Stay: `cursors` is the last seq of each conversation that need not be sent any more."""

    subscriptions: list[Subscription] = field(default_factory=list)
    cursors: dict[str, int] = field(default_factory=dict)
    flights: list[Flight] = field(default_factory=list)


_encode = msgspec.json.Encoder().encode
_decode = msgspec.json.Decoder(Kept).decode


class StayBook:
    """All stays. `most_s` is how long one may be kept at most."""

    def __init__(self, stays: Stays, clock: Clock, most_s: int) -> None:
        self._stays = stays
        self._clock = clock
        self.most_s = most_s
        self._tasks: set[asyncio.Task[None]] = set()
        self._writes: dict[tuple[str, str], asyncio.Task[None]] = {}
        self._swept = clock.monotonic()

    async def find(self, user: str, client: str, clean: bool) -> Kept | None:
        """What the client comes back to; `clean`: it wants to know nothing of it, and it is forgotten. Raises
        StoreUnavailable."""
        while (write := self._writes.get((user, client))) is not None:
            await asyncio.wait((write,))  # of the connection that was there a moment ago
        stay = await _in_time(self._stays.of(user, client))
        if stay is None:
            return None
        if not clean and stay.expires > self._clock.now():
            with suppress(msgspec.DecodeError):
                return _decode(stay.data)
        await self.drop(user, client)
        return None

    async def keep(self, user: str, client: str, kept: Kept, seconds: int) -> None:
        """Raises StoreUnavailable."""
        expires = self._clock.now() + min(seconds, self.most_s) * 1000
        await _in_time(self._stays.keep(Stay(user, client, expires, _encode(kept))))

    async def drop(self, user: str, client: str) -> None:
        """Raises StoreUnavailable."""
        await _in_time(self._stays.drop(user, client))

    def write(self, user: str, client: str, work: Coroutine[Any, Any, None]) -> None:
        """Do something that the connection it is for need not outlive; whoever comes next under its name waits."""
        key = (user, client)
        task = self._writes[key] = self._spawn(work)
        task.add_done_callback(partial(self._written, key))

    def _written(self, key: tuple[str, str], task: asyncio.Task[None]) -> None:
        if self._writes.get(key) is task:
            del self._writes[key]

    def _spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        if self._clock.monotonic() - self._swept >= SWEPT_S:
            self._swept = self._clock.monotonic()
            self._spawn(self._expire())
        return task

    async def stop(self) -> None:
        """Wait for what is being written."""
        while self._tasks:
            _, late = await asyncio.wait(tuple(self._tasks), timeout=WAIT_S)
            if late:
                return

    async def _expire(self) -> None:
        try:
            forgotten = await _in_time(self._stays.expire(self._clock.now()))
        except StoreUnavailable as error:
            _log.warning("sessions of MQTT that expired were not forgotten", reason=str(error))
        else:
            _log.info("sessions of MQTT expired", forgotten=forgotten)


class Keeper:
    """Keeps the stay of one connection: one write at a time, and what came meanwhile with the next. `snapshot` is what
    is to be kept, `failed` is called if it cannot be."""

    __slots__ = (
        "_book",
        "_client",
        "_ended",
        "_over",
        "_running",
        "_then",
        "_user",
        "_wanted",
        "failed",
        "seconds",
        "snapshot",
        "soon",
    )

    def __init__(self, book: StayBook, user: str, client: str, seconds: int) -> None:
        self._book = book
        self._user = user
        self._client = client
        self.seconds = seconds
        self.snapshot: Callable[[], Kept]
        self.failed: Callable[[], None]
        self.soon = False
        self._then: list[Callable[[], None]] = []
        self._over = False
        self._ended = False
        self._wanted = False
        self._running = False

    def save(self, then: Callable[[], None] | None = None) -> None:
        """Write how things stand now; `then` is called when that is durable. Nothing, once the connection has ended:
        what is there then may be of the next one."""
        if self._ended:
            return
        if then is not None:
            self._then.append(then)
        self._wanted = True
        if not self._running:
            self._running = True
            self._book.write(self._user, self._client, self._write())

    def save_now(self) -> None:
        """For the end of a connection: what is said later is not of this stay any more."""
        kept = self.snapshot()
        self.snapshot = lambda: kept
        self.save()
        self._ended = True

    def close(self) -> None:
        """The session is to be over."""
        self._over = True
        self.save()
        self._ended = True

    async def _write(self) -> None:
        try:
            while self._wanted:
                self._wanted, then, self._then = False, self._then, []
                if self._over:
                    await self._book.drop(self._user, self._client)
                else:
                    await self._book.keep(self._user, self._client, self.snapshot(), self.seconds)
                for call in then:
                    call()
        except StoreUnavailable as error:
            _log.warning("a session of MQTT was not kept", reason=str(error))
            self._then.clear()
            self.failed()
        finally:
            self._running = False


async def _in_time(work: Awaitable[T]) -> T:
    """A store that is silent is one that is not there."""
    try:
        async with asyncio.timeout(WAIT_S):
            return await work
    except TimeoutError:
        raise StoreUnavailable("it is silent") from None
