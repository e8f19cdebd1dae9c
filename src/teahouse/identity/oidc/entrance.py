"""The entrance: from a browser that is sent to a provider to an account that is logged in.

Rule: an attempt belongs to the browser that began it and to one provider, and is spent by the first answer, whatever
it is. Who comes is known by issuer and subject and by nothing else: an address of e-mail ties nobody to an account.
Called by gateways/rest/oidc.py.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from hashlib import sha256
from hmac import compare_digest
from typing import Any

from jwt.utils import base64url_encode
from msgspec import Struct

from teahouse.identity import fresh
from teahouse.identity.accounts import Accounts
from teahouse.identity.oidc.idtoken import Claims
from teahouse.identity.oidc.options import OidcOptions
from teahouse.identity.oidc.provider import Provider, Redemption
from teahouse.identity.oidc.seals import Seals
from teahouse.identity.registry import Registry
from teahouse.identity.standing import Standing
from teahouse.model.accounts import Account, Subject
from teahouse.model.errors import Code, Problem

ATTEMPT_S = 600
CODE_S = 60

_LONGEST_NAME = 24  # leaves room for what makes it free
_NUMBERED, _DRAWN = 9, 8


class Attempt(Struct, frozen=True, kw_only=True, omit_defaults=True):
    """A login under way, sealed into a cookie. `return_to` is where the browser goes then. For an app, `challenge`
    is that of the verifier it will show (RFC 7636); to tie an account, `user` and the `grant` of who asked."""

    provider: str
    state: str
    nonce: str
    verifier: str
    redirect_uri: str
    return_to: str
    challenge: str = ""
    user: str = ""
    grant: str = ""


class Answered(Struct, frozen=True):
    """What the provider sent the browser back with."""

    state: str
    code: str
    error: str
    issuer: str | None


class _Ticket(Struct, frozen=True):
    """What an app's one-time code stands for."""

    user: str
    challenge: str


class Providers(Struct, frozen=True):
    """Where people may come from, by id, and what an attempt is sealed with: 32 bytes, the same on all nodes."""

    by_id: Mapping[str, Provider]
    sealing_key: bytes


