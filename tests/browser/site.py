"""Somebody else's web site, on an origin of its own, with the widget on its pages."""

from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

PAGE = """<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Tea shop</title>
<main><h1>Tea shop</h1><p>Fresh leaves every week.</p><button>Buy</button></main>
<script src="{server}/widget.js" {attributes} async></script>
</html>
"""


class Shop:
    """`attributes` stand in the script. `policy` is the page's content security policy."""

    def __init__(self, server: str) -> None:
        self.server = server
        self.attributes: dict[str, str] = {}
        self.policy = ""
        self.url = ""

    def strict(self) -> None:
        """Nothing but the widget's script and its connections; no inline style, no HTML made of strings."""
        socket = self.server.replace("http", "ws")
        self.policy = (
            f"default-src 'none'; script-src {self.server}; connect-src {self.server} {socket}; "
            "require-trusted-types-for 'script'; trusted-types 'none'"
        )

    def page(self) -> str:
        said = " ".join(f'{name}="{escape(value)}"' for name, value in self.attributes.items())
        return PAGE.format(server=self.server, attributes=said)


@contextmanager
def shop_of(server: str) -> Iterator[Shop]:
    """The site, open."""
    shop = Shop(server)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = shop.page().encode() if self.path == "/" else b""
            self.send_response(200 if body else 204)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if shop.policy:
                self.send_header("Content-Security-Policy", shop.policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as listening:
        shop.url = f"http://127.0.0.1:{listening.server_port}"
        Thread(target=listening.serve_forever, daemon=True).start()
        try:
            yield shop
        finally:
            listening.shutdown()
