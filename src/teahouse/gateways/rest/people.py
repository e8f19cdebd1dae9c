"""Accounts over REST, for administrators: find them, disable them, give and take rights, log out, let them choose a
new password."""

import asyncio

from msgspec import UNSET, Struct, UnsetType

from teahouse.engine.engine import Engine
from teahouse.gateways.rest.audit import Scribe
from teahouse.gateways.rest.auth import Password, Secret
from teahouse.gateways.rest.operation import Who, operation
from teahouse.gateways.rest.request import Call
from teahouse.gateways.rest.users import Cursor, Query
from teahouse.identity.accounts import Accounts
from teahouse.identity.logins import Logins
from teahouse.identity.resets import Resets
from teahouse.model.accounts import Account, AccountKind
from teahouse.model.commands import Limit, UserId
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick
from teahouse.model.results import Result


class AccountsPage(Struct, frozen=True):
    """`query` is how the nick begins. With `disabled`, those that are disabled, too."""

    query: Query = ""
    disabled: bool = False
    cursor: Cursor = ""
    limit: Limit = 50


class AccountRow(Result, frozen=True, omit_defaults=False):
    """`user` is what one logs in with. `disabled` is since when nobody can log in, 0: one can. `sessions` counts live
    connections."""

    id: str
    user: str
    nick: str
    kind: str
    admin: bool
    disabled: int
    created: int
    sessions: int


class AccountPage(Result, frozen=True, omit_defaults=False):
    """`cursor` leads to the next page; null: there is none."""

    users: tuple[AccountRow, ...]
    cursor: str | None


class Rights(Struct, frozen=True):
    """What is left out stays as it is."""

    disabled: bool | UnsetType = UNSET
    admin: bool | UnsetType = UNSET


class PasswordLink(Result, frozen=True):
    """Whoever has `token` may set the password of this account, once, until `expires` (`POST auth/reset`)."""

    token: str
    expires: int


class Reset(Struct, frozen=True):
    token: Secret
    password: Password


class People:
    def __init__(self, accounts: Accounts, logins: Logins, engine: Engine, scribe: Scribe) -> None:
        self._accounts = accounts
        self._logins = logins
        self._engine = engine
        self._scribe = scribe
        self._turn = asyncio.Lock()  # two who take each other's rights do it one after the other

    @operation("GET /admin/users", who=Who.ADMIN)
    async def page(self, call: Call, query: AccountsPage) -> AccountPage:
        """Accounts, bots among them, in order of nick."""
        found = await self._accounts.page(query.query, query.cursor, query.limit + 1, query.disabled)
        page = found[: query.limit]
        cursor = fold_nick(page[-1].nick) if len(found) > len(page) else None
        return AccountPage(tuple(self._row(account) for account in page), cursor)

    @operation("GET /admin/users/{user}", who=Who.ADMIN)
    async def show(self, call: Call, user: UserId) -> AccountRow:
        """One account, disabled or not."""
        return self._row(await self._accounts.known(user))

    @operation(
        "PATCH /admin/users/{user}", who=Who.ADMIN, refuses=(Code.CONFLICT,), example={"disabled": True}
    )
    async def change(self, call: Call, user: UserId, body: Rights) -> AccountRow:
        """Disable or enable an account, give or take administration. Who is disabled is logged out everywhere, and so
        are their bots. Nobody does this to themselves: so there is always an administrator."""
        if user == call.user:
            raise Problem(Code.CONFLICT, "you cannot change your own rights; another administrator can")
        async with self._turn:
            asking, account = await self._accounts.known(call.user), await self._accounts.known(user)
            if asking.disabled or not asking.admin:
                raise Problem(Code.FORBIDDEN, "only administrators may do this")
            if body.admin is True and account.kind is AccountKind.BOT:
                raise Problem(Code.CONFLICT, "a bot cannot administer")
            await self._change(call, account, body)
        return self._row(await self._accounts.known(user))

    async def _change(self, call: Call, account: Account, body: Rights) -> None:
        if body.admin is not UNSET:
            await self._scribe.write(call, "account.admin", account.id, admin=body.admin)
            await self._accounts.set_admin(account, body.admin)
        if body.disabled is True:
            await self._scribe.write(call, "account.disabled", account.id)
            await self._accounts.disable(account)
        if body.disabled is False:
            await self._scribe.write(call, "account.enabled", account.id)
            await self._accounts.enable(account)

    @operation("POST /admin/users/{user}/logout", who=Who.ADMIN)
    async def log_out(self, call: Call, user: UserId) -> None:
        """Log an account out on all devices; live connections end."""
        await self._accounts.known(user)
        await self._scribe.write(call, "login.ended", user)
        await self._logins.end(user)

    def _row(self, account: Account) -> AccountRow:
        return AccountRow(
            account.id,
            account.name,
            account.nick,
            account.kind,
            account.admin,
            account.disabled,
            account.created,
            self._engine.connected(account.id),
        )


class PasswordLinks:
    def __init__(self, accounts: Accounts, resets: Resets, scribe: Scribe) -> None:
        self._accounts = accounts
        self._resets = resets
        self._scribe = scribe

    @operation("POST /admin/users/{user}/password-link", 201, who=Who.ADMIN)
    async def offer(self, call: Call, user: UserId) -> PasswordLink:
        """Let somebody choose a new password. Give them the token by a way that is safe."""
        account = await self._accounts.known(user)
        await self._scribe.write(call, "account.password_link", user)
        call.keep_secret()
        return PasswordLink(*await self._resets.offer(account))

    @operation("POST /auth/reset", 204, who=Who.ANYBODY, refuses=(Code.FORBIDDEN,))
    async def redeem(self, call: Call, body: Reset) -> None:
        """Choose a new password with the token an administrator gave; all devices are logged out."""
        await self._resets.redeem(body.token, body.password, call.address)
