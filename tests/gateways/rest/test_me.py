"""Oneself and others over REST."""

import asyncio
import json
from typing import Any

import pytest

from teahouse.identity.erasure import NOBODY
from tests.support.house import turns
from tests.support.people import PASSWORD, Village


async def request(village: Village, method: str, path: str, token: str, **body: Any) -> Any:
    async with village.client(token) as client:
        return await client.request(method, path, json=body)


async def test_a_profile_is_changed_piece_by_piece() -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        bio = (await request(village, "PATCH", "/users/me", token, bio="Engines, mostly.")).json()
        assert bio["bio"] == "Engines, mostly."
        changed = await request(village, "PATCH", "/users/me", token, locale="zh-Hans-CN", avatar="")
        assert changed.json() == {**bio, "locale": "zh-Hans-CN"}
        assert (await request(village, "PATCH", "/users/me", token)).json() == changed.json()


@pytest.mark.parametrize(
    "wrong", [{"nick": ""}, {"nick": "a b"}, {"bio": "x" * 501}, {"locale": "chinese!"}, {"bio": None}]
)
async def test_what_cannot_be_a_profile(wrong: dict[str, Any]) -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        assert (await request(village, "PATCH", "/users/me", token, **wrong)).status_code == 400


async def test_a_new_nick_is_seen_by_all_at_once() -> None:
    async with Village() as village:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        hers, his = await village.live(ada["access_token"]), await village.live(bob["access_token"])
        group = (await hers.ask("create", kind="group", title="g", members=["@bob"]))["conversation"]
        path = "/conversations/lobby/messages"
        await village.post(path, ada["access_token"], text="before")
        await request(village, "PATCH", "/users/me", ada["access_token"], nick="Zoë")
        await his.event("presence", nick="Zoë")
        await village.post(path, ada["access_token"], text="by REST")
        await hers.ask("send", to="lobby", text="live")
        assert [e["sender"]["nick"] for e in his.events("message")] == ["ada", "Zoë", "Zoë"]
        await his.ask("send", to=group, text="hello @zoë")
        assert (await hers.event("message", conversation=group))["mentions"] == [ada["user"]["id"]]
        members = (await his.ask("members", conversation=group))["members"]
        assert {m["nick"] for m in members} == {"Zoë", "bob"}
        assert await his.refused("send", to="@ada", text="?") == "not_found"
        assert (await his.ask("send", to="@zoë", text="!"))["seq"] == 1
        hers.link.drop()
        await turns()
        assert (await his.ask("send", to="@zoë", text="!"))["seq"] == 2
        assert (await village.house.guest("ada")).me["guest"]


async def test_a_nick_of_an_account_or_a_live_guest_is_taken() -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        await village.registered("bob")
        await village.house.guest("carol")
        for nick in ("BOB", "Carol"):
            answer = await request(village, "PATCH", "/users/me", token, nick=nick)
            assert (answer.status_code, answer.json()["code"]) == (409, "conflict")
        assert (await request(village, "PATCH", "/users/me", token, nick="ADA")).json()["nick"] == "ADA"


# --- password ---


async def test_a_new_password_logs_out_all_others() -> None:
    async with Village() as village:
        phone, desk = await village.registered("ada"), await village.logged_in("ada")
        on_phone, on_desk = (
            await village.live(phone["access_token"]),
            await village.live(desk["access_token"]),
        )
        by_password = village.house.stranger()
        await by_password.ask("hello", user="ada", password=PASSWORD)
        answer = await village.post(
            "/users/me/password", phone["access_token"], old=PASSWORD, new="battery staple"
        )
        assert answer.status_code == 204
        assert not on_phone.link.closed and on_desk.link.closed and by_password.link.closed
        assert (await village.get("/users/me", phone["access_token"])).status_code == 200
        assert (await village.get("/users/me", desk["access_token"])).status_code == 401
        assert (await village.post("/auth/login", user="ada", password=PASSWORD)).status_code == 401
        await village.logged_in("ada", password="battery staple")


async def test_the_old_password_is_needed_and_guessing_it_is_slowed_down() -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        for path in ("password", "deactivate"):
            body = {"old": "x", "new": "battery staple"} if path == "password" else {"password": "x"}
            assert (await village.post(f"/users/me/{path}", token, **body)).status_code == 403
        short = await village.post("/users/me/password", token, old=PASSWORD, new="short")
        assert short.status_code == 400
        for _ in range(10):
            await request(village, "DELETE", "/users/me", token, password="guess")
        last = await request(village, "DELETE", "/users/me", token, password=PASSWORD)
        assert last.status_code == 429
        assert (await village.get("/users/me", token)).status_code == 200


