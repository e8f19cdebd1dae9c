"""Accounts: made, changed, disabled.

Rule: what is taken from somebody is taken in an order in which dying in between leaves them with less, never with
more. Called by gateways/rest/auth.py and users.py, and by app/control.py for `teahouse user`.
"""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from msgspec import UNSET

from teahouse.identity import fresh
from teahouse.identity.hashing import Hasher
from teahouse.identity.logins import Logins
from teahouse.identity.passwords import CheckedPasswords
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.identity.throttle import Throttle
from teahouse.identity.witness import witness
from teahouse.model.accounts import Account, AccountChange, Subject, Voucher
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import LOBBY, check_nick, fold_nick

ADMIN, INVITATION = "admin", "invitation"
"""What vouchers are for: the first administrator, and an account where not everybody may make one."""

_HOUR_MS = 3_600_000
LONGEST_PASSWORD = 1024


class Wanted:
    """An account somebody asks for. Raises `bad_request` for what cannot be."""

    def __init__(self, user: str, password: str, nick: str | None = None, shortest: int = 1) -> None:
        try:
            self.name = check_nick(user)
        except Problem:
            raise Problem(
                Code.BAD_REQUEST,
                "a user name is 1 to 32 letters, digits, '_', '-' or '.', and begins with a letter or digit",
            ) from None
        self.nick = self.name if nick is None else check_nick(nick)
        self.password = check_password(password, shortest)
        check_not_the_name(password, self.name, self.nick)


def check_not_the_name(password: str, *names: str) -> None:
    """`forbidden` if it is what everybody would guess first."""
    if fold_nick(password) in {fold_nick(name) for name in names}:
        raise Problem(Code.FORBIDDEN, "the password must not be the user name or the nick")


def check_password(password: str, shortest: int) -> str:
    if len(password) < shortest:
        raise Problem(Code.BAD_REQUEST, f"a password has at least {shortest} characters")
    if len(password) > LONGEST_PASSWORD:
        raise Problem(Code.BAD_REQUEST, f"a password has at most {LONGEST_PASSWORD} characters")
    return password


