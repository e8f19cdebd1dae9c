"""The web outside, for tests: a server of one's own, and names that lead where a test wants."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from ipaddress import ip_address

from teahouse.backends.outside.addresses import Address

Answer = Callable[[str, dict[str, str]], bytes]
"""What is answered to a path and headers, as it goes over the line."""


def response(body: bytes = b"", status: str = "200 OK", **headers: str) -> bytes:
    given = {"content_type": "text/html", "content_length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in given.items())
    return f"HTTP/1.1 {status}\r\n{head}\r\n".encode() + body


class WebServer:
    """`asked` is what it was asked: path and `Host`."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.asked: list[tuple[str, str]] = []
        self.port = 0

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        head = (await reader.readuntil(b"\r\n\r\n")).decode()
        first, *lines = head.split("\r\n")
        headers = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
        path = first.split(" ")[1]
        self.asked.append((path, headers.get("host", "")))
        writer.write(self.answer(path, headers))
        if not path.startswith("/slow"):
            writer.close()


@asynccontextmanager
async def web_server(answer: Answer) -> AsyncIterator[WebServer]:
    """On a port of the loopback address."""
    web = WebServer(answer)
    server = await asyncio.start_server(web.serve, "127.0.0.1", 0)
    web.port = server.sockets[0].getsockname()[1]
    async with server:
        yield web


class Names:
    """A resolver. What is not in it is public, and not there."""

    def __init__(self, **names: str) -> None:
        self.names = {name.replace("_", "."): addresses for name, addresses in names.items()}
        self.asked: list[str] = []

    async def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append(host)
        return [ip_address(address) for address in self.names.get(host, "").split()]
