"""The doors: the listeners that are enabled, accepting. A part of compose.py.

Rule: HTTP comes after those whose protocols it carries in WebSocket, and whose places its home page names.
"""

from contextlib import AsyncExitStack
from typing import Protocol

from teahouse.app.mqtt_door import open_mqtt
from teahouse.app.site import Inside, compose_site, rest_context
from teahouse.app.xmpp_door import open_slots, open_xmpp
from teahouse.gateways.connected import LinkContext
from teahouse.gateways.deadlines import Deadlines
from teahouse.gateways.http import HttpListener, Place
from teahouse.gateways.http_connection import UploadLimits
from teahouse.gateways.mqtt.websocket import mqtt_upgrades
from teahouse.gateways.rest.application import FILES, RestContext
from teahouse.gateways.slots import Slots
from teahouse.gateways.tcp import TcpListener
from teahouse.gateways.upgrades import Upgrade
from teahouse.gateways.xmpp.websocket import xmpp_upgrades

REQUEST_GRACE_S = 1.0
"""HTTP requests that still run when the sessions have gone may take so long to finish."""


class Listener(Protocol):
    """A gateway's door to the network."""

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        ...

    def close(self) -> None:
        """Accept no more; connections go on."""
        ...


class Doors:
    """`listeners` by the name the ready line gives them; `_upgrades` are protocols that HTTP carries, too, and `_rest`
    is what both it and gRPC serve."""

    _rest: RestContext

    def __init__(self, inside: Inside, stack: AsyncExitStack) -> None:
        self._inside = inside
        self._stack = stack
        self._settings = inside.settings
        self._deadlines = Deadlines()
        self._upgrades: dict[bytes, Upgrade] = {}
        self._slots: Slots | None = None
        self.listeners: dict[str, Listener] = {}
        stack.callback(self._deadlines.stop)

    async def open(self) -> None:
        """All that are enabled, one after the other. Raises CannotListen."""
        settings, inside = self._settings, self._inside
        self._slots = await open_slots(settings, inside.engine, inside.identity.registry.vault)
        if settings.tcp.enabled:
            await self._tcp()
        if settings.mqtt.enabled:
            await self._mqtt()
        if settings.xmpp.enabled:
            await self._xmpp()
        tcp_url = self.listeners["tcp"].url if "tcp" in self.listeners else None
        self._rest = rest_context(inside, tcp_url, self._slots)
        if settings.http.enabled:
            await self._http()
        if settings.grpc.enabled:
            await self._grpc()

    def _links(self, hello_s: int) -> LinkContext:
        """What the links of one listener share."""
        inside = self._inside
        return LinkContext(inside.engine, self._deadlines, inside.admission, self._settings.link, hello_s)

    async def _tcp(self) -> None:
        options, shared = self._settings.tcp, self._settings.node.reuse_port
        self.listeners["tcp"] = tcp = TcpListener(self._links(options.hello_s), options, shared)
        self._stack.callback(tcp.close)
        await tcp.start()

    async def _mqtt(self) -> None:
        inside = self._inside
        listener, context = await open_mqtt(
            self._settings, inside.engine, inside.stores, self._deadlines, inside.admission, self._stack
        )
        self.listeners["mqtt"] = listener
        self._upgrades |= mqtt_upgrades(context)

    async def _xmpp(self) -> None:
        links = self._links(self._settings.xmpp.hello_s)
        listener, context = await open_xmpp(self._inside, links, self._slots, self._stack)
        self.listeners["xmpp"] = listener
        self._upgrades |= xmpp_upgrades(context)

    async def _http(self) -> None:
        settings, node = self._settings, self._settings.node
        site = compose_site(self._rest, settings.http.client_dir)
        uploads = UploadLimits(FILES.encode(), settings.files.file_bytes)
        place = Place(node.name, node.reuse_port, self._upgrades)
        links = self._links(settings.http.hello_s)
        self.listeners["http"] = http = HttpListener(site, links, settings.http, uploads, place)
        self._stack.push_async_callback(http.stop, REQUEST_GRACE_S)
        await http.start()
        if self._slots is not None:
            self._slots.base = settings.http.public_url or http.url

    async def _grpc(self) -> None:
        from teahouse.app.grpc_door import Behind, open_grpc  # here: see there

        options, shared = self._settings.grpc, self._settings.node.reuse_port
        behind = Behind(self._inside.engine, self._inside.stores.tokens, self._rest)
        links = self._links(options.hello_s)
        self.listeners["grpc"] = await open_grpc(behind, links, options, shared, self._stack)


async def open_doors(inside: Inside, stack: AsyncExitStack) -> dict[str, Listener]:
    """The listeners that are enabled, by the names the ready line gives them; closed by `stack`. CannotListen if one
    cannot be."""
    doors = Doors(inside, stack)
    await doors.open()
    return doors.listeners
