"""Broker (ports/broker.py) on Redis: sharded publish and subscribe, a channel a subject.

Rule: what cannot be sent now is dropped, and said to be lost (B4); the log has it. Hints of one call for one subject go
as one message, which begins with the name of its node, so that a node need not decode its own. Made by app/shared.py.
"""

import asyncio
from collections.abc import Callable, Sequence
from typing import Any

import hiredis
import msgspec
import structlog

from teahouse.backends.redis.client import Redis
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.broker import Hint

_log = structlog.get_logger("teahouse.backends")

AT_ONCE = 500
"""Subscriptions of one command."""

_encode = msgspec.msgpack.Encoder().encode
_decode = msgspec.msgpack.Decoder(list[Hint]).decode


class RedisBroker:
    shared = True

    def __init__(self, redis: Redis, node: str) -> None:
        self._redis = redis
        self._node = node.encode()
        self._most = redis.options.most_hint_kib * 1024
        self._prefix = f"{redis.options.prefix}:hints:"
        self._subjects: set[str] = set()
        self._dropped = False
        self._hear: Callable[[Hint], None] | None = None
        self._lost: Callable[[], None] | None = None
        redis.changed.append(self._changed)
        redis.heard = self._message

    @property
    def connected(self) -> bool:
        return self._redis.connected

    def publish(self, hints: Sequence[Hint]) -> None:
        if not self._redis.connected:
            return
        by_subject: dict[str, list[Hint]] = {}
        for hint in hints:
            by_subject.setdefault(hint.subject, []).append(hint)
        for subject, some in by_subject.items():
            for message in self._packed(some):
                if not self._redis.tell("SPUBLISH", self._prefix + subject, message):
                    self._drop()

    def subscribe(self, subject: str) -> None:
        if subject not in self._subjects:
            self._subjects.add(subject)
            self._redis.subscribe(True, self._prefix + subject)

    def unsubscribe(self, subject: str) -> None:
        if subject in self._subjects:
            self._subjects.discard(subject)
            self._redis.subscribe(False, self._prefix + subject)

    async def settled(self) -> None:
        """Redis does what one connection asks in its order: when this is answered, all before it is done (B5)."""
        try:
            await self._redis.ask("PING")
        except StoreUnavailable:
            pass
        except hiredis.ReplyError as error:
            _log.warning("Redis does not take PING", reason=str(error))

    def listen(self, hear: Callable[[Hint], None], lost: Callable[[], None]) -> None:
        self._hear, self._lost = hear, lost

    def _packed(self, hints: list[Hint]) -> list[bytes]:
        """As one message, or as more if that would be too large; alone too large, a hint goes without its entries."""
        body = _encode(hints)
        if len(body) <= self._most:
            return [bytes((len(self._node),)) + self._node + body]
        if len(hints) == 1:
            slim = _encode([hints[0].slim()])
            return [bytes((len(self._node),)) + self._node + slim]
        middle = len(hints) // 2
        return self._packed(hints[:middle]) + self._packed(hints[middle:])

    def _message(self, message: list[Any]) -> None:
        """`smessage`, the channel, and what was published; confirmations of subscriptions are of no interest, nor what
        other nodes try whether they may (rights.py), which is empty."""
        if message[0] != b"smessage" or not message[2] or self._hear is None:
            return
        data: bytes = message[2]
        start = 1 + data[0]
        if data[1:start] == self._node:
            return
        try:
            hints = _decode(data[start:])
        except msgspec.MsgspecError as error:
            _log.warning(
                "a hint of another node is not understood", node=data[1:start].decode(), reason=str(error)
            )
            self._tell_lost()
            return
        for hint in hints:
            if hint.subject in self._subjects:
                self._hear(hint)

    def _changed(self, up: bool) -> None:
        """Subscriptions belong to a connection: made again on the new one before anybody is told of it."""
        if up:
            channels = [self._prefix + subject for subject in self._subjects]
            for start in range(0, len(channels), AT_ONCE):
                self._redis.subscribe(True, *channels[start : start + AT_ONCE])
        self._tell_lost()

    def _drop(self) -> None:
        """Too much waits to be sent. Said once a turn."""
        if not self._dropped:
            self._dropped = True
            asyncio.get_running_loop().call_soon(self._tell_dropped)

    def _tell_dropped(self) -> None:
        self._dropped = False
        self._tell_lost()

    def _tell_lost(self) -> None:
        if self._lost is not None:
            self._lost()
