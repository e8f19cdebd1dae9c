"""How much one connection and one user may ask for (GCRA). A refused command costs nothing and says when to retry."""

from math import ceil

from teahouse.engine.session import Session
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Bucket, Rate, admit
from teahouse.ports.clock import Clock
from teahouse.ports.limits import Limits

_SWEEP = 10_000


class Quota:
    """Commands per connection, calls without one per user, and sends per user over both. A bucket is one float;
    full ones are swept away. What is rare is counted over all nodes, by `limits`."""

    def __init__(self, clock: Clock, commands: Rate, sends: Rate, rare: Rate, limits: Limits) -> None:
        self._clock = clock
        self._commands = commands
        self._sending = Buckets(sends)
        self._calling = Buckets(commands)
        self._rare = rare
        self._limits = limits

    def take_command(self, session: Session) -> None:
        """One command of this connection, or `rate_limited`."""
        if not self._commands.per_second:
            return
        session.arrival, wait = admit(self._commands, session.arrival, self._clock.monotonic())
        if wait:
            raise _limited(wait)

    def take_call(self, user: str) -> None:
        """One command of this user without a connection, or `rate_limited`."""
        self._calling.take(user, self._clock.monotonic())

    def take_send(self, user: str) -> None:
        """One send of this user, over all connections, or `rate_limited`."""
        self._sending.take(user, self._clock.monotonic())

    async def take_rare(self, user: str) -> None:
        """One of what a person seldom does and others are bothered with (a report, a request to join), or
        `rate_limited`."""
        if wait := await self._limits.take(Bucket("rare", user, self._rare)):
            raise _limited(wait)


class Buckets:
    """A bucket for each user of one kind of thing."""

    def __init__(self, rate: Rate) -> None:
        self._rate = rate
        self._arrivals: dict[str, float] = {}
        self._sweep_at = _SWEEP

    def take(self, user: str, now: float) -> None:
        """One of `user`, or `rate_limited`."""
        if not self._rate.per_second:
            return
        arrival, wait = admit(self._rate, self._arrivals.get(user, 0.0), now)
        if wait:
            raise _limited(wait)
        self._arrivals[user] = arrival
        if len(self._arrivals) > self._sweep_at:
            self._arrivals = {user: arrival for user, arrival in self._arrivals.items() if arrival > now}
            self._sweep_at = max(_SWEEP, 2 * len(self._arrivals))


def _limited(wait: float) -> Problem:
    return Problem(Code.RATE_LIMITED, "too many commands; slow down", ceil(wait * 1000))
