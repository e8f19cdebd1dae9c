"""Compose: build the server out of its rooms, by hand, with constructors. The only place that knows them all.

Called by serve.py, which runs what is built here.
"""

import asyncio
import dataclasses
import secrets
import socket
from contextlib import AsyncExitStack, suppress
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any, Protocol

from msgspec.structs import replace

from teahouse.app.bots import Programs, bot_owners, bot_tokens
from teahouse.app.calls import Calls
from teahouse.app.control import Answerers, Control
from teahouse.app.dead import Dead
from teahouse.app.desk import DeskParts, desk_resources, foreign_paths
from teahouse.app.filing import CannotShare, check_folder
from teahouse.app.history import begin_history
from teahouse.app.identity import Identity, compose_identity
from teahouse.app.jobs import wake_by
from teahouse.app.observing import observe
from teahouse.app.outside import open_previews
from teahouse.app.screens import CannotScreen
from teahouse.app.settings import Settings
from teahouse.app.stores import open_stores
from teahouse.backends.clock import SystemClock
from teahouse.backends.files.disk import make_folder
from teahouse.backends.push.vapid import CannotPush
from teahouse.backends.rabbitmq.carrier import CannotCarry
from teahouse.backends.sqlite.failures import CannotOpen
from teahouse.desk.desk import Desk
from teahouse.engine.avatars import refuse
from teahouse.engine.engine import Engine
from teahouse.engine.keeper import Keeper
from teahouse.engine.options import EngineOptions
from teahouse.engine.outlet_book import OutletBook
from teahouse.engine.pictures import Pictures
from teahouse.engine.previews import Previews
from teahouse.engine.stores import Stores
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.http import HttpListener, Place
from teahouse.gateways.http_connection import UploadLimits
from teahouse.gateways.json_link import LinkContext
from teahouse.gateways.limits import Admission
from teahouse.gateways.listening import CannotListen
from teahouse.gateways.options import AdmissionOptions
from teahouse.gateways.rest.application import FILES, RestContext, create_application
from teahouse.gateways.rest.auth import Auth, KeySet
from teahouse.gateways.rest.avatars import Avatars
from teahouse.gateways.rest.belongings import Belongings
from teahouse.gateways.rest.conversations import Conversations
from teahouse.gateways.rest.cookies import PassCookies
from teahouse.gateways.rest.entrance import Entrance
from teahouse.gateways.rest.files import Files
from teahouse.gateways.rest.groups import Groups
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.me import OwnAccount
from teahouse.gateways.rest.messages import Messages
from teahouse.gateways.rest.metrics import Scrape
from teahouse.gateways.rest.oidc import Oidc
from teahouse.gateways.rest.outlets import ConversationOutlets, ServerOutlets
from teahouse.gateways.rest.previews import Previews as LinkPreviews
from teahouse.gateways.rest.push import PushResource
from teahouse.gateways.rest.relations import Relations
from teahouse.gateways.rest.reports import Reports
from teahouse.gateways.rest.request import Ask
from teahouse.gateways.rest.schedules import Schedules
from teahouse.gateways.rest.search import Searches
from teahouse.gateways.rest.sights import Sights
from teahouse.gateways.rest.streams import Streams
from teahouse.gateways.rest.uploads import Uploads
from teahouse.gateways.rest.users import Users
from teahouse.gateways.rest.web import Web
from teahouse.gateways.tcp import TcpListener
from teahouse.gateways.web.locate import NOT_BUILT, OWN, locate
from teahouse.gateways.web.pages import Pages
from teahouse.identity.bots import AnyTokens
from teahouse.identity.keys import CannotUseKeys
from teahouse.identity.options import IdentityOptions
from teahouse.identity.sealed import CannotUnseal
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.broker import Broker

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
        stores = known_by(stores, identity, AnyTokens(bots, identity.tokens, parts.tokens()))
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
        doors = Doors(settings, engine, stores, identity, programs, admission, previews, metrics, desk)
        listeners = await start_listeners(doors, stack)
        letters = Dead(stores.letters, stores.audit, stores.clock, engine.wake)
        await start_control(settings, Answerers(identity, letters, engine.outlets), stack)
        if invites:
            await identity.invite_admin(listeners["http"].url if "http" in listeners else None)
    except CANNOT_START as error:
        raise StartError(str(error)) from error
    return House(engine, admission, listeners)


def known_by(stores: Stores, identity: Identity, tokens: AnyTokens) -> Stores:
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


@dataclass(frozen=True)
class Doors:
    """What the listeners open to."""

    settings: Settings
    engine: Engine
    stores: Stores
    identity: Identity
    programs: Programs
    admission: Admission
    previews: tuple[Previews, Pictures]
    metrics: tuple[Scrape, str] | None
    desk: Desk | None = None