class Entrance:
    def __init__(
        self, providers: Providers, registry: Registry, accounts: Accounts, standing: Standing
    ) -> None:
        self._providers = providers.by_id
        self._registry = registry
        self._accounts = accounts
        self._standing = standing
        key, spent, clock = providers.sealing_key, registry.spent, registry.clock
        self._attempts = Seals(key, "attempt", ATTEMPT_S, spent, clock)
        self._codes = Seals(key, "code", CODE_S, spent, clock)

    def shown(self) -> list[OidcOptions]:
        """The providers a login page may offer."""
        return [provider.options for provider in self._providers.values()]

    async def begin(
        self, provider: str, redirect_uri: str, return_to: str, **purpose: str
    ) -> tuple[str, str]:
        """Where the browser goes, and what it keeps meanwhile. `purpose`: `challenge`, or `user` and `grant`."""
        found = self._provider(provider)
        attempt = Attempt(
            provider=provider,
            state=fresh.secret(),
            nonce=fresh.secret(),
            verifier=fresh.secret() + fresh.secret(),
            redirect_uri=redirect_uri,
            return_to=return_to,
            **purpose,
        )
        address = await found.address(
            state=attempt.state,
            nonce=attempt.nonce,
            code_challenge=challenge_of(attempt.verifier),
            redirect_uri=redirect_uri,
        )
        return address, self._attempts.seal(attempt)

    async def finish(self, provider: str, sealed: str, answered: Answered) -> tuple[Account, Attempt]:
        """Who came, and what they began. Raises Problem; the attempt is spent in any case, unless it was not
        theirs."""
        found = self._provider(provider)
        attempt = self._attempts.read(sealed, Attempt)
        if attempt is None or not _same(attempt.state, answered.state) or attempt.provider != provider:
            raise _not_begun()
        if not await self._attempts.spend(sealed):
            raise _not_begun()
        await found.check_issuer(answered.issuer)
        if answered.error or not answered.code:
            raise Problem(Code.UNAUTHENTICATED, "the provider did not log you in; begin again")
        redemption = Redemption(answered.code, attempt.verifier, attempt.nonce, attempt.redirect_uri)
        claims = await found.redeem(redemption)
        _check_domain(claims, found.options)
        if attempt.user:
            return await self._tied(found, claims, attempt), attempt
        return await self._account(found, claims), attempt

    def code(self, account: Account, attempt: Attempt) -> str:
        """What an app can exchange for tokens, once and soon."""
        return self._codes.seal(_Ticket(account.id, attempt.challenge))

    async def exchange(self, code: str, verifier: str) -> Account:
        """The account a one-time code stands for, for the app that began the login. Spent by the first try."""
        ticket = self._codes.read(code, _Ticket)
        if ticket is None or not await self._codes.spend(code):
            raise _no_code()
        if not _same(ticket.challenge, challenge_of(verifier)):
            raise _no_code()
        return await self._open(ticket.user)

    async def ties(self, user: str) -> list[Subject]:
        return await self._registry.subjects.of(user)

    async def untie(self, user: str, provider: str) -> None:
        """This provider logs nobody in to the account any more; it must not be the last way in."""
        issuer = self._provider(provider).options.issuer
        ties = await self.ties(user)
        ending = [subject for subject in ties if subject.issuer == issuer]
        if not ending:
            raise Problem(Code.NOT_FOUND, "this provider does not log you in")
        if len(ending) == len(ties) and await self._registry.accounts.password(user) is None:
            raise Problem(Code.CONFLICT, "this is the only way in to the account")
        for subject in ending:
            await self._registry.subjects.untie(subject, user)

    def _provider(self, name: str) -> Provider:
        found = self._providers.get(name)
        if found is None:
            raise Problem(Code.NOT_FOUND, "there is no such login provider")
        return found

    async def _account(self, provider: Provider, claims: Claims) -> Account:
        subject = Subject(provider.options.issuer, claims["sub"])
        user = await self._registry.subjects.find(subject)
        if user is None:
            if not provider.options.create:
                raise Problem(Code.FORBIDDEN, "there is no account for you here; ask an administrator")
            user = await self._enrolled(subject, name_of(claims, provider.options.user_claim))
        return await self._open(user)

    async def _enrolled(self, subject: Subject, wanted: str) -> str:
        for name in _candidates(wanted):
            try:
                return await self._accounts.enrol(name, subject)
            except Problem as problem:
                if problem.code is not Code.CONFLICT:
                    raise
        raise Problem(Code.CONFLICT, "no free name was found for you; ask an administrator")

    async def _tied(self, provider: Provider, claims: Claims, attempt: Attempt) -> Account:
        if await self._standing.caller(attempt.user, attempt.grant) is None:
            raise Problem(Code.UNAUTHENTICATED, "you were logged out meanwhile; begin again")
        subject = Subject(provider.options.issuer, claims["sub"])
        if await self._registry.subjects.tie(subject, attempt.user) != attempt.user:
            raise Problem(Code.CONFLICT, "the provider logs you in to another account already")
        return await self._open(attempt.user)

    async def _open(self, user: str) -> Account:
        account = await self._registry.accounts.find(user)
        if account is None or account.disabled:
            raise Problem(Code.FORBIDDEN, "this account is closed")
        return account


def challenge_of(verifier: str) -> str:
    """S256 (RFC 7636, 4.2)."""
    return base64url_encode(sha256(verifier.encode("utf-8", "surrogatepass")).digest()).decode()


def name_of(claims: Mapping[str, Any], claim: str) -> str:
    """A user name out of what the provider says; `user` if there is nothing to make one of."""
    for place in (claim, "preferred_username", "nickname", "email", "name"):
        said = claims.get(place)
        if isinstance(said, str):
            local = unicodedata.normalize("NFKC", said).partition("@")[0]
            name = re.sub(r"[^\w.\-]+", "-", local).strip("._-")[:_LONGEST_NAME].strip("._-")
            if name:
                return name
    return "user"


def _candidates(name: str) -> Iterator[str]:
    yield name
    yield from (f"{name}{number}" for number in range(2, 2 + _NUMBERED))
    yield from (f"{name}-{fresh.user_id()[-6:]}" for _ in range(_DRAWN))


def _check_domain(claims: Claims, options: OidcOptions) -> None:
    if not options.domains:
        return
    email, proven = claims.get("email"), claims.get("email_verified") is True
    domain = email.rpartition("@")[2].lower() if isinstance(email, str) else ""
    if not proven or domain not in {allowed.lower() for allowed in options.domains}:
        raise Problem(Code.FORBIDDEN, "people of your domain are not let in here")


def _same(one: str, other: str) -> bool:
    return compare_digest(one.encode("utf-8", "surrogatepass"), other.encode("utf-8", "surrogatepass"))


def _not_begun() -> Problem:
    return Problem(Code.UNAUTHENTICATED, "this login was not begun here, or too long ago; begin again")


def _no_code() -> Problem:
    return Problem(Code.UNAUTHENTICATED, "this code does not hold, or no longer; begin again")
