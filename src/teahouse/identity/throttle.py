"""Throttle: how often somebody may be wrong about a password, and make accounts, over all nodes (ports/limits.py).

Rule: an attempt is paid for before it is looked at, so that a thousand at once are not all looked at; a right one is
given back. Nobody can lock out a user from an address that is not theirs. Called by passwords.py
and accounts.py.
"""

from math import ceil

from teahouse.identity.options import IdentityOptions
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Bucket, Rate
from teahouse.ports.limits import Limits

_LONGEST = 100
"""No name is so long; what somebody sends instead of one is no longer than this as a key."""


class Throttle:
    def __init__(self, options: IdentityOptions, limits: Limits) -> None:
        self.options = options
        self._limits = limits
        self._user = Rate(options.failures_per_min / 60, options.failures_burst)
        self._address = Rate(options.address_failures_per_min / 60, options.address_failures_burst)
        self._registering = Rate(options.registrations_per_min / 60, options.registrations_burst)

    async def take(self, user: str, address: str) -> None:
        """One attempt for this folded name from this address, or `rate_limited`."""
        if wait := await self._limits.take(*self._attempt(user, address)):
            raise Problem(Code.RATE_LIMITED, "too many wrong passwords; wait a while", ceil(1000 * wait))

    async def take_registration(self, address: str) -> None:
        """One new account from this address, or `rate_limited`: each costs a hash, and is there for good."""
        if wait := await self._limits.take(Bucket("registrations", address, self._registering)):
            raise Problem(Code.RATE_LIMITED, "too many new accounts; wait a while", ceil(1000 * wait))

    async def give_back(self, user: str, address: str) -> None:
        """It was right."""
        await self._limits.give_back(*self._attempt(user, address))

    def _attempt(self, user: str, address: str) -> tuple[Bucket, Bucket]:
        return (
            Bucket("addresses", address, self._address),
            Bucket("passwords", f"{address} {user[:_LONGEST]}", self._user),
        )
