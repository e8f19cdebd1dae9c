"""The HTTP application: everything of the HTTP listener besides the WebSocket.

Rule: thin; an operation takes a request apart, asks the core and puts the answer together. Every error is a problem
document. Made by app/compose.py.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import Receive, Scope, Send

from teahouse import __version__
from teahouse.gateways import problems
from teahouse.gateways.rest import docs, first_admin, health, home
from teahouse.gateways.rest import metrics as scraped
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.binding import PREFIX, path_of, table_of
from teahouse.gateways.rest.foreign import ForeignPages
from teahouse.gateways.rest.guard import Guard
from teahouse.gateways.rest.openapi import describe
from teahouse.gateways.rest.operation import operations
from teahouse.gateways.rest.serving import Operations, Refusals
from teahouse.model.errors import Code, Problem, StoreUnavailable

Ready = Callable[[], Mapping[str, str]]
"""What readiness depends on: name to `ok`, or to what is wrong."""

_log = structlog.get_logger("teahouse.rest")

FILES = f"{PREFIX}/files"
"""Below this path are files."""

TUS_HEADERS = ("Upload-Offset", "Upload-Length", "Upload-Expires", "Tus-Resumable")

_COMPRESSED_BYTES = 1024
_COMPRESSION = 4


@dataclass(frozen=True)
class RestContext:
    """What the application stands on. `tcp_url` is where the TCP listener is, for the home page. `resources` are
    the objects whose operations are served, by tag, those asked most often first. `origins` may call from pages of
    theirs (CORS); `foreign` are paths that pages of any site may call, without cookies. `scribe` writes the audit
    log. `hint` is what the home page says to whoever runs the server.
    `asides` are states that readiness does not depend on. `metrics` gives the numbers of /metrics, to who has the
    token that comes with it."""

    ready: Ready
    tcp_url: str | None = None
    guard: Guard = field(default_factory=lambda: Guard(None))
    resources: Mapping[str, object] = field(default_factory=dict)
    origins: tuple[str, ...] = ()
    foreign: tuple[str, ...] = ()
    scribe: Scribe | None = None
    hint: str = ""
    asides: Ready = dict
    metrics: tuple[scraped.Scrape, str] | None = None


def create_application(context: RestContext) -> FastAPI:
    """`state.reserved` of it are the first segments of the paths it answers."""
    app = FastAPI(
        title="Teahouse",
        version=__version__,
        description="The REST side of a Teahouse server. Live events come by WebSocket at /ws.",
        docs_url=None,
        redoc_url=None,
        middleware=list(_middleware(context)),
        exception_handlers=dict(_HANDLERS),
    )
    pages = [
        health.create_router(context.ready, context.asides),
        home.create_router(context.tcp_url, context.hint),
        first_admin.create_router(),
    ]
    if context.metrics is not None:
        pages.append(scraped.create_router(*context.metrics))
    for router in pages:
        app.include_router(router)
    docs.mount(app)
    routes = [route for router in (app.router, *pages) for route in router.routes]
    app.state.reserved = _first_segments(routes, context.resources.values())
    _describe(app, context.resources)
    return app


def _first_segments(routes: Iterable[Any], resources: Iterable[object]) -> frozenset[str]:
    """Of all paths that are answered here, and of that of the WebSocket: no page may have them."""
    paths = [PREFIX, *(path_of(found) for resource in resources for found, _ in operations(resource))]
    paths += [route.path for route in routes if getattr(route, "path", "/") != "/"]
    return frozenset({"ws", *(path.split("/")[1] for path in paths)})


def _middleware(context: RestContext) -> Iterable[Middleware]:
    if context.foreign:
        yield Middleware(ForeignPages, paths=context.foreign, others=context.origins)
    if context.origins:
        yield Middleware(
            CORSMiddleware,
            allow_origins=list(context.origins),
            allow_methods=["*"],
            allow_headers=["*"],
            expose_headers=["ETag", "Location", "Retry-After", *TUS_HEADERS],
            max_age=600,
        )
    yield Middleware(_Compression, minimum_size=_COMPRESSED_BYTES, compresslevel=_COMPRESSION)
    table = table_of(context.resources.values(), context.guard, context.scribe)
    yield Middleware(Operations, table=table, refusals=_REFUSALS)


class _Compression(GZipMiddleware):
    """Not of files: their parts and digests are those of what was uploaded. Who does not ask for it goes past, which
    is the cheaper way."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].startswith(FILES) or not _takes_gzip(scope):
            await self.app(scope, receive, send)
        else:
            await super().__call__(scope, receive, send)


def _takes_gzip(scope: Scope) -> bool:
    return any(name == b"accept-encoding" and b"gzip" in value for name, value in scope["headers"])


def _describe(app: FastAPI, resources: Mapping[str, object]) -> None:
    """Add our operations to the document FastAPI makes of its own routes."""
    own = app.openapi
    tagged = [(tag, found) for tag, resource in resources.items() for found, _ in operations(resource)]

    def document() -> dict[str, Any]:
        if app.openapi_schema is None:
            made = own()
            paths, components = describe(tagged)
            made["paths"] = {**paths, **made["paths"]}
            for kind, named in components.items():
                made.setdefault("components", {}).setdefault(kind, {}).update(named)
        assert app.openapi_schema is not None
        return app.openapi_schema

    app.openapi = document  # type: ignore[method-assign]


async def _on_problem(request: Request, error: Any) -> Response:
    return _respond(problems.of_problem(error))


async def _on_silent_store(request: Request, error: Any) -> Response:
    _log.warning("the store cannot answer", path=request.url.path, reason=str(error))
    return _respond(
        problems.of_problem(Problem(Code.UNAVAILABLE, "the store cannot answer; try again shortly"))
    )


async def _on_invalid_request(request: Request, error: Any) -> Response:
    """The first fault is enough to go on with; where it lies comes with it."""
    first = error.errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return _respond(problems.of_problem(Problem(Code.BAD_REQUEST, f"{place}: {first['msg']}")))


async def _on_http_exception(request: Request, error: Any) -> Response:
    """What the framework refuses by itself: no such path, no such method."""
    response = _respond(problems.of_status(HTTPStatus(error.status_code), str(error.detail)))
    response.headers.update(error.headers or {})
    return response


async def _on_defect(request: Request, error: Exception) -> Response:
    """Starlette raises the error again after this answer, so that it is logged with its traceback."""
    return _respond(
        problems.of_problem(Problem(Code.INTERNAL, "something went wrong on our side; it was recorded"))
    )


def _respond(document: problems.Document) -> Response:
    headers = {}
    if document.retry_after_ms is not None:
        headers["Retry-After"] = str(-(-document.retry_after_ms // 1000))
    if document.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    return Response(problems.encode(document), document.status, headers, problems.MEDIA_TYPE)


_REFUSALS: Refusals = {
    Problem: _on_problem,
    StoreUnavailable: _on_silent_store,
    HTTPException: _on_http_exception,
}

_HANDLERS: Any = {**_REFUSALS, RequestValidationError: _on_invalid_request, Exception: _on_defect}
