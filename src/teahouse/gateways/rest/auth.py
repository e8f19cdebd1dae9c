"""Logging in and out over REST, and making accounts."""

from collections.abc import Awaitable, Callable, Sequence
from typing import Annotated

import msgspec
from msgspec import Meta, Struct

from teahouse.gateways.rest.cookies import forget
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.identity.accounts import LONGEST_PASSWORD, Accounts
from teahouse.identity.keys import KeyRing
from teahouse.identity.logins import Issued, Logins
from teahouse.identity.options import SHORTEST_PASSWORD
from teahouse.model.errors import Code
from teahouse.model.people import User
from teahouse.model.results import Result

_NAME = r"^[^\W_]([\w.\-]{0,30}\w)?$"

UserName = Annotated[str, Meta(min_length=1, max_length=128, description="What one logs in with.")]
NewUserName = Annotated[str, Meta(max_length=32, pattern=_NAME, description="What one logs in with.")]
Nick = Annotated[str, Meta(max_length=32, pattern=_NAME, description="What others see.")]
Password = Annotated[str, Meta(min_length=1, max_length=1024)]
NewPassword = Annotated[str, Meta(min_length=SHORTEST_PASSWORD, max_length=LONGEST_PASSWORD)]
DeviceName = Annotated[str, Meta(max_length=64, description="A name for the device, for its owner.")]
Secret = Annotated[str, Meta(min_length=1, max_length=256)]

_KEYS_KEPT_S = 300

_ANSWER = {
    "user": {"id": "u01a20acc5fdc742b947474691f836a2c", "user": "alice", "nick": "Alice"},
    "access_token": "eyJhbGciOiJFZERTQSIsImtpZCI6Ii4uLiJ9.e30.c2ln",
    "refresh_token": "6nI8vbZ3kkPyHOq0cGJ2bcGS8WxSsGSG.KwKZ4PpzYJgAnO5mOvuLOQk6ZqUZ2vS1",
    "token_type": "Bearer",
    "expires_in": 900,
}


class NewAccount(Struct, frozen=True):
    """Without `nick`, it is the user name. `invitation` where accounts are made with one."""

    user: NewUserName
    password: NewPassword
    nick: Nick | None = None
    device: DeviceName = ""
    invitation: Secret | None = None


class FirstAdmin(Struct, frozen=True):
    """`token` is what the link holds that the server logged at its start."""

    token: Secret
    user: NewUserName
    password: NewPassword
    nick: Nick | None = None
    device: DeviceName = ""


class Credentials(Struct, frozen=True):
    user: UserName
    password: Password
    device: DeviceName = ""


class RefreshToken(Struct, frozen=True):
    refresh_token: Secret


class Named(Struct, frozen=True):
    """An account as its owner is told of it: the name to log in with, and the nick others see."""

    id: str
    user: str
    nick: str


class Tokens(Result, frozen=True, omit_defaults=False):
    """Send `access_token` as bearer with each request, and get new ones with `refresh_token` before `expires_in`
    seconds are over. A refresh token is good for one use."""

    user: Named
    access_token: str
    refresh_token: str
    token_type: str
    expires_in: int


class PublicKey(Struct, frozen=True):
    """One Ed25519 key (RFC 8037)."""

    kty: str
    crv: str
    x: str
    kid: str
    use: str
    alg: str


class PublicKeys(Result, frozen=True, omit_defaults=False):
    keys: tuple[PublicKey, ...]


