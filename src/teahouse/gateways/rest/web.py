"""Logging in for web pages: the browser keeps a cookie, and the page no secret that would outlive it.

Called by the web client. A page logs in, or asks GET /auth/web whether it is logged in; it sends `csrf_token` with
whatever changes something. For the WebSocket it takes an access token and says hello with that: the cookie is not
looked at there, so a page of another site that opens the WebSocket is just another guest. A guest says hello with its
resume secret, which is the cookie, too.
"""

from typing import Any, Protocol

from msgspec import Struct

from teahouse.engine.guests import Guests
from teahouse.gateways.rest.auth import Credentials, NewAccount, Nick, Secret
from teahouse.gateways.rest.cookies import PassCookies, forget, resume_of
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.identity.accounts import Accounts
from teahouse.identity.logins import Logins
from teahouse.identity.passes import Passed, Passes
from teahouse.model.errors import Code, Problem
from teahouse.model.people import User
from teahouse.model.results import Result

_USER = {"id": "u01a20acc5fdc742b947474691f836a2c", "user": "alice", "nick": "Alice", "guest": False}
_ANSWER: dict[str, Any] = {
    "user": _USER,
    "csrf_token": "Zb0i3w4Jm8tJqv3SgSbTfmD6rTQWk8Cn",
    "expires_in": 2_592_000,
}


class GuestNick(Struct, frozen=True):
    """`resume` is the secret of a guest who comes back, here or from a connection; `nick` may be another then."""

    nick: Nick
    resume: Secret | None = None


class WebUser(Struct, frozen=True):
    """Guests have no `user` to log in with."""

    id: str
    user: str
    nick: str
    guest: bool


class WebLogin(Result, frozen=True, omit_defaults=False):
    """Send `csrf_token` as X-CSRF-Token with every request that changes something. The login is over after
    `expires_in` seconds in which nobody asked."""

    user: WebUser
    csrf_token: str
    expires_in: int


class GuestLogin(Result, frozen=True, omit_defaults=False):
    """As for accounts, and `resume`, with which the page says `hello` on the WebSocket."""

    user: WebUser
    csrf_token: str
    expires_in: int
    resume: str


class AccessToken(Result, frozen=True, omit_defaults=False):
    """For `hello` on the WebSocket."""

    access_token: str
    token_type: str
    expires_in: int


class Identity(Protocol):
    """What of identity logging in takes."""

    @property
    def accounts(self) -> Accounts: ...

    @property
    def passes(self) -> Passes: ...

    @property
    def logins(self) -> Logins: ...


class Web:
    def __init__(self, identity: Identity, cookies: PassCookies, guests: Guests) -> None:
        self._accounts = identity.accounts
        self._passes = identity.passes
        self._logins = identity.logins
        self._cookies = cookies
        self._guests = guests

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

    @operation(
        "POST /auth/web/guest",
        who=Who.ANYBODY,
        refuses=(Code.UNAUTHENTICATED, Code.CONFLICT, Code.FORBIDDEN),
        example={"nick": "Alice"},
        answer={
            **_ANSWER,
            "user": {**_USER, "user": "", "guest": True},
            "resume": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG",
        },
    )
    async def guest(self, call: Call, body: GuestNick) -> GuestLogin:
        """Let a browser in as a guest, by nick alone.

        It is the guest of `hello` with the same `resume`. `conflict` if somebody has the nick, `unauthenticated` if the
        secret is not known, `forbidden` where guests are not let in.
        """
        self._cookies.check_origin(call.request)
        user, resume = await self._guests.visit(body.nick, body.resume, call.address)
        if (before := self._cookies.secret(call.request)) is not None:
            await self._passes.end(before)
        return self._told_guest(call, user, resume)

    @operation("GET /auth/web", guests=True, answer=_ANSWER)
    async def current(self, call: Call) -> WebLogin | GuestLogin:
        """Who this browser is logged in as, and the `csrf_token` of its pages. The login lasts on from now."""
        secret = self._own_secret(call)
        if (resume := resume_of(secret)) is not None:
            return self._told_guest(call, call.caller.user, resume)
        return self._told(call, await self._passes.renew(secret, call.address))

    @operation("POST /auth/web/logout", 204, guests=True, audited="login.ended")
    async def logout(self, call: Call) -> None:
        """Log this browser out; its live connections end.

        A guest is gone for good: nobody comes back with its secret.
        """
        if resume_of(self._own_secret(call)) is not None:
            await self._guests.leave(call.caller.user)
        else:
            await self._logins.end(call.user, [call.caller.grant])
        call.headers.update(forget(call.request))

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
        user = WebUser(account.id, account.name, account.nick, False)
        return WebLogin(user, passed.proof, passed.lifetime_s)

    def _told_guest(self, call: Call, user: User, resume: str) -> GuestLogin:
        call.headers["Set-Cookie"], proof = self._cookies.admit_guest(call.request, resume)
        call.headers["Cache-Control"] = "no-store"
        return GuestLogin(WebUser(user.id, "", user.nick, True), proof, self._passes.lifetime_s, resume)
