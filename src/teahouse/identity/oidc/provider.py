"""A provider: its description and keys, kept for a while, and what it says of somebody who came back from it.

Rule: what it says of itself must be about the issuer in the settings, at addresses nobody can listen to (OpenID
Connect Discovery 1.0, 4.3). Keys that are not known are asked for again, but not often. Called by entrance.py.
"""

import asyncio
from http import HTTPStatus
from typing import Any
from urllib.parse import quote_plus, urlencode

import msgspec
import structlog
from msgspec import Struct

from teahouse.identity.oidc.idtoken import ALGORITHMS, Claims, Expected, UnknownKey, Untrusted, verified
from teahouse.identity.oidc.options import OidcOptions, is_safe
from teahouse.identity.oidc.outgoing import Outgoing
from teahouse.model.errors import Code, Problem
from teahouse.ports.clock import Clock

_log = structlog.get_logger("teahouse.identity")

_ROTATION_S = 30.0
"""So long at least between two looks for a key nobody has heard of."""


class Description(Struct, frozen=True):
    """What we need of a provider's metadata; the names are the standard's."""

    issuer: str
    authorization_endpoint: str
    token_endpoint: str
    jwks_uri: str
    userinfo_endpoint: str = ""
    id_token_signing_alg_values_supported: tuple[str, ...] = ("RS256",)
    token_endpoint_auth_methods_supported: tuple[str, ...] = ("client_secret_basic",)
    authorization_response_iss_parameter_supported: bool = False


class _KeySet(Struct, frozen=True):
    keys: tuple[Any, ...]


class _Answer(Struct, frozen=True):
    id_token: str
    access_token: str = ""


class Redemption(Struct, frozen=True):
    """A code to be redeemed, with all that was kept of the attempt it belongs to."""

    code: str
    verifier: str
    nonce: str
    redirect_uri: str


