"""Signatures of webhooks: what is good, and what is wrong with what is not."""

import hashlib
import hmac

import pytest

from teahouse.model.signing import fault, sign

BODY = b'{"webhook":"o1"}'
NOW = 1_795_476_219
GOOD = sign(["whs_a"], NOW, BODY)


def test_it_is_the_hmac_of_time_and_body() -> None:
    expected = hmac.new(b"whs_a", f"{NOW}.".encode() + BODY, hashlib.sha256).hexdigest()
    assert "v1=" + expected == GOOD
    assert fault("whs_a", str(NOW), GOOD, BODY, NOW) == ""


def test_either_of_two_secrets_is_good() -> None:
    both = sign(["whs_new", "whs_old"], NOW, BODY)
    for secret in ("whs_new", "whs_old"):
        assert fault(secret, str(NOW), both.replace(",", " , "), BODY, NOW) == ""


@pytest.mark.parametrize(
    ("secret", "timestamp", "signature", "body", "why"),
    [
        ("whs_b", str(NOW), GOOD, BODY, "no signature is"),
        ("whs_a", str(NOW), GOOD, BODY + b" ", "no signature is"),
        ("whs_a", str(NOW + 1), GOOD, BODY, "no signature is"),
        ("whs_a", "soon", GOOD, BODY, "not a time"),
        ("whs_a", "٣", GOOD, BODY, "not a time"),
        ("whs_a", str(NOW), "", BODY, "has no signature"),
        ("whs_a", str(NOW), GOOD[3:], BODY, "has no signature"),
        ("whs_a", str(NOW), "v1=é,v1=\ud800", BODY, "no signature is"),
    ],
)
def test_what_is_wrong_is_said(secret: str, timestamp: str, signature: str, body: bytes, why: str) -> None:
    assert why in fault(secret, timestamp, signature, body, NOW)


@pytest.mark.parametrize("now", [NOW + 301, NOW - 301])
def test_an_old_one_is_refused_unless_time_is_not_looked_at(now: int) -> None:
    assert "301 s away" in fault("whs_a", str(NOW), GOOD, BODY, now)
    assert fault("whs_a", str(NOW), GOOD, BODY, None) == ""
