"""Outgoing: requests to a provider, with limits on time, size and number, and a pause while it is away.

Rule: nothing is followed, nothing is unpacked, nothing is read beyond what a provider may say. A provider that did
not answer is left alone for a while that doubles, up to a minute; whoever comes then is told so at once. Used by
provider.py.
"""

import asyncio
import logging
from http import HTTPStatus
from typing import Any

import httpx2
import msgspec
import structlog

from teahouse.model.errors import Code, Problem
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.identity")

_LARGEST = 262_144
_AT_ONCE = 16
_GATEWAYS = (502, 503, 504)
_PAUSE_S, _LONGEST_PAUSE_S = 1.0, 60.0


class Outgoing:
    """To one provider. `close` when done."""

    def __init__(self, timeout_s: float, clock: Clock) -> None:
        logging.getLogger("httpx2").setLevel(logging.WARNING)  # else it logs every request
        self._timeout_s = timeout_s
        self._clock = clock
        self._client: httpx2.AsyncClient | None = None
        self._running = 0
        self._pause_s = 0.0
        self._away_until = 0.0

    async def ask(self, method: str, url: str, **request: Any) -> tuple[int, Any]:
        """The status, below 500, and the JSON of a 200. Problem `unavailable` if the provider is away."""
        wait_s = self._away_until - self._clock.monotonic()
        if wait_s > 0 or self._running >= _AT_ONCE:
            raise _away(max(wait_s, _PAUSE_S))
        self._running += 1
        try:
            async with asyncio.timeout(self._timeout_s):
                status, body = await self._read(method, url, request)
            said = msgspec.json.decode(body) if status == HTTPStatus.OK else None
        except (httpx2.HTTPError, httpx2.InvalidURL, TimeoutError, ValueError, RecursionError) as error:
            raise self._pause(error) from error
        finally:
            self._running -= 1
        failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
        if status in _GATEWAYS or (failed and method == "GET"):
            raise self._pause(None)
        if failed:  # no pause: whoever sends a code that is nonsense may cause this
            raise _away(_PAUSE_S)
        self._pause_s = 0.0
        return status, said

    async def close(self) -> None:
        if self._client is not None:
            await self._client.aclose()

    def _pause(self, error: Exception | None) -> Problem:
        self._pause_s = min(max(_PAUSE_S, 2 * self._pause_s), _LONGEST_PAUSE_S)
        self._away_until = self._clock.monotonic() + self._pause_s
        _log.warning("the login provider is away", reason=repr(error), seconds=self._pause_s)
        return _away(self._pause_s)

    async def _read(self, method: str, url: str, request: dict[str, Any]) -> tuple[int, bytes]:
        if self._client is None:
            self._client = httpx2.AsyncClient(
                timeout=self._timeout_s,
                follow_redirects=False,
                trust_env=False,
                headers={"accept": "application/json", "accept-encoding": "identity"},
            )
        async with self._client.stream(method, url, **request) as response:
            body = bytearray()
            async for chunk in response.aiter_raw():
                body += chunk
                if len(body) > _LARGEST:
                    raise ValueError("the provider says too much")
            return response.status_code, bytes(body)


def _away(wait_s: float) -> Problem:
    sentence = "the login provider cannot be reached just now; try again shortly"
    return Problem(Code.UNAVAILABLE, sentence, round(1000 * wait_s))
