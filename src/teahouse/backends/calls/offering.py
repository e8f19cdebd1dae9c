"""Offering: Callers (ports/calls.py) by a socket in the data directory, for workers on the same machine. The server's
side; the other is in taking.py.

Rule: a connection is a worker. What it was given and did not answer when it ends is given to another, first. One that
does not say within TAKE_S that it took a call, or does not answer in time, is cut off: it may be stopped, or hang
(Q4). Nothing is written but to the socket. Made by app/calls.py.
"""

import asyncio
from pathlib import Path

import msgspec
import structlog

from teahouse.backends.calls.asking import Asking
from teahouse.backends.calls.frames import Made, Offer, Room, Took, decode_said, frame, node_file, read
from teahouse.backends.files.sockets import bound, is_ours, unlink
from teahouse.ports.calls import Answer, Call, Unanswered, Untaken

_log = structlog.get_logger("teahouse.backends")

_PARTING_S = 1.0
_FULL_BYTES = 1024 * 1024
"""A worker that does not read so much is given nothing more."""


class _Hand:
    """A worker: how many calls it has room for, and those it has."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self.writer = writer
        self.room = 0
        self.calls: dict[int, Call] = {}

    @property
    def free(self) -> int:
        full = self.writer.transport.get_write_buffer_size() > _FULL_BYTES
        return 0 if full else self.room - len(self.calls)


class CallSocket:
    """`start` when the directory is ours, or as the only one of this `node`."""

    def __init__(self, data: Path, node: str = "") -> None:
        self._data = data
        self._file = node_file(node)
        self._asking = Asking()
        self._queue: dict[int, Call] = {}  # those nobody has, in their order
        self._hands: set[_Hand] = set()
        self._serving: set[asyncio.Task[None]] = set()
        self._server: asyncio.Server | None = None
        self._inode = 0

    async def start(self) -> None:
        listening, self._inode = bound(self._data, self._file)
        self._server = await asyncio.start_unix_server(self._serve, sock=listening)

    async def stop(self) -> None:
        if self._server is not None:
            self._server.close()
            unlink(self._data, self._file, self._inode)
        for hand in self._hands:
            hand.writer.transport.abort()
        if self._serving:
            await asyncio.wait(tuple(self._serving), timeout=_PARTING_S)

    async def ask(self, call: Call, seconds: float) -> Answer:
        number = 0

        async def hand_over(given: int) -> None:
            nonlocal number
            number = given
            self._queue[number] = call
            self._pass_on()

        try:
            return await self._asking.ask(seconds, hand_over)
        except (Untaken, Unanswered):
            self._blame(number)
            raise
        finally:
            self._queue.pop(number, None)

    def _blame(self, number: int) -> None:
        """Whoever has the call does not go on."""
        for hand in self._hands:
            if number in hand.calls:
                _log.warning("a worker does not answer; it is cut off", calls=len(hand.calls))
                hand.writer.transport.abort()

    def _pass_on(self) -> None:
        """To whoever has the most room, as long as anybody has some."""
        while self._queue:
            hand = max(self._hands, key=lambda one: one.free, default=None)
            if hand is None or hand.free <= 0:
                return
            number = next(iter(self._queue))
            hand.calls[number] = call = self._queue.pop(number)
            hand.writer.write(frame(Offer(number, call)))

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._serving.add(task)
        task.add_done_callback(self._serving.discard)
        hand = _Hand(writer)
        if not is_ours(writer.get_extra_info("socket")):
            writer.close()
            return
        self._hands.add(hand)
        try:
            while (said := await read(reader)) is not None:
                self._hear(hand, decode_said(said))
        except msgspec.DecodeError:
            _log.warning("a worker says what is not understood; is it of another version?")
        finally:
            self._hands.discard(hand)
            writer.close()
            left = {number: call for number, call in hand.calls.items() if self._asking.waits(number)}
            self._queue = left | self._queue
            self._pass_on()

    def _hear(self, hand: _Hand, said: Room | Took | Made) -> None:
        match said:
            case Room(calls):
                hand.room = calls
            case Took(number):
                self._asking.took(number)
            case Made(number, answer):
                hand.calls.pop(number, None)
                self._asking.answered(number, answer)
        self._pass_on()
