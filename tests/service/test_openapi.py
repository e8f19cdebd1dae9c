"""The whole REST interface against its own OpenAPI document: schemathesis asks everything a client may ask, and much
that none should."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.app.server import Server, environment, serving, teahouse

pytestmark = [pytest.mark.service, pytest.mark.timeout(900)]

PASSWORD = "a long enough password"
EXAMPLES = os.environ.get("TEAHOUSE_TEST_EXAMPLES", "12")
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")

# These end the account the requests are made with, or take minutes by design.
LAST_WORDS = "/auth/logout|/users/me$|/users/me/password|/users/me/devices|/users/me/deactivate"


# It takes away the header with the token to see what happens, but not the one with the cookie.
COOKIES = ("--exclude-checks", "ignored_auth")


def bearer(server: Server) -> list[str]:
    """Of an account that is somebody in a conversation."""
    api = f"{server.ready['http']}/api/v1"
    account = {"user": "ada", "password": PASSWORD}
    answer = httpx2.post(f"{api}/auth/register", json=account)
    assert answer.status_code == 201, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    httpx2.post(f"{api}/conversations", json={"kind": "group", "title": "Tasting"}, headers=headers)
    return [f"Authorization: {headers['Authorization']}"]


def administrator(server: Server, cwd: Path) -> list[str]:
    made = teahouse("user", "add", "root", "--admin", "--password-stdin", cwd=cwd, stdin=PASSWORD)
    assert made.returncode == 0, made.stderr
    account = {"user": "root", "password": PASSWORD}
    answer = httpx2.post(f"{server.ready['http']}/api/v1/auth/login", json=account)
    return [f"Authorization: Bearer {answer.json()['access_token']}"]


def guest(server: Server) -> list[str]:
    """The headers of a page of a guest's browser."""
    answer = httpx2.post(f"{server.ready['http']}/api/v1/auth/web/guest", json={"nick": "mira"})
    assert answer.status_code == 200, answer.text
    return [f"Cookie: teahouse={answer.cookies['teahouse']}", f"X-CSRF-Token: {answer.json()['csrf_token']}"]


def check(server: Server, headers: list[str], cwd: Path, *paths: str) -> None:
    """Ask all that the document describes at these paths."""
    command = [
        *(str(SCHEMATHESIS), "--config-file", str(CONFIG), "run"),
        f"{server.ready['http']}/openapi.json",
        *(argument for header in headers for argument in ("--header", header)),
        *("--max-examples", EXAMPLES, *paths),
        *("--continue-on-failure", "--seed", "1"),
    ]
    hooks = environment(SCHEMATHESIS_HOOKS="schemathesis_hooks", PYTHONPATH=str(CONFIG.parent))
    done = subprocess.run(
        command, capture_output=True, text=True, cwd=cwd, env=hooks, timeout=840, check=False
    )
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2000:]
    assert "Traceback" not in server.log


def test_the_interface_keeps_to_its_document(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as server:
        check(server, bearer(server), tmp_path, "--exclude-path-regex", LAST_WORDS)


def test_so_it_does_for_a_guest_in_a_browser(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as server:
        check(server, guest(server), tmp_path, "--exclude-path-regex", f"{LAST_WORDS}|/auth/", *COOKIES)


def test_so_it_does_for_administrators(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as server:
        check(server, administrator(server, tmp_path), tmp_path, "--include-path-regex", "/admin/")
