"""The keys of SCRAM (RFC 5802): what a server keeps of a password so that it can be proved without being told.

Rule: pure. Keys stand behind the argon2id hash of the same password in one text (hashing.py), so that
both are set together or not at all. Called by hashing.py and proofs.py.
"""

import hmac
import re
import stringprep
import unicodedata
from base64 import b64decode, b64encode
from hashlib import new, pbkdf2_hmac

from msgspec import Struct

ALGORITHMS = ("SHA-1", "SHA-256")
_WRITTEN = re.compile(r"SCRAM-(SHA-1|SHA-256)\$(\d+):([^$:]+)\$([^$:]+):([^$:]+)")
_SPACE = " "
_PROHIBITED = (
    stringprep.in_table_c12,
    stringprep.in_table_c21_c22,
    stringprep.in_table_c3,
    stringprep.in_table_c4,
    stringprep.in_table_c5,
    stringprep.in_table_c6,
    stringprep.in_table_c7,
    stringprep.in_table_c8,
    stringprep.in_table_c9,
)


class ScramKeys(Struct, frozen=True):
    """`stored` tells whether a proof is right, `server` proves to the client that we know it."""

    algorithm: str
    iterations: int
    salt: bytes
    stored: bytes
    server: bytes

    def __str__(self) -> str:
        """As RFC 5803 writes it."""
        salt, stored, server = (b64encode(each).decode() for each in (self.salt, self.stored, self.server))
        return f"SCRAM-{self.algorithm}${self.iterations}:{salt}${stored}:{server}"

    def proves(self, message: bytes, proof: bytes) -> bool:
        """Whether who made the proof knows the password, for this message."""
        signature = self._signed(self.stored, message)
        if len(proof) != len(signature):
            return False
        client = bytes(ours ^ theirs for ours, theirs in zip(signature, proof, strict=True))
        return hmac.compare_digest(new(_name(self.algorithm), client).digest(), self.stored)

    def signature(self, message: bytes) -> bytes:
        return self._signed(self.server, message)

    def _signed(self, key: bytes, message: bytes) -> bytes:
        return hmac.digest(key, message, _name(self.algorithm))


def derived(password: str, algorithm: str, iterations: int, salt: bytes) -> ScramKeys:
    """It takes some milliseconds of a processor."""
    name = _name(algorithm)
    salted = pbkdf2_hmac(name, prepared(password), salt, iterations)
    client = hmac.digest(salted, b"Client Key", name)
    server = hmac.digest(salted, b"Server Key", name)
    return ScramKeys(algorithm, iterations, salt, new(name, client).digest(), server)


def written_in(credential: str) -> dict[str, ScramKeys]:
    """The keys in what is stored of a password, by algorithm."""
    found = [_WRITTEN.fullmatch(part) for part in credential.split(" ")[1:]]
    return {
        match[1]: ScramKeys(match[1], int(match[2]), *(b64decode(match[at]) for at in (3, 4, 5)))
        for match in found
        if match is not None
    }


def prepared(password: str) -> bytes:
    """SASLprep (RFC 4013). Of a password it forbids, what clients take that do not look: the password itself."""
    mapped = "".join(
        _SPACE if stringprep.in_table_c12(each) else each
        for each in password
        if not stringprep.in_table_b1(each)
    )
    normal = unicodedata.ucd_3_2_0.normalize("NFKC", mapped)
    if not normal or any(forbids(each) for each in normal for forbids in _PROHIBITED) or _mixed(normal):
        return password.encode("utf-8", "surrogatepass")
    return normal.encode()


def _mixed(text: str) -> bool:
    """Whether it runs both ways, against RFC 3454, 6."""
    leftward = [stringprep.in_table_d1(each) for each in text]
    if not any(leftward):
        return False
    return not (leftward[0] and leftward[-1]) or any(stringprep.in_table_d2(each) for each in text)


def _name(algorithm: str) -> str:
    return algorithm.replace("-", "").lower()