# --- devices ---


async def test_devices_are_listed_named_and_logged_out() -> None:
    async with Village() as village:
        phone = await village.registered("ada", device="phone")
        village.clock.advance(5)
        desk = await village.logged_in("ada")
        on_desk = await village.live(desk["access_token"])
        named = await village.post("/users/me/devices", desk["access_token"], device="desk")
        listed = (await village.get("/users/me/devices", phone["access_token"])).json()["devices"]
        assert [(d["device"], d["address"], d["current"]) for d in listed] == [
            ("phone", "192.0.2.7", True),
            ("desk", "192.0.2.7", False),
        ]
        assert listed[1] == {**named.json(), "current": False}
        gone = await request(village, "DELETE", f"/users/me/devices/{listed[1]['id']}", phone["access_token"])
        assert gone.status_code == 204
        assert on_desk.link.closed
        assert (await village.get("/users/me", desk["access_token"])).status_code == 401
        again = await request(
            village, "DELETE", f"/users/me/devices/{listed[1]['id']}", phone["access_token"]
        )
        assert again.status_code == 404


async def test_devices_of_others_are_unknown() -> None:
    async with Village() as village:
        ada, eve = await village.registered("ada"), await village.registered("eve")
        (hers,) = (await village.get("/users/me/devices", ada["access_token"])).json()["devices"]
        stolen = await request(village, "DELETE", f"/users/me/devices/{hers['id']}", eve["access_token"])
        unknown = await request(village, "DELETE", "/users/me/devices/l-unknown", eve["access_token"])
        assert (stolen.status_code, stolen.json()) == (unknown.status_code, unknown.json())
        assert (await village.get("/users/me", ada["access_token"])).status_code == 200


# --- leaving ---


async def test_a_closed_account_is_closed_until_it_is_opened_again() -> None:
    async with Village() as village:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        person = await village.live(ada["access_token"])
        closed = await village.post("/users/me/deactivate", ada["access_token"], password=PASSWORD)
        assert closed.status_code == 204
        assert person.link.closed
        assert (await village.get("/users/me", ada["access_token"])).status_code == 401
        assert (await village.post("/auth/login", user="ada", password=PASSWORD)).status_code == 401
        assert (await village.post("/auth/refresh", refresh_token=ada["refresh_token"])).status_code == 401
        hidden = await village.get(f"/users/{ada['user']['id']}", bob["access_token"])
        assert hidden.status_code == 404
        assert (await village.post("/auth/register", user="ada", password=PASSWORD)).status_code == 409
        await village.identity.accounts.enable(await village.identity.accounts.named("ada"))
        assert (await village.post("/auth/refresh", refresh_token=ada["refresh_token"])).status_code == 401
        await village.logged_in("ada")


async def test_everything_one_wrote_is_given_to_one() -> None:
    async with Village() as village:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        hers, his = await village.live(ada["access_token"]), await village.live(bob["access_token"])
        await hers.ask("send", to="lobby", text="one")
        await his.ask("send", to="lobby", text="his")
        direct = (await hers.ask("send", to="@bob", text="two"))["conversation"]
        await hers.ask(
            "recall", conversation=direct, seq=(await hers.ask("send", to=direct, text="no"))["seq"]
        )
        export = await village.get("/users/me/export", ada["access_token"])
        assert export.headers["content-disposition"].startswith("attachment")
        document = json.loads(export.content)
        assert document["account"]["user"] == "ada"
        assert len(document["devices"]) == 1
        assert document["conversations"] == [direct]
        texts = [entry["body"]["text"] for entry in document["entries"] if entry["ev"] == "message"]
        assert texts == ["one", "two"]
        empty = json.loads(
            (await village.get("/users/me/export", (await village.registered("eve"))["access_token"])).content
        )
        assert empty["entries"] == []


async def erased(village: Village) -> None:
    async with asyncio.timeout(5):
        while await village.identity.registry.erasures.pending():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


