"""Signatures of webhooks: how what we send is signed, and how whoever gets it finds out that it is ours.

Rule: pure functions. The time stands in what is signed, so that what somebody recorded is of no use later. Called by
the engine, which signs, and by `teahouse webhook verify`.
"""

import hmac
from collections.abc import Iterable

DELIVERY = "Teahouse-Delivery"
TIMESTAMP = "Teahouse-Timestamp"
SIGNATURE = "Teahouse-Signature"

TOLERANCE_S = 300
"""So old, or so far ahead, a time stamp may be."""

_VERSION = "v1="


def sign(secrets: Iterable[str], timestamp: int, body: bytes) -> str:
    """The value of Teahouse-Signature: one signature a secret. `timestamp` in seconds UTC."""
    return ",".join(_VERSION + _mac(secret, str(timestamp), body) for secret in secrets)


def fault(secret: str, timestamp: str, signature: str, body: bytes, now: float | None) -> str:
    """What is wrong with a signed body; empty: nothing. `now` in seconds UTC; None: the time is not looked at."""
    if not (timestamp.isascii() and timestamp.isdigit() and len(timestamp) <= 15):
        return f"{TIMESTAMP} is not a time in seconds"
    given = [one.strip() for one in signature.split(",")]
    known = [one.removeprefix(_VERSION) for one in given if one.startswith(_VERSION)]
    if not known:
        return f"{SIGNATURE} has no signature that begins with {_VERSION}"
    expected = _mac(secret, timestamp, body).encode()
    if not any(hmac.compare_digest(one.encode("utf-8", "replace"), expected) for one in known):
        return "no signature is that of this secret, time and body"
    if now is not None and abs(now - int(timestamp)) > TOLERANCE_S:
        return f"{TIMESTAMP} is {abs(now - int(timestamp)):.0f} s away from now, more than {TOLERANCE_S}"
    return ""


def _mac(secret: str, timestamp: str, body: bytes) -> str:
    return hmac.new(secret.encode(), timestamp.encode() + b"." + body, "sha256").hexdigest()