class Auth:
    """`leave` is for guests who log out: they go for good."""

    def __init__(self, accounts: Accounts, logins: Logins, leave: Callable[[User], Awaitable[None]]) -> None:
        self._accounts = accounts
        self._logins = logins
        self._leave = leave

    @operation(
        "POST /auth/register",
        201,
        who=Who.ANYBODY,
        refuses=(Code.CONFLICT, Code.FORBIDDEN),
        example={"user": "alice", "password": "correct horse", "nick": "Alice"},
        answer=_ANSWER,
    )
    async def register(self, call: Call, body: NewAccount) -> Tokens:
        """Make an account, and be logged in.

        `conflict` if the user or the nick is taken, whichever it is; `forbidden` where not everybody may make one.
        """
        wanted = self._accounts.wanted(body.user, body.password, body.nick)
        account = await self._accounts.register(wanted, body.invitation, call.address)
        return answer(call, await self._logins.begin(account, body.device, call.address))

    @operation(
        "POST /auth/first-admin",
        201,
        who=Who.ANYBODY,
        refuses=(Code.CONFLICT, Code.FORBIDDEN),
        example={"token": "k46qjHkIbI9EORvbq0MgtSAlQCbY8S3H", "user": "root", "password": "correct horse"},
        answer=_ANSWER,
    )
    async def first_admin(self, call: Call, body: FirstAdmin) -> Tokens:
        """Make the first administrator, with the link that the server logged when it started."""
        wanted = self._accounts.wanted(body.user, body.password, body.nick)
        account = await self._accounts.first_admin(wanted, body.token)
        return answer(call, await self._logins.begin(account, body.device, call.address))

    @operation(
        "POST /auth/login",
        who=Who.ANYBODY,
        refuses=(Code.UNAUTHENTICATED,),
        example={"user": "alice", "password": "correct horse", "device": "phone"},
        answer=_ANSWER,
    )
    async def login(self, call: Call, body: Credentials) -> Tokens:
        """Log in with user and password.

        Too many wrong passwords are `rate_limited`; when very many people log in at once, some are told to come back
        (`unavailable`).
        """
        return answer(call, await self._logins.log_in(body.user, body.password, body.device, call.address))

    @operation(
        "POST /auth/refresh",
        who=Who.ANYBODY,
        refuses=(Code.UNAUTHENTICATED,),
        example={"refresh_token": _ANSWER["refresh_token"]},
        answer=_ANSWER,
    )
    async def refresh(self, call: Call, body: RefreshToken) -> Tokens:
        """Get new tokens for a refresh token.

        The old refresh token is used up: whoever uses it again logs the device out, because two have what one should
        have. So refresh from one place only, one request at a time.
        """
        return answer(call, await self._logins.refresh(body.refresh_token, call.address))

    @operation("POST /auth/logout", 204, guests=True, audited="login.ended")
    async def logout(self, call: Call) -> None:
        """Log out the device whose token this is; its live connections end. A guest is gone for good."""
        await self._end(call, [call.caller.grant])

    @operation("POST /auth/logout-all", 204, guests=True, audited="login.ended")
    async def logout_all(self, call: Call) -> None:
        """Log out all devices, this one too; all live connections end."""
        await self._end(call, None)

    async def _end(self, call: Call, logins: Sequence[str] | None) -> None:
        if call.caller.user.guest:
            await self._leave(call.caller.user)
        else:
            await self._logins.end(call.user, logins)
        call.headers.update(forget(call.request))


class KeySet:
    """The keys others can verify access tokens with."""

    def __init__(self, keys: KeyRing) -> None:
        self._keys = keys

    @operation("GET //.well-known/jwks.json", who=Who.ANYBODY)
    async def jwks(self, call: Call) -> PublicKeys:
        """The public keys access tokens are signed with (RFC 7517)."""
        call.headers["Cache-Control"] = f"public, max-age={_KEYS_KEPT_S}"
        return PublicKeys(tuple(msgspec.convert(key, PublicKey) for key in self._keys.jwks()["keys"]))


def answer(call: Call, issued: Issued) -> Tokens:
    """What a device is told that is logged in; nothing on the way may keep it (RFC 6749, 5.1)."""
    call.headers["Cache-Control"] = "no-store"
    account = issued.account
    named = Named(account.id, account.name, account.nick)
    return Tokens(named, issued.access, issued.refresh, "Bearer", issued.lifetime_s)
