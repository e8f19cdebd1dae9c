"""`teahouse user` and `teahouse keys`, beside a running server and without one."""

import json
import os
import socket
import stat
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.app.server import Server, serving, teahouse
from tests.support.doors import FREE

pytestmark = pytest.mark.service

PASSWORD = "correct horse"
DATA = "teahouse-data"


def user(cwd: Path, *arguments: str, stdin: str = "") -> str:
    done = teahouse("user", *arguments, cwd=cwd, stdin=stdin)
    assert done.returncode == 0, done.stderr
    return done.stdout


def post(server: Server, path: str, bearer: str = "", **body: Any) -> tuple[int, dict[str, Any]]:
    headers = {"content-type": "application/json"} | ({"authorization": f"Bearer {bearer}"} if bearer else {})
    url = f"{server.ready['http']}/api/v1{path}"
    request = urllib.request.Request(url, json.dumps(body).encode() if body else None, headers)
    try:
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.status, json.loads(answer.read() or b"{}")
    except urllib.error.HTTPError as error:
        return error.code, json.loads(error.read())


def test_without_a_server(tmp_path: Path) -> None:
    made = user(tmp_path, "add", "ada", "--admin", "--nick", "Zoë", "--password-stdin", stdin=PASSWORD + "\n")
    assert made.startswith("ada (Zoë, u")
    taken = teahouse("user", "add", "ADA", "--password-stdin", cwd=tmp_path, stdin=PASSWORD)
    assert (taken.returncode, taken.stderr) == (1, "teahouse: this user or nick is taken; choose another\n")
    user(tmp_path, "disable", "Ada")
    assert "admin, off" in user(tmp_path, "list")
    user(tmp_path, "enable", "ada")
    user(tmp_path, "passwd", "ada", "--password-stdin", stdin="battery staple")
    with serving(tmp_path) as server:
        assert "there is no administrator" not in server.log
        assert post(server, "/auth/login", user="ada", password=PASSWORD)[0] == 401
        assert post(server, "/auth/login", user="ada", password="battery staple")[0] == 200


