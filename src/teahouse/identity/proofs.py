"""Proofs: logins in which the password is not told but proved (SCRAM, RFC 5802).

Rule: each challenge is an attempt and is paid for as a wrong password is. Who is not known here, or has no keys, is
challenged as others are, always with the same salt, and cannot prove anything. Made by app/identity.py; called by
porter.py.
"""

from hmac import digest

from msgspec import Struct

from teahouse.identity.fresh import SALT_BYTES
from teahouse.identity.registry import Registry
from teahouse.identity.scram import ScramKeys, written_in
from teahouse.identity.standing import Standing
from teahouse.identity.throttle import Throttle
from teahouse.identity.witness import witness
from teahouse.model.errors import Code, Problem
from teahouse.model.ids import fold_nick


class Challenge(Struct, frozen=True):
    """What somebody is to prove. `credential` is what was stored of their password, None where nothing can be
    proved."""

    user: str
    folded: str
    address: str
    keys: ScramKeys
    credential: str | None


class Proved(Struct, frozen=True):
    """Somebody whose proof was right; `signature` proves as much to them."""

    user: str
    stored: str
    signature: bytes


class Proofs:
    """`salting` makes the salts of those who have none; it is the same on all nodes, for ever."""

    def __init__(
        self, registry: Registry, throttle: Throttle, standing: Standing, iterations: int, salting: bytes
    ) -> None:
        self._registry = registry
        self._throttle = throttle
        self._standing = standing
        self._iterations = iterations
        self._salting = salting

    async def challenge(self, name: str, algorithm: str, address: str) -> Challenge:
        """Problem `rate_limited` for whoever was wrong too often."""
        folded = fold_nick(name.strip())
        await self._throttle.take(folded, address)
        account = await self._registry.accounts.named(folded)
        user = "" if account is None else account.id
        credential = await self._registry.accounts.password(user)
        keys = None if credential is None else written_in(credential).get(algorithm)
        if keys is None:
            return Challenge(user, folded, address, self._feigned(folded, algorithm), None)
        return Challenge(user, folded, address, keys, credential)

    async def prove(self, challenge: Challenge, message: bytes, proof: bytes) -> Proved:
        """Problem `unauthenticated` for whoever does not know the password."""
        right = challenge.keys.proves(message, proof)
        stored = challenge.credential
        if (
            not right
            or stored is None
            or await self._standing.caller(challenge.user, "", stored)
            is None  # changed, or sent away, meanwhile
        ):
            await witness(self._registry, "login.failed", challenge.user, challenge.address)
            raise Problem(Code.UNAUTHENTICATED, "wrong user or password")
        await self._throttle.give_back(challenge.folded, challenge.address)
        return Proved(challenge.user, stored, challenge.keys.signature(message))

    def _feigned(self, folded: str, algorithm: str) -> ScramKeys:
        salt = digest(self._salting, f"{algorithm} {folded}".encode("utf-8", "surrogatepass"), "sha256")
        return ScramKeys(algorithm, self._iterations, salt[:SALT_BYTES], b"", b"")
