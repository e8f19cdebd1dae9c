"""Logins: devices come and go, and refresh their tokens (RFC 6749, 6; rotation as in RFC 9700, 4.14.2).

Rule: a refresh token is two secrets with a dot between them: one that stays with the login, one that changes with each
use. Only digests are stored. A token that was used before, or that carries a secret that never was, ends the login:
two have what one should have. Called by gateways/rest/auth.py and accounts.py.
"""

from collections.abc import Sequence

import structlog
from msgspec import Struct

from teahouse.identity import fresh
from teahouse.identity.access import AccessTokens
from teahouse.identity.options import IdentityOptions
from teahouse.identity.passwords import CheckedPasswords
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.identity.witness import witness
from teahouse.model.accounts import Account, Login, Outcome, Refresh, Seen
from teahouse.model.errors import Code, Problem

_log = structlog.get_logger("teahouse.identity")

_DAY_MS = 86_400_000


class Issued(Struct, frozen=True):
    """What a device is given: it keeps `refresh` secret, and shows `access` for `lifetime_s` seconds."""

    account: Account
    login: str
    access: str
    refresh: str
    lifetime_s: int


class Logins:
    def __init__(
        self,
        registry: Registry,
        access: AccessTokens,
        passwords: CheckedPasswords,
        standing: Standing,
        options: IdentityOptions,
    ) -> None:
        self._registry = registry
        self._access = access
        self._passwords = passwords
        self._standing = standing
        self._options = options

    async def log_in(self, user: str, password: str, device: str, address: str) -> Issued:
        """A new login by password, or `unauthenticated`."""
        return await self._passwords.enter(
            user,
            password,
            address,
            lambda account: self.begin(account, device, address),
            lambda issued: self.end(issued.account.id, [issued.login]),
        )

    async def begin(self, account: Account, device: str, address: str) -> Issued:
        """A login of somebody who is known by now."""
        now, id_, family, secret = self._now(), fresh.login_id(), fresh.secret(), fresh.secret()
        login = Login(
            id=id_,
            user=account.id,
            device=device,
            address=address,
            created=now,
            seen=now,
            expires=self._expires(now),
        )
        await self._registry.logins.begin(login, Refresh(fresh.digest(family), fresh.digest(secret)))
        await witness(self._registry, "login.began", account.id, address, login=id_, device=device)
        return self._issued(account, id_, f"{family}.{secret}")

    async def refresh(self, token: str, address: str) -> Issued:
        """New tokens for the device that has this refresh token, or `unauthenticated`."""
        family, _, secret = token.partition(".")
        nonce = fresh.nonce()
        used = Refresh(fresh.digest(family), fresh.digest(secret), nonce)
        following = fresh.digest(fresh.successor(secret, nonce))
        rotation = await self._registry.logins.rotate(used, following, self._seen(address))
        if rotation is None:
            raise _unknown()
        login = rotation.login
        if rotation.outcome is Outcome.REUSED:
            _log.warning(
                "a refresh token was used again; its login has ended", user=login.user, login=login.id
            )
            self._standing.revoke(login.user, [login.id])
            await witness(self._registry, "login.reused", login.user, address, login=login.id)
            raise _unknown()
        account = await self._registry.accounts.find(login.user)
        if account is None or account.disabled:
            raise _unknown()
        return self._issued(account, login.id, f"{family}.{fresh.successor(secret, rotation.nonce)}")

    async def of(self, user: str) -> list[Login]:
        return await self._registry.logins.of(user, self._now())

    async def rename(self, user: str, login: str, device: str) -> Login:
        """Call the device of this login `device`."""
        mine = await self._registry.logins.find(login, self._now()) if login else None
        named = None
        if mine is not None and mine.user == user:
            named = await self._registry.logins.rename(login, device)
        if named is None:
            raise Problem(Code.NOT_FOUND, "this token is not that of a device; log in to be one")
        return named

    async def end(self, user: str, logins: Sequence[str] | None = None, but: str | None = None) -> list[str]:
        """Log out these devices of the user, None: all, also those that came with a password; except `but`."""
        ended = await self._registry.logins.end(user, logins, but or "")
        self._standing.revoke(user, None if logins is None else ended, but)
        return ended

    def _issued(self, account: Account, login: str, refresh: str) -> Issued:
        access = self._access.issue(account.id, login)
        return Issued(account, login, access, refresh, self._access.lifetime_s)

    def _seen(self, address: str) -> Seen:
        now = self._now()
        grace = 1000 * self._options.refresh_grace_s
        return Seen(now=now, expires=self._expires(now), address=address, grace_ms=grace)

    def _expires(self, now: int) -> int:
        return now + self._options.refresh_days * _DAY_MS

    def _now(self) -> int:
        return self._registry.clock.now()


def _unknown() -> Problem:
    return Problem(Code.UNAUTHENTICATED, "the refresh token is not valid, or no longer; log in again")
