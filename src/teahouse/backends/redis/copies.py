"""CommonCopies (ports/copies.py) on Redis: a key a name, which is a value (`v...`), a lease (`l...`), or held (`x`).

Rule: nobody waits longer than `wait_s`, and a Redis that was too slow several times is left alone for a moment. What
could not be held is owed: this node does not take it until Redis has said that it dropped it. Made by app/shared.py.
"""

import asyncio
import secrets
from collections.abc import Collection
from typing import Any

import hiredis
import structlog

from teahouse.backends.redis.client import Redis
from teahouse.backends.redis.line import Argument
from teahouse.model.breaker import Breaker
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.copies import Taken

_log = structlog.get_logger("teahouse.backends")

LEASE_MS = 3000
HOLD_MS = 60_000
"""No transaction takes so long."""

REST_S, LONGEST_REST_S = 0.5, 4.0
PAY_S = 1.0
MOST_OWED = 10_000
"""More are not noted: the oldest go, whose values go by themselves soon."""

_PUT = """
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3]) end
return 0
"""

_NO_ANSWER: Any = object()
_NOTHING = Taken()


class RedisCopies:
    def __init__(self, redis: Redis, wait_s: float) -> None:
        self._redis = redis
        self._wait_s = wait_s
        self._prefix = f"{redis.options.prefix}:copies:"
        self._breaker = Breaker(REST_S, LONGEST_REST_S)
        self._owed: dict[str, int] = {}
        self._debts = 0
        self._paying: asyncio.Task[None] | None = None
        self._told_refused = False

    async def take(self, name: str) -> Taken:
        if name in self._owed:
            return _NOTHING
        lease = b"l" + secrets.token_bytes(9)
        found = await self._ask("SET", self._prefix + name, lease, "NX", "GET", "PX", LEASE_MS)
        if found is None:
            return Taken(lease=lease)
        if found is _NO_ANSWER or found[:1] != b"v":
            return _NOTHING
        return Taken(found[1:])

    def put(self, name: str, lease: bytes, value: bytes, keep_s: float) -> None:
        keep_ms = max(1, round(1000 * keep_s))
        self._redis.tell("EVAL", _PUT, 1, self._prefix + name, lease, b"v" + value, keep_ms)

    async def hold(self, names: Collection[str]) -> None:
        held = await asyncio.gather(
            *(self._ask("SET", self._prefix + name, b"x", "PX", HOLD_MS) for name in names)
        )
        for name, answer in zip(names, held, strict=True):
            if answer is _NO_ANSWER:
                self._owe(name)

    def drop(self, names: Collection[str]) -> None:
        """Told at once, so that it is done before what is published next; what is owed is asked for, too."""
        self._redis.tell("DEL", *(self._prefix + name for name in names))
        for name in names:
            if name in self._owed:
                self._owe(name)  # as if it were new: what is being paid may be from before
        if self._owed and (self._paying is None or self._paying.done()):
            self._paying = asyncio.get_running_loop().create_task(self._pay())

    async def stop(self) -> None:
        if self._paying is not None:
            self._paying.cancel()
            await asyncio.gather(self._paying, return_exceptions=True)

    def _owe(self, name: str) -> None:
        self._debts += 1
        self._owed.pop(name, None)
        self._owed[name] = self._debts
        while len(self._owed) > MOST_OWED:
            del self._owed[next(iter(self._owed))]

    async def _pay(self) -> None:
        """Drop what is owed, until Redis has said so."""
        while self._owed:
            some = dict(self._owed)
            try:
                await self._redis.ask("DEL", *(self._prefix + name for name in some))
            except (StoreUnavailable, hiredis.ReplyError):
                await asyncio.sleep(PAY_S)
                continue
            for name, debt in some.items():
                if self._owed.get(name) == debt:
                    del self._owed[name]

    async def _ask(self, *command: Argument) -> Any:
        """The answer, or _NO_ANSWER."""
        now = asyncio.get_running_loop().time
        if self._breaker.wait_s(now()):
            return _NO_ANSWER
        try:
            async with asyncio.timeout(self._wait_s):
                answer = await self._redis.ask(*command)
        except (StoreUnavailable, TimeoutError):
            self._breaker.failed(now())
            return _NO_ANSWER
        except hiredis.ReplyError as error:
            self._breaker.failed(now())
            self._tell(str(error))
            return _NO_ANSWER
        except BaseException:
            self._breaker.gave_up()
            raise
        self._breaker.worked()
        return answer

    def _tell(self, reason: str) -> None:
        if not self._told_refused:
            self._told_refused = True
            _log.warning("Redis keeps no copies; the database is asked more often", reason=reason)
