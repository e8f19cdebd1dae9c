"""What is said to a browser, encrypted for it alone (RFC 8291), as one record of aes128gcm (RFC 8188).

Pure but for the salt and the key, which are fresh for each message. Called by webpush.py.
"""

import os
import struct

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hmac import HMAC
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

CURVE = ec.SECP256R1()
RECORD = 4096
"""The record size that is declared, and the largest body that every service has to take (RFC 8030, 7.2)."""
LARGEST = RECORD - 16 - 4 - 1 - 65 - 16 - 1
"""Bytes of the longest text: without the header of RFC 8188, 2.1, the tag, and the delimiter."""
_LAST = b"\x02"
"""The delimiter of the last record (RFC 8188, 2)."""


def encrypt(
    text: bytes,
    p256dh: bytes,
    secret: bytes,
    key: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """The body of the request. `p256dh` and `secret` are the browser's; `key` and `salt` are for the test vectors.
    ValueError if `p256dh` is no point of the curve, or the text is too long."""
    if len(text) > LARGEST:
        raise ValueError("too long for one record")
    theirs = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, p256dh)
    key = key or ec.generate_private_key(CURVE)
    salt = salt or os.urandom(16)
    ours = point_of(key.public_key())
    # RFC 8291, 3.4
    combined = _hmac(secret, key.exchange(ec.ECDH(), theirs))
    keying = _expand(combined, b"WebPush: info\0" + p256dh + ours, 32)
    # RFC 8188, 2.2 and 2.3
    pseudorandom = _hmac(salt, keying)
    content_key = _expand(pseudorandom, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _expand(pseudorandom, b"Content-Encoding: nonce\0", 12)
    header = salt + struct.pack("!LB", RECORD, len(ours)) + ours
    return header + AESGCM(content_key).encrypt(nonce, text + _LAST, None)


def point_of(key: ec.EllipticCurvePublicKey) -> bytes:
    """The public key as 65 bytes: 4, x, y."""
    return key.public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)


def _hmac(key: bytes, message: bytes) -> bytes:
    made = HMAC(key, hashes.SHA256())
    made.update(message)
    return made.finalize()


def _expand(key: bytes, info: bytes, length: int) -> bytes:
    return HKDFExpand(hashes.SHA256(), length, info).derive(key)
