"""Keys: what access tokens are signed with, and verified.

Rule: a private key leaves the process only to the vault. The newest key signs; an older one verifies until the last
token it may have signed has expired. Where several nodes share the vault, each may make a new key, and the others find
it there: at the latest when they are shown a token signed with it. Made by app/compose.py; used by access.py.
"""

import asyncio
import re
from collections.abc import Sequence
from hashlib import sha256
from typing import Any, Literal

import msgspec
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from jwt.utils import base64url_encode
from msgspec import Struct

from teahouse.identity.options import IdentityOptions
from teahouse.model.errors import StoreUnavailable
from teahouse.ports.clock import Clock
from teahouse.ports.vault import Secret, Vault

NAME = "keys"

REFRESH_S = 60.0
"""So often a node looks for what other nodes did to the keys."""

LOOK_S = 1.0
"""So often at most it looks because of a token signed with a key it does not know: anybody can write such tokens."""

_LATE_MS = 300_000
"""So long after a new key another node may still sign with the old one."""

_KID = re.compile("k[0-9a-f]{16}")
_TRIES = 16
_RESTLESS = "other nodes change the keys of access tokens all the time"

Algorithm = Literal["EdDSA", "HS256"]

_DAY_MS = 86_400_000


class CannotUseKeys(Exception):
    """The keys cannot be read or written: the reason, for a person to act on."""


class StoredKey(Struct, frozen=True):
    """A key as it is kept. `created`: milliseconds UTC. `private`: the 32 bytes of RFC 8032, 5.1.5."""

    kid: str
    created: int
    private: bytes


class KeyFile(Struct, frozen=True):
    """All of them, oldest first."""

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
    """The keys in `vault`. `shared`: other nodes change them, too. Nothing is in it until `open`."""

    def __init__(self, vault: Vault, options: IdentityOptions, clock: Clock, shared: bool = False) -> None:
        self._vault = vault
        self._options = options
        self._clock = clock
        self._shared = shared and options.algorithm == "EdDSA"
        self._stored: tuple[StoredKey, ...] = ()
        self._version = 0
        self._by_kid: dict[str, Key] = {}
        self._looking: asyncio.Task[None] | None = None
        self._looked = 0.0
        if options.algorithm == "HS256":
            secret = options.secret.encode()
            kid = f"h{sha256(secret).hexdigest()[:16]}"
            self._by_kid = {kid: Key(kid, "HS256", secret, secret)}

    async def open(self) -> None:
        """Read the keys; make the first one if there is none. CannotUseKeys if what is there is of no use."""
        if self._options.algorithm == "HS256":
            return
        try:
            await self._read()
            await self.renew()
        except StoreUnavailable as error:
            raise CannotUseKeys(f"the keys of access tokens cannot be had: {error}") from error

    @property
    def newest(self) -> Key:
        """The one that signs."""
        return next(reversed(self._by_kid.values()))

    def find(self, kid: str) -> Key | None:
        return self._by_kid.get(kid)

    async def look_for(self, kid: str) -> None:
        """Somebody came with a token signed with this key: perhaps another node made it just now. All who ask at once
        wait for one look. StoreUnavailable if that cannot be told."""
        if not self._shared or kid in self._by_kid:
            return
        if self._looking is None:
            self._looking = asyncio.get_running_loop().create_task(self._look())
        await asyncio.shield(self._looking)

    async def refresh(self) -> None:
        """See what other nodes did to the keys."""
        if self._shared:
            await self._read()

    async def renew(self) -> bool:
        """Sign with a new key if the newest is old; let go of those that no token needs. Whether anything was
        changed here."""
        if self._options.algorithm == "HS256":
            return False
        for _ in range(_TRIES):
            now = self._clock.now()
            due = not self._stored or now - self._stored[-1].created >= self._options.key_days * _DAY_MS
            keys = self._needed((*self._stored, _made(now)) if due else self._stored, now)
            if keys == self._stored:
                return False
            if await self._put(keys):
                return True
        raise StoreUnavailable(_RESTLESS)

    async def rotate(self) -> None:
        """Sign with a new key from now on."""
        if self._options.algorithm == "HS256":
            raise CannotUseKeys("tokens are signed with identity.secret; change that setting instead")
        for _ in range(_TRIES):
            now = self._clock.now()
            if await self._put(self._needed((*self._stored, _made(now)), now)):
                return
        raise StoreUnavailable(_RESTLESS)

    def jwks(self) -> dict[str, Any]:
        """The public keys (RFC 7517, RFC 8037). There are none with HS256."""
        return {"keys": [_jwk(key) for key in self._by_kid.values() if key.algorithm == "EdDSA"]}

    def _needed(self, keys: Sequence[StoredKey], now: int) -> tuple[StoredKey, ...]:
        """Without those whose successor has been signing for longer than a token lasts."""
        since = now - 1000 * self._options.access_s - (_LATE_MS if self._shared else 0)
        return tuple(
            key
            for key, successor in zip(keys, (*keys[1:], None), strict=True)
            if successor is None or successor.created >= since
        )

    async def _put(self, keys: tuple[StoredKey, ...]) -> bool:
        """Whether they are kept now. If another node changed them meanwhile, its are read."""
        if not await self._vault.put(NAME, msgspec.json.encode(KeyFile(keys)) + b"\n", self._version):
            await self._read()
            return False
        self._take(keys, self._version + 1)
        return True

    async def _read(self) -> None:
        found = await self._vault.get(NAME)
        if found is not None and found.version > self._version:
            self._take(_decoded(found), found.version)

    async def _look(self) -> None:
        loop = asyncio.get_running_loop()
        try:
            await asyncio.sleep(self._looked + LOOK_S - loop.time())
            await self._read()
        finally:
            self._looked = loop.time()
            self._looking = None

    def _take(self, keys: tuple[StoredKey, ...], version: int) -> None:
        """In one step, for others look on. What was read may be older than what was put meanwhile."""
        if version > self._version:
            self._stored, self._version = keys, version
            self._by_kid = {key.kid: _ready(key) for key in keys}


def is_kid(kid: str) -> bool:
    """Whether a key of ours may be called so."""
    return _KID.fullmatch(kid) is not None


def _made(now: int) -> StoredKey:
    private = Ed25519PrivateKey.generate()
    raw = private.private_bytes(Encoding.Raw, PrivateFormat.Raw, NoEncryption())
    return StoredKey(f"k{sha256(_public(private.public_key())).hexdigest()[:16]}", now, raw)


def _ready(key: StoredKey) -> Key:
    private = Ed25519PrivateKey.from_private_bytes(key.private)
    return Key(key.kid, "EdDSA", private, private.public_key())


def _public(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(Encoding.Raw, PublicFormat.Raw)


def _jwk(key: Key) -> dict[str, str]:
    x = base64url_encode(_public(key.verifying)).decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": x, "kid": key.kid, "use": "sig", "alg": "EdDSA"}


def _decoded(found: Secret) -> tuple[StoredKey, ...]:
    try:
        keys = msgspec.json.decode(found.value, type=KeyFile).keys
        for key in keys:
            Ed25519PrivateKey.from_private_bytes(key.private)
    except (msgspec.DecodeError, ValueError) as error:
        raise CannotUseKeys(
            f"the keys in {found.place} cannot be read: {error}; mend them, or move them away to begin with new ones"
        ) from error
    return keys
