"""Guests in browsers: let in by nick, known by a cookie, gone when they say so, and kept from what takes an account."""

from typing import Any

import httpx2
import pytest

from teahouse.gateways.rest.operation import Who, operations
from tests.gateways.rest.test_web import CREDENTIALS, browser, logged_in, send
from tests.support.house import House, Refused, limitless, turns
from tests.support.people import Village

Json = dict[str, Any]


async def visit(client: httpx2.AsyncClient, nick: str = "mira", **body: Any) -> tuple[Json, dict[str, str]]:
    """What a browser is told that is let in, and the proof its pages show."""
    answer = await client.post("/auth/web/guest", json={"nick": nick, **body})
    assert answer.status_code == 200, answer.text
    return answer.json(), {"X-CSRF-Token": answer.json()["csrf_token"]}


async def test_a_guest_comes_by_nick_reads_writes_and_is_the_guest_of_the_connection() -> None:
    async with Village() as village, browser(village) as client:
        told, proof = await visit(client)
        assert told.keys() == {"user", "csrf_token", "expires_in", "resume"}
        assert told["user"].keys() == {"id", "user", "nick", "guest"}
        assert (told["user"]["nick"], told["user"]["guest"], told["user"]["user"]) == ("mira", True, "")
        assert (await client.get("/auth/web")).json() == told
        assert await send(client, proof) == 201
        mira = village.house.stranger()
        mira.me = (await mira.ask("hello", nick="mira", resume=told["resume"]))["user"]
        assert mira.me["id"] == told["user"]["id"]
        assert await send(client, proof) == 201
        page = (await client.get("/conversations/lobby/messages")).json()
        assert {entry["sender"]["id"] for entry in page["entries"]} == {mira.me["id"]}
        for path in ("/online", "/users?query=a", f"/users/{mira.me['id']}"):
            assert (await client.get(path)).status_code == 200, path


async def test_a_guest_of_a_connection_comes_to_the_browser() -> None:
    async with Village() as village, browser(village) as client:
        mira = village.house.stranger()
        welcome = await mira.ask("hello", nick="mira")
        told, _ = await visit(client, resume=welcome["resume"])
        assert (told["user"]["id"], told["resume"]) == (welcome["user"]["id"], welcome["resume"])
        assert not mira.link.closed


async def test_another_nick_is_seen_on_the_connection_too() -> None:
    async with Village() as village, browser(village) as client:
        mira = village.house.stranger()
        welcome = await mira.ask("hello", nick="mira")
        told, _ = await visit(client, "Mirabelle", resume=welcome["resume"])
        assert told["user"] == {**welcome["user"], "nick": "Mirabelle", "user": ""}
        seq = (await mira.ask("send", to="lobby", text="hi"))["seq"]
        page = (await client.get("/conversations/lobby/messages")).json()
        assert [e["sender"]["nick"] for e in page["entries"] if e["seq"] == seq] == ["Mirabelle"]
        assert (await visit(client, "mira"))[0]["user"]["id"] != welcome["user"]["id"]  # the old nick is free


@pytest.mark.parametrize(
    ("scheme", "name", "path"), [("http", "teahouse", "/api/v1"), ("https", "__Host-teahouse", "/")]
)
async def test_the_cookies_flags(scheme: str, name: str, path: str) -> None:
    async with Village() as village, browser(village, scheme) as client:
        answer = await client.post("/auth/web/guest", json={"nick": "mira"})
        value, *flags = answer.headers["set-cookie"].split("; ")
        assert value.startswith(f"{name}=guest.")
        wanted = {"HttpOnly", "SameSite=Strict", f"Path={path}", "Max-Age=2592000"}
        assert set(flags) == wanted | ({"Secure"} if scheme == "https" else set())
        assert answer.headers["cache-control"] == "no-store"


async def test_what_changes_something_takes_the_proof_of_this_guest() -> None:
    async with Village() as village, browser(village) as client, browser(village) as other:
        _, proof = await visit(client)
        _, foreign = await visit(other, "eve")
        for headers in ({}, {"X-CSRF-Token": ""}, foreign):
            assert await send(client, headers) == 403
        assert await send(client, {**proof, "Origin": "https://evil.example"}) == 403
        assert await send(client, proof) == 201
        evil = {"Origin": "https://evil.example"}
        refused = await other.post("/auth/web/guest", json={"nick": "mallory"}, headers=evil)
        assert (refused.status_code, "set-cookie" in refused.headers) == (403, False)


