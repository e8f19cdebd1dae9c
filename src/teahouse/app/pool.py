"""The pool: several server processes on one machine, which share the ports and are nodes of their own (--workers).

Rule: each is a fresh interpreter, never a fork. The parent serves nobody: it holds the ports, starts workers, starts
again those that died, and ends them all. A worker whose parent is gone drains and ends. Called by cli.py; what it
starts is pooled.py.

SIGTERM or SIGINT drains all workers at once, the second one ends everything on the spot. SIGHUP puts a new worker in
the place of each, one after the other, the new one first: a rolling restart, also to another version of the program.
"""

import asyncio
import contextlib
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from tempfile import TemporaryDirectory
from typing import Any, TextIO

import msgspec
import structlog
from msgspec.structs import replace

from teahouse.app.pooled import Order
from teahouse.app.settings import Settings
from teahouse.gateways.listening import bind
from teahouse.ops import logs

START_S = 60.0
"""A worker has so long to be ready: with a database that is just starting, too."""

STOP_S = 9.8
"""A worker ends itself a little earlier (serve.py)."""

LAST_WORDS_S = 2.0
"""From the end of its output to that of a worker."""

_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_STEADY_S = 60.0
"""Who lived so long is started again at once."""

OK, FAILED = 0, 1

_log = structlog.get_logger("teahouse.app")


class CannotStart(Exception):
    """A worker did not come up; it has said why."""


def run(settings: Settings, announce: TextIO, count: int) -> int:
    """Serve with `count` workers until a signal; the exit code. CannotListen if a port cannot be had. `announce` gets
    the ready line when all workers are ready."""
    logs.configure(settings.log, node=settings.node.name)
    with ExitStack() as held, asyncio.Runner() as runner:
        settings = hold_ports(settings, held)
        folder = held.enter_context(TemporaryDirectory(prefix="teahouse-", ignore_cleanup_errors=True))
        return runner.run(Pool(settings, count, folder).serve(announce))


def hold_ports(settings: Settings, held: ExitStack) -> Settings:
    """The settings with real ports, which are ours until `held` ends: bound, but nobody listens there but workers."""
    return replace(
        settings,
        http=_held("http", settings.http, held) if settings.http.enabled else settings.http,
        mqtt=_held("mqtt", settings.mqtt, held) if settings.mqtt.enabled else settings.mqtt,
        tcp=_held("tcp", settings.tcp, held) if settings.tcp.enabled else settings.tcp,
        grpc=_held("grpc", settings.grpc, held) if settings.grpc.enabled else settings.grpc,
        xmpp=_held("xmpp", settings.xmpp, held) if settings.xmpp.enabled else settings.xmpp,
    )


def _held(section: str, options: Any, held: ExitStack) -> Any:
    if options.port:
        bind(
            options.host, options.port, section
        ).close()  # another server that shares ports would not be noticed
    bound: socket.socket = held.enter_context(bind(options.host, options.port, section, shared=True))
    return replace(options, port=bound.getsockname()[1])


class Pool:
    """`settings` with real ports. In `folder` the workers find each other (beside.py)."""

    def __init__(self, settings: Settings, count: int, folder: str) -> None:
        name = settings.node.name or socket.gethostname()
        nodes = [
            replace(settings.node, name=f"{name}-{number + 1}", workers=1, reuse_port=True)
            for number in range(count)
        ]
        orders = [Order(replace(settings, node=node), node is nodes[0], folder) for node in nodes]
        self._workers = [_Worker(order) for order in orders]
        self._starts: list[asyncio.Task[dict[str, Any]]] = []
        self._keepers: list[asyncio.Task[None]] = []
        self._rolling: asyncio.Task[None] | None = None

    async def serve(self, announce: TextIO) -> int:
        stop = asyncio.Event()
        with self._signals(stop):
            self._starts = [asyncio.create_task(worker.start()) for worker in self._workers]
            stopped = asyncio.create_task(stop.wait())
            try:
                started = asyncio.gather(*self._starts)
                await asyncio.wait((started, stopped), return_when=asyncio.FIRST_COMPLETED)
                if not stop.is_set():
                    _announce(announce, started.result()[0])
                    self._keepers = [asyncio.create_task(worker.keep()) for worker in self._workers]
                    _log.info("ready", workers=len(self._workers))
                    await stopped
                _log.info("draining")
            except CannotStart as error:
                _log.error("a worker cannot start", reason=str(error))
                await self._stop()
                return FAILED
            return OK if await self._stop() else FAILED

    async def _stop(self) -> bool:
        """End all workers; whether they ended by themselves and in order."""
        tasks = [*self._starts, *self._keepers, *filter(None, [self._rolling])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        codes = await asyncio.gather(*(worker.stop() for worker in self._workers))
        _log.info("stopped")
        return all(code in (OK, -signal.SIGTERM) for code in codes)

    @contextlib.contextmanager
    def _signals(self, stop: asyncio.Event) -> Iterator[None]:
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, self._hear, stop, number)
        loop.add_signal_handler(signal.SIGHUP, self._roll)
        yield

    def _hear(self, stop: asyncio.Event, number: signal.Signals) -> None:
        if stop.is_set():
            for worker in self._workers:
                worker.kill()
            os._exit(128 + number)
        stop.set()

    def _roll(self) -> None:
        """Unless a rolling restart is under way, or the first start."""
        if self._keepers and (self._rolling is None or self._rolling.done()):
            self._rolling = asyncio.get_running_loop().create_task(self._replace_all())

    async def _replace_all(self) -> None:
        _log.info("rolling restart")
        for worker in self._workers:
            try:
                await worker.replace()
            except CannotStart as error:
                _log.error("the rolling restart is given up; the workers that run go on", reason=str(error))
                return
        _log.info("rolling restart done")


