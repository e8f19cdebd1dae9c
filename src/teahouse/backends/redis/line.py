"""One connection to Redis: commands in one direction, answers in the same order in the other, and what it says unasked.

Rule: commands of one turn of the loop are written together, and nothing waits for an answer before it sends the next;
that is what makes it cheap. It speaks RESP3, so that messages of subscriptions come beside the answers. Made by
client.py.
"""

import asyncio
from collections import deque
from collections.abc import Callable
from typing import Any, cast

import hiredis

from teahouse.model.errors import StoreUnavailable

Argument = str | bytes | int | float
Answer = Any

MOST_UNSENT = 32 * 2**20
"""So much may wait to be sent before what can be lost is not sent at all."""

_AWAY = (
    "LOADING",
    "MASTERDOWN",
    "READONLY",
    "MISCONF",
    "OOM",
    "BUSY",
    "CLUSTERDOWN",
    "NOREPLICAS",
    "TRYAGAIN",
)


class Line(asyncio.Protocol):
    """`pushed` is called for each message that is no answer. `gone` is done when the connection is."""

    def __init__(self, pushed: Callable[[list[Any]], None]) -> None:
        self._pushed = pushed
        self._reader = hiredis.Reader(notEnoughData=Ellipsis)
        self._waiting: deque[asyncio.Future[Answer] | None] = deque()
        self._unsent: list[bytes] = []
        self._scheduled = False
        self._transport: asyncio.Transport | None = None
        self._loop = asyncio.get_running_loop()
        self.gone: asyncio.Future[None] = self._loop.create_future()

    def ask(self, *arguments: Argument) -> asyncio.Future[Answer]:
        """The answer to a command; StoreUnavailable if the connection goes before."""
        answer: asyncio.Future[Answer] = self._loop.create_future()
        self._queue(answer, arguments)
        return answer

    def tell(self, *arguments: Argument) -> bool:
        """A command whose answer nobody looks at. False if it was not sent, for too much waits already."""
        if self._transport is None or self._transport.get_write_buffer_size() > MOST_UNSENT:
            return False
        self._queue(None, arguments)
        return True

    def subscribe(self, command: str, *channels: Argument) -> None:
        """SSUBSCRIBE and SUNSUBSCRIBE are confirmed by messages of their own, not by answers."""
        self._write((command, *channels))

    def close(self) -> None:
        """At once: what is not answered by now will not be."""
        if self._transport is not None:
            self._transport.abort()
        self._end()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)  # uvloop's are of no such class

    def data_received(self, data: bytes) -> None:
        self._reader.feed(data)
        try:
            while (message := self._reader.gets()) is not Ellipsis:
                if isinstance(message, hiredis.PushNotification):
                    self._pushed(message)
                else:
                    self._settle(message)
        except hiredis.ProtocolError:
            self.close()

    def connection_lost(self, error: Exception | None) -> None:
        self._end()

    def _queue(self, answer: asyncio.Future[Answer] | None, arguments: tuple[Argument, ...]) -> None:
        if self._transport is None or self._transport.is_closing():
            if answer is not None:
                answer.set_exception(StoreUnavailable("Redis is away"))
            return
        self._waiting.append(answer)
        self._write(arguments)

    def _write(self, arguments: tuple[Argument, ...]) -> None:
        self._unsent.append(hiredis.pack_command(arguments))  # type: ignore[arg-type]
        if not self._scheduled:
            self._scheduled = True
            self._loop.call_soon(self._flush)

    def _flush(self) -> None:
        self._scheduled = False
        unsent, self._unsent = self._unsent, []
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(b"".join(unsent))

    def _settle(self, message: Answer) -> None:
        if not self._waiting:
            self.close()  # a subscription was refused: nobody knows any more whose answer is whose
            return
        answer = self._waiting.popleft()
        if answer is None or answer.done():
            return
        if isinstance(message, hiredis.ReplyError):
            said = str(message)
            known = StoreUnavailable(f"Redis cannot now: {said}") if said.startswith(_AWAY) else message
            answer.set_exception(known)
        else:
            answer.set_result(message)

    def _end(self) -> None:
        if self.gone.done():
            return
        self.gone.set_result(None)
        self._transport = None
        waiting, self._waiting = self._waiting, deque()
        for answer in waiting:
            if answer is not None and not answer.done():
                answer.set_exception(StoreUnavailable("the connection to Redis went"))
