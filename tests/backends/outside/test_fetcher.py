"""Attacks on the one thing that calls addresses others chose. A server on the loopback address stands for what is
inside: it is never to be asked."""

import asyncio
import gzip
import ssl
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import pytest

from teahouse.backends.outside.fetcher import Fetcher
from teahouse.backends.outside.options import OutsideOptions
from teahouse.ports.outside import Asked, NotAllowed, Unreachable
from tests.support.outside import Answer, Names, WebServer, response, web_server

INSIDE = response(b"<title>secret</title>")


@asynccontextmanager
async def fetching(
    answer: Answer = lambda path, headers: INSIDE, names: Names | None = None, **options: Any
) -> AsyncIterator[tuple[Fetcher, WebServer]]:
    async with web_server(answer) as web:
        fetcher = Fetcher(OutsideOptions(**{"ports": (), **options}), names or Names())
        yield fetcher, web
        await fetcher.close()


LITERALS = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.0.0.1", "0x7F.1", "0177.0.0.1",
    "017700000001", "00000177.0.0.1", "127.0.0.01", "127.000.000.001", "127.0.0.1.", "0", "0.0.0.0", "0x0",
    "localhost1.0", "1.2.3.4.5", "256.256.256.256", "[::1]", "[::]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]",
    "[0:0:0:0:0:ffff:127.0.0.1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]", "[fe80::1]",
    "[fd00::1]", "[fe80::1%25lo]", "[::1%25lo]", "１２７.０.０.１", "127。0。0。1", "①②⑦.0.0.1", "169.254.169.254",
    "0xa9fea9fe", "100.100.100.200", "10.0.0.1", "0x7f.1.0x",
]  # fmt: skip


@pytest.mark.parametrize("host", LITERALS)
async def test_no_form_of_a_private_address_is_called(host: str) -> None:
    async with fetching() as (fetcher, web):
        with pytest.raises((NotAllowed, Unreachable)):
            await fetcher.fetch(Asked(f"http://{host}:{web.port}/"))
        assert web.asked == []


@pytest.mark.parametrize(
    "addresses",
    [
        "127.0.0.1",
        "8.8.8.8 127.0.0.1",
        "::1",
        "::ffff:127.0.0.1",
        "10.0.0.1",
        "169.254.169.254",
        "fe80::1%eth0",
    ],
)
async def test_no_name_leads_inside(addresses: str) -> None:
    async with fetching(names=Names(evil_example=addresses)) as (fetcher, web):
        with pytest.raises(NotAllowed):
            await fetcher.fetch(Asked(f"http://evil.example:{web.port}/"))
        assert web.asked == []


async def test_the_real_look_up_is_judged_too() -> None:
    async with web_server(lambda path, headers: INSIDE) as web:
        fetcher = Fetcher(OutsideOptions(ports=()))
        for host in ("localhost", "LOCALHOST", "localhost."):
            with pytest.raises((NotAllowed, Unreachable)):
                await fetcher.fetch(Asked(f"http://{host}:{web.port}/"))
        assert web.asked == []
        await fetcher.close()


@pytest.mark.parametrize(
    "url",
    [
        "http://public.example@127.0.0.1/", "http://a:b@public.example/", "http://@public.example/",
        "http://public.example\\@127.0.0.1/", "http://public.example#@127.0.0.1:1/\n", "http:\\\\127.0.0.1/",
        "http://public.example\t/", " http://public.example/", "http://public.example /", "http://public\0.example/",
        "file:///etc/passwd", "gopher://127.0.0.1:70/", "ftp://public.example/", "javascript:alert(1)", "data:,x",
        "//public.example/", "public.example", "", "http://", "http:///x", "http://:80/", "http://[::1/",
        "http://public.example:99999/", "http://public.example:x/", "http://-/", "http://a/" + "x" * 5000,
        "http://pub%6cic.example/", "http://public.example%2f@127.0.0.1/", "http://%31%32%37.0.0.1/",
    ],
)  # fmt: skip
async def test_strange_addresses(url: str) -> None:
    names = Names(public_example="127.0.0.1")
    async with fetching(names=names, allow_private=True) as (fetcher, web):
        with pytest.raises((NotAllowed, Unreachable)):
            await fetcher.fetch(Asked(url))
        assert web.asked == []


async def test_ports() -> None:
    async with fetching(ports=(80, 443), allow_private=True) as (fetcher, web):
        for port in (web.port, 22, 25, 6379, 8080):
            with pytest.raises(NotAllowed, match="port"):
                await fetcher.fetch(Asked(f"http://127.0.0.1:{port}/"))
        assert web.asked == []


async def test_the_name_is_looked_up_once_and_the_answer_is_what_is_called() -> None:
    """No rebinding: a second look-up would give another address."""
    names = Names(twice_example="127.0.0.1")

    async def resolve(host: str, port: int) -> Any:
        found = await names(host, port)
        names.names["twice.example"] = "192.0.2.1"
        return found

    async with web_server(lambda path, headers: response(b"hi")) as web:
        fetcher = Fetcher(OutsideOptions(ports=(), allow_private=True), resolve)
        fetched = await fetcher.fetch(Asked(f"http://twice.example:{web.port}/x?y=1#z"))
        assert (fetched.status, fetched.body) == (200, b"hi")
        assert web.asked == [("/x?y=1", f"twice.example:{web.port}")]
        assert names.asked == ["twice.example"]
        await fetcher.close()


