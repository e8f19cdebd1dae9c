"""A client of SCRAM (RFC 5802) that can break the rules. The server's own code is not used."""

import base64
import hashlib
import hmac
from typing import Any


class ScramClient:
    """One login. `algorithm` as in `SHA-256`; `header` is what RFC 5802 calls gs2-header."""

    def __init__(
        self, name: str, password: str, algorithm: str = "SHA-256", header: str = "n,,", channel: bytes = b""
    ) -> None:
        self._password = password.encode()
        self._name = algorithm.replace("-", "").lower()
        self._channel = base64.b64encode(header.encode() + channel).decode()
        self.nonce = "fyko+d2lbbFgONRv9qkxdawL"
        self._bare = f"n={name},r={self.nonce}"
        self.first = (header + self._bare).encode()
        self._signature = b""
        self.salt = ""
        self.iterations = 0

    def answer(self, challenge: bytes) -> bytes:
        """The final message."""
        said = dict(part.split("=", 1) for part in challenge.decode().split(","))
        assert said["r"].startswith(self.nonce) and len(said["r"]) > len(self.nonce)
        self.salt, self.iterations = said["s"], int(said["i"])
        salted = hashlib.pbkdf2_hmac(self._name, self._password, base64.b64decode(self.salt), self.iterations)
        key = self._hmac(salted, b"Client Key")
        stored = hashlib.new(self._name, key).digest()
        unproved = f"c={self._channel},r={said['r']}"
        message = f"{self._bare},{challenge.decode()},{unproved}".encode()
        signed = self._hmac(stored, message)
        proof = bytes(a ^ b for a, b in zip(key, signed, strict=True))
        self._signature = self._hmac(self._hmac(salted, b"Server Key"), message)
        return f"{unproved},p={base64.b64encode(proof).decode()}".encode()

    def believes(self, last: bytes) -> bool:
        """Whether the server knows the password, too."""
        return bool(last == b"v=" + base64.b64encode(self._signature))

    def _hmac(self, key: bytes, message: bytes) -> Any:
        return hmac.new(key, message, self._name).digest()
