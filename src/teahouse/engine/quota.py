"""How much one connection and one user may ask for (GCRA). A refused command costs nothing and says when to retry."""

from math import ceil

from teahouse.engine.session import Session
from teahouse.model.errors import Code, Problem
from teahouse.model.gcra import Rate, admit
from teahouse.ports.clock import Clock

_SWEEP = 10_000


class Quota:
    """Commands per connection and sends per user. A bucket is one float; full ones are swept away."""

    def __init__(self, clock: Clock, commands: Rate, sends: Rate) -> None:
        self._clock = clock
        self._commands = commands
        self._sends = sends
        self._users: dict[str, float] = {}
        self._sweep_at = _SWEEP

    def take_command(self, session: Session) -> None:
        """One command of this connection, or `rate_limited`."""
        if not self._commands.per_second:
            return
        session.arrival, wait = admit(self._commands, session.arrival, self._clock.monotonic())
        if wait:
            raise _limited(wait)

    def take_send(self, user: str) -> None:
        """One send of this user, over all connections, or `rate_limited`."""
        if not self._sends.per_second:
            return
        now = self._clock.monotonic()
        arrival, wait = admit(self._sends, self._users.get(user, 0.0), now)
        if wait:
            raise _limited(wait)
        self._users[user] = arrival
        if len(self._users) > self._sweep_at:
            self._users = {user: arrival for user, arrival in self._users.items() if arrival > now}
            self._sweep_at = max(_SWEEP, 2 * len(self._users))


def _limited(wait: float) -> Problem:
    return Problem(Code.RATE_LIMITED, "too many commands; slow down", ceil(wait * 1000))