class Provider:
    def __init__(self, options: OidcOptions, clock: Clock, outgoing: Outgoing) -> None:
        self.options = options
        self._clock = clock
        self._outgoing = outgoing
        self._lock = asyncio.Lock()
        self._description: Description | None = None
        self._described_until = 0.0
        self._keys: tuple[Any, ...] = ()
        self._keys_until = 0.0
        self._keys_asked = -_ROTATION_S

    async def address(self, **parameters: str) -> str:
        """Where a browser is sent; `parameters` are state, nonce, challenge and redirect_uri."""
        described = await self._described()
        query = {
            "response_type": "code",
            "client_id": self.options.client_id,
            "scope": " ".join(dict.fromkeys(("openid", *self.options.scopes))),
            "code_challenge_method": "S256",
            **parameters,
        }
        mark = "&" if "?" in described.authorization_endpoint else "?"
        return f"{described.authorization_endpoint}{mark}{urlencode(query)}"

    async def check_issuer(self, issuer: str | None) -> None:
        """Whether it was this provider that sent the browser back (RFC 9207)."""
        described = await self._described()
        wanted = issuer is not None or described.authorization_response_iss_parameter_supported
        if wanted and issuer != self.options.issuer:
            raise _refused("another provider answered")

    async def redeem(self, redemption: Redemption) -> Claims:
        """Who came. `unauthenticated` if the provider does not say so, `unavailable` if it says nothing."""
        described = await self._described()
        form = {
            "grant_type": "authorization_code",
            "code": redemption.code,
            "redirect_uri": redemption.redirect_uri,
            "code_verifier": redemption.verifier,
        }
        request = self._authenticated(form, described)
        status, said = await self._outgoing.ask("POST", described.token_endpoint, **request)
        if status != HTTPStatus.OK:
            raise _refused(f"the provider refused the code with {int(status)}")
        answer = _as(said, _Answer)
        claims = await self._verified(answer.id_token, redemption.nonce, described)
        if self.options.userinfo and described.userinfo_endpoint:
            claims = {**await self._userinfo(answer.access_token, described), **claims}
        return claims

    async def _verified(self, token: str, nonce: str, described: Description) -> Claims:
        allowed = ALGORITHMS.intersection(described.id_token_signing_alg_values_supported)
        now = self._clock.now() // 1000
        expected = Expected(self.options.issuer, self.options.client_id, nonce, allowed, now)
        try:
            try:
                return verified(token, await self._current_keys(described), expected)
            except UnknownKey:
                return verified(token, await self._newer_keys(described), expected)
        except Untrusted as error:
            raise _refused(str(error)) from error

    async def _userinfo(self, access_token: str, described: Description) -> Claims:
        headers = {"authorization": f"Bearer {access_token}"}
        status, said = await self._outgoing.ask("GET", described.userinfo_endpoint, headers=headers)
        if status != HTTPStatus.OK or not isinstance(said, dict):
            raise _refused(f"userinfo answered {status}")
        return said

    def _authenticated(self, form: dict[str, str], described: Description) -> dict[str, Any]:
        """The form, and who we are: by HTTP Basic (RFC 6749, 2.3.1) unless the provider wants it in the form."""
        options = self.options
        methods = described.token_endpoint_auth_methods_supported
        if options.client_secret and (
            "client_secret_basic" in methods or "client_secret_post" not in methods
        ):
            return {"data": form, "auth": (quote_plus(options.client_id), quote_plus(options.client_secret))}
        form["client_id"] = options.client_id
        if options.client_secret:
            form["client_secret"] = options.client_secret
        return {"data": form}

    async def _described(self) -> Description:
        async with self._lock:
            if self._description is not None and self._clock.monotonic() < self._described_until:
                return self._description
            url = f"{self.options.issuer.rstrip('/')}/.well-known/openid-configuration"
            status, said = await self._outgoing.ask("GET", url)
            described: Description | None = _as(said, Description) if status == HTTPStatus.OK else None
            if described is None or not self._is_right(described):
                _log.warning("what the login provider says of itself is of no use", url=url, status=status)
                raise Problem(Code.UNAVAILABLE, "the login provider is not set up right", 60_000)
            self._description = described
            self._described_until = self._clock.monotonic() + self.options.cache_s
            return described

    def _is_right(self, described: Description) -> bool:
        """Also in that it does not send us to programs on this machine, unless it is one itself."""
        addresses = [described.authorization_endpoint, described.token_endpoint, described.jwks_uri]
        addresses += [described.userinfo_endpoint] if described.userinfo_endpoint else []
        plain = self.options.issuer.startswith("http://")
        return described.issuer == self.options.issuer and all(
            is_safe(address) and (plain or address.startswith("https://")) for address in addresses
        )

    async def _current_keys(self, described: Description) -> tuple[Any, ...]:
        if self._clock.monotonic() < self._keys_until:
            return self._keys
        return await self._asked_keys(described)

    async def _newer_keys(self, described: Description) -> tuple[Any, ...]:
        if self._clock.monotonic() < self._keys_asked + _ROTATION_S:
            return self._keys
        return await self._asked_keys(described)

    async def _asked_keys(self, described: Description) -> tuple[Any, ...]:
        async with self._lock:
            self._keys_asked = self._clock.monotonic()
            status, said = await self._outgoing.ask("GET", described.jwks_uri)
            if status != HTTPStatus.OK:
                raise Problem(Code.UNAVAILABLE, "the login provider does not give its keys", 60_000)
            self._keys = _as(said, _KeySet).keys
            self._keys_until = self._clock.monotonic() + self.options.cache_s
            return self._keys


def _as(said: Any, type_: Any) -> Any:
    try:
        return msgspec.convert(said, type_)
    except msgspec.ValidationError as error:
        _log.warning("the login provider says what cannot be understood", reason=str(error))
        raise Problem(
            Code.UNAVAILABLE, "the login provider says what cannot be understood", 60_000
        ) from error


def _refused(reason: str) -> Problem:
    """Why is for the log, not for whoever asked."""
    _log.warning("a login by a provider was refused", reason=reason)
    return Problem(Code.UNAUTHENTICATED, "the provider does not vouch for this login; begin again")