class Accounts:
    def __init__(
        self,
        registry: Registry,
        hasher: Hasher,
        passwords: CheckedPasswords,
        logins: Logins,
        standing: Standing,
        throttle: Throttle,
    ) -> None:
        self._registry = registry
        self._hasher = hasher
        self._passwords = passwords
        self._logins = logins
        self._standing = standing
        self._throttle = throttle
        self._options = throttle.options

    # --- making them ---

    def wanted(self, user: str, password: str, nick: str | None = None) -> Wanted:
        return Wanted(user, password, nick, self._options.password_length)

    def check_password(self, password: str) -> None:
        """`bad_request` for one that cannot be."""
        check_password(password, self._options.password_length)

    def nick(self, nick: str) -> str:
        """The nick in normal form, or `bad_request`."""
        return check_nick(nick)

    async def register(self, wanted: Wanted, invitation: str | None, address: str) -> Account:
        """An account for whoever may make one."""
        await self._throttle.take_registration(address)
        if invitation is not None:
            return await self.create(wanted, voucher=self._voucher(invitation, INVITATION))
        if self._options.registration == "open":
            return await self.create(wanted)
        how = "with an invitation" if self._options.registration == "invite" else "by an administrator"
        raise Problem(Code.FORBIDDEN, f"accounts are made {how} here")

    async def create(self, wanted: Wanted, admin: bool = False, voucher: Voucher | None = None) -> Account:
        """A new account. The password is hashed first, so that a taken name takes as long as a free one."""
        made = await self._hasher.hash(wanted.password)
        account = Account(
            id=fresh.user_id(), name=wanted.name, nick=wanted.nick, admin=admin, created=self._now()
        )
        async with self._holding(account.nick, account.id):
            head = (await self._registry.log.heads([LOBBY])).get(LOBBY, 0)
            await self._registry.accounts.create(account, made, head, voucher)
        await witness(self._registry, "account.created", account.id, admin=admin)
        return account

    async def enrol(self, name: str, subject: Subject) -> str:
        """The id of the account of whoever a provider knows as `subject`: a new one, without a password, if they had
        none. `conflict` if the name is taken."""
        wanted = check_nick(name)
        account = Account(id=fresh.user_id(), name=wanted, nick=wanted, created=self._now())
        async with self._holding(account.nick, account.id):
            head = (await self._registry.log.heads([LOBBY])).get(LOBBY, 0)
            return await self._registry.subjects.create(account, subject, head)

    async def first_admin(self, wanted: Wanted, secret: str) -> Account:
        """The first administrator, by the link that was printed at the start."""
        if await self._registry.accounts.has_admin():
            raise Problem(Code.FORBIDDEN, "there is an administrator already")
        return await self.create(wanted, admin=True, voucher=self._voucher(secret, ADMIN))

    async def voucher(self, purpose: str, hours: int) -> str:
        """The secret of a new voucher, which is kept nowhere."""
        secret = fresh.secret()
        expires = self._now() + hours * _HOUR_MS
        await self._registry.vouchers.put(Voucher(fresh.digest(secret), purpose, expires))
        return secret

    async def admin_voucher(self, hours: int) -> str | None:
        """The secret that makes the first administrator, None where there is one. It is the only one that does."""
        await self._registry.vouchers.withdraw(ADMIN)
        if await self._registry.accounts.has_admin():
            return None
        return await self.voucher(ADMIN, hours)

    # --- finding them ---

    async def find(self, user: str) -> Account:
        """By id, or `not_found`; who is disabled is not shown."""
        account = await self._registry.accounts.find(user)
        if account is None or account.disabled:
            raise Problem(Code.NOT_FOUND, f"there is no account {user!r}")
        return account

    async def profile(self, user: str) -> Account:
        """The same, to be shown and not to be gone by: it may be a moment old."""
        profiles = self._registry.profiles
        if profiles is None:
            return await self.find(user)
        account = await profiles.profile(user)
        if account is None or account.disabled:
            raise Problem(Code.NOT_FOUND, f"there is no account {user!r}")
        return account

    async def known(self, user: str) -> Account:
        """By id, disabled or not, or `not_found`."""
        account = await self._registry.accounts.find(user)
        if account is None:
            raise Problem(Code.NOT_FOUND, f"there is no account {user!r}")
        return account

    async def named(self, name: str) -> Account:
        """By the name one logs in with, or `not_found`; disabled or not."""
        account = await self._registry.accounts.named(fold_nick(name))
        if account is None:
            raise Problem(Code.NOT_FOUND, f"there is no account {name!r}")
        return account

    async def subjects(self, user: str) -> list[Subject]:
        """Who the user is at providers of OpenID Connect."""
        return await self._registry.subjects.of(user)

    async def page(self, prefix: str, after: str, limit: int, disabled: bool = False) -> list[Account]:
        """By nick; `after` is the folded nick of the last one seen."""
        return await self._registry.accounts.page(fold_nick(prefix), after, limit, disabled)

    # --- changing them ---

    async def change(self, user: str, change: AccountChange) -> Account:
        """Change the profile; a new nick must be nobody's."""
        if change.nick is UNSET:
            account = await self._registry.accounts.change(user, change)
        else:
            async with self._holding(change.nick, user):
                account = await self._registry.accounts.change(user, change)
        if account is None:
            raise Problem(Code.NOT_FOUND, f"there is no account {user!r}")
        self._standing.change(account)
        return account

    async def confirm(self, caller: Caller, password: str, address: str) -> Account:
        """The caller's account, if they know its password; else `forbidden`."""
        account = await self.find(caller.user.id)
        if not await self._passwords.confirm(account, password, address):
            raise Problem(Code.FORBIDDEN, "the password is wrong")
        return account

    async def set_password(self, account: Account, password: str, but: str | None = None) -> None:
        """A new password; whoever is logged in is logged out, except `but`. Logged out again afterwards, because
        until then the old password opened the door."""
        check_password(password, self._options.password_length)
        check_not_the_name(password, account.name, account.nick)
        made = await self._hasher.hash(password)
        await self._logins.end(account.id, None, but)
        await self._registry.accounts.change(account.id, AccountChange(password=made))
        await self._logins.end(account.id, None, but)

    async def disable(self, account: Account) -> None:
        """Nobody logs in to it any more, and whoever is logged in is logged out."""
        if not account.disabled:
            await self._registry.accounts.change(account.id, AccountChange(disabled=self._now()))
        await self._logins.end(account.id)

    async def enable(self, account: Account) -> None:
        """Its owner may log in again, and has to."""
        await self._logins.end(account.id)
        await self._registry.accounts.change(account.id, AccountChange(disabled=0))

    async def set_admin(self, account: Account, admin: bool) -> None:
        changed = await self._registry.accounts.change(account.id, AccountChange(admin=admin))
        if changed is not None:
            self._standing.change(changed)

    # --- the rest ---

    @asynccontextmanager
    async def _holding(self, nick: str, user: str) -> AsyncIterator[None]:
        """Hold a nick while it becomes an account's, so that no guest takes it meanwhile; `conflict` if one has it."""
        presence, folded = self._registry.presence, fold_nick(nick)
        if await presence.claim(folded, user) != user:
            raise Problem(Code.CONFLICT, "this user or nick is taken; choose another")
        try:
            yield
        finally:
            await presence.release(folded, user)

    def _voucher(self, secret: str, purpose: str) -> Voucher:
        return Voucher(fresh.digest(secret), purpose, self._now())

    def _now(self) -> int:
        return self._registry.clock.now()
