"""The whole way through a real provider: a server, a provider, and a browser that goes from one to the other."""

import json
from pathlib import Path

import httpx2
import pytest
from websockets.sync.client import connect

from tests.app.provider import provider, settings
from tests.app.server import serving

pytestmark = pytest.mark.service

__all__ = ("provider",)


def browser() -> httpx2.Client:
    return httpx2.Client(follow_redirects=True, trust_env=False)


def log_in(client: httpx2.Client, home: str, sub: str = "4711", return_to: str = "/") -> httpx2.Response:
    """Go to the provider, say who one is there, and follow where that leads."""
    form = client.get(f"{home}/api/v1/auth/oidc/sso/start", params={"return_to": return_to})
    assert "Authorize Client" in form.text
    return client.post(form.url, data={"sub": sub})


def test_ada_comes_by_her_provider_and_talks(provider: str, tmp_path: Path) -> None:
    with serving(tmp_path, **settings(provider)) as server, browser() as client:
        home = server.ready["http"]
        arrived = log_in(client, home, return_to="/?room=lobby")
        assert (arrived.status_code, str(arrived.url)) == (200, f"{home}/?room=lobby")
        told = client.get(f"{home}/api/v1/auth/web").json()
        assert told["user"]["user"] == "Ada-Lovelace"

        proof = {"X-CSRF-Token": told["csrf_token"]}
        lobby = f"{home}/api/v1/conversations/lobby/messages"
        assert client.post(lobby, json={"text": "hi"}).status_code == 403
        assert client.post(lobby, json={"text": "hi"}, headers=proof).status_code == 201

        token = client.post(f"{home}/api/v1/auth/web/token", headers=proof).json()["access_token"]
        with connect(home.replace("http", "ws") + "/ws", proxy=None) as live:
            live.send(json.dumps({"op": "hello", "id": 1, "token": token}))
            assert json.loads(live.recv(5))["ok"]["user"]["nick"] == "Ada-Lovelace"
            client.post(f"{home}/api/v1/auth/logout", headers=proof)
            assert json.loads(live.recv(5))["ev"] == "bye"
        assert client.get(f"{home}/api/v1/auth/web").status_code == 401

        log_in(client, home)
        assert client.get(f"{home}/api/v1/auth/web").json()["user"] == told["user"]
        assert "hush-hush" not in server.log


def test_the_login_of_a_browser_outlasts_a_restart(provider: str, tmp_path: Path) -> None:
    with browser() as client:
        with serving(tmp_path, **settings(provider)) as server:
            log_in(client, server.ready["http"])
            told = client.get(f"{server.ready['http']}/api/v1/auth/web").json()
            assert told["user"]["user"] == "Ada-Lovelace"
            assert server.stop() == 0
        with serving(tmp_path, **settings(provider)) as server:
            assert client.get(f"{server.ready['http']}/api/v1/auth/web").json() == told


def test_who_says_no_at_the_provider_is_not_let_in(provider: str, tmp_path: Path) -> None:
    with serving(tmp_path, **settings(provider)) as server, browser() as client:
        form = client.get(f"{server.ready['http']}/api/v1/auth/oidc/sso/start")
        denied = client.post(form.url, data={"action": "deny"})
        assert (denied.status_code, denied.json()["code"]) == (401, "unauthenticated")
