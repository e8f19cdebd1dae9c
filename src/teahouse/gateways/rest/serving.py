"""Serving: operations are found and called here, before the framework looks for a route.

Rule: an answer leaves as a Response, whatever happened; only defects go on, to be answered and logged by the framework.
A middleware of application.py, inside those that compress and allow other origins.
"""

from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any

from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from teahouse.gateways.rest.table import Handlers, Table

Refusals = Mapping[type[Exception], Callable[[Request, Any], Awaitable[Response]]]
"""What is made of an exception, by its type."""


class Operations:
    def __init__(self, app: ASGIApp, table: Table, refusals: Refusals) -> None:
        self._app = app
        self._table = table
        self._refusals = refusals
        self._expected = tuple(refusals)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = self._table.find(scope["path"]) if scope["type"] == "http" else None
        if found is None:
            await self._app(scope, receive, send)
            return
        handlers, scope["path_params"] = found
        request = Request(scope, receive, send)
        try:
            response = await _handler(handlers, request.method)(request)
        except self._expected as error:
            refuse = next(made for type_, made in self._refusals.items() if isinstance(error, type_))
            response = await refuse(request, error)
        await response(scope, receive, send)


def _handler(handlers: Handlers, method: str) -> Callable[[Request], Awaitable[Response]]:
    found = handlers.get(method)
    if found is None:
        raise HTTPException(HTTPStatus.METHOD_NOT_ALLOWED, headers={"Allow": ", ".join(sorted(handlers))})
    return found
