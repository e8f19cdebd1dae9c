"""Access tokens: signed sentences that say who somebody is, for a quarter of an hour (RFC 7519).

Rule: a key is used with its own algorithm and no other, whatever a token says of itself (RFC 8725, 3.1); a token
counts only if it has all claims and this server made it. Called by tokens.py and logins.py.
"""

from typing import Any

import jwt
from jwt.exceptions import PyJWTError
from msgspec import Struct

from teahouse.identity import fresh
from teahouse.identity.keys import KeyRing, is_kid
from teahouse.identity.options import IdentityOptions
from teahouse.ports.clock import Clock

_CLAIMS = ("iss", "sub", "sid", "iat", "exp", "jti")
_LARGEST = 4096
_TYPE = "JWT"
# Times are checked against the server's own clock below.
_CHECKS: Any = {
    "require": list(_CLAIMS),
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
    "verify_aud": False,
}


class Claims(Struct, frozen=True):
    """What a token says: the user, the login, and until when (milliseconds UTC)."""

    user: str
    login: str
    expires: int


class AccessTokens:
    def __init__(self, keys: KeyRing, options: IdentityOptions, clock: Clock) -> None:
        self._keys = keys
        self._options = options
        self._clock = clock

    @property
    def lifetime_s(self) -> int:
        return self._options.access_s

    def issue(self, user: str, login: str) -> str:
        now = self._clock.now() // 1000
        claims = {
            "iss": self._options.issuer,
            "sub": user,
            "sid": login,
            "iat": now,
            "exp": now + self._options.access_s,
            "jti": fresh.token_id(),
        }
        key = self._keys.newest
        return jwt.encode(claims, key.signing, key.algorithm, {"kid": key.kid})

    async def verify(self, token: str) -> Claims | None:
        """As `read`, also if another node signed it with a key it made just now."""
        claims = self.read(token)
        if claims is None and (kid := self._unknown(token)) is not None:
            await self._keys.look_for(kid)
            claims = self.read(token)
        return claims

    def read(self, token: str) -> Claims | None:
        """What the token says, if it is one of ours and has not expired."""
        if len(token) > _LARGEST:
            return None
        try:
            claims = self._verified(token)
        except (PyJWTError, ValueError):
            return None
        if claims is None:
            return None
        user, login, expires = claims["sub"], claims["sid"], claims["exp"]
        if not (isinstance(user, str) and isinstance(login, str) and isinstance(expires, int)):
            return None
        if expires * 1000 <= self._clock.now():
            return None
        return Claims(user, login, expires * 1000)

    def _unknown(self, token: str) -> str | None:
        """The key a token says it is signed with, if that may be one of ours and is not known."""
        try:
            kid = jwt.get_unverified_header(token).get("kid") if len(token) <= _LARGEST else None
        except (PyJWTError, ValueError):
            return None
        if not isinstance(kid, str) or not is_kid(kid) or self._keys.find(kid) is not None:
            return None
        return kid

    def _verified(self, token: str) -> dict[str, Any] | None:
        kid = jwt.get_unverified_header(token).get("kid")
        key = self._keys.find(kid) if isinstance(kid, str) else None
        if key is None:
            return None
        claims: dict[str, Any] = jwt.decode(
            token, key.verifying, [key.algorithm], _CHECKS, issuer=self._options.issuer
        )
        return claims
