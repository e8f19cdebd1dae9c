"""An OpenID provider of one's own, as a process, that knows Ada."""

import json
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

CLAIMS = {"sub": "4711", "preferred_username": "Ada Lovelace", "email": "ada@example.org"}


@pytest.fixture
def provider(tmp_path: Path) -> Iterator[str]:
    """The issuer of a provider that asks for a nonce and knows Ada."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = str(free.getsockname()[1])
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock", "--port", port]
    options = ["--require-nonce", "true", "--user-claims", json.dumps(CLAIMS)]
    with (
        (tmp_path / "provider.log").open("w") as log,
        subprocess.Popen([*command, *options], stdout=log, stderr=log) as process,
    ):
        try:
            issuer = f"http://127.0.0.1:{port}"
            _wait_for(issuer)
            yield issuer
        finally:
            process.kill()


def _wait_for(issuer: str) -> None:
    until = time.monotonic() + 30
    while time.monotonic() < until:
        try:
            if httpx2.get(f"{issuer}/jwks", trust_env=False).status_code == 200:
                return
        except httpx2.TransportError:
            time.sleep(0.1)
    raise AssertionError("the provider does not answer")


def settings(issuer: str) -> dict[str, str]:
    return {
        "TEAHOUSE_OIDC_ISSUER": issuer,
        "TEAHOUSE_OIDC_CLIENT_ID": "tea",
        "TEAHOUSE_OIDC_CLIENT_SECRET": "hush-hush",
    }
