"""One connection: commands out, answers back by id, events to whoever hears them.

Rule: frames are looked at in the order they come, and `answered` and `heard` are called in that order before the
next one is read: the answer to one's own send is the place of that message among the others. Made by client.py, a
new one each time the connection is lost.
"""

import asyncio
import itertools
from collections.abc import Callable
from typing import Any

import msgspec
from msgspec.structs import replace

from teahouse.client.messages import problem_of
from teahouse.client.transport import Transport
from teahouse.model.commands import Command, Ping
from teahouse.model.errors import Problem

Frame = dict[str, Any]

_decode = msgspec.json.Decoder(dict[str, Any]).decode
_encode = msgspec.json.Encoder().encode


class Dismissed(ConnectionError):
    """The server said goodbye and does not want this client back as it is. The text is its reason."""


class Connection:
    """`answered(command, result)` is called for each success, `heard(frame)` for all that answers nothing."""

    def __init__(
        self,
        transport: Transport,
        answered: Callable[[Command, Frame], None],
        heard: Callable[[Frame], None],
        timeout_s: float,
    ) -> None:
        self._transport = transport
        self._answered = answered
        self._heard = heard
        self._timeout_s = timeout_s
        self._ids = itertools.count(1)
        self._waiting: dict[int, tuple[Command, asyncio.Future[Frame]]] = {}
        self._reader = asyncio.create_task(self._read())

    async def request(self, command: Command) -> Frame:
        """Send a command and wait for its answer. Problem if it is refused, TimeoutError if nothing comes,
        ConnectionError if the connection ends before: then nobody knows whether it was carried out."""
        if self._reader.done():
            raise ConnectionResetError("the connection was lost")
        re = next(self._ids)
        answer: asyncio.Future[Frame] = asyncio.get_running_loop().create_future()
        self._waiting[re] = command, answer
        try:
            async with asyncio.timeout(self._timeout_s):
                await self.tell(replace(command, id=re))
                return await answer
        finally:
            self._waiting.pop(re, None)
            if answer.done() and not answer.cancelled():
                answer.exception()  # looked at here, for the case that the time ran out first

    async def tell(self, command: Command) -> None:
        """Send a command without waiting for an answer."""
        await self._transport.write(_encode(command))

    async def ended(self) -> None:
        """Wait until the connection is lost."""
        await asyncio.wait([self._reader])

    async def beat(self, interval_s: float) -> None:
        """Ask for a sign of life now and then, and give the connection up when there is none."""
        while True:
            await asyncio.sleep(interval_s)
            try:
                await self.request(Ping())
            except Problem:
                continue  # a refusal is a sign of life
            except OSError:
                await self.close()
                return

    async def close(self) -> None:
        self._reader.cancel()
        await asyncio.wait([self._reader])
        await self._transport.close()

    async def _read(self) -> None:
        try:
            while True:
                self._take(_decode(await self._transport.read()))
        except (ConnectionError, msgspec.DecodeError):
            pass
        finally:
            for _, answer in self._waiting.values():
                if not answer.done():
                    answer.set_exception(ConnectionResetError("the connection was lost before the answer"))

    def _take(self, frame: Frame) -> None:
        if "re" not in frame:
            self._heard(frame)
            return
        command, answer = self._waiting.get(frame["re"], (None, None))
        if command is None or answer is None or answer.done():
            return
        if "error" in frame:
            answer.set_exception(problem_of(frame["error"]))
            return
        result = frame.get("ok", {})
        self._answered(command, result)
        answer.set_result(result)