async def test_a_redirect_does_not_lead_inside(monkeypatch: pytest.MonkeyPatch) -> None:
    """The first server is taken for a public one, so that there is something to be led from."""
    inside: list[WebServer] = []
    public = "127.0.0.1"

    def answer(path: str, headers: dict[str, str]) -> bytes:
        targets = {
            "/ip": f"http://127.0.0.2:{inside[0].port}/",
            "/name": f"http://inside.example:{inside[0].port}/",
            "/six": f"http://[::1]:{inside[0].port}/",
            "/number": f"http://2130706434:{inside[0].port}/",
            "/meta": "http://169.254.169.254/latest/meta-data/",
            "/user": f"http://x@127.0.0.1:{inside[0].port}/",
            "/file": "file:///etc/passwd",
            "/slashes": "\\\\127.0.0.2\\",
            "/twice": "/name",
        }
        return response(status="302 Found", location=targets[path])

    monkeypatch.setattr("teahouse.backends.outside.fetcher.is_public", lambda address: str(address) == public)
    names = Names(public_example="127.0.0.1", inside_example="127.0.0.2")
    async with web_server(lambda path, headers: INSIDE) as secret, fetching(answer, names) as (fetcher, web):
        inside.append(secret)
        paths = ["/ip", "/name", "/six", "/number", "/meta", "/user", "/file", "/slashes", "/twice"]
        for path in paths:
            with pytest.raises(NotAllowed):
                await fetcher.fetch(Asked(f"http://public.example:{web.port}{path}", redirects=3))
        assert secret.asked == []
        assert len(web.asked) == len(paths) + 1


async def test_redirects_end() -> None:
    async with fetching(
        lambda path, headers: response(status="302 Found", location=path + "x"), allow_private=True
    ) as (fetcher, web):
        fetched = await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/", redirects=3))
        assert (fetched.status, len(web.asked)) == (302, 4)
        with pytest.raises(Unreachable):
            await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/", method="POST", redirects=3))


async def test_never_more_bytes_than_asked_for() -> None:
    packed = gzip.compress(b"x" * 10_000_000)

    def answer(path: str, headers: dict[str, str]) -> bytes:
        assert headers["accept-encoding"] == "identity"
        if path == "/packed":
            return response(packed, content_encoding="gzip")
        return response(b"x" * 3_000_000, content_length="999999999")

    async with fetching(answer, allow_private=True) as (fetcher, web):
        fetched = await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/", most_bytes=1000))
        assert (len(fetched.body), fetched.cut) == (1000, True)
        fetched = await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/packed", most_bytes=1_000_000))
        assert fetched.body == packed


async def test_never_more_time_than_given() -> None:
    async with fetching(lambda path, headers: b"HTTP/1.1 200 OK\r\n", allow_private=True) as (fetcher, web):
        begun = time.monotonic()
        with pytest.raises(Unreachable):
            await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/slow", seconds=0.3))
        assert time.monotonic() - begun < 2


async def test_never_more_time_than_given_for_a_name() -> None:
    async def never(host: str, port: int) -> Any:
        await asyncio.sleep(60)

    fetcher = Fetcher(OutsideOptions(), never)
    with pytest.raises(Unreachable):
        await fetcher.fetch(Asked("http://slow.example/", seconds=0.2))
    await fetcher.close()


@pytest.mark.parametrize(
    "garbage", [b"", b"hello\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"a: " + b"x" * 200_000, b"\xff" * 1000]
)
async def test_what_is_not_http(garbage: bytes) -> None:
    async with fetching(lambda path, headers: garbage, allow_private=True) as (fetcher, web):
        with pytest.raises(Unreachable):
            await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/", seconds=2))


async def test_nothing_is_remembered_and_nothing_of_ours_goes_along() -> None:
    seen: list[dict[str, str]] = []

    def answer(path: str, headers: dict[str, str]) -> bytes:
        seen.append(headers)
        return response(b"x", set_cookie="a=b")

    async with fetching(answer, allow_private=True) as (fetcher, web):
        for _ in range(2):
            await fetcher.fetch(Asked(f"http://127.0.0.1:{web.port}/"))
    assert all("cookie" not in headers and "authorization" not in headers for headers in seen)


async def test_a_request_with_a_body_and_headers() -> None:
    async with fetching(lambda path, headers: response(headers["x-a"].encode()), allow_private=True) as (
        fetcher,
        web,
    ):
        asked = Asked(f"http://127.0.0.1:{web.port}/", "POST", (("X-A", "b"), ("Host", "evil")), b"body")
        fetched = await fetcher.fetch(asked)
        assert (fetched.body, web.asked) == (b"b", [("/", f"127.0.0.1:{web.port}")])


async def test_certificates_are_checked_for_the_name() -> None:
    fetcher = Fetcher(OutsideOptions(allow_private=True, ports=()), Names(a_example="127.0.0.1"))
    async with web_server(lambda path, headers: INSIDE) as web:
        with pytest.raises(Unreachable):
            await fetcher.fetch(Asked(f"https://a.example:{web.port}/", seconds=3))
    assert fetcher._tls is not None
    assert (fetcher._tls.verify_mode, fetcher._tls.check_hostname) == (ssl.CERT_REQUIRED, True)
    await fetcher.close()
