"""Logging in by a provider of OpenID Connect: the browser goes there and comes back.

Rule: where a browser is sent in the end is a path of this server, or a program on the browser's own machine that can
show it asked. Called by login pages and apps.
"""

from typing import Annotated, ClassVar
from urllib.parse import urlencode

from msgspec import Meta, Struct
from starlette.responses import RedirectResponse, Response

from teahouse.gateways.rest.auth import DeviceName, Tokens, answer
from teahouse.gateways.rest.cookies import PassCookies
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.refused_page import page_of
from teahouse.gateways.rest.request import Call
from teahouse.identity.logins import Logins
from teahouse.identity.oidc.entrance import ATTEMPT_S, Answered, Attempt, Entrance
from teahouse.identity.passes import Passes
from teahouse.model.accounts import Account
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

# What `$(?!\n)` says here, `$` alone says elsewhere: Python's would let a last newline pass.
ProviderId = Annotated[str, Meta(max_length=64)]
Path = Annotated[
    str,
    Meta(
        max_length=1024,
        pattern=r"^/([!-.0-\[\]-~][!-\[\]-~]*)?$(?!\n)",
        description="Where the browser goes then: a path of this server.",
    ),
]
Loopback = Annotated[
    str,
    Meta(
        max_length=1024,
        pattern=r"^http://(127\.0\.0\.1|\[::1\]):[0-9]{1,5}/[!-~]*$(?!\n)",
        description="Where the app listens on its own machine (RFC 8252, 7.3).",
    ),
]
Challenge = Annotated[
    str,
    Meta(pattern=r"^[A-Za-z0-9_-]{43}$(?!\n)", description="BASE64URL(SHA256(verifier)) (RFC 7636, S256)."),
]
Said = Annotated[str, Meta(max_length=512, pattern=r"^[ -~]*$(?!\n)")]
# As long as providers like; the head of a request, or its body, has a limit of its own.
GivenCode = Annotated[str, Meta(pattern=r"^[ -~]*$(?!\n)")]

_COOKIE = "teahouse-oidc"


class Offer(Struct, frozen=True):
    """`start` is where a login page sends the browser."""

    id: str
    name: str
    start: str


class Offers(Result, frozen=True, omit_defaults=False):
    providers: tuple[Offer, ...]


class Return(Struct, frozen=True):
    return_to: Path = "/"


class AppReturn(Struct, frozen=True):
    redirect: Loopback
    challenge: Challenge


class Returned(Struct, frozen=True):
    """What a provider sends (RFC 6749, 4.1.2; RFC 9207); what else it sends is ignored."""

    OPEN: ClassVar[bool] = True
    code: GivenCode = ""
    state: Said = ""
    error: Said = ""
    iss: Said | None = None


class Exchange(Struct, frozen=True):
    code: GivenCode
    verifier: Annotated[str, Meta(min_length=43, max_length=128)]
    device: DeviceName = ""


class Elsewhere(Result, frozen=True, omit_defaults=False):
    """Send the browser there."""

    url: str


class Tie(Struct, frozen=True):
    issuer: str
    subject: str


class Ties(Result, frozen=True, omit_defaults=False):
    ties: tuple[Tie, ...]


