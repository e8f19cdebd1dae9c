"""Logging in and out over REST, and those who try without."""

import asyncio
from typing import Any

import jwt
import pytest
import structlog
from argon2 import PasswordHasher

from teahouse.identity.accounts import INVITATION
from tests.support.house import turns
from tests.support.people import PASSWORD, Village, cheap


def code(answer: Any) -> tuple[int, str]:
    return answer.status_code, answer.json()["code"]


async def test_who_registers_is_logged_in() -> None:
    async with Village() as village:
        answer = await village.post(
            "/auth/register", user="Ada", password=PASSWORD, nick="Zoë", device="desk"
        )
        assert answer.status_code == 201
        assert answer.headers["cache-control"] == "no-store"
        tokens = answer.json()
        assert tokens.keys() == {"user", "access_token", "refresh_token", "token_type", "expires_in"}
        assert tokens["user"] == {"id": tokens["user"]["id"], "user": "Ada", "nick": "Zoë"}
        assert (tokens["token_type"], tokens["expires_in"]) == ("Bearer", 900)
        me = (await village.get("/users/me", tokens["access_token"])).json()
        assert (me["id"], me["user"], me["nick"], me["admin"]) == (tokens["user"]["id"], "Ada", "Zoë", False)


async def test_a_new_account_has_nothing_unread() -> None:
    async with Village() as village:
        guest = await village.house.guest("bob")
        await guest.ask("send", to="lobby", text="before")
        ada = await village.registered("ada")
        listed = (await village.get("/conversations", ada["access_token"])).json()["conversations"]
        assert [(row["conversation"], row["unread"]) for row in listed] == [("lobby", 0)]


async def test_the_user_name_is_the_nick_where_none_is_given_and_case_does_not_matter() -> None:
    async with Village() as village:
        assert (await village.registered("Ada"))["user"]["nick"] == "Ada"
        assert (await village.logged_in("aDA"))["user"]["user"] == "Ada"


@pytest.mark.parametrize("other", [{"user": "ADA"}, {"user": "x", "nick": "zoë"}])
async def test_a_taken_user_and_a_taken_nick_look_the_same(other: dict[str, str]) -> None:
    async with Village() as village:
        await village.registered("ada", nick="Zoë")
        answer = await village.post("/auth/register", password=PASSWORD, **other)
        assert code(answer) == (409, "conflict")
        assert answer.json()["detail"] == "this user or nick is taken; choose another"


