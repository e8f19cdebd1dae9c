"""An account over REST against the real server: log in, stay logged in, fetch files, be told what is wrong."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest

from teahouse.client import Client, Hello, Problem
from teahouse.client.account import Login, Memory, rest_of
from teahouse.model.errors import Code
from tests.app.server import Server, serving

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--limits", "off") as server:
        for user in ("ann", "ben", "cat"):
            post(server, "auth/register", json.dumps({"user": user, "password": PASSWORD}).encode())
        yield server


def post(server: Server, path: str, body: bytes, token: str = "") -> dict[str, Any]:
    headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
    request = urllib.request.Request(f"{server.ready['http']}/api/v1/{path}", body, headers, method="POST")
    with urllib.request.urlopen(request, timeout=10) as answer:
        found: dict[str, Any] = json.loads(answer.read())
    return found


@pytest.mark.service
async def test_log_in_and_come_back_without_a_password(server: Server) -> None:
    book = Memory()
    first = Login(server.ready["http"], book)
    assert await first.reachable()
    await first.begin("ann", PASSWORD, "terminal")
    used = book.read()
    second = Login(server.ready["http"], book)
    async with Client(server.ready["tcp"], Hello(), token=second.access_token) as client:
        assert (client.welcome.user.nick, client.welcome.user.guest) == ("ann", False)
        assert client.welcome.resume is None
    assert book.read() not in ("", used)


@pytest.mark.service
async def test_a_token_is_asked_for_at_each_hello(server: Server) -> None:
    login = Login(server.ready["http"])
    await login.begin("ann", PASSWORD)
    asked = 0

    async def token() -> str:
        nonlocal asked
        asked += 1
        login._good_until = 0  # as if a quarter of an hour had passed
        return await login.access_token()

    async with Client(server.ready["tcp"], Hello(), token=token) as client:
        await client.reconnect()
        await client.send("lobby", "back again")
    assert asked == 2


@pytest.mark.service
async def test_what_the_server_refuses(server: Server) -> None:
    login = Login(server.ready["http"])
    with pytest.raises(Problem) as wrong:
        await login.begin("ben", "wrong password")
    assert wrong.value.code is Code.UNAUTHENTICATED
    with pytest.raises(Problem) as unknown:
        await login.access_token()
    assert unknown.value.code is Code.UNAUTHENTICATED
    with pytest.raises(Problem) as used:
        await Login(server.ready["http"], Memory("no.token")).access_token()
    assert used.value.code is Code.UNAUTHENTICATED


@pytest.mark.service
async def test_files_and_names(server: Server) -> None:
    login = Login(server.ready["http"])
    await login.begin("cat", PASSWORD)
    stored = post(server, "files?name=x.bin", b"\x00\x01" * 100_000, await login.access_token())
    async with login.file(stored["id"]) as pieces:
        assert b"".join([piece async for piece in pieces]) == b"\x00\x01" * 100_000
    stranger = Login(server.ready["http"])
    await stranger.begin("ben", PASSWORD)
    with pytest.raises(Problem) as hidden:
        async with stranger.file(stored["id"]):
            pass
    assert hidden.value.code is Code.NOT_FOUND
    await login.rename("katze")
    with pytest.raises(Problem) as taken:
        await stranger.rename("katze")
    assert taken.value.code is Code.CONFLICT


async def test_nobody_answers_there() -> None:
    login = Login("http://127.0.0.1:1")
    assert not await login.reachable()
    with pytest.raises(ConnectionError, match="no answer from"):
        await login.begin("ann", PASSWORD)


@pytest.mark.parametrize(
    ("url", "base"),
    [
        ("ws://tea.example:81/ws", "http://tea.example:81"),
        ("wss://tea.example/ws", "https://tea.example"),
        ("tcp://127.0.0.1:9000", "http://127.0.0.1:8080"),
        ("tcp://[::1]:9000", "http://[::1]:8080"),
        ("tcp://tea.example:9000", None),
        ("tls://tea.example", None),
        ("nonsense", None),
    ],
)
def test_where_rest_is(url: str, base: str | None) -> None:
    assert rest_of(url) == base
