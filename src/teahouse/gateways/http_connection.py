"""One HTTP connection: uvicorn's, with limits against slow and oversized requests, and the way to WebSocket.

Rule: a request has so many seconds and bytes for its head and its body; what is refused here never reaches the
application. A WebSocket leaves nothing of this object alive. Made by http.py, one an accepted connection.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import partial
from http import HTTPStatus
from typing import Any
from weakref import ref

import httptools
from uvicorn.config import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from teahouse.gateways import problems
from teahouse.gateways.connected import LINGER_S, LinkContext
from teahouse.gateways.forwarded import Proxies
from teahouse.gateways.options import HttpOptions
from teahouse.gateways.upgrades import Upgrade
from teahouse.wire import handshake

_PIPELINED = 32
"""Requests a client may send before the first of them is answered. One read could bring thousands."""

_HEAD_TOO_LARGE = "the head of the request is too large"
_BODY_TOO_LARGE = "the body of the request is too large"

_HEADERS = {
    HTTPStatus.METHOD_NOT_ALLOWED: b"Allow: GET\r\n",
    HTTPStatus.UPGRADE_REQUIRED: b"Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n",
    HTTPStatus.SERVICE_UNAVAILABLE: b"Retry-After: 5\r\n",
}


UPLOAD_METHODS = (b"POST", b"PUT", b"PATCH")


@dataclass(frozen=True, slots=True)
class UploadLimits:
    """Where files come in, and how large their bodies may be. The application reads them as they come, so none is
    ever in memory as a whole; and they may take as long as they like while they go on: at least `least_bytes` in the
    time another body has for all of it."""

    prefix: bytes
    body_bytes: int
    least_bytes: int = 65_536


@dataclass(frozen=True, slots=True)
class HttpContext:
    """What all connections of the HTTP listener share. Without `uploads` no path is different from the others.
    `headers` are added to each answer. `upgrades`: which paths are of WebSocket."""

    options: HttpOptions
    links: LinkContext
    uploads: UploadLimits | None = None
    proxies: Proxies = field(default_factory=Proxies)
    headers: tuple[tuple[str, str], ...] = ()
    upgrades: Mapping[bytes, Upgrade] = field(default_factory=dict)


class Awaited(Enum):
    """The part of a request that the client has to send next."""

    HEAD = "head"
    BODY = "body"
    NOTHING = "nothing"


class _RequestRefused(Exception):
    """Ends the parsing of a request that was refused."""


class HttpConnection(HttpToolsProtocol):
    def __init__(
        self,
        context: HttpContext,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._context = context
        self._awaited = Awaited.HEAD
        self._part = 0  # counts heads and bodies, so that a deadline knows its own
        self._part_bytes = 0
        self._deaf = False
        self._uploads: UploadLimits | None = None  # those of this request, if files come in with it

    # --- what the transport calls ---

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._peer = self.client[0] if self.client else ""
        self._proxied = self._context.proxies.trusts(self._peer)
        if not self._context.links.admission.enter(self._peer):
            transport.abort()
        self._set_deadline()

    def connection_lost(self, exc: Exception | None) -> None:
        self._context.links.admission.leave(self._peer)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self._deaf:
            return
        if self._awaited is not Awaited.NOTHING:
            self._unset_keepalive_if_required()
        before = self._part
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as upgrade:
            if self._should_upgrade():
                self._upgrade(data[upgrade.args[0] :])
        except httptools.HttpParserError:
            self._refuse(HTTPStatus.BAD_REQUEST, "this is not HTTP/1.1")
        else:
            self._watch(before, len(data))

    # --- what the parser calls ---

    def on_message_begin(self) -> None:
        self._unset_keepalive_if_required()
        self._await(Awaited.HEAD)
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._uploads = self._upload_limits()
        self._check_head()
        if self._proxied:
            self._believe_proxy()
        self._await(Awaited.BODY)
        super().on_headers_complete()

    def on_body(self, body: bytes) -> None:
        self._part_bytes += len(body)
        if self._uploads is not None and self.cycle.response_complete:
            self._hang_up()  # it was answered already: what comes is for nobody, and may be much
            raise _RequestRefused
        if self._part_bytes > self._most_body_bytes():
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _BODY_TOO_LARGE)
            raise _RequestRefused
        super().on_body(body)

    def on_message_complete(self) -> None:
        self._await(Awaited.NOTHING)
        super().on_message_complete()

    # --- limits ---

    def _await(self, awaited: Awaited) -> None:
        self._awaited = awaited
        self._part += 1
        self._part_bytes = 0

    def _watch(self, before: int, size: int) -> None:
        """After a read that ended inside a head or a body. Requests that come in one piece, as nearly all do,
        cost nothing here."""
        if self._awaited is Awaited.NOTHING or self._deaf:
            return
        if self._part != before:
            self._set_deadline()
        elif self._awaited is Awaited.HEAD:
            self._part_bytes += size
            if self._part_bytes > self._context.options.header_bytes:
                self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, _HEAD_TOO_LARGE)

    def _check_head(self) -> None:
        options = self._context.options
        size = len(self.url) + sum(len(name) + len(value) + len(": \r\n") for name, value in self.headers)
        announced = max((int(value) for name, value in self.headers if name == b"content-length"), default=0)
        if size > options.header_bytes:
            self._refuse(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE, _HEAD_TOO_LARGE)
        elif announced > self._most_body_bytes():
            self._refuse(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, _BODY_TOO_LARGE)
        elif len(self.pipeline) >= _PIPELINED:
            self._refuse(HTTPStatus.TOO_MANY_REQUESTS, "too many requests that wait for one another")
        elif not self._should_upgrade() and (
            bye := self._context.links.admission.refusal(self._peer, self._proxied)
        ):
            self._refuse(HTTPStatus.SERVICE_UNAVAILABLE, bye.reason)
        if self._deaf:
            raise _RequestRefused

    def _believe_proxy(self) -> None:
        """Who asks, and how they reached the proxy, is what it says."""
        address, scheme = self._context.proxies.origin(self._peer, self.headers)
        if address != self._peer:
            self.scope["client"] = (address, 0)
        if scheme is not None:
            self.scope["scheme"] = scheme

    def _set_deadline(self) -> None:
        """A weak reference: a WebSocket that this becomes is not to drag it along until then."""
        options = self._context.options
        seconds = options.body_s if self._awaited is Awaited.BODY else options.header_s
        before = self._part_bytes if self._awaited is Awaited.BODY else 0
        self._context.links.deadlines.after(seconds, partial(_check_deadline, ref(self), self._part, before))

    def _upload_limits(self) -> UploadLimits | None:
        limits = self._context.uploads
        if limits is None or not self.url.startswith(limits.prefix):
            return None
        after = self.url[len(limits.prefix) : len(limits.prefix) + 1]
        return limits if after in b"/?" and self.parser.get_method() in UPLOAD_METHODS else None

    def _most_body_bytes(self) -> int:
        return self._context.options.body_bytes if self._uploads is None else self._uploads.body_bytes

    def check_deadline(self, part: int, before: int = 0) -> None:
        """`part`, a head or body, should have come by now; of an upload more than `before` should have."""
        if part == self._part and self._awaited is not Awaited.NOTHING:
            if self._goes_on(before):
                self._set_deadline()
                return
            self._refuse(
                HTTPStatus.REQUEST_TIMEOUT, f"the {self._awaited.value} of the request took too long"
            )

    def _goes_on(self, before: int) -> bool:
        """An upload that is not done, but not slow either: or it is we who do not read."""
        if self._uploads is None or self._awaited is not Awaited.BODY:
            return False
        return self.flow.read_paused or self._part_bytes - before >= self._uploads.least_bytes

    def _hang_up(self) -> None:
        self._deaf = True
        if self.transport.can_write_eof():
            self.transport.write_eof()  # and not close: it may still be sending, see JsonLink
        else:
            self.transport.close()
        self._context.links.deadlines.after(LINGER_S, self.transport.abort)

    def _refuse(self, status: HTTPStatus, detail: str) -> None:
        """Answer in place of the application, and end the connection: where its next request would begin is
        not known, or not wanted to be."""
        if self._deaf or self.transport.is_closing():
            return
        if self._may_answer():
            self.transport.write(_response(status, detail))
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        self._hang_up()

    def _may_answer(self) -> bool:
        """Whether an answer now would be read as that to the request that is refused."""
        if self.cycle is None or self.cycle.response_complete:  # type: ignore[redundant-expr]
            return True
        return self._awaited is Awaited.BODY and not self.cycle.response_started and not self.pipeline

    # --- WebSocket ---

    def _should_upgrade(self) -> bool:
        return self._get_upgrade() == b"websocket"

    def _upgrade(self, rest: bytes) -> None:
        """Give the connection over to what its path stands for. `rest` came with the head: clients may speak at
        once."""
        upgrade = self._context.upgrades.get(self.url.partition(b"?")[0])
        if upgrade is None:
            self._refuse(HTTPStatus.NOT_FOUND, "the WebSocket is at /ws")
            return
        if not self._may_answer():
            self._refuse(HTTPStatus.BAD_REQUEST, "a handshake follows no unanswered request")
            return
        try:
            response = handshake.accept(
                self.scope["method"].encode(),
                self.headers,
                self._context.options.origins,
                upgrade.subprotocol,
            )
        except handshake.Refusal as refusal:
            self._refuse(HTTPStatus(refusal.status), refusal.detail)
            return
        self.connections.discard(self)
        # The parser refers back to this object, which would then wait for the garbage collector.
        self.parser = None  # type: ignore[assignment]
        if (
            self._proxied and self.scope["client"] is not None
        ):  # from here on it is the one person's behind it
            self._context.links.admission.leave(self._peer)
            self._peer = self.scope["client"][0]
            self._context.links.admission.enter(self._peer)
        link = upgrade.link(self.scope["scheme"] == "https")
        self.transport.set_protocol(link)
        self.transport.write(_with_headers(response, self._context.headers))
        link.begin(self.transport, self._peer)
        if rest:
            link.data_received(rest)


def _check_deadline(connection: "ref[HttpConnection]", part: int, before: int) -> None:
    if (alive := connection()) is not None:
        alive.check_deadline(part, before)


def _with_headers(response: bytes, headers: tuple[tuple[str, str], ...]) -> bytes:
    """A head without a body, with more headers."""
    added = b"".join(f"{name}: {value}\r\n".encode() for name, value in headers)
    return response[:-2] + added + b"\r\n"


def _response(status: HTTPStatus, detail: str) -> bytes:
    body = problems.encode(problems.of_status(status, detail))
    return b"HTTP/1.1 %d %b\r\n%bContent-Type: %b\r\nContent-Length: %d\r\nConnection: close\r\n\r\n%b" % (
        status,
        status.phrase.encode(),
        _HEADERS.get(status, b""),
        problems.MEDIA_TYPE.encode(),
        len(body),
        body,
    )
