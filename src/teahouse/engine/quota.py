"""How much one connection and one user may ask for (GCRA). A refused command costs nothing and says when to retry."""

from teahouse.engine.buckets import Buckets, limited
from teahouse.engine.session import Session
from teahouse.engine.spending import Spender
from teahouse.model.gcra import Bucket, Rate, admit
from teahouse.ports.clock import Clock
from teahouse.ports.limits import Limits, Spending


class Quota:
    """Commands per connection, calls without one per user, and sends per user over both. What is rare is counted over
    all nodes, by `limits`; what nobody waits for is told to them by `spending`, where there are others. Programs of
    this process that act for many are `free`."""

    def __init__(
        self,
        clock: Clock,
        commands: Rate,
        sends: Rate,
        rare: Rate,
        limits: Limits,
        spending: Spending | None = None,
    ) -> None:
        self._clock = clock
        self._commands = commands
        self.spender = Spender(clock, spending)
        self._sending = self.buckets("sends", sends)
        self._calling = self.buckets("calls", commands)
        self._rare = rare
        self._limits = limits
        self.free: set[str] = set()

    def buckets(self, kind: str, rate: Rate) -> Buckets:
        """Of one kind of thing, over all nodes."""
        return self.spender.buckets(kind, rate)

    def take_command(self, session: Session) -> None:
        """One command of this connection, or `rate_limited`."""
        if not self._commands.per_second:
            return
        session.arrival, wait = admit(self._commands, session.arrival, self._clock.monotonic())
        if wait:
            raise limited(wait)

    def take_call(self, user: str) -> None:
        """One command of this user without a connection, or `rate_limited`."""
        if user not in self.free:
            self._calling.take(user, self._clock.monotonic())

    def take_send(self, user: str) -> None:
        """One send of this user, over all connections, or `rate_limited`."""
        if user not in self.free:
            self._sending.take(user, self._clock.monotonic())

    async def take_rare(self, user: str) -> None:
        """One of what a person seldom does and others are bothered with (a report, a request to join), or
        `rate_limited`."""
        if wait := await self._limits.take(Bucket("rare", user, self._rare)):
            raise limited(wait)
