"""Compose: build the server out of its rooms, by hand, with constructors. The only place that knows them all.

Called by serve.py, which runs what is built here.
"""

import asyncio
import os
import socket
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

from teahouse.app.settings import Settings
from teahouse.backends.clock import SystemClock
from teahouse.backends.memory.broker import MemoryBroker, MemoryHub
from teahouse.backends.memory.cursors import MemoryCursors
from teahouse.backends.memory.directory import MemoryDirectory, MemoryUsers
from teahouse.backends.memory.jobs import MemoryJobs
from teahouse.backends.memory.later import MemoryHidden, MemoryLogIndex, MemoryPreferences, MemorySchedules
from teahouse.backends.memory.log import MemoryLog
from teahouse.backends.memory.presence import MemoryPresence
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.backends.sqlite.store import SqliteStore
from teahouse.engine.engine import Engine
from teahouse.engine.options import EngineOptions
from teahouse.engine.stores import Stores
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.http import HttpListener
from teahouse.gateways.json_link import LinkContext
from teahouse.gateways.limits import Admission
from teahouse.gateways.listening import CannotListen
from teahouse.gateways.options import AdmissionOptions
from teahouse.gateways.rest.application import RestContext, create_application
from teahouse.gateways.rest.conversations import Conversations
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.messages import Messages
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.schedules import Schedules
from teahouse.gateways.rest.sights import Sights
from teahouse.gateways.rest.streams import Streams
from teahouse.gateways.tcp import TcpListener

PARTING_S = 2.0
"""Clients that were told goodbye have so long to read it. A socket that is closed before its last bytes are read
is reset, and they are lost."""

_LOOK_S = 0.02

REQUEST_GRACE_S = 1.0
"""HTTP requests that still run when the sessions have gone may take so long to finish."""


class StartError(Exception):
    """The server cannot start; the text says why, and what to do."""


class Listener(Protocol):
    """A gateway's door to the network."""

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        ...

    def close(self) -> None:
        """Accept no more; connections go on."""
        ...


@dataclass(frozen=True)
class House:
    """A running server. `listeners` by the name the ready line gives them, `admission` counts connections."""

    engine: Engine
    admission: Admission
    listeners: dict[str, Listener]

    @property
    def urls(self) -> dict[str, str]:
        return {name: listener.url for name, listener in self.listeners.items()}

    async def drain(self, timeout_s: float) -> None:
        """Accept no connection and no command any more, store and answer what was accepted, say goodbye."""
        for listener in self.listeners.values():
            listener.close()
        await self.engine.drain(timeout_s)
        with suppress(TimeoutError):
            async with asyncio.timeout(PARTING_S):
                await self._parted()

    async def _parted(self) -> None:
        while len(self.admission):  # noqa: ASYNC110 - once a life; an event would cost every connection
            await asyncio.sleep(_LOOK_S)


async def compose(settings: Settings, stack: AsyncExitStack) -> House:
    """Build and start everything, in the order in which `stack` will end it backwards. StartError if it fails."""
    if settings.limits == "off":
        settings = without_limits(settings)
    node = f"{socket.gethostname()}-{os.getpid()}"
    try:
        stores = open_stores(settings, node, stack)
        engine = Engine(stores, settings.engine, node)
        stack.push_async_callback(engine.stop)
        await engine.start()
        admission = Admission(settings.admission)
        listeners = await start_listeners(settings, engine, stores, admission, stack)
    except (CannotOpen, CannotListen) as error:
        raise StartError(str(error)) from error
    return House(engine, admission, listeners)


def without_limits(settings: Settings) -> Settings:
    """For load tests: any rate, any number of connections. The sizes of frames and texts stay limited."""
    engine: EngineOptions = replace(settings.engine, commands_per_s=0.0, sends_per_s=0.0)
    admission: AdmissionOptions = replace(settings.admission, connections=0, connections_per_address=0)
    return replace(settings, engine=engine, admission=admission)


def open_stores(settings: Settings, node: str, stack: AsyncExitStack) -> Stores:
    """The ports on the backend the settings choose. Presence and hints of a single node live in memory."""
    clock = SystemClock()
    presence = MemoryPresence(clock, node)
    broker = MemoryBroker(MemoryHub(), node)
    if settings.store.kind == "memory":
        memory = MemoryStore()
        return Stores(
            MemoryLog(memory),
            MemoryUsers(memory),
            MemoryDirectory(memory),
            MemoryCursors(memory),
            presence,
            broker,
            clock,
            jobs=MemoryJobs(memory),
            schedules=MemorySchedules(memory),
            hidden=MemoryHidden(memory),
            preferences=MemoryPreferences(memory),
            index=MemoryLogIndex(memory),
        )
    sqlite = SqliteStore(Path(settings.data), settings.sqlite)
    stack.push_async_callback(sqlite.close)
    return Stores(
        sqlite.log,
        sqlite.users,
        sqlite.directory,
        sqlite.cursors,
        presence,
        broker,
        clock,
        jobs=sqlite.jobs,
        schedules=sqlite.schedules,
        hidden=sqlite.hidden,
        preferences=sqlite.preferences,
        index=sqlite.index,
    )


def rest_context(settings: Settings, engine: Engine, stores: Stores, tcp_url: str | None) -> RestContext:
    """What REST serves: the resources, those asked most often first."""
    ask = Ask(engine)
    resources = {
        "messages": Messages(ask),
        "conversations": Conversations(ask),
        "sight": Sights(ask),
        "schedules": Schedules(ask),
        "streams": Streams(ask),
    }
    return RestContext(engine.ready, tcp_url, Guard(stores.tokens), resources, settings.http.cors)


async def start_listeners(
    settings: Settings, engine: Engine, stores: Stores, admission: Admission, stack: AsyncExitStack
) -> dict[str, Listener]:
    """The listeners that are enabled, accepting. TCP comes first: the home page of HTTP says where it is."""
    deadlines = Deadlines()
    stack.callback(deadlines.stop)
    listeners: dict[str, Listener] = {}
    if settings.tcp.enabled:
        context = LinkContext(engine, deadlines, admission, settings.link, settings.tcp.hello_s)
        listeners["tcp"] = tcp = TcpListener(context, settings.tcp)
        stack.callback(tcp.close)
        await tcp.start()
    if settings.http.enabled:
        context = LinkContext(engine, deadlines, admission, settings.link, settings.http.hello_s)
        tcp_url = listeners["tcp"].url if "tcp" in listeners else None
        # Any: Starlette's types for ASGI are not uvicorn's.
        application: Any = create_application(rest_context(settings, engine, stores, tcp_url))
        listeners["http"] = http = HttpListener(application, context, settings.http)
        stack.push_async_callback(http.stop, REQUEST_GRACE_S)
        await http.start()
    return listeners
