"""Throttle: how often somebody may be wrong about a password, and make accounts (GCRA).

Rule: an attempt is paid for before it is looked at, so that a thousand at once are not all looked at; a right one is
given back. Nobody can lock out a user from an address that is not theirs. Called by passwords.py
and accounts.py.
"""

from math import ceil

from teahouse.identity.options import IdentityOptions
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Rate, admit
from teahouse.ports.clock import Clock

_SWEEP = 10_000
_MOST = 100_000


class Throttle:
    def __init__(self, options: IdentityOptions, clock: Clock) -> None:
        self.options = options
        self._clock = clock
        user = Rate(options.failures_per_min / 60, options.failures_burst)
        address = Rate(options.address_failures_per_min / 60, options.address_failures_burst)
        self._registering = _Buckets(Rate(options.registrations_per_min / 60, options.registrations_burst))
        self._users = _Buckets(user)
        self._addresses = _Buckets(address)

    def take(self, user: str, address: str) -> None:
        """One attempt for this folded name from this address, or `rate_limited`."""
        now = self._clock.monotonic()
        wait = self._addresses.take(address, now)
        if not wait and (wait := self._users.take(f"{address} {user}", now)):
            self._addresses.give_back(address)
        if wait:
            raise Problem(Code.RATE_LIMITED, "too many wrong passwords; wait a while", ceil(1000 * wait))

    def take_registration(self, address: str) -> None:
        """One new account from this address, or `rate_limited`: each costs a hash, and is there for good."""
        if wait := self._registering.take(address, self._clock.monotonic()):
            raise Problem(Code.RATE_LIMITED, "too many new accounts; wait a while", ceil(1000 * wait))

    def give_back(self, user: str, address: str) -> None:
        """It was right."""
        self._addresses.give_back(address)
        self._users.give_back(f"{address} {user}")


class _Buckets:
    """One float a key. Full ones are swept away; were there ever too many, the oldest are."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._arrivals: dict[str, float] = {}
        self._sweep_at = _SWEEP

    def take(self, key: str, now: float) -> float:
        """Seconds to wait; 0.0 when taken."""
        if not self._rate.per_second:
            return 0.0
        arrival, wait = admit(self._rate, self._arrivals.get(key, 0.0), now)
        if not wait:
            self._arrivals[key] = arrival
            if len(self._arrivals) > self._sweep_at:
                self._sweep(now)
        return wait

    def give_back(self, key: str) -> None:
        if self._rate.per_second and key in self._arrivals:
            self._arrivals[key] -= 1 / self._rate.per_second

    def _sweep(self, now: float) -> None:
        used = [(key, arrival) for key, arrival in self._arrivals.items() if arrival > now]
        self._arrivals = dict(used[-_MOST:])
        self._sweep_at = max(_SWEEP, 2 * len(self._arrivals))
