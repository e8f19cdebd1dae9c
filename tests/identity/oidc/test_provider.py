"""How a provider is spoken to; what it says of people is tested over REST."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from teahouse.backends.memory.clock import ManualClock
from teahouse.identity.oidc import outgoing
from teahouse.identity.oidc.options import OidcOptions
from teahouse.identity.oidc.outgoing import Outgoing
from teahouse.identity.oidc.provider import Provider, Redemption
from teahouse.model.errors import Code, Problem

ISSUER = "https://id.example.org"
METADATA = {
    "issuer": ISSUER,
    "authorization_endpoint": f"{ISSUER}/authorize?tenant=1",
    "token_endpoint": f"{ISSUER}/token",
    "jwks_uri": f"{ISSUER}/jwks",
}


class Body(httpx2.AsyncByteStream):
    def __init__(self, content: bytes) -> None:
        self.content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield self.content


def streamed(response: httpx2.Response) -> httpx2.Response:
    """As it comes from a network: not read yet."""
    return httpx2.Response(response.status_code, headers=response.headers, stream=Body(response.content))


def provider(answer: Any, **options: Any) -> Provider:
    """A provider whose answers `answer` makes of requests."""
    clock = ManualClock()
    to = Outgoing(1.0, clock)
    to._client = httpx2.AsyncClient(transport=httpx2.MockTransport(lambda request: streamed(answer(request))))
    return Provider(OidcOptions(issuer=ISSUER, client_id="te:a", **options), clock, to)


async def refused(attempt: Any) -> Code:
    with pytest.raises(Problem) as problem:
        await attempt
    return problem.value.code


@pytest.mark.parametrize(
    "field", ["authorization_endpoint", "token_endpoint", "jwks_uri", "userinfo_endpoint"]
)
@pytest.mark.parametrize("url", ["http://127.0.0.1:22/", "http://id.example.org/", "ftp://id.example.org/"])
async def test_it_cannot_send_us_to_programs_on_this_machine(field: str, url: str) -> None:
    made = provider(lambda request: httpx2.Response(200, json={**METADATA, field: url}))
    assert await refused(made.address(state="s")) is Code.UNAVAILABLE


async def test_where_a_browser_is_sent() -> None:
    made = provider(lambda request: httpx2.Response(200, json=METADATA), scopes=("openid", "email"))
    address = await made.address(state="s t")
    assert address.startswith(f"{ISSUER}/authorize?tenant=1&response_type=code&client_id=te%3Aa")
    assert "&scope=openid+email&" in address and address.endswith("&state=s+t")


@pytest.mark.parametrize(
    ("methods", "secret", "authorization", "in_form"),
    [
        (["client_secret_basic"], "p w", "Basic dGUlM0FhOnArdw==", {}),
        (["client_secret_post"], "p w", None, {"client_id": "te:a", "client_secret": "p w"}),
        (["none"], "", None, {"client_id": "te:a"}),
    ],
)
async def test_we_say_who_we_are_as_the_provider_wants(
    methods: list[str], secret: str, authorization: str | None, in_form: dict[str, str]
) -> None:
    """RFC 6749, 2.3.1: in Basic, id and secret are form-encoded first."""
    asked: list[httpx2.Request] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(request)
        metadata = {**METADATA, "token_endpoint_auth_methods_supported": methods}
        return httpx2.Response(200, json=metadata) if request.method == "GET" else httpx2.Response(400)

    made = provider(answer, client_secret=secret)
    assert await refused(made.redeem(Redemption("c", "v", "n", "https://x/"))) is Code.UNAUTHENTICATED
    form = dict(httpx2.QueryParams(asked[-1].content.decode()))
    assert asked[-1].headers.get("authorization") == authorization
    named = {name: form[name] for name in ("client_id", "client_secret") if name in form}
    assert named == in_form
    assert form["code_verifier"] == "v"


async def test_redirects_are_not_followed() -> None:
    asked: list[str] = []

    def answer(request: httpx2.Request) -> httpx2.Response:
        asked.append(str(request.url))
        return httpx2.Response(302, headers={"location": "http://127.0.0.1/"})

    assert await refused(provider(answer).address(state="s")) is Code.UNAVAILABLE
    assert asked == [f"{ISSUER}/.well-known/openid-configuration"]


@pytest.mark.parametrize(
    "said", [b"[]", b"{", b"x" * 300_000, b"\xff", b'{"issuer": 7}', b"[" * 100_000], ids=lambda b: b[:9]
)
async def test_nonsense_is_no_description(said: bytes) -> None:
    made = provider(lambda request: httpx2.Response(200, content=said))
    assert await refused(made.address(state="s")) is Code.UNAVAILABLE


async def test_a_silent_provider_is_waited_for_so_long_and_no_longer(monkeypatch: pytest.MonkeyPatch) -> None:
    """And no more than a few requests wait; those after them are told so at once, and so is who comes next."""
    monkeypatch.setattr(outgoing, "_AT_ONCE", 2)
    clock, asked = ManualClock(), 0

    async def silence(request: httpx2.Request) -> httpx2.Response:
        nonlocal asked
        asked += 1
        await asyncio.sleep(60)
        raise AssertionError

    to = Outgoing(0.05, clock)
    to._client = httpx2.AsyncClient(transport=httpx2.MockTransport(silence))
    codes = await asyncio.gather(*[refused(to.ask("GET", ISSUER)) for _ in range(5)])
    assert set(codes) == {Code.UNAVAILABLE}
    assert asked == 2
    assert await refused(to.ask("GET", ISSUER)) is Code.UNAVAILABLE
    assert asked == 2
    clock.advance(5)
    assert await refused(to.ask("GET", ISSUER)) is Code.UNAVAILABLE
    assert asked == 3
    await to.close()
