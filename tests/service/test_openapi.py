"""The whole REST interface against its own OpenAPI document: schemathesis asks everything a client may ask, and much
that none should."""

import os
import subprocess
import sys
from pathlib import Path

import httpx2
import pytest

from tests.app.server import Server, serving

pytestmark = [pytest.mark.service, pytest.mark.timeout(900)]

EXAMPLES = os.environ.get("TEAHOUSE_TEST_EXAMPLES", "12")
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")
CONFIG = Path(__file__).with_name("schemathesis.toml")

# These end the account the requests are made with, or take minutes by design.
LAST_WORDS = "/auth/logout|/users/me$|/users/me/password|/users/me/devices|/users/me/deactivate"


def bearer(server: Server) -> str:
    """Of an account that is somebody in a conversation."""
    api = f"{server.ready['http']}/api/v1"
    account = {"user": "ada", "password": "a long enough password"}
    answer = httpx2.post(f"{api}/auth/register", json=account)
    assert answer.status_code == 201, answer.text
    headers = {"Authorization": f"Bearer {answer.json()['access_token']}"}
    httpx2.post(f"{api}/conversations", json={"kind": "group", "title": "Tasting"}, headers=headers)
    return headers["Authorization"]


def test_the_interface_keeps_to_its_document(tmp_path: Path) -> None:
    with serving(tmp_path, "--limits", "off") as server:
        command = [
            *(str(SCHEMATHESIS), "--config-file", str(CONFIG), "run"),
            f"{server.ready['http']}/openapi.json",
            *("--header", f"Authorization: {bearer(server)}"),
            *("--max-examples", EXAMPLES, "--exclude-path-regex", LAST_WORDS),
            *("--continue-on-failure", "--seed", "1"),
        ]
        done = subprocess.run(command, capture_output=True, text=True, cwd=tmp_path, timeout=840, check=False)
        log = server.log
    assert done.returncode == 0, done.stdout[-12_000:] + done.stderr[-2000:]
    assert "Traceback" not in log
