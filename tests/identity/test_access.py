"""Access tokens, and those who would like to have made them (RFC 8725)."""

import asyncio
import base64
import hmac
import json
from hashlib import sha256
from typing import Any

import jwt
import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from teahouse.backends.memory.clock import ManualClock
from teahouse.backends.memory.store import MemoryStore
from teahouse.backends.memory.vault import MemoryVault
from teahouse.identity.access import AccessTokens, Claims
from teahouse.identity.keys import KeyRing
from tests.support.people import cheap

HS = cheap(algorithm="HS256", secret="a shared secret of more than 48 bytes, for HS384 wants as many")


class Issuer:
    def __init__(self, options: Any = None) -> None:
        self.clock = ManualClock()
        options = options or cheap()
        self.keys = KeyRing(MemoryVault(MemoryStore()), options, self.clock)
        asyncio.run(self.keys.open())
        self.tokens = AccessTokens(self.keys, options, self.clock)

    @property
    def claims(self) -> dict[str, Any]:
        now = self.clock.now() // 1000
        return {"iss": "teahouse", "sub": "u1", "sid": "l1", "iat": now, "exp": now + 900, "jti": "j"}

    def forge(self, header: dict[str, Any], sign: Any, **claims: Any) -> str:
        """A token with this header and these claims; `sign` makes the signature of its first two parts."""
        parts = [_b64(json.dumps(part).encode()) for part in (header, {**self.claims, **claims})]
        signed = ".".join(parts)
        return f"{signed}.{_b64(sign(signed.encode()))}"


