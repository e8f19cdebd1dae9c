"""The REST application: what stands behind the HTTP listener besides the WebSocket.

Rule: thin; a route takes a request apart, asks the core and puts the answer together. Every error is a problem
document. Made by app/compose.py.
"""

from collections.abc import Callable, Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException

from teahouse import __version__
from teahouse.gateways import problems
from teahouse.gateways.rest import docs, health, home
from teahouse.model.errors import Code, Problem

Ready = Callable[[], Mapping[str, str]]
"""What readiness depends on: name to `ok`, or to what is wrong."""


def create_application(ready: Ready, tcp_url: str | None) -> FastAPI:
    """`tcp_url`: where the TCP listener is, for the home page; None if there is none."""
    app = FastAPI(
        title="Teahouse",
        version=__version__,
        description="The REST side of a Teahouse server. Chat itself goes by WebSocket at /ws.",
        docs_url=None,
        redoc_url=None,
        exception_handlers={
            Problem: _on_problem,
            RequestValidationError: _on_invalid_request,
            HTTPException: _on_http_exception,
            Exception: _on_defect,
        },
    )
    app.include_router(health.create_router(ready))
    app.include_router(home.create_router(tcp_url))
    docs.mount(app)
    return app


async def _on_problem(request: Request, error: Any) -> Response:
    return _respond(problems.of_problem(error))


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
    return Response(problems.encode(document), document.status, headers, problems.MEDIA_TYPE)
