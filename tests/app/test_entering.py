"""Coming in with an account: the password is asked for once, and not at all where a login is kept."""

import getpass
import json
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from teahouse.app import entering
from teahouse.app.entering import Visitor, enter
from teahouse.model.errors import Problem
from tests.app.server import Server, serving

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with serving(tmp_path_factory.mktemp("server"), "--limits", "off") as server:
        body = json.dumps({"user": "alice", "password": PASSWORD}).encode()
        headers = {"Content-Type": "application/json"}
        request = urllib.request.Request(f"{server.ready['http']}/api/v1/auth/register", body, headers)
        urllib.request.urlopen(request, timeout=10).close()
        yield server


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every question for a password, answered rightly."""
    questions: list[str] = []

    def answer(question: str) -> str:
        questions.append(question)
        return PASSWORD

    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.setattr(getpass, "getpass", answer)
    return questions


@pytest.mark.service
async def test_the_login_is_kept(server: Server, asked: list[str]) -> None:
    visitor = Visitor(server.ready["http"].replace("http", "ws") + "/ws", user="alice")
    for _ in range(3):
        client, login = await enter(visitor)
        assert client.welcome.user.nick == "alice" and login is not None
        await client.close()
    assert asked == ["Password of alice: "]


@pytest.mark.service
async def test_two_programs_share_a_login(server: Server, asked: list[str]) -> None:
    """Each refresh uses the token up: the other program must take the new one."""
    visitor = Visitor(server.ready["tcp"], user="alice", http=server.ready["http"])
    (one, first), (other, second) = await enter(visitor), await enter(visitor)
    assert first is not None and second is not None
    for login in (first, second, first):
        login._good_until = 0
        assert await login.access_token()
    await one.close()
    await other.close()
    assert len(asked) == 1


@pytest.mark.service
async def test_where_rest_is_not_to_be_found_the_password_is_said(
    server: Server, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(entering, "rest_of", lambda url: None)
    for _ in range(2):
        client, login = await enter(Visitor(server.ready["tcp"], user="alice"))
        assert client.welcome.user.nick == "alice" and login is None
        await client.close()
    assert len(asked) == 2


@pytest.mark.service
async def test_a_wrong_password(server: Server, asked: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(getpass, "getpass", lambda _: "wrong")
    with pytest.raises(Problem, match="unauthenticated"):
        await enter(Visitor(server.ready["tcp"], user="alice", http=server.ready["http"]))


@pytest.mark.service
async def test_an_address_that_is_no_teahouse(server: Server, asked: list[str]) -> None:
    with pytest.raises(ConnectionError, match="does not answer like a Teahouse"):
        await enter(Visitor(server.ready["tcp"], user="alice", http="http://127.0.0.1:1"))
    assert asked == []


@pytest.mark.service
async def test_a_guest_comes_back(server: Server, asked: list[str]) -> None:
    ids = set()
    for _ in range(2):
        client, login = await enter(Visitor(server.ready["tcp"], nick="gast"))
        ids.add(client.welcome.user.id)
        assert login is None
        await client.close()
    assert len(ids) == 1


def test_how_to_come_back() -> None:
    assert Visitor().again("bob") == "teahouse chat --nick bob"
    assert Visitor("ws://h/ws", user="a b").again("x") == "teahouse chat --user 'a b' --url ws://h/ws"
