"""Outside (ports/outside.py) by HTTP/1.1.

Rule: an address is taken apart once, by one parser; its host is looked up once; each of its addresses is judged, and
the connection is made to one of these, with the name only in `Host` and in TLS. So there is no second look-up that
could give another answer, and no second parser that could see another host. Redirects start over.
"""

import asyncio
import re
import socket
import ssl
from collections.abc import Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import aclosing
from functools import partial
from ipaddress import ip_address
from typing import Any

import httpx2
from msgspec.structs import replace

from teahouse import __version__
from teahouse.backends.outside.addresses import Address, is_public
from teahouse.backends.outside.options import OutsideOptions
from teahouse.ports.outside import Asked, Fetched, NotAllowed, Unreachable

Resolve = Callable[[str, int], Awaitable[Sequence[Address]]]
"""The addresses of a host and port. Tests give another one."""

_DEFAULT_PORTS = {"http": 80, "https": 443}
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_STRANGE = re.compile(r"[\x00-\x20\x7f\\]")
_NUMBER = re.compile(r"(?:0[xX][0-9a-fA-F]*|[0-9]+)")
_HOST = re.compile(r"[a-z0-9_](?:[a-z0-9_.-]{0,252})")
_TRIED = 3
"""So many addresses of a host are tried."""
_ADDRESS_CHARACTERS = 4096


class Fetcher:
    """`close` when done. `tls` is for tests; by default certificates are checked as everywhere."""

    def __init__(
        self, options: OutsideOptions, resolve: Resolve | None = None, tls: ssl.SSLContext | None = None
    ) -> None:
        self._options = options
        self._threads = ThreadPoolExecutor(4, "names")
        self._resolve = resolve or self._look_up
        self._tls = tls
        self._making: asyncio.Future[ssl.SSLContext] | None = None
        self._room = asyncio.Semaphore(options.requests)

    async def fetch(self, asked: Asked) -> Fetched:
        try:
            async with asyncio.timeout(asked.seconds), self._room:
                for _ in range(asked.redirects):
                    fetched = await self._fetch(asked)
                    if fetched.status not in _REDIRECTS or "location" not in fetched.headers:
                        return fetched
                    asked = _followed(asked, fetched)
                return await self._fetch(asked)
        except TimeoutError:
            raise Unreachable(f"{asked.url[:200]} took longer than {asked.seconds} s") from None

    async def close(self) -> None:
        # A look-up of a name cannot be ended, and may take a minute: it is not waited for.
        self._threads.shutdown(wait=False, cancel_futures=True)

    async def _fetch(self, asked: Asked) -> Fetched:
        """One request, without redirects."""
        url, host, port = self._taken_apart(asked.url)
        failed: Exception | None = None
        for address in (await self._addresses(host, port))[:_TRIED]:
            try:
                return await self._call(asked, url, address)
            except httpx2.ConnectError as error:
                failed = error
            except (httpx2.HTTPError, httpx2.InvalidURL, OSError) as error:
                raise Unreachable(f"{host} did not answer: {type(error).__name__}") from error
        raise Unreachable(f"{host} cannot be reached") from failed

    def _taken_apart(self, given: str) -> tuple[httpx2.URL, str, int]:
        """The URL, its host as it is looked up, and its port (O1)."""
        if len(given) > _ADDRESS_CHARACTERS or _STRANGE.search(given):
            raise NotAllowed("not the address of a page")
        try:
            url = httpx2.URL(given)
        except (httpx2.InvalidURL, ValueError, TypeError) as error:
            raise NotAllowed("not the address of a page") from error
        if url.scheme not in _DEFAULT_PORTS or not url.raw_host:
            raise NotAllowed("only http and https")
        if url.userinfo:
            raise NotAllowed("a user in the address")
        port = _DEFAULT_PORTS[url.scheme] if url.port is None else url.port
        if not 0 < port < 65_536 or (self._options.ports and port not in self._options.ports):
            raise NotAllowed(f"port {port}")
        return url, url.raw_host.decode("ascii").lower(), port

    async def _addresses(self, host: str, port: int) -> Sequence[Address]:
        """All addresses of the host, or NotAllowed if any of them is none to call (O2)."""
        literal = _literal(host)
        addresses: Sequence[Address] = [literal] if literal is not None else await self._resolve(host, port)
        if not addresses:
            raise Unreachable(f"{host} has no address")
        if not self._options.allow_private:
            for address in addresses:
                if not is_public(address):
                    raise NotAllowed(f"{host} is {address}, which is not public")
        return addresses

    async def _look_up(self, host: str, port: int) -> Sequence[Address]:
        ask = partial(socket.getaddrinfo, host, port, type=socket.SOCK_STREAM)
        try:
            found = await asyncio.get_running_loop().run_in_executor(self._threads, ask)
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"{host} cannot be looked up") from error
        return [ip_address(str(address[0])) for *_, address in found]

    async def _trusted(self) -> ssl.SSLContext:
        """Made once. It takes a while, so whoever has no time to wait for it leaves it to those who come later."""
        if self._making is None:
            made = asyncio.to_thread(httpx2.create_ssl_context, trust_env=False)
            self._making = asyncio.ensure_future(made)
        self._tls = await asyncio.shield(self._making)
        return self._tls

    async def _call(self, asked: Asked, url: httpx2.URL, address: Address) -> Fetched:
        tls = self._tls or await self._trusted()
        limits = httpx2.Limits(max_connections=1, max_keepalive_connections=0)
        transport = httpx2.AsyncHTTPTransport(verify=tls, trust_env=False, limits=limits)
        async with transport:
            response = await transport.handle_async_request(_request(asked, url, address))
            async with aclosing(response):
                body, cut = await _body(response, asked.most_bytes)
        headers = {name.lower(): value for name, value in response.headers.items()}
        return Fetched(asked.url, response.status_code, headers, body, cut)


