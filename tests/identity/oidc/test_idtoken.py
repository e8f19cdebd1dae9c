"""Tokens that are no tokens; lies in good ones are tested over REST."""

import pytest
from jwt.utils import base64url_encode

from teahouse.identity.oidc.idtoken import ALGORITHMS, Expected, Untrusted, verified

EXPECTED = Expected("https://id.example.org", "tea", "n", ALGORITHMS, 1000)
HMAC_KEY = {"kty": "oct", "k": base64url_encode(b"k" * 32).decode(), "kid": "k1"}


def encoded(header: bytes) -> str:
    return f"{base64url_encode(header).decode()}.e30.c2ln"


@pytest.mark.parametrize(
    "token",
    [
        "",
        "..",
        "é.é.é",
        "\ud800",
        "x" * 20_000,
        encoded(b"[]"),
        encoded(b"{}"),
        encoded(b'{"alg": []}'),
        encoded(b'{"alg": "RS256", "kid": 7}'),
        encoded(b'{"alg": "RS256", "kid": "k1"}'),
        encoded(b'{"alg": "HS256", "kid": "k1"}'),
        encoded(b'{"alg": "none"}'),
        encoded(b"[" * 5000),
    ],
    ids=lambda token: token[:20].encode("ascii", "replace").decode(),
)
@pytest.mark.parametrize(
    "keys", [[], [HMAC_KEY], [7, None, {}], [{"kty": "RSA", "n": 7, "e": "AQAB", "kid": "k1"}]]
)
def test_nonsense_is_not_believed(token: str, keys: list[object]) -> None:
    with pytest.raises(Untrusted):
        verified(token, keys, EXPECTED)


def test_no_algorithm_whose_key_anybody_can_read() -> None:
    assert not {algorithm for algorithm in ALGORITHMS if algorithm.startswith("HS") or algorithm == "none"}
