"""VAPID: who the server is to push services of browsers (RFC 8292).

Rule: the private key leaves the process only to its file, which is its owner's only. A browser subscribes with the
public one, so the key is made once and kept: with another, all browsers would have to subscribe again. Made by
app/push.py, used by webpush.py.
"""

import os
import tempfile
from collections import OrderedDict
from pathlib import Path

import jwt
import msgspec
from cryptography.hazmat.primitives.asymmetric import ec
from jwt.utils import base64url_decode, base64url_encode

from teahouse.backends.push.encrypted import CURVE, point_of
from teahouse.ports.clock import Clock

FILE = "vapid.json"
_BYTES = 32
_LIFETIME_S = 12 * 3600  # at most 24 hours (RFC 8292, 2)
_RENEWED_S = 3600
"""A token is made anew so long before it expires."""
_KNOWN = 1000


class CannotPush(Exception):
    """Push cannot be set up: the reason, for a person to act on."""


class _Kept(msgspec.Struct):
    """The file. `private` is the number of the private key, 32 bytes."""

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


def load(file: Path | None, given: str) -> ec.EllipticCurvePrivateKey:
    """The key that was given, else the one in the file, else a new one, which is then kept there. CannotPush if that
    is of no use."""
    if given:
        return _key(_decoded(given), "push.vapid_key")
    if file is None:
        return ec.generate_private_key(CURVE)
    try:
        file.chmod(0o600)
        kept = msgspec.json.decode(file.read_bytes(), type=_Kept)
    except FileNotFoundError:
        key = ec.generate_private_key(CURVE)
        _write(file, key)
        return key
    except (OSError, msgspec.MsgspecError) as error:
        raise CannotPush(
            f"the key in {file} cannot be read: {error}; mend the file, or move it away"
        ) from error
    return _key(kept.private, str(file))


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


def _write(file: Path, key: ec.EllipticCurvePrivateKey) -> None:
    """All or nothing; mkstemp makes the file with mode 0600."""
    number = key.private_numbers().private_value.to_bytes(_BYTES, "big")
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".vapid-")
        with os.fdopen(handle, "wb") as written:
            written.write(msgspec.json.encode(_Kept(number)) + b"\n")
            written.flush()
            os.fsync(handle)
        Path(name).replace(file)
    except OSError as error:
        raise CannotPush(f"the key for Web Push cannot be written to {file}: {error}") from error