async def test_a_guest_that_logs_out_is_gone_everywhere_and_for_good() -> None:
    async with Village() as village, browser(village) as client, browser(village) as thief:
        told, proof = await visit(client)
        thief.cookies.set("teahouse", client.cookies["teahouse"])
        assert (await thief.get("/conversations")).status_code == 200
        mira = village.house.stranger()
        await mira.ask("hello", nick="mira", resume=told["resume"])
        assert (await client.post("/auth/web/logout")).status_code == 403
        assert (await client.post("/auth/web/logout", headers=proof)).status_code == 204
        assert not client.cookies and mira.link.closed
        assert (await thief.get("/conversations")).status_code == 401
        assert (await thief.get("/auth/web")).status_code == 401
        with pytest.raises(Refused, match="unauthenticated"):
            await village.house.stranger().ask("hello", nick="mira", resume=told["resume"])
        answer = await client.post("/auth/web/guest", json={"nick": "mira", "resume": told["resume"]})
        assert answer.status_code == 401
        assert (await visit(client))[0]["user"]["id"] != told["user"]["id"]


@pytest.mark.parametrize("path", ["/auth/logout", "/auth/logout-all"])
async def test_a_guest_may_log_out_like_accounts_do(path: str) -> None:
    async with Village() as village, browser(village) as client:
        told, proof = await visit(client)
        assert (await client.post(path, headers=proof)).status_code == 204
        assert not client.cookies
        answer = await client.post("/auth/web/guest", json={"nick": "mira", "resume": told["resume"]})
        assert answer.status_code == 401


async def test_an_account_logs_out_of_the_browser_it_asks_from() -> None:
    async with Village() as village, browser(village) as client:
        await client.post("/auth/web/register", json=CREDENTIALS)
        other = await village.logged_in("alice")
        proof = await logged_in(client)
        assert (await client.post("/auth/web/logout", headers=proof)).status_code == 204
        assert not client.cookies
        assert (await client.get("/auth/web")).status_code == 401
        assert (await village.get("/users/me", other["access_token"])).status_code == 200
        assert (await village.post("/auth/web/logout", other["access_token"])).status_code == 403


async def test_who_comes_as_a_guest_is_no_longer_logged_in_and_the_other_way_round() -> None:
    async with Village() as village, browser(village) as client, browser(village) as stale:
        await client.post("/auth/web/register", json=CREDENTIALS)
        stale.cookies.set("teahouse", client.cookies["teahouse"])
        await visit(client)
        assert (await stale.get("/conversations")).status_code == 401
        assert (await client.get("/auth/web")).json()["user"]["guest"] is True
        await logged_in(client)
        assert (await client.get("/auth/web")).json()["user"]["nick"] == "alice"


async def test_a_nick_of_somebody_else_is_refused() -> None:
    async with Village() as village, browser(village) as client:
        await village.registered("alice")
        bob = village.house.stranger()
        await bob.ask("hello", nick="bob")
        for nick in ("Alice", "BOB"):
            answer = await client.post("/auth/web/guest", json={"nick": nick})
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert not client.cookies


async def gone(village: Village, user: str) -> None:
    """The guest asked for nothing for a while."""
    guests = village.house.engine.guests
    guests._held = {id_: (held, 0.0) for id_, (held, _) in guests._held.items()}
    guests._sweep()
    await turns()
    assert user not in guests._held


async def test_a_guest_holds_its_nick_while_it_asks_for_things_and_a_while_after() -> None:
    async with Village() as village, browser(village) as client, browser(village) as other:
        told, proof = await visit(client)
        assert (await other.post("/auth/web/guest", json={"nick": "mira"})).status_code == 409
        with pytest.raises(Refused, match="conflict"):
            await village.house.stranger().ask("hello", nick="Mira")
        answer = await village.post("/auth/register", user="mira", password="correct horse")
        assert answer.status_code == 409
        await gone(village, told["user"]["id"])
        assert await send(client, proof) == 201  # nobody took it: it is held again
        assert (await other.post("/auth/web/guest", json={"nick": "mira"})).status_code == 409
        await gone(village, told["user"]["id"])
        await visit(other)
        assert await send(client, proof) == 401


async def test_a_connection_goes_on_holding_it() -> None:
    async with Village() as village, browser(village) as client, browser(village) as other:
        told, _ = await visit(client)
        mira = village.house.stranger()
        await mira.ask("hello", nick="mira", resume=told["resume"])
        await gone(village, told["user"]["id"])
        assert (await other.post("/auth/web/guest", json={"nick": "mira"})).status_code == 409