async def test_a_taken_name_costs_a_hash_like_a_free_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody learns by a clock which names there are: the work is the same, and done first."""
    async with Village() as village:
        hashed = []
        hash_ = village.identity.accounts._hasher.hash

        async def counted(password: str) -> str:
            hashed.append(password)
            return await hash_(password)

        monkeypatch.setattr(village.identity.accounts._hasher, "hash", counted)
        await village.registered("ada")
        await village.post("/auth/register", user="ada", password=PASSWORD)
        assert len(hashed) == 2


@pytest.mark.parametrize(
    "body",
    [
        {"user": "a b"},
        {"user": ""},
        {"user": "ada", "password": "short"},
        {"user": "ada", "nick": "a@b"},
        {"user": "ada", "password": "x" * 1025},
        {"user": 7},
    ],
)
async def test_what_cannot_be_an_account(body: dict[str, Any]) -> None:
    async with Village() as village:
        assert code(await village.post("/auth/register", **{"password": PASSWORD, **body})) == (
            400,
            "bad_request",
        )


async def test_a_password_that_is_the_name_is_refused() -> None:
    async with Village() as village:
        body = {"user": "correct-horse", "password": "Correct-Horse"}
        assert code(await village.post("/auth/register", **body)) == (403, "forbidden")
        tokens = await village.registered("correct-horse")
        changed = {"old": PASSWORD, "new": "CORRECT-horse"}
        assert (
            await village.post("/users/me/password", tokens["access_token"], **changed)
        ).status_code == 403


async def test_a_live_guest_keeps_its_nick() -> None:
    async with Village() as village:
        guest = await village.house.guest("Ada")
        assert code(await village.post("/auth/register", user="ada", password=PASSWORD))[0] == 409
        guest.link.drop()
        await turns()
        await village.registered("ada")
        assert await village.house.stranger().refused("hello", nick="ADA") == "conflict"
        assert await village.house.stranger().refused("hello", resume=guest.resume) == "conflict"


async def test_a_nick_that_is_being_made_an_accounts_is_not_given_to_a_guest() -> None:
    async with Village() as village:
        coming = [village.post("/auth/register", user="ada", password=PASSWORD)]
        hello = village.house.stranger()
        guest: Any = hello.ask("hello", nick="ada")
        answer, welcome = await asyncio.gather(*coming, guest, return_exceptions=True)
        assert (answer.status_code == 201) != isinstance(welcome, dict)  # type: ignore[union-attr]


@pytest.mark.parametrize(("registration", "status"), [("open", 201), ("invite", 403), ("off", 403)])
async def test_who_may_register(registration: Any, status: int) -> None:
    async with Village(cheap(registration=registration)) as village:
        assert (await village.post("/auth/register", user="ada", password=PASSWORD)).status_code == status
        invitation = await village.identity.accounts.voucher(INVITATION, 1)
        invited = {"password": PASSWORD, "invitation": invitation}
        assert (await village.post("/auth/register", user="bob", **invited)).status_code == 201
        assert code(await village.post("/auth/register", user="eve", **invited)) == (403, "forbidden")


async def test_an_invitation_expires_and_is_no_admin_link() -> None:
    async with Village(cheap(registration="invite")) as village:
        invitation = await village.identity.accounts.voucher(INVITATION, 1)
        body = {"user": "ada", "password": PASSWORD}
        assert (await village.post("/auth/first-admin", token=invitation, **body)).status_code == 403
        village.clock.advance(3600)
        assert (await village.post("/auth/register", invitation=invitation, **body)).status_code == 403


async def test_the_first_administrator_and_no_second() -> None:
    async with Village() as village:
        accounts = village.identity.accounts
        older = await accounts.admin_voucher(24)
        link = await accounts.admin_voucher(24)
        body = {"user": "root", "password": PASSWORD}
        assert (await village.post("/auth/first-admin", token=older, **body)).status_code == 403
        made = await village.post("/auth/first-admin", token=link, **body)
        assert made.status_code == 201
        assert (await village.get("/users/me", made.json()["access_token"])).json()["admin"] is True
        assert (
            await village.post("/auth/first-admin", token=link, **{**body, "user": "eve"})
        ).status_code == 403
        assert await accounts.admin_voucher(24) is None


async def test_the_link_holds_for_a_day() -> None:
    async with Village() as village:
        link = await village.identity.accounts.admin_voucher(24)
        village.clock.advance(86_400)
        answer = await village.post("/auth/first-admin", token=link, user="root", password=PASSWORD)
        assert answer.status_code == 403


@pytest.mark.parametrize(
    "wrong", [{"user": "ada", "password": "x"}, {"user": "bob"}, {"user": "off"}, {"user": "a b"}]
)
async def test_all_that_is_wrong_about_a_login_looks_the_same(wrong: dict[str, str]) -> None:
    """A wrong password, an unknown user, a disabled one, and what is no name at all."""
    async with Village() as village:
        await village.registered("ada")
        await village.registered("off")
        await village.identity.accounts.disable(await village.identity.accounts.named("off"))
        answer = await village.post("/auth/login", **{"password": PASSWORD, **wrong})
        assert code(answer) == (401, "unauthenticated")
        assert answer.json()["detail"] == "wrong user or password"


async def test_all_that_is_wrong_costs_one_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    async with Village() as village:
        await village.registered("ada")
        checked: list[bool] = []
        hasher = village.identity.accounts._hasher
        matches = hasher._matches

        def counted(stored: str, password: str) -> bool:
            checked.append(stored == hasher._nobodys)
            return matches(stored, password)

        monkeypatch.setattr(hasher, "_matches", counted)
        await village.post("/auth/login", user="ada", password="x")
        await village.post("/auth/login", user="nobody", password="x")
        assert checked == [False, True]


async def test_guessing_is_slowed_down_by_user_and_address() -> None:
    async with Village(cheap(failures_burst=3)) as village:
        await village.registered("ada")
        for _ in range(3):
            assert (await village.post("/auth/login", user="ada", password="x")).status_code == 401
        limited = await village.post("/auth/login", user="ADA", password=PASSWORD)
        assert code(limited) == (429, "rate_limited")
        assert int(limited.headers["retry-after"]) > 0
        assert await village.house.stranger().ask(
            "hello", user="ada", password=PASSWORD
        )  # from another address
        village.clock.advance(60)
        await village.logged_in("ada")


async def test_a_thousand_guesses_at_once_are_not_looked_at_at_once() -> None:
    async with Village(cheap(failures_burst=3)) as village:
        await village.registered("ada")
        answers = await asyncio.gather(
            *[village.post("/auth/login", user="ada", password=f"guess {n}") for n in range(30)]
        )
        assert sorted(a.status_code for a in answers) == [401] * 3 + [429] * 27


async def test_accounts_cannot_be_made_by_the_thousand() -> None:
    async with Village(cheap(registrations_burst=2)) as village:
        await village.registered("a")
        await village.registered("b")
        assert code(await village.post("/auth/register", user="c", password=PASSWORD)) == (
            429,
            "rate_limited",
        )
        village.clock.advance(6)
        await village.registered("c")


async def test_old_hashes_are_renewed_at_login() -> None:
    async with Village() as village:
        await village.registered("ada")
        account = await village.identity.accounts.named("ada")
        before = await village.identity.registry.accounts.password(account.id)
        village.identity.passwords._hasher._hasher = PasswordHasher(2, 8192, 1)
        await village.logged_in("ada")
        after = await village.identity.registry.accounts.password(account.id)
        assert before != after and "t=2" in str(after)
        await village.logged_in("ada")
        assert await village.identity.registry.accounts.password(account.id) == after


# --- refreshing ---


async def refresh(village: Village, token: str) -> Any:
    return await village.post("/auth/refresh", refresh_token=token)


async def test_tokens_are_refreshed_again_and_again() -> None:
    async with Village() as village:
        tokens = await village.registered("ada")
        sid = jwt.decode(tokens["access_token"], options={"verify_signature": False})["sid"]
        for _ in range(3):
            village.clock.advance(800)
            answer = await refresh(village, tokens["refresh_token"])
            assert answer.status_code == 200
            assert answer.json()["refresh_token"] != tokens["refresh_token"]
            tokens = answer.json()
            assert jwt.decode(tokens["access_token"], options={"verify_signature": False})["sid"] == sid
            assert (await village.get("/users/me", tokens["access_token"])).status_code == 200


async def test_with_a_grace_whoever_lost_the_answer_gets_the_same_again() -> None:
    async with Village(cheap(refresh_grace_s=20)) as village:
        old = (await village.registered("ada"))["refresh_token"]
        answers = await asyncio.gather(*[refresh(village, old) for _ in range(3)])
        village.clock.advance(20)
        answers.append(await refresh(village, old))
        assert {a.json()["refresh_token"] for a in answers} == {answers[0].json()["refresh_token"]}
        assert (await refresh(village, answers[0].json()["refresh_token"])).status_code == 200


@pytest.mark.parametrize(("grace", "late"), [(0, True), (20, True), (20, False)])
async def test_a_refresh_token_used_again_ends_the_login_for_thief_and_owner(grace: int, late: bool) -> None:
    """Late: after the grace, at once if there is none. Not late: but the owner has refreshed again meanwhile."""
    async with Village(cheap(refresh_grace_s=grace)) as village:
        first = await village.registered("ada")
        other = await village.logged_in("ada")
        second = (await refresh(village, first["refresh_token"])).json()
        person = await village.live(second["access_token"])
        if late:
            village.clock.advance(grace and grace + 0.001)
            newest = second
        else:
            newest = (await refresh(village, second["refresh_token"])).json()
        assert code(await refresh(village, first["refresh_token"])) == (401, "unauthenticated")
        assert code(await refresh(village, newest["refresh_token"])) == (401, "unauthenticated")
        assert (await village.get("/users/me", newest["access_token"])).status_code == 401
        assert person.link.closed
        assert (await village.get("/users/me", other["access_token"])).status_code == 200


async def test_a_secret_that_never_was_ends_the_login_too() -> None:
    async with Village() as village:
        tokens = await village.registered("ada")
        family, _, _ = tokens["refresh_token"].partition(".")
        assert (await refresh(village, f"{family}.guess")).status_code == 401
        assert (await refresh(village, tokens["refresh_token"])).status_code == 401


@pytest.mark.parametrize("junk", ["x", ".", "a.b", "é.é", "\x00", "a.b.c"])
async def test_what_is_no_refresh_token(junk: str) -> None:
    async with Village() as village:
        tokens = await village.registered("ada")
        assert code(await refresh(village, junk)) == (401, "unauthenticated")
        assert (await refresh(village, tokens["refresh_token"])).status_code == 200


async def test_a_device_that_was_away_too_long_logs_in_again() -> None:
    async with Village() as village:
        tokens = await village.registered("ada")
        village.clock.advance(29 * 86_400)
        tokens = (await refresh(village, tokens["refresh_token"])).json()
        village.clock.advance(30 * 86_400)
        assert (await refresh(village, tokens["refresh_token"])).status_code == 401
        assert await village.identity.registry.logins.expire(village.clock.now()) == 1


async def test_what_is_stored_opens_nothing() -> None:
    """Neither passwords nor tokens stand in the store."""
    async with Village() as village:
        tokens = await village.registered("ada")
        tokens = (await refresh(village, tokens["refresh_token"])).json()
        stored = repr(vars(village.store)).encode()
        family, _, secret = tokens["refresh_token"].partition(".")
        for kept_secret in (PASSWORD, family, secret, tokens["access_token"]):
            assert kept_secret.encode() not in stored


# --- going ---


async def test_logout_ends_this_device_at_once() -> None:
    async with Village() as village:
        phone, desk = await village.registered("ada"), await village.logged_in("ada")
        on_phone, on_desk = (
            await village.live(phone["access_token"]),
            await village.live(desk["access_token"]),
        )
        assert (await village.get("/users/me", phone["access_token"])).status_code == 200
        assert (await village.post("/auth/logout", phone["access_token"])).status_code == 204
        assert on_phone.link.closed and not on_desk.link.closed
        bye = on_phone.link.bye
        assert bye is not None and (bye.reason, bye.reconnect) == ("you were logged out", False)
        assert (await village.get("/users/me", phone["access_token"])).status_code == 401
        assert (await refresh(village, phone["refresh_token"])).status_code == 401
        assert (
            await village.house.stranger().refused("hello", token=phone["access_token"]) == "unauthenticated"
        )
        assert (await village.get("/users/me", desk["access_token"])).status_code == 200


async def test_logout_everywhere_ends_connections_by_password_too() -> None:
    async with Village() as village:
        phone, desk = await village.registered("ada"), await village.logged_in("ada")
        person = await village.live(desk["access_token"])
        by_password = village.house.stranger()
        await by_password.ask("hello", user="ada", password=PASSWORD)
        bob = await village.live((await village.registered("bob"))["access_token"])
        guest = await village.house.guest("carol")
        assert (await village.post("/auth/logout-all", phone["access_token"])).status_code == 204
        assert person.link.closed and by_password.link.closed
        assert not bob.link.closed and not guest.link.closed
        for tokens in (phone, desk):
            assert (await village.get("/users/me", tokens["access_token"])).status_code == 401


async def test_one_device_does_not_end_connections_by_password() -> None:
    async with Village() as village:
        phone = await village.registered("ada")
        by_password = village.house.stranger()
        await by_password.ask("hello", user="ada", password=PASSWORD)
        await village.post("/auth/logout", phone["access_token"])
        assert not by_password.link.closed


async def test_without_a_token() -> None:
    async with Village() as village:
        for path in ("/auth/logout", "/auth/logout-all"):
            answer = await village.post(path)
            assert code(answer) == (401, "unauthenticated")
            assert answer.headers["www-authenticate"] == "Bearer"


async def test_public_keys() -> None:
    async with Village() as village:
        async with village.client() as client:
            answer = await client.get("http://chat.example.org/.well-known/jwks.json")
        assert answer.headers["content-type"] == "application/json"
        tokens = await village.registered("ada")
        key = jwt.PyJWK(answer.json()["keys"][0])
        options: Any = {"verify_exp": False, "verify_iat": False}
        assert jwt.decode(tokens["access_token"], key, ["EdDSA"], options, issuer="teahouse")["sub"]


async def test_nothing_secret_is_logged() -> None:
    with structlog.testing.capture_logs() as lines:
        async with Village() as village:
            tokens = await village.registered("ada")
            await village.post("/auth/login", user="ada", password="wrong secret")
            village.clock.advance(30)
            await refresh(village, tokens["refresh_token"])
            village.clock.advance(30)
            await refresh(village, tokens["refresh_token"])
            await village.house.stranger().refused("hello", user="ada", password="wrong secret")
    said = repr(lines)
    assert "used again" in said
    for secret in (PASSWORD, "wrong secret", *tokens["refresh_token"].split("."), tokens["access_token"]):
        assert secret not in said


async def test_the_page_of_the_first_administrator_stands_by_itself() -> None:
    async with Village() as village, village.client() as client:
        page = await client.get("http://chat.example.org/first-admin")
        nonce = page.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
        assert f'<script nonce="{nonce}">' in page.text
        assert "http" not in page.text.replace("http-equiv", "")
        assert page.headers["referrer-policy"] == "no-referrer"
