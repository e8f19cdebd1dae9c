"""Foreign pages: a few paths that a page of any site may call, with a token in a header or with none (CORS).

Rule: never with a cookie: no answer allows credentials, so a browser gives a foreign page nothing that a program
elsewhere would not get. Every other path is as before; so are the origins that may call all of REST. A middleware of
application.py, outside of the one for those origins.
"""

from http import HTTPStatus

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE"
_TAKEN = "Authorization, Content-Type, X-File-Name, Range, If-None-Match"
_SHOWN = "ETag, Location, Retry-After, Content-Disposition, Content-Range"
_KEPT_S = "600"


class ForeignPages:
    """`paths` are those, and all below them. Pages of `others` are answered by somebody else."""

    def __init__(self, app: ASGIApp, paths: tuple[str, ...], others: tuple[str, ...]) -> None:
        self._app = app
        self._paths = paths
        self._others = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not self._is_open(scope["path"]):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        if origin is None or origin in self._others:
            await self._app(scope, receive, send)
        elif scope["method"] == "OPTIONS" and "access-control-request-method" in headers:
            await _preflight()(scope, receive, send)
        else:
            await self._app(scope, receive, _allowing(send))

    def _is_open(self, path: str) -> bool:
        return any(path == opened or path.startswith(f"{opened}/") for opened in self._paths)


def _preflight() -> Response:
    allowed = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": _METHODS,
        "Access-Control-Allow-Headers": _TAKEN,
        "Access-Control-Max-Age": _KEPT_S,
    }
    return Response(status_code=HTTPStatus.NO_CONTENT, headers=allowed)


def _allowing(send: Send) -> Send:
    """The way out, with the word that any page may read what is answered."""

    async def allow(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Access-Control-Expose-Headers"] = _SHOWN
        await send(message)

    return allow