class _Worker:
    """One of them, whichever process that is now."""

    def __init__(self, order: Order) -> None:
        self._name = order.settings.node.name
        self._order = msgspec.json.encode(order)
        self._process: Process | None = None
        self._changing = asyncio.Lock()
        self._leaving: list[Process] = []

    async def start(self) -> dict[str, Any]:
        """A new process; what its ready line says. CannotStart if it has none."""
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "teahouse.app.pooled"),
            stdin=PIPE,
            stdout=PIPE,
            start_new_session=True,  # a Ctrl-C is heard by the parent alone
        )
        self._leaving.append(process)  # until it is ready, it is one to end
        ready = await self._told(process)
        self._leaving.remove(process)
        self._process = process
        return ready

    async def _told(self, process: Process) -> dict[str, Any]:
        """Tell it what to be; its ready line."""
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            async with asyncio.timeout(START_S):
                process.stdin.write(self._order + b"\n")
                if line := await process.stdout.readline():
                    ready: dict[str, Any] = json.loads(line)
                    return ready
            why = "ended before it was ready"
            with suppress(TimeoutError):  # who is signalled while it ends, ends without an exit code for us
                async with asyncio.timeout(LAST_WORDS_S):
                    await process.wait()
        except TimeoutError:
            why = f"was not ready within {START_S:g} seconds"
        code = await _end(process)
        self._leaving.remove(process)
        raise CannotStart(f"{self._name} {why} (exit code {code})")

    async def keep(self) -> None:
        """Start it again whenever it dies."""
        pause_s, loop = _FIRST_PAUSE_S, asyncio.get_running_loop()
        while True:
            process, since = self._process, loop.time()
            if process is not None:
                code = await process.wait()
                if process is not self._process:
                    continue  # it was replaced
                self._process = None
                if loop.time() - since > _STEADY_S:
                    pause_s = _FIRST_PAUSE_S
                _log.error(
                    "a worker died; another takes its place", worker=self._name, code=code, seconds=pause_s
                )
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
            async with self._changing:
                if self._process is None:
                    with suppress(CannotStart):
                        await self.start()

    async def replace(self) -> None:
        """A new process, and when it is ready the old one drains."""
        async with self._changing:
            old = self._process
            await self.start()
            if old is not None:
                self._leaving.append(old)
                await _end(old)
                self._leaving.remove(old)

    async def stop(self) -> int:
        """Drain whatever there is; the exit code that is worst."""
        processes = [*self._leaving, *filter(None, [self._process])]
        return max(await asyncio.gather(*map(_end, processes)), key=abs, default=OK)

    def kill(self) -> None:
        for process in (*self._leaving, self._process):
            if process is not None:
                with suppress(ProcessLookupError):
                    process.kill()


async def _end(process: Process) -> int:
    """Ask it to drain, and insist after a while."""
    with suppress(ProcessLookupError):
        process.terminate()
    try:
        async with asyncio.timeout(STOP_S):
            return await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        return await process.wait()


def _announce(announce: TextIO, ready: dict[str, Any]) -> None:
    """Nobody may be reading it."""
    try:
        announce.write(json.dumps(ready) + "\n")
        announce.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), announce.fileno())
