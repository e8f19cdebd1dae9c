"""Logins of browsers: the cookie, the proof, and those who have one without the other."""

from typing import Any

import httpx2
import pytest

from tests.support.house import Refused
from tests.support.people import PASSWORD, Village

Json = dict[str, Any]
CREDENTIALS = {"user": "alice", "password": PASSWORD}


def browser(village: Village, scheme: str = "http") -> httpx2.AsyncClient:
    """A client that keeps cookies."""
    return httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=village.app, raise_app_exceptions=False),
        base_url=f"{scheme}://chat.example.org/api/v1",
    )


async def logged_in(client: httpx2.AsyncClient) -> dict[str, str]:
    """The headers with which a page proves to be ours."""
    answer = await client.post("/auth/web/login", json=CREDENTIALS)
    assert answer.status_code == 200, answer.text
    return {"X-CSRF-Token": answer.json()["csrf_token"]}


async def send(client: httpx2.AsyncClient, headers: dict[str, str]) -> int:
    answer = await client.post("/conversations/lobby/messages", json={"text": "hi"}, headers=headers)
    return answer.status_code


async def test_a_browser_logs_in_reads_writes_and_logs_out() -> None:
    async with Village() as village, browser(village) as client:
        registered = await client.post("/auth/web/register", json=CREDENTIALS)
        assert registered.status_code == 201
        assert registered.json().keys() == {"user", "csrf_token", "expires_in"}
        proof = {"X-CSRF-Token": registered.json()["csrf_token"]}
        assert (await client.get("/conversations")).status_code == 200
        assert await send(client, proof) == 201
        current = await client.get("/auth/web")
        assert current.json() == registered.json()
        assert "no-store" in current.headers["cache-control"]
        assert (await client.post("/auth/logout", headers=proof)).status_code == 204
        assert not client.cookies
        assert (await client.get("/conversations")).status_code == 401


@pytest.mark.parametrize(
    ("scheme", "name", "path"), [("http", "teahouse", "/api/v1"), ("https", "__Host-teahouse", "/")]
)
async def test_the_cookies_flags(scheme: str, name: str, path: str) -> None:
    async with Village() as village, browser(village, scheme) as client:
        answer = await client.post("/auth/web/register", json=CREDENTIALS)
        value, *flags = answer.headers["set-cookie"].split("; ")
        assert value.startswith(f"{name}=")
        wanted = {"HttpOnly", "SameSite=Strict", f"Path={path}", "Max-Age=2592000"}
        assert set(flags) == wanted | ({"Secure"} if scheme == "https" else set())
        assert (await client.get("/conversations")).status_code == 200


async def test_with_tls_a_cookie_that_others_could_set_does_not_count() -> None:
    async with Village() as village, browser(village, "https") as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        secret = client.cookies["__Host-teahouse"]
        async with browser(village, "https") as tossed:
            tossed.cookies.set("teahouse", secret)
            assert (await tossed.get("/conversations")).status_code == 401


async def test_what_changes_something_takes_the_proof_of_this_login() -> None:
    """No header, a wrong one, that of another user's login, that of an earlier login of the same user."""
    async with Village() as village, browser(village) as client, browser(village) as other:
        await client.post("/auth/web/register", json=CREDENTIALS)
        earlier = await logged_in(client)
        mallory = await other.post("/auth/web/register", json={"user": "mallory", "password": PASSWORD})
        proof = await logged_in(client)
        foreign = {"X-CSRF-Token": mallory.json()["csrf_token"]}
        for headers in ({}, {"X-CSRF-Token": ""}, {"X-CSRF-Token": "é"}, foreign, earlier):
            raw = {name: value.encode() for name, value in headers.items()}
            assert await send(client, raw) == 403  # type: ignore[arg-type]
        assert await send(client, proof) == 201


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://chat.example.org.evil.example"},
        {"Origin": "http://chat.example.org:81"},
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
    ],
)
async def test_pages_of_others_may_do_nothing(headers: dict[str, str]) -> None:
    """Not even with the proof; nor log somebody in as somebody else."""
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        proof = await logged_in(client)
        assert await send(client, {**proof, **headers}) == 403
        assert (await client.get("/auth/web", headers=headers)).status_code == 403
        login = await client.post("/auth/web/login", json=CREDENTIALS, headers=headers)
        assert (login.status_code, "set-cookie" in login.headers) == (403, False)
        own = {"Origin": "http://chat.example.org", "Sec-Fetch-Site": "same-origin"}
        assert await send(client, {**proof, **own}) == 201


async def test_a_login_is_always_a_new_one() -> None:
    """Whatever cookie the browser was given before; and the one before is over."""
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        before = client.cookies["teahouse"]
        await logged_in(client)
        assert client.cookies["teahouse"] != before
        async with browser(village) as stale:
            stale.cookies.set("teahouse", before)
            assert (await stale.get("/conversations")).status_code == 401
        async with browser(village) as fixed:
            fixed.cookies.set("teahouse", "chosen-by-mallory")
            await logged_in(fixed)
            assert "chosen-by-mallory" not in [cookie.value for cookie in fixed.cookies.jar if cookie.domain]


async def test_revocation_reaches_the_browser_at_once() -> None:
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        tokens = await village.logged_in("alice")
        assert (await client.get("/conversations")).status_code == 200
        await village.post("/auth/logout-all", tokens["access_token"])
        assert (await client.get("/conversations")).status_code == 401


async def test_the_websocket_is_said_hello_to_with_a_token() -> None:
    """It is of the browser's login: logging out ends the connection, and the token."""
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        proof = await logged_in(client)
        assert (await client.post("/auth/web/token")).status_code == 403
        token = (await client.post("/auth/web/token", headers=proof)).json()["access_token"]
        person = await village.live(token)
        assert person.me["nick"] == "alice"
        await client.post("/auth/logout", headers=proof)
        assert person.link.closed
        with pytest.raises(Refused):
            await village.live(token)


async def test_a_bearer_is_no_browser() -> None:
    async with Village() as village:
        tokens = await village.registered("alice")
        assert (await village.get("/auth/web", tokens["access_token"])).status_code == 403
        assert (await village.post("/auth/web/token", tokens["access_token"])).status_code == 403
        async with browser(village) as client:
            for secret in (tokens["refresh_token"], tokens["refresh_token"].partition(".")[0], "x" * 5000):
                client.cookies.set("teahouse", secret)
                assert (await client.get("/conversations")).status_code == 401


async def test_a_login_lasts_as_long_as_it_is_used() -> None:
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        for _ in range(3):
            village.clock.advance(20 * 86_400)
            assert (await client.get("/auth/web")).status_code == 200
        village.clock.advance(31 * 86_400)
        assert (await client.get("/auth/web")).status_code == 401


async def test_another_password_logs_the_browser_out() -> None:
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        account = await village.identity.accounts.named("alice")
        await village.identity.accounts.set_password(account, "another horse")
        assert (await client.get("/conversations")).status_code == 401
        assert (await client.post("/auth/web/login", json=CREDENTIALS)).status_code == 401
