"""Logging in for web pages: the browser keeps a cookie, and the page no secret that would outlive it.

Called by the web client. A page logs in, or asks GET /auth/web whether it is logged in; it sends `csrf_token` with
whatever changes something. For the WebSocket it takes an access token and says hello with that: the cookie is not
looked at there, so a page of another site that opens the WebSocket is just another guest.
"""

from typing import Any

from teahouse.gateways.rest.auth import Credentials, Named, NewAccount
from teahouse.gateways.rest.cookies import PassCookies
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.identity.accounts import Accounts
from teahouse.identity.passes import Passed, Passes
from teahouse.model.errors import Code, Problem
from teahouse.model.results import Result

_USER = {"id": "u01a20acc5fdc742b947474691f836a2c", "user": "alice", "nick": "Alice"}
_ANSWER: dict[str, Any] = {
    "user": _USER,
    "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
    "expires_in": 2_592_000,
}


class WebLogin(Result, frozen=True, omit_defaults=False):
    """Send `csrf_token` as X-CSRF-Token with every request that changes something. The login is over after
    `expires_in` seconds in which nobody asked."""

    user: Named
    csrf_token: str
    expires_in: int


class AccessToken(Result, frozen=True, omit_defaults=False):
    """For `hello` on the WebSocket."""

    access_token: str
    token_type: str
    expires_in: int


class Web:
    def __init__(self, accounts: Accounts, passes: Passes, cookies: PassCookies) -> None:
        self._accounts = accounts
        self._passes = passes
        self._cookies = cookies

    @operation(
        "POST /auth/web/login",
        who=Who.ANYBODY,
        refuses=(Code.UNAUTHENTICATED, Code.FORBIDDEN),
        example={"user": "alice", "password": "correct horse", "device": "Firefox"},
        answer=_ANSWER,
    )
    async def login(self, call: Call, body: Credentials) -> WebLogin:
        """Log a browser in with user and password.

        Like `/auth/login`, but the browser is given a cookie, and the page no token. A login before it ends.
        """
        self._cookies.check_origin(call.request)
        passed = await self._passes.log_in(body.user, body.password, body.device, call.address)
        return await self._begun(call, passed)

    @operation(
        "POST /auth/web/register",
        201,
        who=Who.ANYBODY,
        refuses=(Code.CONFLICT, Code.FORBIDDEN),
        example={"user": "alice", "password": "correct horse", "nick": "Alice"},
        answer=_ANSWER,
    )
    async def register(self, call: Call, body: NewAccount) -> WebLogin:
        """Make an account, and log the browser in."""
        self._cookies.check_origin(call.request)
        wanted = self._accounts.wanted(body.user, body.password, body.nick)
        account = await self._accounts.register(wanted, body.invitation, call.address)
        return await self._begun(call, await self._passes.begin(account, body.device, call.address))

    @operation("GET /auth/web", answer=_ANSWER)
    async def current(self, call: Call) -> WebLogin:
        """Who this browser is logged in as, and the `csrf_token` of its pages. The login lasts on from now."""
        passed = await self._passes.renew(self._own_secret(call), call.address)
        return self._told(call, passed)

    @operation("POST /auth/web/token")
    async def token(self, call: Call) -> AccessToken:
        """An access token of a browser's login, to say hello with on the WebSocket.

        It is good for `expires_in` seconds, and only as long as the browser is logged in.
        """
        self._own_secret(call)
        call.headers["Cache-Control"] = "no-store"
        access, lifetime_s = self._passes.token(call.caller)
        return AccessToken(access, "Bearer", lifetime_s)

    def _own_secret(self, call: Call) -> str:
        """The pass the caller came with; `forbidden` if it was a bearer token instead."""
        secret = self._cookies.secret(call.request)
        if secret is None or "authorization" in call.request.headers:
            raise Problem(Code.FORBIDDEN, "this is for browsers that logged in at /api/v1/auth/web/login")
        return secret

    async def _begun(self, call: Call, passed: Passed) -> WebLogin:
        """A new login takes the place of the one the browser had."""
        if (before := self._cookies.secret(call.request)) is not None:
            await self._passes.end(before)
        return self._told(call, passed)

    def _told(self, call: Call, passed: Passed) -> WebLogin:
        call.headers["Set-Cookie"] = self._cookies.set(call.request, passed)
        call.headers["Cache-Control"] = "no-store"
        account = passed.account
        named = Named(account.id, account.name, account.nick)
        return WebLogin(named, passed.proof, passed.lifetime_s)
