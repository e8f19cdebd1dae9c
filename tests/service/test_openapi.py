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


def bearer(server: Server) -> str:
    """Of an account that is somebody in a conversation."""
    api = f"{server.ready['http']}/api/v1"
    account = {"user": "ada", "password": PASSWORD}
    answer = httpx2.post(f"{api}/auth/register", json=account)
    assert answer.status_code == 201, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    httpx2.post(f"{api}/conversations", json={"kind": "group", "title": "Tasting"}, headers=headers)
    return headers["Authorization"]


def administrator(server: Server, cwd: Path) -> str:
    made = teahouse("user", "add", "root", "--admin", "--password-stdin", cwd=cwd, stdin=PASSWORD)
    assert made.returncode == 0, made.stderr
    account = {"user": "root", "password": PASSWORD}
    answer = httpx2.post(f"{server.ready['http']}/api/v1/auth/login", json=account)
    return f"Bearer {answer.json()['access_token']}"


def check(server: Server, authorization: str, cwd: Path, *paths: str) -> None:
    """Ask all that the document describes at these paths."""
    command = [
        *(str(SCHEMATHESIS), "--config-file", str(CONFIG), "run"),
        f"{server.ready['http']}/openapi.json",
        *("--header", f"Authorization: {authorization}"),
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


def test_so_it_does_for_administrators(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as server:
        check(server, administrator(server, tmp_path), tmp_path, "--include-path-regex", "/admin/")