class Oidc:
    def __init__(self, entrance: Entrance, passes: Passes, logins: Logins, cookies: PassCookies) -> None:
        self._entrance = entrance
        self._passes = passes
        self._logins = logins
        self._cookies = cookies

    @operation("GET /auth/providers", who=Who.ANYBODY)
    async def providers(self, call: Call) -> Offers:
        """The providers a login page may offer besides a password."""
        return Offers(
            tuple(
                Offer(options.id, options.name, f"/api/v1/auth/oidc/{options.id}/start")
                for options in self._entrance.shown()
            )
        )

    @operation("GET /auth/oidc/{provider}/start", 302, who=Who.ANYBODY)
    async def start(self, call: Call, provider: ProviderId, query: Return) -> Response:
        """Begin to log this browser in: it is sent to the provider, and comes back to `return_to`."""
        return await self._sent(call, provider, query.return_to)

    @operation("GET /auth/oidc/{provider}/app", 302, who=Who.ANYBODY)
    async def start_app(self, call: Call, provider: ProviderId, query: AppReturn) -> Response:
        """Begin to log an app in, in the browser of its user.

        The browser comes back to `redirect` with a `code`, which the app exchanges at `/auth/oidc/exchange`.
        """
        return await self._sent(call, provider, query.redirect, challenge=query.challenge)

    @operation("POST /auth/oidc/{provider}/link")
    async def link(self, call: Call, provider: ProviderId, body: Return) -> Elsewhere:
        """Begin to tie one's account to who one is at the provider, so that it logs one in from then on."""
        purpose = {"user": call.user, "grant": call.caller.grant}
        url, sealed = await self._entrance.begin(
            provider, self._back(call, provider), body.return_to, **purpose
        )
        call.headers["Set-Cookie"] = self._kept(call, sealed)
        return Elsewhere(url)

    @operation(
        "GET /auth/oidc/{provider}/callback",
        302,
        who=Who.ANYBODY,
        refuses=(Code.UNAUTHENTICATED, Code.FORBIDDEN, Code.CONFLICT),
    )
    async def callback(self, call: Call, provider: ProviderId, query: Returned) -> Response:
        """Where the provider sends the browser back to; not to be called otherwise."""
        name = f"__Host-{_COOKIE}" if self._cookies.is_secure(call.request) else _COOKIE
        answered = Answered(query.state, query.code, query.error, query.iss)
        try:
            came = await self._entrance.finish(provider, call.request.cookies.get(name, ""), answered)
            return await self._arrived(call, *came)
        except Problem as problem:
            return _shown(call, problem)

    @operation("POST /auth/oidc/exchange", who=Who.ANYBODY, refuses=(Code.UNAUTHENTICATED, Code.FORBIDDEN))
    async def exchange(self, call: Call, body: Exchange) -> Tokens:
        """Tokens for an app, for the code it was given and the verifier of its challenge. Within a minute, once."""
        account = await self._entrance.exchange(body.code, body.verifier)
        return answer(call, await self._logins.begin(account, body.device, call.address))

    @operation("GET /users/me/providers")
    async def ties(self, call: Call) -> Ties:
        """Who one is at providers that log one in."""
        found = await self._entrance.ties(call.user)
        return Ties(tuple(Tie(subject.issuer, subject.name) for subject in found))

    @operation("DELETE /users/me/providers/{provider}", 204, refuses=(Code.CONFLICT,))
    async def untie(self, call: Call, provider: ProviderId) -> None:
        """Be logged in by this provider no more. `conflict` if that is the only way in."""
        await self._entrance.untie(call.user, provider)

    async def _sent(self, call: Call, provider: str, return_to: str, **purpose: str) -> Response:
        try:
            url, sealed = await self._entrance.begin(
                provider, self._back(call, provider), return_to, **purpose
            )
        except Problem as problem:
            return _shown(call, problem)
        return self._go(call, url, sealed)

    async def _arrived(self, call: Call, account: Account, attempt: Attempt) -> Response:
        """Back where the browser came from: with a code for an app, or logged in, unless it was before."""
        if attempt.challenge:
            mark = "&" if "?" in attempt.return_to else "?"
            code = urlencode({"code": self._entrance.code(account, attempt)})
            return self._go(call, f"{attempt.return_to}{mark}{code}", None)
        response = self._go(call, attempt.return_to, None)
        if not attempt.user:
            passed = await self._passes.begin(account, "", call.address)
            if (before := self._cookies.secret(call.request)) is not None:
                await self._passes.end(before)
            response.headers.append("set-cookie", self._cookies.set(call.request, passed))
        return response

    def _back(self, call: Call, provider: str) -> str:
        return f"{self._cookies.url(call.request)}/api/v1/auth/oidc/{provider}/callback"

    def _kept(self, call: Call, sealed: str | None) -> str:
        """Lax, for the browser comes back from another site."""
        lifetime_s = 0 if sealed is None else ATTEMPT_S
        return self._cookies.header(call.request, _COOKIE, sealed or "", lifetime_s, "Lax")

    def _go(self, call: Call, url: str, sealed: str | None) -> RedirectResponse:
        headers = {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"}
        response = RedirectResponse(url, 302, headers)
        response.headers.append("set-cookie", self._kept(call, sealed))
        return response


def _shown(call: Call, problem: Problem) -> Response:
    """To a person as a page; raises it again for everybody else."""
    page = page_of(call.request, problem)
    if page is None:
        raise problem
    return page
