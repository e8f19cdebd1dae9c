"""PresenceBook (ports/presence.py) on Redis.

Rule: what this node says it remembers, too. So without Redis it answers for its own people; when Redis comes back,
empty or not, all of it is said again, and now and then anyway, because keys last for the expiry only. A node lives by
its heartbeat: who is on one that is silent for longer counts no more, and counts again when it goes on. Made by
app/shared.py.
"""

import asyncio
from collections.abc import Iterable, Mapping
from contextlib import suppress
from typing import Any

import msgspec
import structlog

from teahouse.backends.memory.presence import MemoryPresence
from teahouse.backends.redis import presence_scripts as scripts
from teahouse.backends.redis.client import Redis, Script
from teahouse.model.errors import StoreUnavailable
from teahouse.model.people import Availability
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.backends")

AT_ONCE = 200
"""People said again at once, before others have their turn."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(Availability).decode


class RedisPresence:
    """Starts with the first call, and ends with `stop`."""

    def __init__(self, redis: Redis, clock: Clock, node: str) -> None:
        self._redis = redis
        self._node = node
        self._own = MemoryPresence(clock, node)
        self._here: dict[str, Availability] = {}
        self._nicks: dict[str, str] = {}
        self._gone: set[str] = set()  # who went while Redis was away, and stands there yet
        expiry_s = redis.options.presence_s
        self._alive_s = min(redis.options.alive_s, expiry_s)
        self._common = (
            f"{redis.options.prefix}:presence:",
            node,
            int(expiry_s * 1000),
            int(self._alive_s * 1000),
        )
        self._again_s = expiry_s / 3
        self._heard = 0.0  # when Redis was asked last what it answered (loop time)
        self._back = asyncio.Event()
        self._missed = False  # something was said that Redis may not have heard
        self._task: asyncio.Task[None] | None = None
        redis.changed.append(self._changed)

    async def claim(self, nick: str, user: str) -> str:
        found = await self._ask(scripts.CLAIM, nick, user)
        if found is not _NO_ANSWER and found.decode() != user:
            return str(found.decode())
        held = await self._own.claim(nick, user)
        if held == user:
            self._nicks[user] = nick
        return held

    async def release(self, nick: str, user: str) -> None:
        if self._nicks.get(user) == nick:
            del self._nicks[user]
        await self._own.release(nick, user)
        await self._ask(scripts.RELEASE, nick, user)

    async def holder(self, nick: str) -> str | None:
        found = await self._ask(scripts.HOLDER, nick)
        if found is _NO_ANSWER:
            return await self._own.holder(nick)
        return None if found is None else found.decode()

    async def touch(self, availability: Availability) -> None:
        self._here[availability.user] = availability
        self._gone.discard(availability.user)
        await self._own.touch(availability)
        await self._ask(scripts.TOUCH, *_said(availability), "0")

    async def drop(self, user: str) -> None:
        self._here.pop(user, None)
        self._nicks.pop(user, None)
        await self._own.drop(user)
        if await self._ask(scripts.DROP, user) is _NO_ANSWER and user not in self._here:
            self._gone.add(user)

    async def locate(self, users: Iterable[str]) -> Mapping[str, Availability]:
        wanted = list(users)
        if not wanted:
            return {}
        found = await self._ask(scripts.LOCATE, *wanted)
        if found is _NO_ANSWER:
            return await self._own.locate(wanted)
        return {user: _decode(said) for user, said in zip(wanted, found, strict=True) if said}

    async def everyone(self, limit: int) -> list[Availability]:
        found = await self._ask(scripts.EVERYONE, limit)
        if found is _NO_ANSWER:
            return await self._own.everyone(limit)
        return [_decode(said) for said in found]

    async def stop(self) -> None:
        """This node is no more: what it said counts no more, from now on and on all nodes."""
        if self._task is not None:
            self._task.cancel()
            await asyncio.gather(self._task, return_exceptions=True)
        prefix, node, *_ = self._common
        with suppress(StoreUnavailable):
            await self._redis.ask("DEL", f"{prefix}n:{node}")

    async def _ask(self, script: Script, *arguments: str | int | bytes) -> Any:
        """The answer, or _NO_ANSWER: then this node goes by what it knows itself."""
        if self._task is None:
            self._task = asyncio.get_running_loop().create_task(self._repeat())
        try:
            return await self._run(script, *arguments)
        except StoreUnavailable:
            self._missed = True
            return _NO_ANSWER

    async def _run(self, script: Script, *arguments: str | int | bytes) -> Any:
        """The answer. After a silence that was too long this node was thought to be gone: then all is said again."""
        asked = asyncio.get_running_loop().time()
        answer = await self._redis.run(script, *self._common, *arguments)
        if self._heard and asked - self._heard >= self._alive_s:
            self._back.set()
        self._heard = max(asked, self._heard)
        return answer

    def _changed(self, up: bool) -> None:
        if up:
            self._back.set()

    async def _repeat(self) -> None:
        """Say that this node lives; and all of it again when Redis comes back, did not answer, or a third of the expiry
        is over."""
        loop = asyncio.get_running_loop()
        said = loop.time()
        while True:
            try:
                async with asyncio.timeout(self._alive_s / 3):
                    await self._back.wait()
            except TimeoutError:
                pass
            try:
                if self._back.is_set() or self._missed or loop.time() - said >= self._again_s:
                    said, self._missed = loop.time(), False
                    self._back.clear()
                    await self._say_again()
                else:
                    await self._run(scripts.ALIVE)
            except StoreUnavailable:
                self._missed = True
            except Exception:
                _log.exception("presence was not said again")

    async def _say_again(self) -> None:
        for user in tuple(self._gone):
            await self._run(scripts.DROP, user)
            self._gone.discard(user)
        people = list(self._here.items())
        for start in range(0, len(people), AT_ONCE):
            part = people[start : start + AT_ONCE]
            await asyncio.gather(*(self._say(user, state) for user, state in part))

    async def _say(self, user: str, state: Availability) -> None:
        if self._here.get(user) is state:  # else it was said since, or they have gone
            await self._run(scripts.TOUCH, *_said(state), "1")
        nick = self._nicks.get(user)
        if nick is not None:
            await self._run(scripts.CLAIM, nick, user)


_NO_ANSWER: Any = object()


def _said(state: Availability) -> tuple[str, bytes, str]:
    return state.user, _encode(state), state.nick