async def test_a_guest_whose_nick_somebody_took_meanwhile_says_nothing_under_it() -> None:
    """Another guest, or an account: whoever reads could not tell them apart."""
    async with Village() as village, browser(village) as client:
        told, proof = await visit(client)
        await gone(village, told["user"]["id"])
        await village.house.stranger().ask("hello", nick="Mira")
        assert await send(client, proof) == 401
        back, proof = await visit(client, "mira2", resume=told["resume"])
        assert back["user"]["id"] == told["user"]["id"]
        assert await send(client, proof) == 201
        await gone(village, told["user"]["id"])
        await village.registered("mira2")
        assert await send(client, proof) == 401
        back, proof = await visit(client, "mira3", resume=told["resume"])
        assert await send(client, proof) == 201


@pytest.mark.parametrize(
    "cookie", ["guest.", "guest.x", "guest." + "x" * 5000, "guest.é", "guest.None", "gues", "."]
)
async def test_a_made_up_cookie_is_nobodys(cookie: str) -> None:
    async with Village() as village, browser(village) as client:
        await visit(client)
        async with browser(village) as forged:
            forged.headers["Cookie"] = f"teahouse={cookie}".encode().decode("latin-1")
            assert (await forged.get("/conversations")).status_code == 401


async def test_accounts_secrets_are_no_guests_and_guests_secrets_no_accounts() -> None:
    async with Village() as village, browser(village) as client, browser(village) as other:
        told, _ = await visit(client)
        await other.post("/auth/web/register", json=CREDENTIALS)
        account = other.cookies["teahouse"]
        for forged in (told["resume"], f"guest.{account}"):
            async with browser(village) as mallory:
                mallory.cookies.set("teahouse", forged)
                assert (await mallory.get("/conversations")).status_code == 401
        refused = await client.post("/auth/web/guest", json={"nick": "x", "resume": account})
        assert refused.status_code == 401


async def test_what_takes_an_account_is_forbidden() -> None:
    """All that is not open to guests, tried as one."""
    async with Village() as village, browser(village) as client:
        _, proof = await visit(client)
        closed = [
            operation
            for resource in village.resources.values()
            for operation, _ in operations(resource)
            if operation.who is not Who.ANYBODY and not operation.guests
        ]
        assert {"/users/me", "/users/me/password", "/users/me/export", "/auth/web/token"} <= {
            operation.path for operation in closed
        }
        for operation in closed:
            path = operation.path.replace("{", "").replace("}", "")
            answer = await client.request(operation.method, path, headers=proof)
            assert (answer.status_code, answer.json()["code"]) == (403, "forbidden"), operation


async def test_where_guests_are_not_let_in_none_comes_and_none_stays() -> None:
    options: Json = {"guests": True}
    async with Village(engine=limitless(**options)) as village, browser(village) as client:
        await visit(client)
        cookie = client.cookies["teahouse"]
    async with Village(engine=limitless(guests=False)) as village, browser(village) as client:
        refused = await client.post("/auth/web/guest", json={"nick": "mira"})
        assert (refused.status_code, refused.json()["code"]) == (403, "forbidden")
        client.cookies.set("teahouse", cookie)
        assert (await client.get("/conversations")).status_code == 403


async def test_one_address_makes_so_many_guests_and_no_more() -> None:
    """From the machine itself any: all who come by a proxy there come from it."""
    engine = limitless(guests_burst=3, guests_per_min=60)
    async with Village(engine=engine) as village, browser(village) as local:
        async with village.client() as client:
            told, _ = await visit(client, "mira2")
            for number in range(2):
                await visit(client, f"mira{number}")
            refused = await client.post("/auth/web/guest", json={"nick": "mira4"})
            assert (refused.status_code, refused.headers["retry-after"]) == (429, "1")
            await visit(client, "mira2", resume=told["resume"])  # coming back makes nobody
            village.clock.advance(1)
            await visit(client, "mira4")
        for number in range(9):
            await visit(local, f"local{number}")


async def test_bad_input_is_told() -> None:
    async with Village() as village, browser(village) as client:
        for body in (
            {},
            {"nick": ""},
            {"nick": "a b"},
            {"nick": "x" * 33},
            {"nick": 1},
            {"nick": "a", "resume": ""},
        ):
            answer = await client.post("/auth/web/guest", json=body)
            assert answer.status_code == 400, body


async def test_on_connections_new_guests_count_too() -> None:
    async with House(options=limitless(guests_burst=2, guests_per_min=1)) as house:
        for nick in ("a", "b"):
            await house.stranger(peer="192.0.2.7").ask("hello", nick=nick)
        assert await house.stranger(peer="192.0.2.7").refused("hello", nick="c") == "rate_limited"
        await house.stranger(peer="192.0.2.8").ask("hello", nick="c")
