"""Taking: calls that servers of this data directory offer by their sockets, for a worker. The other side is in
offering.py.

Rule: every second it is looked which sockets there are; one connection each, made anew as long as the worker runs. What
a server had made is not made on when that server is gone: it gives it to somebody again. Made by app/worker.py.
"""

import asyncio
import contextlib
from functools import partial
from pathlib import Path

import msgspec
import structlog

from teahouse.backends.calls.frames import Made, Offer, Room, Took, decode_offer, frame, read
from teahouse.backends.calls.making import Making
from teahouse.backends.files.sockets import short
from teahouse.ports.calls import Answer

_log = structlog.get_logger("teahouse.backends")

_LOOK_S = 1.0
_PATTERN = "calls*.sock"

Place = tuple[str, int]
"""A socket: its name, and its inode, for a server that comes after another has the same name."""


class CallTaker:
    """`room` calls of each server are made at once."""

    def __init__(self, data: Path, making: Making, room: int) -> None:
        self._data = data
        self._making = making
        self._room = room
        self._tasks: dict[Place, asyncio.Task[None]] = {}
        self._writers: set[asyncio.StreamWriter] = set()
        self._looking: asyncio.Task[None] | None = None
        self._up = asyncio.Event()

    def start(self) -> None:
        self._looking = asyncio.get_running_loop().create_task(self._look())

    async def connected(self) -> None:
        """Wait until a server can give calls."""
        await self._up.wait()

    async def stop(self, seconds: float) -> None:
        """Take nothing more, and finish what was begun."""
        for writer in self._writers:
            writer.write(frame(Room(0)))
        await self._making.finish(seconds)
        tasks = [*self._tasks.values(), *([self._looking] if self._looking is not None else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            for place in self._places():
                if place not in self._tasks:
                    task = asyncio.get_running_loop().create_task(self._take(place[0]))
                    self._tasks[place] = task
                    task.add_done_callback(partial(self._ended, place))
            await asyncio.sleep(_LOOK_S)

    def _places(self) -> list[Place]:
        found = []
        for path in self._data.glob(_PATTERN):
            with contextlib.suppress(OSError):
                found.append((path.name, path.stat().st_ino))
        return found

    def _ended(self, place: Place, task: "asyncio.Task[None]") -> None:
        del self._tasks[place]
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.error("calls could not be taken", reason=f"{type(error).__name__}: {error}")

    async def _take(self, name: str) -> None:
        """One connection, from its beginning to its end."""
        try:
            with short(self._data) as folder:
                reader, writer = await asyncio.open_unix_connection(str(folder / name))
        except OSError:
            return  # of a server that was killed
        making: set[asyncio.Task[None]] = set()
        self._writers.add(writer)
        try:
            writer.write(frame(Room(self._room)))
            _log.info("calls of a server are made here", socket=name)
            self._up.set()
            while (offered := await read(reader)) is not None:
                making.add(task := self._begin(decode_offer(offered), writer))
                task.add_done_callback(making.discard)
            _log.info("a server is gone, or does not want this worker", socket=name)
        except msgspec.DecodeError:
            _log.warning("a server says what is not understood; is it of another version?")
        finally:
            self._writers.discard(writer)
            for task in making:
                task.cancel()
            writer.close()

    def _begin(self, offer: Offer, writer: asyncio.StreamWriter) -> "asyncio.Task[None]":
        async def tell(answer: Answer) -> None:
            with contextlib.suppress(OSError):
                writer.write(frame(Made(offer.number, answer)))
                await writer.drain()

        writer.write(frame(Took(offer.number)))
        return self._making.begin(offer.call, tell)
