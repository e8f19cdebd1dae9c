"""ID tokens: what a provider says of somebody, believed only if it said so itself, to us, now, and for this attempt
(OpenID Connect Core 1.0, 3.1.3.7).

Rule: pure; keys are public ones only, each used with an algorithm of its own kind that was allowed beforehand.
Called by provider.py.
"""

from collections.abc import Collection, Sequence
from hmac import compare_digest
from typing import Any

import jwt
from jwt.exceptions import PyJWTError
from msgspec import Struct

ALGORITHMS = frozenset(
    {"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"}
)
"""With public keys only: neither `none`, nor HS*, whose key would be one that anybody can read."""

_LEEWAY_S = 60
_LARGEST = 16_384
_LONGEST_SUBJECT = 255  # Core 1.0, 2
_CHECKS: Any = {
    "require": ["iss", "sub", "aud", "exp", "iat"],
    "enforce_minimum_key_length": True,
    # Times are checked against the server's own clock below.
    "verify_exp": False,
    "verify_iat": False,
    "verify_nbf": False,
}

Claims = dict[str, Any]


class Untrusted(Exception):
    """The token is not believed; why, for the log."""


class UnknownKey(Untrusted):
    """It is signed with a key we have not heard of: perhaps a new one."""


class Expected(Struct, frozen=True):
    """What the token must say. `now`: seconds UTC."""

    issuer: str
    client_id: str
    nonce: str
    algorithms: Collection[str]
    now: int


def verified(token: str, keys: Sequence[Any], expected: Expected) -> Claims:
    """The claims of a token that holds. Raises Untrusted. `keys` are those of a JWK set (RFC 7517)."""
    if len(token) > _LARGEST:
        raise Untrusted("the token is too large")
    try:
        algorithm, key = _key(jwt.get_unverified_header(token), keys, expected.algorithms)
        claims: Claims = jwt.decode(
            token, key, [algorithm], _CHECKS, audience=expected.client_id, issuer=expected.issuer
        )
    except (PyJWTError, ValueError, TypeError, RecursionError) as error:
        raise Untrusted(str(error)) from error
    _check_party(claims, expected.client_id)
    _check_times(claims, expected.now)
    nonce = claims.get("nonce")
    if not isinstance(nonce, str) or not compare_digest(nonce.encode(), expected.nonce.encode()):
        raise Untrusted("the token is of another attempt (nonce)")
    if not 0 < len(claims["sub"]) <= _LONGEST_SUBJECT:
        raise Untrusted("the subject is empty or too long")
    return claims


def _key(header: dict[str, Any], keys: Sequence[Any], allowed: Collection[str]) -> tuple[str, Any]:
    algorithm, kid = header.get("alg"), header.get("kid")
    if algorithm not in ALGORITHMS or algorithm not in allowed:
        raise Untrusted(f"tokens signed with {algorithm} are not taken")
    usable = [
        key
        for key in keys
        if isinstance(key, dict)
        and key.get("use", "sig") == "sig"
        and key.get("alg", algorithm) == algorithm
        and (kid is None or key.get("kid") == kid)
    ]
    if len(usable) != 1:
        raise UnknownKey(f"{len(usable)} keys could have signed this")
    return algorithm, jwt.PyJWK(usable[0], algorithm).key


def _check_party(claims: Claims, client_id: str) -> None:
    """For whom it was issued: where it is for several, it must have been us who asked."""
    party = claims.get("azp")
    several = isinstance(claims["aud"], list) and len(claims["aud"]) > 1
    if (party is not None or several) and party != client_id:
        raise Untrusted("the token was issued to another client (azp)")


def _check_times(claims: Claims, now: int) -> None:
    times = [claims["exp"], claims["iat"], claims.get("nbf", 0)]
    if not all(isinstance(time, int | float) for time in times):
        raise Untrusted("the token's times are not numbers")
    expires, issued, begins = times
    if expires <= now - _LEEWAY_S:
        raise Untrusted("the token has expired")
    if issued > now + _LEEWAY_S or begins > now + _LEEWAY_S:
        raise Untrusted("the token is from the future")
