"""Signs of life, for people, load balancers and supervisors."""

from collections.abc import Callable, Mapping

from fastapi import APIRouter, Response
from pydantic import BaseModel


class Pong(BaseModel):
    message: str = "pong"


class Alive(BaseModel):
    status: str = "alive"


class Readiness(BaseModel):
    ready: bool
    checks: dict[str, str]
    """Name to `ok`, or to what is wrong."""
    asides: dict[str, str] | None = None
    """Of what the server can do without: name to `ok`, or to what is wrong."""


def create_router(
    ready: Callable[[], Mapping[str, str]], asides: Callable[[], Mapping[str, str]] = dict
) -> APIRouter:
    router = APIRouter(tags=["health"])

    @router.get("/ping")
    async def ping() -> Pong:
        """Answers `pong`."""
        return Pong()

    @router.get("/healthz")
    async def healthz() -> Alive:
        """The process runs and its event loop turns. Restart it if this fails."""
        return Alive()

    @router.get(
        "/readyz",
        response_model_exclude_none=True,
        responses={503: {"model": Readiness, "description": "Not now."}},
    )
    async def readyz(response: Response) -> Readiness:
        """The server can serve: send clients elsewhere while this fails, also while it drains.

        Of several nodes each speaks for itself. One that does not hear the others (`broker`) goes on: what it misses
        it finds in the store.
        """
        checks = dict(ready())
        is_ready = all(state == "ok" for state in checks.values())
        response.status_code = 200 if is_ready else 503
        return Readiness(ready=is_ready, checks=checks, asides=dict(asides()) or None)

    return router
