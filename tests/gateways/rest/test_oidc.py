"""Logging in by a provider: the way there and back, and everybody who tries to come in by it without being let."""

import time
from collections.abc import Iterator
from contextlib import asynccontextmanager
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import httpx2
import jwt
import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.identity.oidc.entrance import challenge_of
from teahouse.identity.oidc.options import OidcOptions
from tests.support.people import Village
from tests.support.provider import LyingProvider, lying_provider

Json = dict[str, Any]
START = "/auth/oidc/sso/start"
CALLBACK = "/auth/oidc/sso/callback"


@pytest.fixture
def provider() -> Iterator[LyingProvider]:
    with lying_provider() as made:
        yield made


def village_of(provider: LyingProvider, **options: Any) -> Village:
    oidc = OidcOptions(**{"issuer": provider.issuer, "client_id": "tea", "client_secret": "s", **options})
    village = Village(oidc=oidc)
    village.clock = ManualClock(round(time.time() * 1000))
    return village


@asynccontextmanager
async def browser(village: Village) -> Any:
    async with httpx2.AsyncClient(
        transport=httpx2.ASGITransport(app=village.app, raise_app_exceptions=False),
        base_url="http://chat.example.org/api/v1",
    ) as client:
        yield client


async def begun(client: httpx2.AsyncClient, path: str = START, **query: str) -> Json:
    """What the browser is sent to ask of the provider."""
    answer = await client.get(path, params=query)
    assert answer.status_code == 302, answer.text
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))


async def back(
    client: httpx2.AsyncClient, provider: LyingProvider, asked: Json, code: str = "c", **claims: Any
) -> httpx2.Response:
    """The provider vouches, and the browser comes back."""
    provider.grant(code, asked, **claims)
    return await client.get(CALLBACK, params={"code": code, "state": asked["state"]})


async def log_in(client: httpx2.AsyncClient, provider: LyingProvider, **claims: Any) -> httpx2.Response:
    return await back(client, provider, await begun(client), **claims)