def rest_context(doors: Doors, tcp_url: str | None) -> RestContext:
    """What REST serves: the resources, those asked most often first."""
    http, engine, identity = doors.settings.http, doors.engine, doors.identity
    ask, cookies = Ask(engine), PassCookies(identity.passes, http.public_url, engine.guests)
    resources: dict[str, object] = {
        "messages": Messages(ask),
        "conversations": Conversations(ask),
        "sight": Sights(ask),
        "schedules": Schedules(ask),
        "streams": Streams(ask),
        "auth": Auth(identity.accounts, identity.logins, engine.guests.leave),
        "web": Web(identity, cookies, engine.guests),
        "oidc": Oidc(identity.entrance, identity.passes, identity.logins, cookies),
        "me": own_account(doors),
        "users": Users(identity.accounts, doors.stores.users),
        "keys": KeySet(identity.keys),
        "search": Searches(ask),
        "groups": Groups(ask),
        "entrance": Entrance(ask),
        "relations": Relations(ask),
        "reports": Reports(ask, doors.stores.reports, doors.stores.clock),
        "previews": LinkPreviews(*doors.previews),
        **doors.programs.resources(),
        **desk_resources(doors.desk),
        **outlet_resources(engine.outlets),
    }
    if engine.keeper is not None:
        resources |= file_resources(engine.keeper, ask, identity)
    if engine.push_book is not None:
        resources["push"] = PushResource(engine.push_book)
    return RestContext(
        engine.ready,
        tcp_url,
        Guard(doors.stores.tokens, cookies),
        resources,
        *(http.cors, foreign_paths(doors.desk)),
        doors.programs.scribe,
        asides=partial(asides_of, doors.stores.broker),
        metrics=doors.metrics,
    )


def own_account(doors: Doors) -> OwnAccount:
    """What everybody may do with their own account."""
    engine, identity = doors.engine, doors.identity
    return OwnAccount(
        identity.accounts,
        identity.logins,
        identity.erasure,
        doors.stores.directory,
        belongings(doors.stores).of,
        refuse if engine.keeper is None else engine.keeper.avatars.check,
    )


def asides_of(broker: Broker) -> dict[str, str]:
    """What a node that is ready is without."""
    if not broker.shared:
        return {}
    return {"broker": "ok" if broker.connected else "this node does not hear the others"}


def outlet_resources(book: OutletBook | None) -> dict[str, object]:
    """What there is where the server has outgoing webhooks."""
    if book is None:
        return {}
    return {"outlets": ConversationOutlets(book), "server_outlets": ServerOutlets(book)}


def file_resources(keeper: Keeper, ask: Ask, identity: Identity) -> dict[str, object]:
    """What there is where the server keeps files."""
    return {
        "files": Files(keeper),
        "uploads": Uploads(keeper),
        "avatars": Avatars(ask, keeper, identity.accounts),
    }


def belongings(stores: Stores) -> Belongings:
    files = None if stores.filing is None else stores.filing.files
    return Belongings(stores.relations, stores.schedules, files, stores.push)


async def start_control(settings: Settings, about: Answerers, stack: AsyncExitStack) -> None:
    """The socket of `teahouse user`, `dead` and `webhook`, where there is a data directory."""
    if settings.store.kind == "memory":
        return
    data = Path(settings.data)
    make_folder(data)  # on a shared store nobody has made it yet
    control = Control(data, about, settings.node.name if settings.store.shared else "")
    stack.push_async_callback(control.stop)
    await control.start()


def compose_site(context: RestContext, client_dir: str) -> Any:
    """REST, and the web client before it, if there is one. Any: Starlette's types for ASGI are not uvicorn's."""
    client = locate(client_dir)
    if client is None:
        hint = NOT_BUILT if client_dir == OWN else ""
        return create_application(dataclasses.replace(context, hint=hint))
    app = create_application(context)
    return Pages(app, client, app.state.reserved)


async def start_listeners(doors: Doors, stack: AsyncExitStack) -> dict[str, Listener]:
    """The listeners that are enabled, accepting. TCP comes first: the home page of HTTP says where it is."""
    settings, engine, admission = doors.settings, doors.engine, doors.admission
    deadlines = Deadlines()
    stack.callback(deadlines.stop)
    listeners: dict[str, Listener] = {}
    if settings.tcp.enabled:
        context = LinkContext(engine, deadlines, admission, settings.link, settings.tcp.hello_s)
        listeners["tcp"] = tcp = TcpListener(context, settings.tcp, settings.node.reuse_port)
        stack.callback(tcp.close)
        await tcp.start()
    if settings.http.enabled:
        context = LinkContext(engine, deadlines, admission, settings.link, settings.http.hello_s)
        tcp_url = listeners["tcp"].url if "tcp" in listeners else None
        application = compose_site(rest_context(doors, tcp_url), settings.http.client_dir)
        uploads = UploadLimits(FILES.encode(), settings.files.file_bytes)
        place = Place(settings.node.name, settings.node.reuse_port)
        listeners["http"] = http = HttpListener(application, context, settings.http, uploads, place)
        stack.push_async_callback(http.stop, REQUEST_GRACE_S)
        await http.start()
    return listeners
