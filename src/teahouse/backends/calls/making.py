"""Making: a call is made, and what became of it said. What a worker does, by whatever road the call came.

Rule: it knows services and addresses, not people: no store is open, nothing is written, and it never raises. Which
addresses may be called is decided here, by the settings of this process, not by whoever asks. Made by app/worker.py.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping

import structlog

from teahouse.model.push import PushKind
from teahouse.ports.calls import Answer, Call, Errand, Failed, FetchCall, Found, PushCall, Pushed
from teahouse.ports.outside import NotAllowed, Outside, Unreachable
from teahouse.ports.push import DeviceGone, NotTaken, Pusher, TryLater

_log = structlog.get_logger("teahouse.backends")


class Making:
    """`made` counts."""

    def __init__(self, pushers: Mapping[PushKind, Pusher], outsides: Mapping[Errand, Outside]) -> None:
        self._pushers = pushers
        self._outsides = outsides
        self._tasks: set[asyncio.Task[None]] = set()
        self.made = 0

    def begin(self, call: Call, tell: Callable[[Answer], Awaitable[None]]) -> "asyncio.Task[None]":
        """Make it beside others, and `tell` the answer."""

        async def go() -> None:
            await tell(await self._make(call))

        task = asyncio.get_running_loop().create_task(go())
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def finish(self, seconds: float) -> None:
        """Wait for what is being made; what takes longer, another makes."""
        if self._tasks:
            await asyncio.wait(tuple(self._tasks), timeout=seconds)

    async def _make(self, call: Call) -> Answer:
        self.made += 1
        try:
            return await (self._push(call) if isinstance(call, PushCall) else self._fetch(call))
        except Exception as error:
            _log.exception("a call failed")
            why = f"{type(error).__name__} in the worker"
            return Pushed("later", why) if isinstance(call, PushCall) else Failed(why)

    async def _push(self, call: PushCall) -> Pushed:
        device = call.device
        pusher = self._pushers.get(device.kind)
        if pusher is None:
            return Pushed("refused", f"{device.kind}: not set up in the worker")
        try:
            await pusher.push(device, call.notice)
        except DeviceGone:
            return Pushed("gone", rests_s=pusher.rests_s(device))
        except TryLater as error:
            return Pushed("later", str(error), error.after_s, pusher.rests_s(device))
        except NotTaken as error:
            return Pushed("refused", str(error), rests_s=pusher.rests_s(device))
        return Pushed("taken", rests_s=pusher.rests_s(device))

    async def _fetch(self, call: FetchCall) -> Found | Failed:
        try:
            return Found(await self._outsides[call.errand].fetch(call.asked))
        except NotAllowed as error:
            return Failed(str(error), allowed=False)
        except Unreachable as error:
            return Failed(str(error))