def _request(asked: Asked, url: httpx2.URL, address: Address) -> httpx2.Request:
    """To the address that was looked at; the name stands in `Host`, and in TLS, which checks it."""
    given = {name.lower(): value for name, value in asked.headers}
    headers = {
        "user-agent": f"Teahouse/{__version__}",
        "accept": "*/*",
        **given,
        "host": url.netloc.decode("ascii"),
        "accept-encoding": "identity",
        "connection": "close",
    }
    extensions: dict[str, Any] = {
        "timeout": dict.fromkeys(("connect", "read", "write", "pool"), asked.seconds),
        "sni_hostname": url.raw_host.decode("ascii"),
    }
    pinned = url.copy_with(host=str(address), fragment=None)
    return httpx2.Request(
        asked.method, pinned, headers=headers, content=asked.body or None, extensions=extensions
    )


async def _body(response: httpx2.Response, most: int) -> tuple[bytes, bool]:
    """As it comes: nothing is unpacked, so nothing small becomes large."""
    body = bytearray()
    async for chunk in response.aiter_raw():
        body += chunk
        if len(body) > most:
            return bytes(body[:most]), True
    return bytes(body), False


def _followed(asked: Asked, fetched: Fetched) -> Asked:
    if asked.method != "GET":
        raise Unreachable(f"{asked.url[:200]} wants the request to go elsewhere")
    location = fetched.headers["location"]
    if _STRANGE.search(location):
        raise NotAllowed("a redirect to no address")
    try:
        return replace(asked, url=str(httpx2.URL(asked.url).join(location)))
    except (httpx2.InvalidURL, ValueError) as error:
        raise NotAllowed("a redirect to no address") from error


def _literal(host: str) -> Address | None:
    """The host as an address, None for a name. Numbers that are addresses in other clothes, as 0x7f.1 and 2130706433,
    are neither: whoever looks them up may see something else than we."""
    host = host.removeprefix("[").removesuffix("]")
    try:
        return ip_address(host)
    except ValueError:
        pass
    labels = host.rstrip(".").split(".")
    if _NUMBER.fullmatch(labels[-1]) or not _HOST.fullmatch(host):
        raise NotAllowed(f"{host[:80]!r} is no name of a host")
    return None