async def test_who_is_erased_leaves_tombstones_and_no_name() -> None:
    async with Village() as village:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        hers, his = await village.live(ada["access_token"]), await village.live(bob["access_token"])
        await hers.ask("send", to="lobby", text="oolong")
        await hers.ask("edit", conversation="lobby", seq=1, text="oolong, edited")
        await his.ask("send", to="lobby", text="his")
        direct = (await hers.ask("send", to="@bob", text="oolong"))["conversation"]
        answer = await request(village, "DELETE", "/users/me", ada["access_token"], password=PASSWORD)
        assert answer.status_code == 204
        assert hers.link.closed
        await erased(village)
        page = (await his.ask("history", conversation="lobby"))["entries"]
        assert [e["seq"] for e in page] == [1, 2, 3]
        assert [e["sender"]["nick"] for e in page] == [NOBODY, NOBODY, "bob"]
        assert page[0]["recalled"] is True and "oolong" not in json.dumps(page)
        listed = (await his.ask("conversations"))["conversations"]
        assert next(c["peer"] for c in listed if c["conversation"] == direct) == {
            "id": ada["user"]["id"],
            "nick": NOBODY,
        }
        assert "oolong" not in repr(vars(village.store))
        assert (await village.get("/users/me", ada["access_token"])).status_code == 401
        assert (await village.post("/auth/login", user="ada", password=PASSWORD)).status_code == 401
        left = (await village.get(f"/users/{ada['user']['id']}", bob["access_token"])).json()
        assert (left["nick"], left["guest"]) == (NOBODY, True)
        assert (await village.registered("ada"))["user"]["id"] != ada["user"]["id"]


async def test_an_erasure_outlives_the_server() -> None:
    async with Village() as village:
        ada = await village.registered("ada")
        await (await village.live(ada["access_token"])).ask("send", to="lobby", text="oolong")
        await village.identity.erasure.stop()
        await request(village, "DELETE", "/users/me", ada["access_token"], password=PASSWORD)
        await turns()
        assert await village.identity.registry.erasures.pending() == [ada["user"]["id"]]
        village.identity.erasure.start()
        await erased(village)
        assert "oolong" not in repr(vars(village.store))


async def test_an_erasure_waits_for_a_store_that_cannot_write(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("teahouse.identity.erasure._RETRY_S", 0.01)
    async with Village() as village:
        ada = await village.registered("ada")
        erasures = village.identity.registry.erasures
        forget, failures = erasures.forget, []

        async def failing(user: str, nick: str) -> None:
            failures.append(user)
            village.store.failure = "disk full" if len(failures) == 1 else None
            await forget(user, nick)

        monkeypatch.setattr(erasures, "forget", failing)
        await request(village, "DELETE", "/users/me", ada["access_token"], password=PASSWORD)
        while not failures:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        village.store.failure = None
        await erased(village)
        assert len(failures) == 2


# --- others ---


async def test_others_are_found_by_nick_page_by_page() -> None:
    async with Village() as village:
        token = (await village.registered("ada", nick="Anna"))["access_token"]
        for user, nick in (("b", "anton"), ("c", "Bob"), ("d", "ANNELI")):
            await village.registered(user, nick=nick)
        first = (await village.get("/users", token, query="AN", limit=2)).json()
        assert [user["nick"] for user in first["users"]] == ["Anna", "ANNELI"]
        rest = (await village.get("/users", token, query="AN", limit=2, cursor=first["cursor"])).json()
        assert ([user["nick"] for user in rest["users"]], rest["cursor"]) == (["anton"], None)
        everybody = (await village.get("/users", token)).json()
        assert len(everybody["users"]) == 4


async def test_the_name_one_logs_in_with_is_told_to_nobody() -> None:
    async with Village() as village:
        ada, bob = await village.registered("secretname", nick="ada"), await village.registered("bob")
        shown = await village.get(f"/users/{ada['user']['id']}", bob["access_token"])
        assert shown.json() == {
            "id": ada["user"]["id"],
            "nick": "ada",
            "guest": False,
            "kind": "person",
            "bio": "",
            "avatar": "",
        }
        found = await village.get("/users", bob["access_token"], query="secret")
        assert found.json()["users"] == []
        assert "secretname" not in (await village.get("/users", bob["access_token"])).text


async def test_guests_can_be_shown_and_strangers_cannot() -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        guest = await village.house.guest("bob")
        shown = (await village.get(f"/users/{guest.me['id']}", token)).json()
        assert (shown["nick"], shown["guest"]) == ("bob", True)
        assert (await village.get("/users/u-nobody", token)).status_code == 404
        assert (await village.get("/users", None)).status_code == 401


@pytest.mark.parametrize("cursor", ["%", "é", "\0", "\U0010ffff", "x" * 512])
async def test_any_cursor_leads_somewhere(cursor: str) -> None:
    async with Village() as village:
        token = (await village.registered("ada"))["access_token"]
        assert (await village.get("/users", token, cursor=cursor)).status_code == 200
