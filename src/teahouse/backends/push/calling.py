"""Calling: requests to push services, over HTTP/2, in bounded time, with a circuit breaker for each.

Rule: what comes out is an answer, or TryLater, or NotTaken, never another exception; and no exception or log line holds
more of an address than the host. Nothing is followed, no cookie is kept. Used by the pushers beside this file.
"""

import asyncio
import logging
import ssl
from collections import OrderedDict
from collections.abc import Mapping
from contextlib import aclosing
from email.utils import parsedate_to_datetime
from time import time

import httpcore2
import httpx2
import structlog
from msgspec import Struct

from teahouse import __version__
from teahouse.backends.push.judged import JudgedNetwork
from teahouse.backends.push.options import PushOptions
from teahouse.model.breaker import Breaker
from teahouse.ports.clock import Clock
from teahouse.ports.outside import NotAllowed
from teahouse.ports.push import NotTaken, TryLater

_log = structlog.get_logger("teahouse.push")

_LARGEST = 16_384
_KNOWN = 1000
"""Services whose breakers are remembered: browsers may name any."""
_TRIES = 2
_IDLE_S = 60.0
_BROKEN = (httpx2.RemoteProtocolError, httpx2.WriteError, httpx2.ReadError)
"""A connection that the service was about to close: another may do."""


class Answer(Struct, frozen=True, gc=False):
    """`headers` have small letters."""

    status: int
    headers: dict[str, str]
    body: bytes


class Calling:
    """To the services of one kind, which is called `name`. `close` when done."""

    def __init__(
        self, name: str, options: PushOptions, clock: Clock, network: JudgedNetwork, only_http2: bool = False
    ) -> None:
        for chatty in ("httpcore2", "hpack", "h2"):  # else they tell tokens and addresses at level debug
            logging.getLogger(chatty).setLevel(logging.WARNING)
        self._name = name
        self._options = options
        self._clock = clock
        self._network = network
        self._http1 = not only_http2
        self._opening = asyncio.Lock()
        self._transport: httpx2.AsyncHTTPTransport | None = None
        self._breakers: OrderedDict[str, Breaker] = OrderedDict()

    async def post(self, url: str, headers: Mapping[str, str], body: bytes) -> Answer:
        """The answer, if the service can answer: a 5xx is TryLater."""
        target = httpx2.URL(url)
        host = target.raw_host.decode("ascii", "replace")
        breaker = self._breaker(_service(target))
        if wait_s := breaker.wait_s(self._clock.monotonic()):
            raise TryLater(f"{self._name}: {host} does not answer; it is left alone for a while", wait_s)
        try:
            answer = await self._answer(target, headers, body)
        except NotAllowed as reason:
            breaker.gave_up()
            _log.warning("a push address is not allowed", kind=self._name, reason=str(reason))
            # As if nobody were there: whoever registered it would else learn what names there are inside.
            raise NotTaken(f"{self._name}: ConnectError from {host}") from None
        except (httpx2.HTTPError, httpx2.StreamError, OSError, TimeoutError) as error:
            raise self._failed(breaker, host, type(error).__name__) from None
        except BaseException:
            breaker.gave_up()
            raise
        if answer.status >= 500:
            raise self._failed(breaker, host, str(answer.status), retry_after_s(answer))
        breaker.worked()
        return answer

    def rests_s(self, url: str) -> float:
        """How long the service at this address is left alone yet."""
        breaker = self._breakers.get(_service(httpx2.URL(url)))
        return 0.0 if breaker is None else breaker.rests_s(self._clock.monotonic())

    async def close(self) -> None:
        if self._transport is not None:
            await self._transport.aclose()

    def _failed(self, breaker: Breaker, host: str, cause: str, after_s: float = 0.0) -> TryLater:
        if breaker.failed(self._clock.monotonic()):
            _log.warning("a push service does not answer", kind=self._name, host=host, cause=cause)
        return TryLater(f"{self._name}: {cause} from {host}", after_s)

    def _breaker(self, service: str) -> Breaker:
        breaker = self._breakers.setdefault(service, Breaker())
        self._breakers.move_to_end(service)
        if len(self._breakers) > _KNOWN:
            self._breakers.popitem(last=False)
        return breaker

    async def _answer(self, url: httpx2.URL, headers: Mapping[str, str], body: bytes) -> Answer:
        async with asyncio.timeout(self._options.timeout_s):
            for _ in range(_TRIES - 1):
                try:
                    return await self._once(url, headers, body)
                except _BROKEN:
                    continue
            return await self._once(url, headers, body)

    async def _once(self, url: httpx2.URL, headers: Mapping[str, str], body: bytes) -> Answer:
        transport = self._transport or await self._open()
        given = {"user-agent": f"Teahouse/{__version__}", "accept": "*/*", **headers}
        timeout = dict.fromkeys(("connect", "read", "write", "pool"), self._options.timeout_s)
        request = httpx2.Request("POST", url, headers=given, content=body, extensions={"timeout": timeout})
        response = await transport.handle_async_request(request)
        async with aclosing(response):
            read = bytearray()
            async for chunk in response.aiter_raw():
                read += chunk
                if len(read) > _LARGEST:
                    break
        known = {name.lower(): value for name, value in response.headers.items()}
        return Answer(response.status_code, known, bytes(read[:_LARGEST]))

    async def _open(self) -> httpx2.AsyncHTTPTransport:
        async with self._opening:
            if self._transport is None:
                trusted = await asyncio.to_thread(_trusted, self._options.ca_file)
                self._transport = _JudgedTransport(trusted, self._options, self._network, self._http1)
        return self._transport


def _service(url: httpx2.URL) -> str:
    return f"{url.raw_host.decode('ascii', 'replace')}:{url.port or 443}"


class _JudgedTransport(httpx2.AsyncHTTPTransport):
    """httpx2's transport on a network that judges addresses, which it has no parameter for."""

    def __init__(
        self, trusted: ssl.SSLContext, options: PushOptions, network: JudgedNetwork, http1: bool
    ) -> None:
        super().__init__(verify=trusted, trust_env=False)
        self._pool = httpcore2.AsyncConnectionPool(
            ssl_context=trusted,
            max_connections=options.connections,
            max_keepalive_connections=options.connections,
            keepalive_expiry=_IDLE_S,
            http1=http1,
            http2=True,
            network_backend=network,
        )


def _trusted(file: str) -> ssl.SSLContext:
    context: ssl.SSLContext = httpx2.create_ssl_context(trust_env=False)
    if file:
        context.load_verify_locations(file)
    return context


def retry_after_s(answer: Answer) -> float:
    """How long the service wants to be left alone (RFC 9110, 10.2.3: seconds, or a date); 0: it does not say."""
    said = answer.headers.get("retry-after", "").strip()
    if said.isascii() and said.isdigit():
        return float(said[:9])
    try:
        return max(parsedate_to_datetime(said).timestamp() - time(), 0.0)
    except (ValueError, TypeError, OverflowError):
        return 0.0
