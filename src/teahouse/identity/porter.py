"""The porter: lets people in by protocols that ask for a password some steps before there is a session (SASL).

Rule: whoever has shown their password, or that they know it, gets a slip that is good once, soon, and in this process;
with it a session says `hello` as with any token. The account is looked up again then, so that nobody comes in who was
sent away, or whose password was changed, in between. Called by gateways/xmpp, and by the engine by way of `SlipTokens`.
"""

import secrets
from collections import OrderedDict

from msgspec import Struct

from teahouse.identity.passwords import CheckedPasswords
from teahouse.identity.proofs import Challenge, Proofs
from teahouse.identity.standing import Standing
from teahouse.model.caller import Caller
from teahouse.model.errors import Code, Problem
from teahouse.ports.clock import Clock
from teahouse.ports.identity import Tokens

PREFIX = "slip."
GOOD_S = 120
_MOST = 20_000


class _Slip(Struct, frozen=True):
    """`stored` is what was kept of the password that was shown, `until` monotonic seconds."""

    user: str
    stored: str
    until: float


class Porter:
    def __init__(self, passwords: CheckedPasswords, proofs: Proofs, standing: Standing, clock: Clock) -> None:
        self._passwords = passwords
        self._proofs = proofs
        self._standing = standing
        self._clock = clock
        self._slips: OrderedDict[str, _Slip] = OrderedDict()

    async def plain(self, name: str, password: str, address: str) -> tuple[str, str]:
        """The user id of whoever has this password, and a slip; Problem for anybody else."""
        known = await self._passwords.recognise(name, password, address)
        if known is None:
            raise Problem(Code.UNAUTHENTICATED, "wrong user or password")
        return known.caller.user.id, self._issue(known.caller.user.id, known.stored)

    async def challenge(self, name: str, algorithm: str, address: str) -> Challenge:
        """What whoever says that they have this name is to prove."""
        return await self._proofs.challenge(name, algorithm, address)

    async def prove(self, challenge: Challenge, message: bytes, proof: bytes) -> tuple[str, str, bytes]:
        """The user id of whoever proved it, a slip, and our signature; Problem for anybody else."""
        proved = await self._proofs.prove(challenge, message, proof)
        return proved.user, self._issue(proved.user, proved.stored), proved.signature

    def _issue(self, user: str, stored: str) -> str:
        now = self._clock.monotonic()
        while self._slips and (len(self._slips) >= _MOST or next(iter(self._slips.values())).until < now):
            self._slips.popitem(last=False)
        slip = PREFIX + secrets.token_urlsafe(24)
        self._slips[slip] = _Slip(user, stored, now + GOOD_S)
        return slip

    async def take(self, slip: str) -> Caller | None:
        """Whom a slip was issued to; it is no good any more."""
        found = self._slips.pop(slip, None)
        if found is None or found.until < self._clock.monotonic():
            return None
        return await self._standing.caller(found.user, "", found.stored)


class SlipTokens:
    """Tokens (ports/identity.py): slips, and all others."""

    def __init__(self, porter: Porter, others: Tokens) -> None:
        self._porter = porter
        self._others = others

    def known(self, token: str) -> Caller | None:
        return None if token.startswith(PREFIX) else self._others.known(token)

    async def verify(self, token: str) -> Caller | None:
        if token.startswith(PREFIX):
            return await self._porter.take(token)
        return await self._others.verify(token)
