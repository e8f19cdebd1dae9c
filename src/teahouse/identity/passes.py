"""Passes: what a browser keeps in a cookie, in the place of a refresh token, and the proof that goes with it.

Rule: a new login is a new pass, whatever the browser brought with it. The proof is made of the pass itself (HMAC), so
it belongs to this login and no other, and nothing has to be kept to check it. Passes that were looked up are kept in
memory (kept.py). Called by gateways/rest/cookies.py, web.py and oidc.py.
"""

from hmac import compare_digest
from hmac import digest as hmac_digest

from jwt.utils import base64url_encode
from msgspec import Struct
from msgspec.structs import replace

from teahouse.identity import fresh
from teahouse.identity.access import AccessTokens
from teahouse.identity.kept import KeptCallers
from teahouse.identity.options import IdentityOptions
from teahouse.identity.passwords import CheckedPasswords
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.model.accounts import Account, Login
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem

_DAY_MS = 86_400_000
_EXTEND_MS = 3_600_000
"""A login is noted as seen at most so often: each time is a write."""
_LONGEST = 64


class Passed(Struct, frozen=True):
    """A browser that is logged in: `secret` for its cookie, which it keeps `lifetime_s` seconds, and the `proof`
    its pages show."""

    account: Account
    login: str
    secret: str
    proof: str
    lifetime_s: int


class Passes:
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
        self._kept: KeptCallers[bytes] = KeptCallers(standing, registry.clock, options.cached_tokens)

    async def log_in(self, user: str, password: str, device: str, address: str) -> Passed:
        """A new login by password, or `unauthenticated`."""
        return await self._passwords.enter(
            user,
            password,
            address,
            lambda account: self.begin(account, device, address),
            lambda passed: self.end(passed.secret),
        )

    async def begin(self, account: Account, device: str, address: str) -> Passed:
        """A login of somebody who is known by now; `unauthenticated` if the account was closed meanwhile."""
        now, id_, secret = self._now(), fresh.login_id(), fresh.secret()
        times = {"created": now, "seen": now, "expires": now + self._lifetime_ms}
        login = Login(id=id_, user=account.id, device=device, address=address, **times)
        await self._registry.passes.begin(login, fresh.digest(secret))
        if await self._standing.caller(account.id, id_) is None:
            await self._end(login)
            raise Problem(Code.UNAUTHENTICATED, "this account is closed")
        return self._passed(account, id_, secret)

    async def caller(self, secret: str) -> Caller | None:
        """Whom the pass stands for."""
        if len(secret) > _LONGEST:
            return None
        digest = fresh.digest(secret)
        if (kept := self._kept.find(digest)) is not None:
            return kept
        login = await self._registry.passes.find(digest, self._now())
        caller = None if login is None else await self._standing.caller(login.user, login.id)
        if login is not None and caller is not None:
            self._kept.keep(digest, caller, login.expires)
        return caller

    def proof(self, secret: str) -> str:
        """What a page of ours shows to prove that it is one: known to nobody who does not have the pass."""
        made = hmac_digest(secret.encode("utf-8", "surrogatepass"), b"csrf", "sha256")
        return base64url_encode(made[:24]).decode()

    def proves(self, secret: str, proof: str) -> bool:
        return compare_digest(self.proof(secret).encode(), proof.encode("utf-8", "surrogatepass"))

    async def renew(self, secret: str, address: str) -> Passed:
        """The same login, which lasts on from now. `unauthenticated` if there is none."""
        now = self._now()
        login = await self._registry.passes.find(fresh.digest(secret), now)
        caller = None if login is None else await self._standing.caller(login.user, login.id)
        account = None if caller is None else await self._registry.accounts.find(caller.user.id)
        if login is None or account is None:
            raise Problem(Code.UNAUTHENTICATED, "this browser is not logged in, or no longer")
        if login.seen <= now - _EXTEND_MS:
            lasting = replace(login, seen=now, expires=now + self._lifetime_ms, address=address)
            await self._registry.passes.extend(lasting)
            self._kept.drop(fresh.digest(secret))
        return self._passed(account, login.id, secret)

    async def end(self, secret: str) -> None:
        """Log this browser out, if it is logged in."""
        login = await self._registry.passes.find(fresh.digest(secret), self._now())
        if login is not None:
            await self._end(login)

    def token(self, caller: Caller) -> tuple[str, int]:
        """An access token for the login behind a pass, and for how many seconds it is good."""
        return self._access.issue(caller.user.id, caller.grant), self._access.lifetime_s

    async def _end(self, login: Login) -> None:
        ended = await self._registry.logins.end(login.user, [login.id])
        self._standing.revoke(login.user, ended)

    def _passed(self, account: Account, login: str, secret: str) -> Passed:
        return Passed(account, login, secret, self.proof(secret), self.lifetime_s)

    @property
    def lifetime_s(self) -> int:
        """So long a browser keeps its pass after it was last renewed."""
        return self._lifetime_ms // 1000

    @property
    def _lifetime_ms(self) -> int:
        return self._options.refresh_days * _DAY_MS

    def _now(self) -> int:
        return self._registry.clock.now()