def _b64(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


@pytest.mark.parametrize("options", [None, HS])
def test_what_is_issued_is_read(options: Any) -> None:
    issuer = Issuer(options)
    token = issuer.tokens.issue("u1", "l1")
    assert issuer.tokens.read(token) == Claims("u1", "l1", (issuer.clock.now() // 1000 + 900) * 1000)
    claims = jwt.decode(token, options={"verify_signature": False})
    assert claims.keys() == {"iss", "sub", "sid", "iat", "exp", "jti"}
    assert (
        claims["jti"]
        != jwt.decode(issuer.tokens.issue("u1", "l1"), options={"verify_signature": False})["jti"]
    )


def test_a_stranger_can_verify_it_with_the_public_keys() -> None:
    issuer = Issuer()
    key = jwt.PyJWK(issuer.keys.jwks()["keys"][0])
    token = issuer.tokens.issue("u1", "l1")
    options: Any = {"verify_exp": False, "verify_iat": False}
    assert jwt.decode(token, key, ["EdDSA"], options, issuer="teahouse")["sub"] == "u1"


def test_it_expires_to_the_second() -> None:
    issuer = Issuer()
    token = issuer.tokens.issue("u1", "l1")
    issuer.clock.advance(899)
    assert issuer.tokens.read(token)
    issuer.clock.advance(1)
    assert issuer.tokens.read(token) is None


def test_an_older_key_is_still_good() -> None:
    issuer = Issuer()
    token = issuer.tokens.issue("u1", "l1")
    asyncio.run(issuer.keys.rotate())
    assert issuer.tokens.read(token)
    assert jwt.get_unverified_header(issuer.tokens.issue("u1", "l1"))["kid"] == issuer.keys.newest.kid


@pytest.mark.parametrize("algorithm", ["none", "None", "NONE", ""])
@pytest.mark.parametrize("signature", [b"", b"x"])
def test_without_a_signature(algorithm: str, signature: bytes) -> None:
    issuer = Issuer()
    header = {"alg": algorithm, "kid": issuer.keys.newest.kid, "typ": "JWT"}
    assert issuer.tokens.read(issuer.forge(header, lambda _: signature)) is None


@pytest.mark.parametrize(
    "encoding", [(Encoding.Raw, PublicFormat.Raw), (Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)]
)
def test_signed_with_the_public_key_as_a_shared_secret(encoding: Any) -> None:
    """The public key is known to all; as HS256's secret it would make everybody an issuer."""
    issuer = Issuer()
    public = issuer.keys.newest.verifying.public_bytes(*encoding)
    header = {"alg": "HS256", "kid": issuer.keys.newest.kid}
    assert issuer.tokens.read(issuer.forge(header, lambda m: hmac.digest(public, m, sha256))) is None


def test_signed_with_a_key_that_came_along() -> None:
    """`jwk`, `jku` and `x5u` of a header are not looked at (RFC 8725, 3.10)."""
    issuer, own = Issuer(), Ed25519PrivateKey.generate()
    x = _b64(own.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw))
    for kid in (issuer.keys.newest.kid, "mine"):
        header = {
            "alg": "EdDSA",
            "kid": kid,
            "jwk": {"kty": "OKP", "crv": "Ed25519", "x": x},
            "jku": "http://127.0.0.1/keys",
        }
        assert issuer.tokens.read(issuer.forge(header, own.sign)) is None


@pytest.mark.parametrize("kid", [None, "", "../keys.json", "' OR 1=1", 7, ["k"], {"k": 1}, "k" * 3000, "\0"])
def test_a_kid_is_a_name_and_nothing_else(kid: Any) -> None:
    issuer = Issuer()
    header = {"alg": "EdDSA"} | ({} if kid is None else {"kid": kid})
    assert issuer.tokens.read(issuer.forge(header, issuer.keys.newest.signing.sign)) is None


def test_an_algorithm_of_another_kind() -> None:
    """Also with the right name of the key, and in both directions."""
    issuer, shared = Issuer(), Issuer(HS)
    ec = generate_private_key(SECP256R1())
    assert issuer.tokens.read(jwt.encode(issuer.claims, ec, "ES256", {"kid": issuer.keys.newest.kid})) is None
    header = {"kid": shared.keys.newest.kid}
    assert shared.tokens.read(jwt.encode(shared.claims, HS.secret, "HS384", header)) is None
    assert shared.tokens.read(issuer.tokens.issue("u1", "l1")) is None
    assert issuer.tokens.read(shared.tokens.issue("u1", "l1")) is None


@pytest.mark.parametrize(
    "wrong",
    [
        {"iss": "teehaus"},
        {"iss": ["teahouse"]},
        {"iss": None},
        {"sub": 7},
        {"sid": ["l1"]},
        {"exp": "9999999999"},
        {"exp": None},
        {"exp": 1},
        {"exp": 1e400},
        {"sub": None},
        {"jti": None},
    ],
)
def test_signed_by_us_but_not_made_by_us(wrong: dict[str, Any]) -> None:
    """Claims that are missing (None here), of a wrong type, or of another issuer."""
    issuer = Issuer()
    claims = {name: value for name, value in {**issuer.claims, **wrong}.items() if value is not None}
    signed = ".".join(
        _b64(json.dumps(part).encode()) for part in ({"alg": "EdDSA", "kid": issuer.keys.newest.kid}, claims)
    )
    token = f"{signed}.{_b64(issuer.keys.newest.signing.sign(signed.encode()))}"
    assert issuer.tokens.read(token) is None


def test_a_token_that_was_changed() -> None:
    issuer = Issuer()
    head, body, signature = issuer.tokens.issue("u1", "l1").split(".")
    other = _b64(json.dumps({**issuer.claims, "sub": "u2"}).encode())
    for token in (
        f"{head}.{other}.{signature}",
        f"{head}.{body}.",
        f"{head}.{body}",
        f"{head}.{body}.{signature}.x",
    ):
        assert issuer.tokens.read(token) is None
    flipped = signature[:-8] + ("A" if signature[-8] != "A" else "B") + signature[-7:]
    assert issuer.tokens.read(f"{head}.{body}.{flipped}") is None


@pytest.mark.parametrize(
    "junk", ["", ".", "..", "a.b.c", "é.é.é", "\ud800", "x" * 10_000, "e30.e30.", "bnVsbA.e30.e30"]
)
def test_what_is_no_token(junk: str) -> None:
    assert Issuer().tokens.read(junk) is None


def test_critical_extensions_are_not_understood() -> None:
    """RFC 7515, 4.1.11."""
    issuer = Issuer()
    header = {"alg": "EdDSA", "kid": issuer.keys.newest.kid, "crit": ["x"], "x": 1}
    assert issuer.tokens.read(issuer.forge(header, issuer.keys.newest.signing.sign)) is None
