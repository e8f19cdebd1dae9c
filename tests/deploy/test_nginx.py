"""The configurations of deploy/nginx, in the real nginx, before a real node: all doors lead in, and the limits are
those of the server."""

import asyncio
import json
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from teahouse.client import Client, Hello, LogEvent
from tests.app.server import Server, serving, teahouse
from tests.support.lines import LineClient
from tests.support.nginx import Nginx, Upstream, proxying

pytestmark = pytest.mark.service

BEHIND = {
    "TEAHOUSE_HTTP_TRUSTED_PROXIES": "127.0.0.1",
    "TEAHOUSE_TCP_TRUSTED_PROXIES": "127.0.0.1",
    "TEAHOUSE_NODE_NAME": "a",
}


@pytest.fixture(scope="module", params=["none", "ip-hash", "cookie"])
def affinity(request: pytest.FixtureRequest) -> str:
    return request.param


@pytest.fixture(scope="module")
def place(affinity: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp(affinity)


@pytest.fixture(scope="module")
def server(place: Path) -> Iterator[Server]:
    with serving(place, **BEHIND) as server:
        yield server


@pytest.fixture(scope="module")
def nginx(server: Server, place: Path, affinity: str) -> Iterator[Nginx]:
    with proxying(place / "nginx", [Upstream.of(server.ready)], affinity) as nginx:
        yield nginx


@pytest.fixture
def web(nginx: Nginx) -> Iterator[httpx2.Client]:
    with httpx2.Client(base_url=nginx.https, verify=nginx.trust, trust_env=False) as web:
        yield web


def test_pages_and_rest(web: httpx2.Client, nginx: Nginx) -> None:
    page = web.get("/")
    assert page.status_code == 200
    assert page.headers["strict-transport-security"]
    assert "x-teahouse-node" not in page.headers
    made = web.post("/api/v1/auth/register", json={"user": "ada", "password": "correct horse"})
    assert made.status_code == 201, made.text
    bearer = {"authorization": f"Bearer {made.json()['access_token']}"}
    devices = web.get("/api/v1/users/me/devices", headers=bearer)
    assert devices.is_success
    assert web.get("/readyz").json()["ready"] is True
    metrics = web.get("/metrics")  # nginx lets us ask, from its own machine; the server wants its token
    assert (metrics.status_code, metrics.json()["code"]) == (403, "forbidden")


def test_a_browser_keeps_a_cookie_that_is_secure(web: httpx2.Client) -> None:
    """The server believes nginx that there was TLS."""
    answer = web.post("/api/v1/auth/web/guest", json={"nick": "eve"}, headers={"origin": "https://localhost"})
    assert answer.status_code == 200, answer.text
    cookies = answer.headers.get_list("set-cookie")
    assert any(cookie.startswith("__Host-teahouse=") and "Secure" in cookie for cookie in cookies)


def test_the_cookie_that_names_the_node(web: httpx2.Client, affinity: str) -> None:
    first = web.get("/healthz").headers.get_list("set-cookie")
    assert bool(first) is (affinity == "cookie")
    if affinity == "cookie":
        assert first == ["teahouse_node=a; Path=/; Max-Age=604800; HttpOnly; Secure; SameSite=Lax"]
        assert "set-cookie" not in web.get("/healthz").headers
        made_up = {"cookie": "teahouse_node=nobody; other=1"}
        assert web.get("/healthz", headers=made_up).headers.get_list("set-cookie") == first


async def test_the_live_connection(nginx: Nginx, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(nginx.folder / "fullchain.pem"))
    async with Client(nginx.wss, Hello(nick="wendy")) as wendy, Client(nginx.wss, Hello(nick="walt")) as walt:
        await wendy.send("lobby", "by websocket")
        async with asyncio.timeout(10):
            async for event in walt.events():
                if isinstance(event, LogEvent) and event.text == "by websocket":
                    break


async def test_lines_over_tcp(nginx: Nginx) -> None:
    one, other = await LineClient.guest(nginx.tcp, "tom"), await LineClient.guest(nginx.tcp, "tina")
    await one.ask("send", to="lobby", text="by tcp")
    assert (await other.event("message", body={"type": "text", "text": "by tcp"}))["sender"]["nick"] == "tom"
    one.close()
    other.close()


def test_who_has_said_all_is_answered(nginx: Nginx) -> None:
    """`printf ... | nc`, by nginx."""
    with socket.create_connection(("127.0.0.1", nginx.tcp), timeout=5) as person:
        person.sendall(b'{"op":"hello","id":1,"nick":"paul"}\n{"op":"ping","id":2}\n')
        person.shutdown(socket.SHUT_WR)
        answers = [json.loads(line) for line in person.makefile()]
    assert [answer["re"] for answer in answers if "re" in answer] == [1, 2]


def test_lines_over_tls(nginx: Nginx) -> None:
    with (
        socket.create_connection(("127.0.0.1", nginx.tls), timeout=5) as plain,
        nginx.trust.wrap_socket(plain, server_hostname="localhost") as person,
    ):
        person.sendall(b'{"op":"hello","id":1,"nick":"tess"}\n')
        assert json.loads(person.makefile().readline())["ok"]["user"]["nick"] == "tess"
    assert isinstance(person, ssl.SSLSocket)


def test_addresses_are_those_of_people(web: httpx2.Client, nginx: Nginx, server: Server) -> None:
    """By header and by the PROXY protocol; here people are on other loopback addresses."""
    added = teahouse(
        "user", "add", "root", "--admin", "--password-stdin", cwd=server.place, stdin="correct horse\n"
    )
    assert added.returncode == 0, added.stderr
    admin = web.post("/api/v1/auth/login", json={"user": "root", "password": "correct horse"}).json()
    bearer = {"authorization": f"Bearer {admin['access_token']}"}
    here = ("127.0.0.7", 0)
    with socket.create_connection(("127.0.0.1", nginx.tcp), timeout=5, source_address=here) as person:
        person.sendall(b'{"op":"hello","id":1,"nick":"far"}\n')
        person.makefile().readline()
        transport = httpx2.HTTPTransport(local_address="127.0.0.8", verify=nginx.trust)
        with httpx2.Client(base_url=nginx.https, transport=transport, trust_env=False) as browser:
            browser.post("/api/v1/auth/login", json={"user": "root", "password": "correct horse"})
        sessions = web.get("/api/v1/admin/sessions", headers=bearer).json()["sessions"]
        devices = web.get("/api/v1/users/me/devices", headers=bearer).json()["devices"]
    assert "127.0.0.7" in {session["address"] for session in sessions}
    assert "127.0.0.8" in {device["address"] for device in devices}


def test_what_is_too_large_is_refused_in_the_servers_words(web: httpx2.Client) -> None:
    answer = web.post("/api/v1/auth/login", content=b"x" * (1024 * 1024 + 1))
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert answer.headers["content-type"] == "application/problem+json"


def test_an_upload_may_be_larger(web: httpx2.Client) -> None:
    made = web.post("/api/v1/auth/register", json={"user": "uma", "password": "correct horse"})
    bearer = {"authorization": f"Bearer {made.json()['access_token']}"}
    answer = web.post(
        "/api/v1/files", content=b"x" * 3_000_000, headers={**bearer, "content-type": "text/plain"}
    )
    assert answer.is_success, answer.text


def test_who_asks_for_passwords_too_often(web: httpx2.Client) -> None:
    wrong = {"user": "nobody", "password": "wrong horse"}
    answers = [web.post("/api/v1/auth/login", json=wrong) for _ in range(60)]
    assert answers[-1].status_code == 429
    assert int(answers[-1].headers["retry-after"]) >= 1
    assert answers[-1].json()["code"] == "rate_limited"
