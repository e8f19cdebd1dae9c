"""Compose: build the server out of its rooms, by hand, with constructors. The only place that knows them all.

Called by serve.py, which runs what is built here.
"""

import asyncio
import dataclasses
import secrets
import socket
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from pathlib import Path

from msgspec.structs import replace

from teahouse.app.bots import Programs, bot_owners, bot_tokens
from teahouse.app.calls import Calls
from teahouse.app.control import Answerers, Control
from teahouse.app.dead import Dead
from teahouse.app.desk import DeskParts
from teahouse.app.doors import Listener, open_doors
from teahouse.app.filing import CannotShare, check_folder
from teahouse.app.history import begin_history
from teahouse.app.identity import Identity, compose_identity
from teahouse.app.jobs import wake_by
from teahouse.app.observing import observe
from teahouse.app.outside import open_previews
from teahouse.app.screens import CannotScreen
from teahouse.app.settings import Settings
from teahouse.app.site import Inside
from teahouse.app.stores import open_stores
from teahouse.backends.clock import SystemClock
from teahouse.backends.files.disk import make_folder
from teahouse.backends.push.vapid import CannotPush
from teahouse.backends.rabbitmq.carrier import CannotCarry
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.engine.engine import Engine
from teahouse.engine.options import EngineOptions
from teahouse.engine.stores import Stores
from teahouse.gateways.limits import Admission
from teahouse.gateways.listening import CannotListen
from teahouse.gateways.options import AdmissionOptions
from teahouse.identity.bots import AnyTokens
from teahouse.identity.keys import CannotUseKeys
from teahouse.identity.options import IdentityOptions
from teahouse.identity.porter import SlipTokens
from teahouse.identity.sealed import CannotUnseal
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.identity import Tokens

CANNOT_START = (
    CannotOpen,
    CannotListen,
    CannotScreen,
    CannotUseKeys,
    CannotUnseal,
    CannotPush,
    CannotShare,
    CannotCarry,
    StoreUnavailable,
)

PARTING_S = 2.0
"""Clients that were told goodbye have so long to read it. A socket that is closed before its last bytes are read
is reset, and they are lost."""

_LOOK_S = 0.02


class StartError(Exception):
    """The server cannot start; the text says why, and what to do."""


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


async def compose(settings: Settings, stack: AsyncExitStack, invites: bool = True, pool: str = "") -> House:
    """Build and start everything, in the order in which `stack` will end it backwards. StartError if it fails.
    `invites`: log the link that makes the first administrator. `pool`: the folder of the workers that it is one of."""
    if settings.limits == "off":
        settings = without_limits(settings)
    node = name_of_process(settings)
    try:
        calls = Calls(settings, SystemClock(), stack)
        stores, registry, books = await open_stores(settings, node, calls, stack)
        await calls.start()
        await begin_history(settings, stores.log)
        await check_folder(settings, registry.vault)
        identity = await compose_identity(settings, registry, stack)
        bots, parts = bot_tokens(stores, identity), DeskParts(settings, stores, books)
        tokens = SlipTokens(identity.porter, AnyTokens(bots, identity.tokens, parts.tokens()))
        stores = known_by(stores, identity, tokens)
        engine = Engine(stores, settings.engine, node)
        wake_by(stores.jobs, engine)
        stack.push_async_callback(engine.stop)
        desk = parts.open(engine, stack)
        await engine.start()
        if desk is not None:
            desk.start()
        erase_files_too(engine, identity)
        owners = bot_owners(engine, stores, identity, bots)
        identity.watch(engine, stack)
        admission = Admission(settings.admission)
        programs = Programs(engine, stores, identity, owners)
        previews = open_previews(settings, stores.clock, calls, stack)
        metrics = await observe(settings, engine, stores, calls, stack, pool)
        inside = Inside(settings, engine, stores, identity, programs, admission, previews, metrics, desk)
        listeners = await open_doors(inside, stack)
        letters = Dead(stores.letters, stores.audit, stores.clock, engine.wake)
        await start_control(settings, Answerers(identity, letters, engine.outlets), stack)
        if invites:
            await identity.invite_admin(listeners["http"].url if "http" in listeners else None)
    except CANNOT_START as error:
        raise StartError(str(error)) from error
    return House(engine, admission, listeners)


def known_by(stores: Stores, identity: Identity, tokens: Tokens) -> Stores:
    """The stores with what tells who somebody is."""
    return dataclasses.replace(
        stores, passwords=identity.passwords, tokens=tokens, standings=identity.standing
    )


def erase_files_too(engine: Engine, identity: Identity) -> None:
    """Whoever goes for good takes their files along: before all else, and what came meanwhile."""
    if engine.keeper is not None:
        identity.erasure.first.append(engine.keeper.shelf.erase)
        identity.erasure.last.append(engine.keeper.shelf.erase)


def name_of_process(settings: Settings) -> str:
    """What this process is to other nodes: no other ever had this name, so what it left behind when it was killed is
    not taken for the doing of the one that follows it."""
    return f"{settings.node.name or socket.gethostname()}-{secrets.token_hex(4)}"


def without_limits(settings: Settings) -> Settings:
    """For load tests: any rate, any number of connections. The sizes of frames and texts stay limited."""
    engine: EngineOptions = replace(
        settings.engine,
        **dict.fromkeys(
            ("commands_per_s", "sends_per_s", "reports_per_h", "posts_per_s", "guests_per_min"), 0.0
        ),
    )
    identity: IdentityOptions = replace(
        settings.identity, failures_per_min=0.0, address_failures_per_min=0.0, registrations_per_min=0.0
    )
    admission: AdmissionOptions = replace(settings.admission, connections=0, connections_per_address=0)
    return replace(settings, engine=engine, identity=identity, admission=admission)


async def start_control(settings: Settings, about: Answerers, stack: AsyncExitStack) -> None:
    """The socket of `teahouse user`, `dead` and `webhook`, where there is a data directory."""
    if settings.store.kind == "memory":
        return
    data = Path(settings.data)
    make_folder(data)  # on a shared store nobody has made it yet
    control = Control(data, about, settings.node.name if settings.store.shared else "")
    stack.push_async_callback(control.stop)
    await control.start()
