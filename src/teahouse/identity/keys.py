"""Keys: what access tokens are signed with, and verified.

Rule: a private key leaves the process only to its file, which is its owner's only. The newest key signs; an older one
verifies until the last token it may have signed has expired. Made by app/compose.py; used by access.py.
"""

import os
import tempfile
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.utils import base64url_encode
from msgspec import Struct

from teahouse.identity.options import IdentityOptions

FILE = "keys.json"

Algorithm = Literal["EdDSA", "HS256"]

_DAY_MS = 86_400_000


class CannotUseKeys(Exception):
    """The keys cannot be read or written: the reason, for a person to act on."""


class StoredKey(Struct, frozen=True):
    """A key in its file. `created`: milliseconds UTC. `private`: the 32 bytes of RFC 8032, 5.1.5."""

    kid: str
    created: int
    private: bytes


class KeyFile(Struct, frozen=True):
    """Oldest first."""

    keys: tuple[StoredKey, ...] = ()


class Key:
    """One key, ready for use; `algorithm` is the only one it may be used with."""

    __slots__ = ("algorithm", "kid", "signing", "verifying")

    def __init__(self, kid: str, algorithm: Algorithm, signing: Any, verifying: Any) -> None:
        self.kid = kid
        self.algorithm = algorithm
        self.signing = signing
        self.verifying = verifying


class KeyRing:
    """The keys in `file`, None: in memory only. CannotUseKeys if that is of no use."""

    def __init__(self, file: Path | None, options: IdentityOptions, now: int) -> None:
        self._file = file
        self._options = options
        self._stored: tuple[StoredKey, ...] = ()
        self._by_kid: dict[str, Key] = {}
        if options.algorithm == "HS256":
            secret = options.secret.encode()
            kid = f"h{sha256(secret).hexdigest()[:16]}"
            self._by_kid = {kid: Key(kid, "HS256", secret, secret)}
            return
        self._take(_read(file) if file is not None else ())
        self.renew(now)

    @property
    def newest(self) -> Key:
        """The one that signs."""
        return next(reversed(self._by_kid.values()))

    def find(self, kid: str) -> Key | None:
        return self._by_kid.get(kid)

    def renew(self, now: int) -> bool:
        """Sign with a new key if the newest is old; let go of those that no token needs. Whether anything was
        changed. Writes a file: not for the event loop."""
        if self._options.algorithm == "HS256":
            return False
        due = not self._stored or now - self._stored[-1].created >= self._options.key_days * _DAY_MS
        return self.rotate(now) if due else self._put(self._needed(self._stored, now))

    def rotate(self, now: int) -> bool:
        """Sign with a new key from now on."""
        if self._options.algorithm == "HS256":
            raise CannotUseKeys("tokens are signed with identity.secret; change that setting instead")
        private = Ed25519PrivateKey.generate()
        raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
        kid = f"k{sha256(_public(private.public_key())).hexdigest()[:16]}"
        return self._put(self._needed((*self._stored, StoredKey(kid, now, raw)), now))

    def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517, RFC 8037). There are none with HS256."""
        return {"keys": [_jwk(key) for key in self._by_kid.values() if key.algorithm == "EdDSA"]}

    def _needed(self, keys: Sequence[StoredKey], now: int) -> tuple[StoredKey, ...]:
        """Without those whose successor has been signing for longer than a token lasts."""
        since = now - 1000 * self._options.access_s
        return tuple(
            key
            for key, successor in zip(keys, (*keys[1:], None), strict=True)
            if successor is None or successor.created >= since
        )

    def _put(self, keys: tuple[StoredKey, ...]) -> bool:
        if keys == self._stored:
            return False
        if self._file is not None:
            _write(self._file, keys)
        self._take(keys)
        return True

    def _take(self, keys: tuple[StoredKey, ...]) -> None:
        """In one step, for others look on from the event loop."""
        self._stored = keys
        self._by_kid = {key.kid: _ready(key) for key in keys}


def _ready(key: StoredKey) -> Key:
    private = Ed25519PrivateKey.from_private_bytes(key.private)
    return Key(key.kid, "EdDSA", private, private.public_key())


def _public(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _jwk(key: Key) -> dict[str, str]:
    x = base64url_encode(_public(key.verifying)).decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key.kid, "use": "sig", "alg": "EdDSA"}


def _read(file: Path) -> tuple[StoredKey, ...]:
    try:
        file.chmod(0o600)
        keys = msgspec.json.decode(file.read_bytes(), type=KeyFile).keys
        for key in keys:
            Ed25519PrivateKey.from_private_bytes(key.private)
    except FileNotFoundError:
        return ()
    except (OSError, msgspec.DecodeError, ValueError) as error:
        raise CannotUseKeys(
            f"the keys in {file} cannot be read: {error}; mend the file, or move it away to begin with new keys"
        ) from error
    return keys


def _write(file: Path, keys: tuple[StoredKey, ...]) -> None:
    """All or nothing; mkstemp makes the file with mode 0600."""
    try:
        handle, name = tempfile.mkstemp(dir=file.parent, prefix=".keys-")
        with os.fdopen(handle, "wb") as written:
            written.write(msgspec.json.encode(KeyFile(keys)) + b"\n")
            written.flush()
            os.fsync(handle)
        Path(name).replace(file)
    except OSError as error:
        raise CannotUseKeys(f"the keys cannot be written to {file}: {error}") from error
