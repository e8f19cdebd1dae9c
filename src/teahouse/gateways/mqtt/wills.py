"""Wills: what is published for clients that went without a word (MQTT 5, 3.1.2.5).

Rule: a will is a command like any other, of the user whose connection it was. It waits in memory for its delay, and
not beyond the server: a server that stops publishes none, for its clients did not go, it did.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import NamedTuple

import structlog

from teahouse.gateways.mqtt.applied import Tree
from teahouse.gateways.mqtt.incoming import command_of
from teahouse.model.caller import Caller
from teahouse.model.commands import Command
from teahouse.model.errors import Problem
from teahouse.model.results import Result
from teahouse.wire.errors import WireError
from teahouse.wire.mqtt import properties
from teahouse.wire.mqtt.packets import Publish, Will

_log = structlog.get_logger("teahouse.gateways")

_MOST = 100_000
"""Wills that wait at once; one more is published at once."""

Call = Callable[[Caller, Command], Awaitable[Result]]


class _Waiting(NamedTuple):
    timer: asyncio.TimerHandle
    caller: Caller
    will: Will


class Wills:
    def __init__(self, call: Call, tree: Tree) -> None:
        self._call = call
        self._tree = tree
        self._waiting: dict[tuple[str, str], _Waiting] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def left(self, caller: Caller, client: str, will: Will, session_s: int) -> None:
        """The client went: publish when the delay is over, or the session, whichever is first."""
        delay = min(will.properties.get(properties.WILL_DELAY, 0), session_s)
        key = (caller.user.id, client)
        self.returned(*key, clean=True)
        if not delay or len(self._waiting) >= _MOST:
            self._publish(caller, will)
            return
        timer = asyncio.get_running_loop().call_later(delay, self._due, key, caller, will)
        self._waiting[key] = _Waiting(timer, caller, will)

    def returned(self, user: str, client: str, clean: bool) -> None:
        """The client is back before that: then nothing is published (MQTT-3.1.3-9), unless it begins anew and so ends
        the session whose will it was."""
        waiting = self._waiting.pop((user, client), None)
        if waiting is not None:
            waiting.timer.cancel()
            if clean:
                self._publish(waiting.caller, waiting.will)

    def stop(self) -> None:
        for waiting in self._waiting.values():
            waiting.timer.cancel()
        for task in tuple(self._tasks):
            task.cancel()

    def _due(self, key: tuple[str, str], caller: Caller, will: Will) -> None:
        del self._waiting[key]
        self._publish(caller, will)

    def _publish(self, caller: Caller, will: Will) -> None:
        task = asyncio.get_running_loop().create_task(self._send(caller, will))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _send(self, caller: Caller, will: Will) -> None:
        try:
            packet = Publish(will.topic, will.payload, will.qos, 0, will.retain, properties=will.properties)
            await self._call(caller, command_of(packet, self._tree, 1))
        except (Problem, WireError) as refusal:
            _log.info("a will was refused", user=caller.user.id, reason=str(refusal))
