"""/metrics, for Prometheus: numbers, and who may see them.

Rule: with a token, whoever has it; without one, only who asks from this machine and for this machine. A proxy beside
us is from this machine, too, and so is a page in somebody's browser that had a name of its own lead here: what was
passed on, or asked for by another name, is refused. Cookies count for nothing.
"""

import hmac
from collections.abc import Awaitable, Callable
from ipaddress import ip_address

from fastapi import APIRouter, Request, Response

from teahouse.model.errors import Code, Problem

Scrape = Callable[[], Awaitable[bytes]]
TYPE = "text/plain; version=0.0.4; charset=utf-8"
_PASSED_ON = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def create_router(scrape: Scrape, token: str) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/metrics", response_class=Response, responses={200: {"content": {"text/plain": {}}}})
    async def metrics(request: Request) -> Response:
        """Numbers in the text format of Prometheus, for who has the token, or asks from the server's machine."""
        admit(request, token)
        return Response(await scrape(), headers={"Content-Type": TYPE, "Cache-Control": "no-store"})

    return router


def admit(request: Request, token: str) -> None:
    """Raises Problem for who may not see them."""
    if token:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not hmac.compare_digest(given.strip().encode(), token.encode()):
            raise Problem(Code.UNAUTHENTICATED, "send the token of metrics.token as bearer")
    elif not _is_of_this_machine(request):
        raise Problem(Code.FORBIDDEN, "metrics are for this machine only; see the setting metrics.token")


def _is_of_this_machine(request: Request) -> bool:
    if any(name in request.headers for name in _PASSED_ON):
        return False
    peer = request.client.host if request.client is not None else ""
    return _is_loopback(peer) and _is_loopback(request.url.hostname or "")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
