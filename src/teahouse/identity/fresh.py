"""Fresh ids and secrets: the only place of identity where chance is used."""

import secrets
from hashlib import sha256
from hmac import digest as hmac_digest

import uuid_utils
from jwt.utils import base64url_encode

SALT_BYTES = 16


def user_id() -> str:
    return "u" + uuid_utils.uuid7().hex


def login_id() -> str:
    return "l" + uuid_utils.uuid7().hex


def token_id() -> str:
    return secrets.token_urlsafe(9)


def secret() -> str:
    """192 bits, as text that a URL can carry."""
    return secrets.token_urlsafe(24)


def salt() -> bytes:
    return secrets.token_bytes(SALT_BYTES)


def nonce() -> bytes:
    return secrets.token_bytes(24)


def digest(secret: str) -> bytes:
    """The stored form. A plain hash is enough for a secret nobody chose."""
    return sha256(secret.encode("utf-8", "surrogatepass")).digest()


def successor(secret: str, nonce: bytes) -> str:
    """The secret that follows `secret`: known to who has that one and the nonce, and to nobody who has one of them."""
    made = hmac_digest(nonce, secret.encode("utf-8", "surrogatepass"), "sha256")
    return base64url_encode(made[:24]).decode()
