"""The HTTP listener: uvicorn inside our own loop, REST and WebSocket on one port.

Rule: uvicorn neither handles signals, nor chooses the loop, nor logs requests; it parses HTTP and runs the
application. Made by app/compose.py.
"""

import asyncio
import logging
import socket
from collections.abc import Generator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from typing import TYPE_CHECKING, Any, cast

import uvicorn

from teahouse.gateways.connected import LinkContext
from teahouse.gateways.forwarded import Proxies
from teahouse.gateways.http_connection import HttpConnection, HttpContext, UploadLimits
from teahouse.gateways.listening import bind, server_context, url
from teahouse.gateways.options import HttpOptions
from teahouse.gateways.upgrades import Upgrade
from teahouse.gateways.websocket import json_upgrades

if TYPE_CHECKING:
    from uvicorn._types import ASGIApplication

KEEP_ALIVE_S = 30
NODE = "X-Teahouse-Node"
"""Says which node answered; a proxy may bring the client there again."""

TICK_S = 1.0


class _Server(uvicorn.Server):
    """uvicorn's server without its signal handlers, and with a pause that ends when it is told to."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.accepting = asyncio.Event()
        self.leaving = asyncio.Event()

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        yield

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.accepting.set()

    async def main_loop(self) -> None:
        """The Date header and nothing else; uvicorn's own loop wakes ten times as often."""
        while not self.leaving.is_set():
            await self.on_tick(0)
            try:
                await asyncio.wait_for(self.leaving.wait(), TICK_S)
            except TimeoutError:
                continue


@dataclass(frozen=True)
class Place:
    """Where among others this listener is: the name of its node, which answers carry; `shared`: see listening.bind;
    `upgrades`: what other doors have here."""

    node: str = ""
    shared: bool = False
    upgrades: Mapping[bytes, Upgrade] = field(default_factory=dict)

    @property
    def headers(self) -> tuple[tuple[str, str], ...]:
        return ((NODE, self.node),) if self.node else ()


class HttpListener:
    """Listens from `start` to `close`. WebSockets go on after that until the engine ends them; requests until
    they are answered, or until the grace given to `stop` is over."""

    def __init__(
        self,
        app: "ASGIApplication",
        context: LinkContext,
        options: HttpOptions,
        uploads: UploadLimits | None = None,
        place: Place | None = None,
    ) -> None:
        self._app = app
        self._place = place or Place()
        proxies = Proxies(options.trusted_proxies)
        self._context = HttpContext(
            options,
            context,
            uploads,
            proxies,
            self._place.headers,
            {**json_upgrades(context), **self._place.upgrades},
        )
        self._socket: socket.socket | None = None
        self._server: _Server | None = None
        self._task: asyncio.Task[None] | None = None

    @property
    def url(self) -> str:
        """Where clients connect, with the real port. Once started."""
        assert self._socket is not None
        return url("https" if self._context.options.certificate else "http", self._socket)

    async def start(self) -> None:
        """Bind and accept. Raises CannotListen."""
        options = self._context.options
        tls = server_context(options.certificate, options.key)
        self._socket = bind(options.host, options.port, "http", self._place.shared)
        config = self._config()
        config.load()
        config.ssl = tls
        self._server = _Server(config)
        self._task = asyncio.get_running_loop().create_task(self._server.serve([self._socket]))
        accepting = asyncio.ensure_future(self._server.accepting.wait())
        await asyncio.wait((self._task, accepting), return_when=asyncio.FIRST_COMPLETED)
        accepting.cancel()
        if self._task.done():
            self._task.result()

    def close(self) -> None:
        """Accept no more."""
        self._context.links.leaving = True
        if self._server is not None:
            for server in self._server.servers:
                server.close()

    async def stop(self, grace_s: float) -> None:
        """Accept no more, let running requests finish within `grace_s`, then cancel them."""
        self.close()
        if self._server is None or self._task is None:
            return
        self._server.config.timeout_graceful_shutdown = max(1, round(grace_s))
        self._server.leaving.set()
        await self._task

    def _config(self) -> uvicorn.Config:
        # What it warns of is what anybody can cause by bad input.
        logging.getLogger("uvicorn").setLevel(logging.ERROR)
        connection = partial(HttpConnection, self._context)
        return uvicorn.Config(
            self._app,
            http=cast(Any, connection),
            ws="none",
            loop="none",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
            proxy_headers=False,
            headers=[(name, value) for name, value in self._place.headers],
            backlog=self._context.options.backlog,
            timeout_keep_alive=KEEP_ALIVE_S,
        )
