"""Push as a whole: a server process with its store on disk, and the services over HTTP/2 beside it."""

import asyncio
import stat
from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.app.server import Server, serving
from tests.support.push_services import KEY_ID, TEAM, TOPIC, PushServices, push_services

pytestmark = pytest.mark.service


def variables(services: PushServices, **more: str) -> dict[str, str]:
    url = services.server.url
    return {
        "TEAHOUSE_PUSH_CONTACT": "mailto:admin@example.org",
        "TEAHOUSE_PUSH_FCM_CREDENTIALS": str(services.service_account),
        "TEAHOUSE_PUSH_FCM_URL": url,
        "TEAHOUSE_PUSH_APNS_KEY": str(services.signing_key),
        "TEAHOUSE_PUSH_APNS_KEY_ID": KEY_ID,
        "TEAHOUSE_PUSH_APNS_TEAM_ID": TEAM,
        "TEAHOUSE_PUSH_APNS_TOPIC": TOPIC,
        "TEAHOUSE_PUSH_APNS_URL": url,
        "TEAHOUSE_PUSH_APNS_SANDBOX_URL": url,
        "TEAHOUSE_PUSH_ALLOW_PRIVATE": "true",
        "TEAHOUSE_PUSH_CA_FILE": str(services.server.ca_file),
        "TEAHOUSE_PUSH_TIMEOUT_S": "2",
        "TEAHOUSE_IDENTITY_REGISTRATION": "open",
        **more,
    }


@asynccontextmanager
async def ringing(tmp_path: Path) -> AsyncIterator[tuple[PushServices, Path]]:
    places = tmp_path / "services", tmp_path / "server"
    for place in places:
        place.mkdir()
    async with push_services(places[0]) as services:
        yield services, places[1]


class Somebody:
    """An account that is logged in over REST."""

    def __init__(self, server: Server) -> None:
        self.http = httpx2.AsyncClient(base_url=f"{server.ready['http']}/api/v1", trust_env=False)
        self.login = ""

    async def register(self, name: str) -> "Somebody":
        answer = await self.http.post(
            "/auth/register", json={"user": name, "nick": name, "password": "correct horse", "device": "x"}
        )
        assert answer.is_success, answer.text
        return self._has(answer.json())

    async def log_in(self, name: str) -> "Somebody":
        body = {"user": name, "password": "correct horse", "device": "x"}
        answer = await self.http.post("/auth/login", json=body)
        assert answer.is_success, answer.text
        return self._has(answer.json())

    def _has(self, tokens: dict[str, Any]) -> "Somebody":
        self.http.headers["authorization"] = f"Bearer {tokens['access_token']}"
        return self

    async def wake(self, services: PushServices) -> None:
        """Register a browser, an Android phone and an iPhone."""
        browser = services.browser()
        for body in (
            {"kind": "webpush", "endpoint": browser.endpoint, "keys": browser.keys},
            {"kind": "fcm", "token": "an-android-phone:1"},
            {"kind": "apns", "token": "cd" * 32, "sandbox": True},
        ):
            answer = await self.http.post("/users/me/push", json=body)
            assert answer.status_code == 201, answer.text

    async def send(self, to: str, text: str) -> dict[str, Any]:
        answer = await self.http.post(f"/conversations/{to}/messages", json={"text": text})
        assert answer.is_success, answer.text
        sent: dict[str, Any] = answer.json()
        return sent


async def served(stack: ExitStack, place: Path, services: PushServices, **more: str) -> Server:
    return stack.enter_context(await asyncio.to_thread(_enter, place, variables(services, **more)))


def _enter(place: Path, environment: dict[str, str]) -> Any:
    return serving(place, **environment)


async def test_a_message_reaches_browser_and_phones(tmp_path: Path) -> None:
    """Through a restart: the key of Web Push stays, devices stay, and a job that waited is done."""
    async with ringing(tmp_path) as (services, place):
        with ExitStack() as stack:
            server = await served(stack, place, services)
            alice, bob = await Somebody(server).register("alice"), await Somebody(server).register("bob")
            await bob.wake(services)
            key = (await bob.http.get("/users/me/push")).json()["vapid_key"]
            sent = await alice.send("@bob", "四点喝茶?")
            pushed = await services.wait(3)
            assert {p.said["conversation"] for p in pushed} == {sent["conversation"]}
            bodies = [p.said.get("body") or p.whole["aps"]["alert"]["body"] for p in pushed]
            assert bodies == ["四点喝茶?"] * 3
            tried = (await bob.http.post("/users/me/push/test", json={})).json()["devices"]
            assert [one["sent"] for one in tried] == [True] * 3
            kept = place / "teahouse-data" / "vapid.json"
            assert stat.S_IMODE(kept.stat().st_mode) == 0o600
            services.faults = {"/wpush/": ["hang"], "/v1/": ["hang"], "/3/": ["hang"]}
            services.pushed.clear()
            await alice.send("@bob", "still there?")
            await asyncio.sleep(0.5)
            server.process.kill()  # while all three hang
            server.process.wait()
        services.faults.clear()
        with ExitStack() as stack:
            server = await served(stack, place, services)
            bob = await Somebody(server).log_in("bob")
            listed = (await bob.http.get("/users/me/push")).json()
            assert listed["vapid_key"] == key
            assert len(listed["devices"]) == 3
            alice = await Somebody(server).log_in("alice")
            await alice.send("@bob", "and now?")
            pushed = await services.wait(3)
            assert {p.said["seq"] for p in pushed} <= {3, "3"}
            for phrase in ("四点喝茶", "still there", "an-android-phone", "cd" * 32, "/wpush/"):
                assert phrase not in server.log


async def test_a_device_goes_with_its_login(tmp_path: Path) -> None:
    async with ringing(tmp_path) as (services, place):
        with ExitStack() as stack:
            server = await served(stack, place, services)
            alice, bob = await Somebody(server).register("alice"), await Somebody(server).register("bob")
            await bob.wake(services)
            other = await Somebody(server).log_in("bob")
            assert len((await other.http.get("/users/me/push")).json()["devices"]) == 3
            assert (await bob.http.post("/auth/logout", json={})).is_success
            assert (await other.http.get("/users/me/push")).json()["devices"] == []
            await alice.send("@bob", "gone?")
            await asyncio.sleep(0.5)
            assert services.pushed == []


async def test_settings_that_are_of_no_use_are_said_at_the_start(tmp_path: Path) -> None:
    async with ringing(tmp_path) as (services, place):
        for wrong, told in (
            ({"TEAHOUSE_PUSH_FCM_CREDENTIALS": "/nowhere.json"}, "push.fcm_credentials"),
            ({"TEAHOUSE_PUSH_APNS_KEY_ID": ""}, "push.apns_key_id"),
            ({"TEAHOUSE_PUSH_VAPID_KEY": "c2hvcnQ"}, "push.vapid_key"),
        ):
            with ExitStack() as stack:
                server = await served(stack, place, services, **wrong)
                assert await asyncio.to_thread(server.process.wait, 15) != 0
                assert told in server.log
                assert "Traceback" not in server.log
