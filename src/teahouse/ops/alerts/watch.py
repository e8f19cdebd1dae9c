"""The watch: looks every few seconds how it goes, and tells the receivers what is to be told.

Rule: nothing here can stop the server. Each receiver has a queue and a task of its own, so one that hangs holds up no
other; a notice that is not taken is tried again, later each time, and in the end dropped with a line in the log. What
stands is forgotten with the process: after a restart, what is still wrong is told anew. Made by app/alerts.py.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence

import structlog

from teahouse.ops.alerts.board import Board, Notice
from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.alerts.receivers import Receiver
from teahouse.ops.alerts.rules import findings
from teahouse.ops.readings import Reading
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.ops")

MOST = 100
"""Notices that wait for one receiver; what comes then is dropped."""
TRIES = 12
FIRST_PAUSE_S = 1.0
LONGEST_PAUSE_S = 300.0


class Watch:
    """`read` says how it goes; `server` is what the server is called."""

    def __init__(
        self,
        read: Callable[[], Awaitable[Reading]],
        receivers: Sequence[Receiver],
        options: AlertOptions,
        clock: Clock,
        server: str,
    ) -> None:
        self._read = read
        self._options = options
        self._clock = clock
        self._server = server
        self._board = Board(options)
        self._queues: list[tuple[Receiver, asyncio.Queue[Notice]]] = [
            (receiver, asyncio.Queue(MOST)) for receiver in receivers
        ]
        self._tasks: list[asyncio.Task[None]] = []
        self.first_pause_s = FIRST_PAUSE_S

    def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._tasks = [loop.create_task(self._look())]
        self._tasks += [loop.create_task(self._tell(*one)) for one in self._queues]

    async def stop(self) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _look(self) -> None:
        while True:
            try:
                found = findings(await self._read(), self._options)
                self._announce(found)
            except Exception:
                _log.exception("nobody could look how it goes")
            await asyncio.sleep(self._options.every_s)

    def _announce(self, found: dict[str, str | None]) -> None:
        now = self._clock.now()
        alerts = self._board.step(now, found)
        if not alerts:
            return
        _log.warning("alerts", alerts=[f"{alert.rule}: {alert.state}" for alert in alerts])
        for receiver, queue in self._queues:
            try:
                queue.put_nowait(Notice(self._server, now, alerts))
            except asyncio.QueueFull:
                _log.error("an alert was dropped: too many wait", receiver=receiver.name)

    async def _tell(self, receiver: Receiver, queue: "asyncio.Queue[Notice]") -> None:
        while True:
            notice = await queue.get()
            try:
                await self._insist(receiver, notice)
            except Exception:
                _log.exception("an alert could not be told", receiver=receiver.name)

    async def _insist(self, receiver: Receiver, notice: Notice) -> None:
        pause_s = self.first_pause_s
        for tried in range(1, TRIES + 1):
            outcome = await receiver.tell(notice)
            if outcome.taken:
                return
            if not outcome.again or tried == TRIES:
                _log.error("an alert was not taken", receiver=receiver.name, reason=outcome.why, tries=tried)
                return
            _log.warning("an alert will be told again", receiver=receiver.name, reason=outcome.why)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, LONGEST_PAUSE_S)
