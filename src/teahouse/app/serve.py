"""Serve: the life of the server process, from settings to exit code.

Rule: ready means that every listener accepts; the first SIGTERM or SIGINT drains, the second ends the process at
once. What keeps the server from starting is one sentence that says what to do, never a traceback. Called by cli.py.
"""

import asyncio
import contextlib
import gc
import json
import os
import resource
import signal
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from typing import TextIO

import structlog
import uvloop

from teahouse.app.compose import House, StartError, compose
from teahouse.app.settings import ProcessOptions, Settings
from teahouse.ops import logs

__all__ = ["StartError", "run"]

STOPPED_IN_S = 9.5
"""From the signal to the end of the process, at most; whoever stops a server may kill it after ten."""

OK = 0
NOT_DRAINED = 1

_log = structlog.get_logger("teahouse.app")


@dataclass(frozen=True)
class Parent:
    """Of a worker of a pool: `lives` is a descriptor that ends with it. `invites`: this worker logs the link that
    makes the first administrator. `folder` is where workers find each other."""

    lives: int
    invites: bool
    folder: str


def run(settings: Settings, announce: TextIO, parent: Parent | None = None) -> int:
    """Serve until a signal, or until `parent` is gone; the exit code. StartError if the server cannot start.
    `announce` gets one line of JSON, the ready line of protocol.md."""
    started = time.monotonic()
    logs.configure(settings.log, node=settings.node.name)
    _tune(settings.process)
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        return runner.run(_serve(settings, announce, started, parent))


async def _serve(settings: Settings, announce: TextIO, started: float, parent: Parent | None) -> int:
    stop = _StopSignal(alone=parent is None)
    if parent is not None:
        stop.watch(parent.lives)
    async with AsyncExitStack() as stack:
        if parent is None:
            house = await compose(settings, stack)
        else:
            house = await compose(settings, stack, parent.invites, parent.folder)
        if not stop.heard.is_set():
            _announce(house, announce)
            # What is there now stays: the collector need not look at it again.
            gc.collect()
            gc.freeze()
            _log.info("ready", seconds=round(time.monotonic() - started, 3), **house.urls)
            if "http" in house.urls:
                _log.info(f"open {_for_browsers(house.urls['http'])}/ in a browser")
        await stop.heard.wait()
        _log.info("draining")
        with _deadline(STOPPED_IN_S):
            await house.drain(settings.process.drain_s)
            await stack.aclose()
    _log.info("stopped")
    return OK


def _announce(house: House, announce: TextIO) -> None:
    """The only thing that is ever written to standard output. Nobody may be reading it."""
    try:
        announce.write(json.dumps({"ready": True, **house.urls}) + "\n")
        announce.flush()
    except BrokenPipeError:
        # What could not be written is still buffered; at exit the interpreter would fail on it again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), announce.fileno())


def _for_browsers(url: str) -> str:
    """A listener on all addresses is at this one, too; nobody can open 0.0.0.0."""
    return url.replace("//0.0.0.0:", "//127.0.0.1:").replace("//[::]:", "//[::1]:")


class _StopSignal:
    """`heard` is set by the first SIGTERM or SIGINT; a second one ends the process on the spot, if it is `alone`. A
    worker is told to drain by its parent, and maybe by systemd, which tells all; who insists kills it."""

    def __init__(self, alone: bool) -> None:
        self.heard = asyncio.Event()
        self._alone = alone
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear, number)

    def watch(self, descriptor: int) -> None:
        """Whoever holds the other end of this pipe and writes nothing is gone when it can be read."""
        loop = asyncio.get_running_loop()

        def gone() -> None:
            loop.remove_reader(descriptor)
            self.heard.set()

        loop.add_reader(descriptor, gone)

    def _hear(self, number: signal.Signals) -> None:
        if self.heard.is_set() and self._alone:
            os._exit(128 + number)
        self.heard.set()


@contextlib.contextmanager
def _deadline(seconds: float) -> Iterator[None]:
    """End the process if what follows takes longer. A thread watches, for a disk that hangs may hold the loop."""
    timer = threading.Timer(seconds, _give_up)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _give_up() -> None:
    sys.stderr.write("teahouse: not everything could be closed in time; what was acknowledged is stored\n")
    sys.stderr.flush()
    os._exit(NOT_DRAINED)


def _tune(options: ProcessOptions) -> None:
    """As many connections as the system allows; short turns for the store's thread; a calm garbage collector."""
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
    sys.setswitchinterval(options.switch_interval_ms / 1000)
    gc.set_threshold(options.gc_threshold, 20, 100)
