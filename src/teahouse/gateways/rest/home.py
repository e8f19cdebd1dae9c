"""The page at /connect: says that the server runs and how to talk to it. It needs nothing from anywhere else.

Where there is no web client it is the page at /, too, and says so to whoever asks for the widget.
"""

from html import escape
from string import Template
from urllib.parse import urlsplit

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, PlainTextResponse

_PAGE = Template("""<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Teahouse</title>
<style>
  body { max-width: 42rem; margin: 3rem auto; padding: 0 1rem; font: 1rem/1.6 system-ui, sans-serif; }
  pre { padding: 1rem; overflow-x: auto; border-radius: .4rem; background: #8881; }
  :root { color-scheme: light dark; }
</style>
<h1>Teahouse 茶馆</h1>
<p>The server runs. Talk to it in lines of JSON:</p>
$hint
$tcp
<h2>From a browser's console, or with any WebSocket library</h2>
<pre>ws = new WebSocket("$websocket")
ws.onmessage = event =&gt; console.log(event.data)
ws.onopen = () =&gt; ws.send('{"op":"hello","id":1,"nick":"bob"}')
// then
ws.send('{"op":"send","id":2,"to":"lobby","text":"hi"}')</pre>
<p><a href="/openapi.json">OpenAPI</a> · <a href="/healthz">alive?</a> · <a href="/readyz">ready?</a></p>
</html>
""")

_TCP = Template("""<h2>From a terminal</h2>
<pre>$command
{"op":"hello","id":1,"nick":"alice"}
{"op":"send","id":2,"to":"lobby","text":"hi"}
{"op":"online","id":3}</pre>
""")

# connect-src: the page shows how to open a WebSocket from its own console.
_NO_WIDGET = (
    "This server has no widget: its web client was not built, see http.client_dir and `make setup`.\n"
)
_FOR_ALL = {"Cross-Origin-Resource-Policy": "cross-origin", "X-Content-Type-Options": "nosniff"}
_POLICY = "default-src 'none'; connect-src 'self'; style-src 'unsafe-inline'; frame-ancestors 'none'"


def create_router(tcp_url: str | None, hint: str = "") -> APIRouter:
    """`tcp_url`: where the TCP listener is; None if there is none. `hint` is a sentence to whoever runs the server."""
    router = APIRouter()

    @router.api_route("/", methods=["GET", "HEAD"], include_in_schema=False)
    @router.api_route("/connect", methods=["GET", "HEAD"], include_in_schema=False)
    async def home(request: Request) -> HTMLResponse:
        scheme = "wss" if request.url.scheme == "https" else "ws"
        page = _PAGE.substitute(
            tcp=_terminal(tcp_url, request.url.hostname or "localhost"),
            hint=f"<p><em>{escape(hint)}</em></p>\n" if hint else "",
            websocket=escape(f"{scheme}://{request.url.netloc}/ws"),
        )
        return HTMLResponse(page, headers={"Content-Security-Policy": _POLICY})

    @router.api_route("/widget.js", methods=["GET", "HEAD"], include_in_schema=False)
    async def widget() -> PlainTextResponse:
        return PlainTextResponse(_NO_WIDGET, 404, {"Cache-Control": "no-store"} | _FOR_ALL)

    return router


def _terminal(tcp_url: str | None, host: str) -> str:
    """The server is where the browser found it, whatever address it listens on."""
    if tcp_url is None:
        return ""
    listener = urlsplit(tcp_url)
    connect = "openssl s_client -quiet -connect {}:{}" if listener.scheme == "tls" else "nc {} {}"
    return _TCP.substitute(command=escape(connect.format(host, listener.port)))
