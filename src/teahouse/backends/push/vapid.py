"""VAPID: who the server is to push services of browsers (RFC 8292).

Rule: the private key leaves the process only to the vault. A browser subscribes with the
public one, so the key is made once and kept: with another, all browsers would have to subscribe again. Made by
app/push.py, used by webpush.py.
"""

from collections import OrderedDict

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.utils import base64url_decode, base64url_encode

from teahouse.backends.push.encrypted import CURVE, point_of
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.clock import Clock
from teahouse.ports.vault import Vault

NAME = "vapid"
_BYTES = 32
_LIFETIME_S = 12 * 3600  # at most 24 hours (RFC 8292, 2)
_RENEWED_S = 3600
"""A token is made anew so long before it expires."""
_KNOWN = 1000


class CannotPush(Exception):
    """Push cannot be set up: the reason, for a person to act on."""


class _Kept(msgspec.Struct):
    """As it is kept. `private` is the number of the private key, 32 bytes."""

    private: bytes


class Vapid:
    """`contact` is whom a push service may write to."""

    def __init__(self, key: ec.EllipticCurvePrivateKey, contact: str, clock: Clock) -> None:
        self._key = key
        self._contact = contact
        self._clock = clock
        self._tokens: OrderedDict[str, tuple[int, str]] = OrderedDict()
        self.public = base64url_encode(point_of(key.public_key())).decode()

    def authorization(self, origin: str) -> str:
        """The header for a service at this origin (RFC 8292, 3). A token is good for many requests, and signing
        costs as much as sending, so it is kept."""
        now = self._clock.now() // 1000
        expires, token = self._tokens.get(origin, (0, ""))
        if expires < now + _RENEWED_S:
            expires = now + _LIFETIME_S
            claims = {"aud": origin, "exp": expires, "sub": self._contact}
            token = jwt.encode(claims, self._key, "ES256")
            self._tokens[origin] = expires, token
            self._tokens.move_to_end(origin)
            if len(self._tokens) > _KNOWN:
                self._tokens.popitem(last=False)
        return f"vapid t={token}, k={self.public}"


async def load(vault: Vault, given: str) -> ec.EllipticCurvePrivateKey:
    """The key that was given, else the one in the vault, else a new one, which is then kept there: of several nodes
    that start at once, one makes it. CannotPush if that is of no use."""
    if given:
        return _key(_decoded(given), "push.vapid_key")
    try:
        kept = await vault.get(NAME)
        if kept is None:
            key = ec.generate_private_key(CURVE)
            if await vault.put(NAME, _encoded(key), 0):
                return key
            kept = await vault.get(NAME)
        if kept is None:
            raise StoreUnavailable("it is not found where another node put it")
    except StoreUnavailable as error:
        raise CannotPush(f"the key of Web Push cannot be had: {error}") from error
    try:
        return _key(msgspec.json.decode(kept.value, type=_Kept).private, kept.place)
    except msgspec.MsgspecError as error:
        raise CannotPush(
            f"the key in {kept.place} cannot be read: {error}; mend it, or move it away"
        ) from error


def _decoded(given: str) -> bytes:
    try:
        return base64url_decode(given)
    except ValueError:
        return b""


def _key(private: bytes, where: str) -> ec.EllipticCurvePrivateKey:
    try:
        if len(private) != _BYTES:
            raise ValueError("not 32 bytes")
        return ec.derive_private_key(int.from_bytes(private, "big"), CURVE)
    except ValueError as error:
        raise CannotPush(f"{where} is no private key of P-256: {error}") from error


def _encoded(key: ec.EllipticCurvePrivateKey) -> bytes:
    number = key.private_numbers().private_value.to_bytes(_BYTES, "big")
    return msgspec.json.encode(_Kept(number)) + b"\n"
