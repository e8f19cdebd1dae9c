"""Worker: the life of `teahouse worker`, a process that makes the calls to push services for a server.

Rule: it opens no store. What it needs are RabbitMQ, the settings of push, and the key browsers subscribed with. Ready
means that calls reach it; the first SIGTERM or SIGINT ends it, and what it had RabbitMQ gives to another. Called by
cli.py.
"""

import asyncio
import json
import signal
from contextlib import AsyncExitStack
from pathlib import Path
from typing import TextIO

import structlog
import uvloop

from teahouse.app.compose import CANNOT_START, StartError
from teahouse.app.push import open_pushers
from teahouse.app.settings import Settings
from teahouse.app.vault import vault_of_directory
from teahouse.backends.clock import SystemClock
from teahouse.backends.push import vapid
from teahouse.backends.rabbitmq.caller import Caller
from teahouse.ops import logs

__all__ = ["StartError", "run"]

_log = structlog.get_logger("teahouse.app")


def run(settings: Settings, announce: TextIO) -> int:
    """Work until a signal; the exit code. StartError if it cannot start. `announce` gets one line of JSON when it is
    ready."""
    logs.configure(settings.log)
    file = Path(settings.data) / f"{vapid.NAME}.json"
    if settings.jobs.kind == "store":
        raise StartError(
            "with jobs.kind = store the server does its jobs itself; set jobs.kind = rabbitmq, for both"
        )
    if not settings.push.vapid_key and not file.is_file():
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
            pushers, _ = await open_pushers(settings, vault_of_directory(settings), SystemClock(), stack)
            caller = Caller(settings.jobs, pushers)
        except CANNOT_START as error:
            raise StartError(str(error)) from error
        stack.push_async_callback(caller.carrier.stop)
        caller.carrier.start()
        tell = asyncio.create_task(_announce(caller, announce))
        await stop.wait()
        tell.cancel()
    _log.info("stopped", calls=caller.made)
    return 0


async def _announce(caller: Caller, announce: TextIO) -> None:
    await caller.carrier.connected()
    announce.write(json.dumps({"ready": True}) + "\n")
    announce.flush()