def test_beside_a_server_which_notices_at_once(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        user(tmp_path, "add", "ada", "--password-stdin", stdin=PASSWORD)
        token = post(server, "/auth/login", user="ada", password=PASSWORD)[1]["access_token"]
        host, _, port = server.ready["tcp"].removeprefix("tcp://").partition(":")
        with socket.create_connection((host, int(port)), timeout=10) as connection:
            lines = connection.makefile("rw")
            lines.write(json.dumps({"op": "hello", "id": 1, "token": token}) + "\n")
            lines.flush()
            assert json.loads(lines.readline())["ok"]["user"]["nick"] == "ada"
            assert post(server, "/users/me", token)[0] == 200
            user(tmp_path, "admin", "ada")
            assert post(server, "/users/me", token)[1]["admin"] is True
            user(tmp_path, "disable", "ada")
            bye = json.loads(lines.readline())
            assert (bye["ev"], bye["reconnect"]) == ("bye", False)
            assert post(server, "/users/me", token)[0] == 401
        assert PASSWORD not in server.log and token not in server.log
        socket_ = tmp_path / DATA / "control.sock"
        assert stat.S_IMODE(socket_.stat().st_mode) == 0o600
        assert server.stop() == 0
        assert not socket_.exists()


def test_the_first_administrator_by_the_link_in_the_log(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        link = json.loads(next(line for line in server.log.splitlines() if "first-admin" in line))["link"]
        url, _, secret = link.partition("#")
        with urllib.request.urlopen(url, timeout=10) as page:
            assert b"first administrator" in page.read()
        made = post(server, "/auth/first-admin", token=secret, user="root", password=PASSWORD)
        assert made[0] == 201
        assert post(server, "/auth/first-admin", token=secret, user="eve", password=PASSWORD)[0] == 403
        token = made[1]["access_token"]
        server.stop()
    with serving(tmp_path) as server:
        assert "first-admin" not in server.log
        assert post(server, "/users/me", token)[1]["admin"] is True  # keys and logins outlive the server


def test_a_logout_outlives_the_server(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        tokens = post(server, "/auth/register", user="ada", password=PASSWORD)[1]
        request = urllib.request.Request(
            f"{server.ready['http']}/api/v1/auth/logout",
            b"",
            {"authorization": f"Bearer {tokens['access_token']}"},
        )
        with urllib.request.urlopen(request, timeout=10) as answer:
            assert answer.status == 204
        server.stop(9)
    with serving(tmp_path) as server:
        assert post(server, "/users/me", tokens["access_token"])[0] == 401
        assert post(server, "/auth/refresh", refresh_token=tokens["refresh_token"])[0] == 401


def test_a_socket_that_lies_there_is_nobodys(tmp_path: Path) -> None:
    """After a crash, both a command and a server find it and go on."""
    with serving(tmp_path) as server:
        server.stop(9)
    assert (tmp_path / DATA / "control.sock").exists()
    user(tmp_path, "add", "ada", "--password-stdin", stdin=PASSWORD)
    with serving(tmp_path):
        assert "ada" in user(tmp_path, "list")


def test_a_data_directory_with_a_long_name(tmp_path: Path) -> None:
    """Longer than a socket's path may be."""
    data = str(tmp_path / ("d" * 60) / ("e" * 60))
    with serving(tmp_path, "--data", data):
        user(tmp_path, "add", "ada", "--password-stdin", "--data", data, stdin=PASSWORD)
        assert "ada" in user(tmp_path, "list", "--data", data)


def test_a_directory_that_another_program_holds(tmp_path: Path) -> None:
    from teahouse.backends.sqlite.lock import DirectoryLock

    (tmp_path / DATA).mkdir()
    lock = DirectoryLock(tmp_path / DATA / "teahouse.lock")
    refused = teahouse("user", "list", cwd=tmp_path)
    lock.release()
    assert refused.returncode == 1
    assert f"is in use by another server, process {os.getpid()}" in refused.stderr


def test_keys_are_rotated_and_old_tokens_hold(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        token = post(server, "/auth/register", user="ada", password=PASSWORD)[1]["access_token"]
        kid = teahouse("keys", "rotate", cwd=tmp_path).stdout.strip()
        with urllib.request.urlopen(f"{server.ready['http']}/.well-known/jwks.json", timeout=10) as answer:
            kids = [key["kid"] for key in json.loads(answer.read())["keys"]]
        assert len(kids) == 2 and kids[-1] == kid
        assert post(server, "/users/me", token)[0] == 200


def test_an_invitation(tmp_path: Path) -> None:
    with serving(tmp_path, TEAHOUSE_IDENTITY_REGISTRATION="invite") as server:
        assert post(server, "/auth/register", user="ada", password=PASSWORD)[0] == 403
        invitation = user(tmp_path, "invite").strip()
        assert post(server, "/auth/register", user="ada", password=PASSWORD, invitation=invitation)[0] == 201


@pytest.mark.parametrize(
    ("arguments", "stdin", "complaint"),
    [
        (("add", "ada"), "", "--password-stdin"),
        (("add", "ada", "--password-stdin"), "\n", "the password is empty"),
        (("add", "ada", "secret"), "", "unexpected extra argument"),
    ],
)
def test_wrong_use(tmp_path: Path, arguments: tuple[str, ...], stdin: str, complaint: str) -> None:
    said = teahouse("user", *arguments, cwd=tmp_path, stdin=stdin)
    assert said.returncode == 2
    assert complaint in said.stderr


def test_broken_keys_are_one_sentence(tmp_path: Path) -> None:
    (tmp_path / DATA).mkdir()
    (tmp_path / DATA / "keys.json").write_text("broken")
    for command in (("serve", *FREE), ("user", "list")):
        said = teahouse(*command, cwd=tmp_path)
        assert said.returncode == 1
        assert said.stderr.count("\n") == 1 and "keys.json cannot be read" in said.stderr