async def test_what_the_provider_is_asked(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        offers = (await client.get("/auth/providers")).json()
        path = "/api/v1" + START
        assert offers == {"providers": [{"id": "sso", "name": "Single sign-on", "start": path}]}
        asked = await begun(client)
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        assert asked["scope"].split()[0] == "openid"
        assert asked["redirect_uri"] == f"http://chat.example.org/api/v1{CALLBACK}"
        assert len({asked["state"], asked["nonce"], asked["code_challenge"]}) == 3


async def test_who_comes_gets_an_account_and_the_same_one_again(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        answer = await log_in(client, provider)
        assert (answer.status_code, answer.headers["location"]) == (302, "/")
        flags = [h for h in answer.headers.get_list("set-cookie") if h.startswith("teahouse=")]
        assert flags and "HttpOnly" in flags[0] and "SameSite=Strict" in flags[0]
        first = (await client.get("/auth/web")).json()["user"]
        assert first["user"] == "ada"
        await log_in(client, provider, preferred_username="other")
        assert (await client.get("/auth/web")).json()["user"] == first
        await log_in(client, provider, sub="4712")
        assert (await client.get("/auth/web")).json()["user"]["user"] == "ada2"


async def test_an_address_of_email_ties_nobody(provider: LyingProvider) -> None:
    """Whoever has the name already keeps it; who comes gets another."""
    async with village_of(provider) as village, browser(village) as client:
        ada = await village.registered("ada")
        await log_in(client, provider, email="ada@example.org", email_verified=True)
        assert (await client.get("/auth/web")).json()["user"]["id"] != ada["user"]["id"]


def hs256_with_the_public_key(provider: LyingProvider) -> Any:
    """PyJWT refuses to sign so; an attacker does not."""
    import hmac
    import json

    from jwt.utils import base64url_encode

    def sign(claims: Json) -> str:
        head = base64url_encode(json.dumps({"alg": "HS256", "kid": provider.kid}).encode())
        signed = head + b"." + base64url_encode(json.dumps(claims).encode())
        return (signed + b"." + base64url_encode(hmac.digest(provider.public_pem, signed, "sha256"))).decode()

    return sign


NOW = int(time.time())


@pytest.mark.parametrize(
    "lie",
    [
        {"nonce": "of-another-attempt"},
        {"nonce": None},
        {"aud": "coffeehouse"},
        {"aud": ["tea", "coffeehouse"]},
        {"aud": ["tea", "coffeehouse"], "azp": "coffeehouse"},
        {"azp": "coffeehouse"},
        {"iss": "https://evil.example"},
        {"exp": NOW - 120},
        {"exp": None},
        {"exp": "soon"},
        {"iat": NOW + 3600},
        {"nbf": NOW + 3600},
        {"sub": ""},
        {"sub": "x" * 256},
        {"sub": None},
    ],
    ids=str,
)
async def test_claims_that_are_not_believed(provider: LyingProvider, lie: Json) -> None:
    async with village_of(provider) as village, browser(village) as client:
        answer = await log_in(client, provider, **lie)
        assert (answer.status_code, answer.json()["code"]) == (401, "unauthenticated")
        assert "teahouse" not in client.cookies


async def test_signatures_that_are_not_believed(provider: LyingProvider) -> None:
    """None, HS256 with the public key, another key under the same kid, and no token at all."""
    stranger = LyingProvider()
    lies = [
        lambda claims: jwt.encode(claims, "", "none", {"kid": provider.kid}),
        hs256_with_the_public_key(provider),
        lambda claims: jwt.encode(claims, stranger.key, "RS256", {"kid": provider.kid}),
        lambda claims: jwt.encode(claims, stranger.key, "RS256", {"kid": "unknown"}),
        lambda claims: jwt.encode(claims, provider.key, "RS512", {"kid": provider.kid}),
        lambda claims: "not.a.token",
    ]
    async with village_of(provider) as village, browser(village) as client:
        for lie in lies:
            provider.sign = lie
            assert (await log_in(client, provider)).status_code == 401
        provider.sign = None
        assert (await log_in(client, provider)).status_code == 302


async def test_an_answer_counts_once_and_only_in_its_browser(provider: LyingProvider) -> None:
    """Replayed, brought by another browser, with another state, for another provider, or too late."""
    async with village_of(provider) as village, browser(village) as client, browser(village) as victim:
        asked = await begun(client)
        provider.grant("c", asked)
        query = {"code": "c", "state": asked["state"]}
        kept = client.cookies["teahouse-oidc"]
        assert (await victim.get(CALLBACK, params=query)).status_code == 401
        assert (await client.get(CALLBACK, params={**query, "state": "x"})).status_code == 401
        assert (await client.get(CALLBACK.replace("sso", "other"), params=query)).status_code == 404
        assert "/token" not in provider.paths
        assert (await client.get(CALLBACK, params=query)).status_code == 302
        client.cookies.set("teahouse-oidc", kept, domain="chat.example.org", path="/api/v1")
        provider.grant("c2", asked)
        assert (await client.get(CALLBACK, params={**query, "code": "c2"})).status_code == 401
        asked = await begun(client)
        village.clock.advance(601)
        assert (await back(client, provider, asked, "c3")).status_code == 401


async def test_a_mixed_up_provider_is_noticed(provider: LyingProvider) -> None:
    """RFC 9207, and a code of another attempt (PKCE)."""
    async with village_of(provider) as village, browser(village) as client:
        asked = await begun(client)
        provider.grant("c", asked)
        query = {"code": "c", "state": asked["state"], "iss": "https://evil.example"}
        assert (await client.get(CALLBACK, params=query)).status_code == 401
        assert "/token" not in provider.paths
        theirs = await begun(client)
        provider.grant("stolen", theirs)
        own = await begun(client)
        query = {"code": "stolen", "state": own["state"], "iss": provider.issuer}
        assert (await client.get(CALLBACK, params=query)).status_code == 401


async def test_a_provider_that_must_say_who_it_is_and_does_not(provider: LyingProvider) -> None:
    provider.metadata = {"authorization_response_iss_parameter_supported": True}
    async with village_of(provider) as village, browser(village) as client:
        assert (await log_in(client, provider)).status_code == 401


@pytest.mark.parametrize(
    "metadata",
    [
        {"issuer": "https://evil.example"},
        {"token_endpoint": "http://evil.example/token"},
        {"jwks_uri": "file:///etc/passwd"},
        {"authorization_endpoint": None},
    ],
    ids=str,
)
async def test_a_description_that_is_of_no_use(provider: LyingProvider, metadata: Json) -> None:
    provider.metadata = metadata
    async with village_of(provider) as village, browser(village) as client:
        answer = await client.get(START)
        assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")


async def test_new_keys_are_heard_of(provider: LyingProvider) -> None:
    """And unknown ones do not make us ask again and again."""
    async with village_of(provider) as village, browser(village) as client:
        await log_in(client, provider)
        village.clock.advance(60)
        provider.rotate()
        assert (await log_in(client, provider)).status_code == 302
        asked = provider.paths.count("/jwks")
        provider.sign = lambda claims: jwt.encode(claims, provider.key, "RS256", {"kid": "unknown"})
        for _ in range(5):
            assert (await log_in(client, provider)).status_code == 401
        assert provider.paths.count("/jwks") == asked == 2


async def test_a_provider_that_is_away_costs_nothing(provider: LyingProvider) -> None:
    provider.status = 503
    async with village_of(provider) as village, browser(village) as client:
        for _ in range(5):
            answer = await client.get(START)
            assert (answer.status_code, answer.json()["code"]) == (503, "unavailable")
        assert len(provider.paths) == 1
        provider.status = 200
        village.clock.advance(2)
        assert (await log_in(client, provider)).status_code == 302


async def test_nonsense_keeps_nobody_else_out(provider: LyingProvider) -> None:
    """Some providers answer 500 to codes they never gave; that is no reason to leave them alone."""
    async with village_of(provider) as village, browser(village) as client:
        asked = await begun(client)
        provider.status = 500
        answer = await client.get(CALLBACK, params={"code": "nonsense", "state": asked["state"]})
        assert answer.status_code == 503
        provider.status = 200
        assert (await log_in(client, provider)).status_code == 302


async def test_somebody_changes_their_mind(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        asked = await begun(client)
        query = {"error": "access_denied", "state": asked["state"], "error_uri": "x"}
        assert (await client.get(CALLBACK, params=query)).status_code == 401


async def test_a_person_is_told_in_a_page(provider: LyingProvider) -> None:
    """That runs nothing, whatever the sentence is."""
    html = {"Accept": "text/html,*/*"}
    async with village_of(provider) as village, browser(village) as client:
        answer = await client.get(CALLBACK, params={"state": "<script>"}, headers=html)
        assert answer.status_code == 401
        assert "begin again" in answer.text and "<script" not in answer.text
        assert "default-src 'none'" in answer.headers["content-security-policy"]
        provider.status = 503
        answer = await client.get(START, headers=html)
        assert (answer.status_code, answer.headers["retry-after"]) == (503, "1")
        assert "try again shortly" in answer.text


@pytest.mark.parametrize(
    "return_to",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "\\/evil.example",
        "/\t/evil.example",
        "javascript:alert(1)",
        "",
        "evil.example",
        " /",
        "/é",
        "/\n",
    ],
)
async def test_nobody_is_sent_elsewhere(provider: LyingProvider, return_to: str) -> None:
    async with village_of(provider) as village, browser(village) as client:
        assert (await client.get(START, params={"return_to": return_to})).status_code == 400


async def test_the_browser_goes_where_it_wanted_to(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        asked = await begun(client, return_to="/rooms?id=lobby#last")
        answer = await back(client, provider, asked)
        assert answer.headers["location"] == "/rooms?id=lobby#last"


async def test_accounts_only_for_those_who_have_one(provider: LyingProvider) -> None:
    async with village_of(provider, create=False) as village, browser(village) as client:
        assert (await log_in(client, provider)).status_code == 403
        assert village.store.accounts == {}


@pytest.mark.parametrize(
    ("claims", "status"),
    [
        ({"email": "ada@tea.example", "email_verified": True}, 302),
        ({"email": "ada@TEA.example", "email_verified": True}, 302),
        ({"email": "ada@tea.example", "email_verified": False}, 403),
        ({"email": "ada@tea.example", "email_verified": "true"}, 403),
        ({"email": "ada@tea.example"}, 403),
        ({"email": "ada@evil.example", "email_verified": True}, 403),
        ({"email": "ada@tea.example@evil.example", "email_verified": True}, 403),
        ({"email": 7, "email_verified": True}, 403),
        ({}, 403),
    ],
)
async def test_only_some_domains(provider: LyingProvider, claims: Json, status: int) -> None:
    async with village_of(provider, domains=("tea.example",)) as village, browser(village) as client:
        assert (await log_in(client, provider, **claims)).status_code == status


async def test_a_closed_account_stays_closed(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        await log_in(client, provider)
        account = await village.identity.accounts.named("ada")
        await village.identity.accounts.disable(account)
        assert (await client.get("/auth/web")).status_code == 401
        assert (await log_in(client, provider)).status_code == 403


# --- apps ---

VERIFIER = "v" * 43
APP = {"redirect": "http://127.0.0.1:4321/back?x=1", "challenge": challenge_of(VERIFIER)}


async def app_code(client: httpx2.AsyncClient, provider: LyingProvider) -> str:
    asked = await begun(client, "/auth/oidc/sso/app", **APP)
    answer = await back(client, provider, asked)
    assert answer.headers["location"].startswith("http://127.0.0.1:4321/back?x=1&code=")
    assert "teahouse" not in client.cookies
    return dict(parse_qsl(urlsplit(answer.headers["location"]).query))["code"]


async def test_an_app_exchanges_its_code_for_tokens(provider: LyingProvider) -> None:
    """Once."""
    async with village_of(provider) as village, browser(village) as client:
        body = {"code": await app_code(client, provider), "verifier": VERIFIER, "device": "tea-cli"}
        tokens = await client.post("/auth/oidc/exchange", json=body)
        assert tokens.json()["user"]["user"] == "ada"
        assert (await village.get("/conversations", tokens.json()["access_token"])).status_code == 200
        assert (await client.post("/auth/oidc/exchange", json=body)).status_code == 401


async def test_who_only_found_the_code_gets_nothing(provider: LyingProvider) -> None:
    """And nobody after them; nor anybody who comes too late, or made it up."""
    async with village_of(provider) as village, browser(village) as client:
        body = {"code": await app_code(client, provider), "verifier": VERIFIER}
        wrong = {**body, "verifier": "w" * 43}
        assert (await client.post("/auth/oidc/exchange", json=wrong)).status_code == 401
        assert (await client.post("/auth/oidc/exchange", json=body)).status_code == 401
        body["code"] = await app_code(client, provider)
        village.clock.advance(61)
        for code in (body["code"], "", "made-up"):
            assert (await client.post("/auth/oidc/exchange", json={**body, "code": code})).status_code == 401


@pytest.mark.parametrize(
    "redirect",
    ["https://evil.example/", "http://127.0.0.1.evil.example:1/", "http://127.0.0.1:1@evil.example/", "/"],
)
async def test_an_app_is_on_the_browsers_own_machine(provider: LyingProvider, redirect: str) -> None:
    async with village_of(provider) as village, browser(village) as client:
        answer = await client.get("/auth/oidc/sso/app", params={**APP, "redirect": redirect})
        assert answer.status_code == 400


# --- ties ---


async def tied(village: Village, client: httpx2.AsyncClient, provider: LyingProvider, token: str) -> int:
    headers = {"Authorization": f"Bearer {token}"}
    answer = await client.post("/auth/oidc/sso/link", json={"return_to": "/settings"}, headers=headers)
    asked = dict(parse_qsl(urlsplit(answer.json()["url"]).query))
    return (await back(client, provider, asked)).status_code


async def test_an_account_is_tied_by_its_owner(provider: LyingProvider) -> None:
    async with village_of(provider, create=False) as village, browser(village) as client:
        ada, bob = await village.registered("ada"), await village.registered("bob")
        assert await tied(village, client, provider, ada["access_token"]) == 302
        ties = (await village.get("/users/me/providers", ada["access_token"])).json()["ties"]
        assert ties == [{"issuer": provider.issuer, "subject": "4711"}]
        export = (await village.get("/users/me/export", ada["access_token"])).json()
        assert export["providers"] == [{"issuer": provider.issuer, "name": "4711"}]
        assert (await log_in(client, provider)).status_code == 302
        assert (await client.get("/auth/web")).json()["user"]["id"] == ada["user"]["id"]
        assert await tied(village, client, provider, bob["access_token"]) == 409
        async with village.client(bob["access_token"]) as his:
            assert (await his.delete("/users/me/providers/sso")).status_code == 404
        async with village.client(ada["access_token"]) as hers:
            assert (await hers.delete("/users/me/providers/sso")).status_code == 204
        assert (await log_in(client, provider)).status_code == 403


async def test_who_was_logged_out_meanwhile_ties_nothing(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        token = await village.registered("ada")
        headers = {"Authorization": f"Bearer {token['access_token']}"}
        answer = await client.post("/auth/oidc/sso/link", json={}, headers=headers)
        asked = dict(parse_qsl(urlsplit(answer.json()["url"]).query))
        await village.post("/auth/logout", token["access_token"])
        assert (await back(client, provider, asked)).status_code == 401
        assert village.store.subjects == {}


async def test_the_only_way_in_stays(provider: LyingProvider) -> None:
    async with village_of(provider) as village, browser(village) as client:
        await log_in(client, provider)
        proof = {"X-CSRF-Token": (await client.get("/auth/web")).json()["csrf_token"]}
        assert (await client.delete("/users/me/providers/sso", headers=proof)).status_code == 409
        assert (await client.delete("/users/me/providers/sso")).status_code == 403


async def test_without_a_provider(provider: LyingProvider) -> None:
    async with Village() as village, browser(village) as client:
        assert (await client.get("/auth/providers")).json() == {"providers": []}
        assert (await client.get(START)).status_code == 404
