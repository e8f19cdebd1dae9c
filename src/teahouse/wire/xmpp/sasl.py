"""SASL as XMPP carries it (RFC 6120, 6): base64 in elements, and the messages of PLAIN (RFC 4616).

Rule: pure. Passwords are looked at elsewhere. Called by gateways/xmpp/negotiation.py.
"""

from base64 import b64decode, b64encode
from binascii import Error

from teahouse.wire.xmpp.markup import element, text
from teahouse.wire.xmpp.names import SASL

LONGEST = 16_384


class SaslError(Exception):
    """It failed (6.5): `condition` says how."""

    def __init__(self, condition: str, reason: str = "") -> None:
        super().__init__(condition, reason)
        self.condition = condition
        self.reason = reason


def decode(written: str | None) -> bytes:
    """What an element of SASL carries; `=` is nothing at all (6.4.2)."""
    given = (written or "").strip()
    if given in ("", "="):
        return b""
    if len(given) > LONGEST:
        raise SaslError("malformed-request")
    try:
        return b64decode(given, validate=True)
    except (Error, ValueError):
        raise SaslError("incorrect-encoding") from None


def plain(message: bytes) -> tuple[str, str]:
    """Name and password. Acting for others is not possible here."""
    try:
        authorize, name, password = message.decode().split("\0")
    except ValueError:
        raise SaslError("malformed-request") from None
    if authorize and authorize.partition("@")[0] != name.partition("@")[0]:
        raise SaslError("invalid-authzid")
    if not name or not password:
        raise SaslError("malformed-request")
    return name.partition("@")[0], password


def reply(name: str, data: bytes | None = None) -> str:
    """`challenge` or `success`."""
    inside = "" if data is None else (b64encode(data).decode() or "=")
    return element(name, {"xmlns": SASL}, inside)


def failure(error: SaslError) -> str:
    said = element("text", {"xml:lang": "en"}, text(error.reason)) if error.reason else ""
    return element("failure", {"xmlns": SASL}, element(error.condition), said)
