"""Calls: who makes what leaves the server, as the settings say: the server, or workers beside it. A part of compose.py.

Rule: which addresses an errand may call is said here once, for the server and for workers.
"""

from collections.abc import Mapping
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol, get_args

from teahouse.app.settings import Settings
from teahouse.backends.calls.far import Away, FarOutside
from teahouse.backends.calls.offering import CallSocket
from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.backends.rabbitmq.calls import RabbitCallers
from teahouse.ports.calls import Callers, Errand
from teahouse.ports.clock import Clock
from teahouse.ports.outside import Outside

ALERTS_AT_ONCE = 4
LONGEST_PUSH_S = 22.0
"""With the time until a worker takes it, shorter than a job may take (engine/worker.py)."""


class _Road(Callers, Protocol):
    async def start(self) -> None: ...

    async def stop(self) -> None: ...


class Calls:
    """`away` is None where the server makes its calls itself."""

    def __init__(self, settings: Settings, clock: Clock, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._stack = stack
        push_s = min(2 * settings.push.timeout_s, LONGEST_PUSH_S)  # FCM asks for a token first
        self._road = None if settings.jobs.worker else _road(settings)
        self.away = None if self._road is None else Away(self._road, clock, push_s)

    async def start(self) -> None:
        """Let workers come. The directory is ours now."""
        if self._road is not None:
            self._stack.push_async_callback(self._road.stop)
            await self._road.start()

    def outside(self, errand: Errand) -> Outside:
        """Who makes requests of this kind. An alert may be about workers that are not there: then the server itself
        tells it."""
        if self.away is None:
            return fetcher(self._settings, errand, self._stack)
        near = fetcher(self._settings, errand, self._stack) if errand == "alerts" else None
        return FarOutside(self.away, errand, near)

    def trouble(self) -> str:
        """What is wrong with the workers; empty: nothing."""
        return "" if self.away is None else self.away.trouble


def _road(settings: Settings) -> _Road:
    if settings.jobs.kind == "rabbitmq":
        return RabbitCallers(settings.jobs)
    return CallSocket(Path(settings.data), settings.node.name if settings.store.shared else "")


def fetchers(settings: Settings, stack: AsyncExitStack) -> Mapping[Errand, Outside]:
    """All there are, for a worker."""
    return {errand: fetcher(settings, errand, stack) for errand in get_args(Errand)}


def fetcher(settings: Settings, errand: Errand, stack: AsyncExitStack) -> Fetcher:
    """What makes requests of this kind in this process."""
    made = Fetcher(_allowed(settings, errand))
    stack.push_async_callback(made.close)
    return made


def _allowed(settings: Settings, errand: Errand) -> OutsideOptions:
    outgoing = settings.outgoing
    match errand:
        case "outgoing":
            return OutsideOptions(
                allow_private=outgoing.allow_private,
                ports=outgoing.ports,
                requests=settings.outside.requests,
            )
        case "alerts":  # addresses of the settings are trusted
            return OutsideOptions(allow_private=True, ports=(), requests=ALERTS_AT_ONCE)
        case "previews":
            return settings.outside
