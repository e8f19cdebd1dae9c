"""Worker: the life of `teahouse worker`, a process that makes the calls of a server that leave it (0058).

Rule: it opens no store, and writes nothing. Ready means that calls reach it. The first SIGTERM or SIGINT ends it when
what it makes is made; what takes longer than DRAIN_S, and what it had when it was killed, another makes. Called by
cli.py.
"""

import asyncio
import json
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Protocol, TextIO

import structlog
import uvloop

from teahouse.app.calls import fetchers
from teahouse.app.compose import CANNOT_START, StartError
from teahouse.app.push import open_pushers
from teahouse.app.settings import Settings
from teahouse.app.vault import vault_of_directory
from teahouse.backends.calls.making import Making
from teahouse.backends.calls.taking import CallTaker
from teahouse.backends.clock import SystemClock
from teahouse.backends.push import vapid
from teahouse.backends.rabbitmq.caller import RabbitCaller
from teahouse.model.push import PushKind
from teahouse.ops import logs
from teahouse.ports.push import Pusher

__all__ = ["StartError", "run"]

DRAIN_S = 8.0

_log = structlog.get_logger("teahouse.app")


class Hand(Protocol):
    """What brings calls, by whatever road."""

    def start(self) -> None: ...

    async def connected(self) -> None: ...

    async def stop(self, seconds: float) -> None: ...


def run(settings: Settings, announce: TextIO) -> int:
    """Work until a signal; the exit code. StartError if it cannot start. `announce` gets one line of JSON when it is
    ready."""
    logs.configure(settings.log)
    data = Path(settings.data)
    if settings.jobs.worker:
        raise StartError(
            "with jobs.worker = true the server makes its calls itself; set it to false, for both"
        )
    if settings.jobs.kind == "store" and not data.is_dir():
        raise StartError(
            f"there is no data directory {data}, and a server is found by it: set --data as for the server, "
            "or jobs.kind = rabbitmq for both"
        )
    file = data / f"{vapid.NAME}.json"
    if settings.push.enabled and not settings.push.vapid_key and not file.is_file():
        raise StartError(
            f"the key that browsers subscribed with is missing: set push.vapid_key, or --data to where {file.name} is"
        )
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_work(settings, announce))


async def _work(settings: Settings, announce: TextIO) -> int:
    stop = asyncio.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    async with AsyncExitStack() as stack:
        try:
            making = Making(await _pushers(settings, stack), fetchers(settings, stack))
            hand = _hand(settings, making)
        except CANNOT_START as error:
            raise StartError(str(error)) from error
        stack.push_async_callback(hand.stop, DRAIN_S)
        hand.start()
        tell = asyncio.create_task(_announce(hand, announce))
        await stop.wait()
        tell.cancel()
    _log.info("stopped", calls=making.made)
    return 0


async def _pushers(settings: Settings, stack: AsyncExitStack) -> dict[PushKind, Pusher]:
    if not settings.push.enabled:
        return {}
    pushers, _ = await open_pushers(settings, vault_of_directory(settings), SystemClock(), stack)
    return pushers


def _hand(settings: Settings, making: Making) -> Hand:
    if settings.jobs.kind == "rabbitmq":
        return RabbitCaller(settings.jobs, making)
    return CallTaker(Path(settings.data), making, settings.jobs.prefetch)


async def _announce(hand: Hand, announce: TextIO) -> None:
    await hand.connected()
    announce.write(json.dumps({"ready": True}) + "\n")
    announce.flush()
