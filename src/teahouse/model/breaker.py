"""A circuit breaker: a service that does not answer is left alone for a while, then tried with one request.

Rule: no waiting and no clock of its own; whoever calls says what time it is. Used for push services
(backends/push/calling.py) and for webhooks (engine/deliver.py), one each.
"""

AFTER = 5
"""So many failures in a row open it."""
PAUSE_S = 15.0
LONGEST_S = 300.0


class Breaker:
    """Closed, open until a time, or half open: one request is on its way to find out."""

    __slots__ = ("_failures", "_first_s", "_longest_s", "_pause_s", "_probing", "_until")

    def __init__(self, pause_s: float = PAUSE_S, longest_s: float = LONGEST_S) -> None:
        self._failures = 0
        self._first_s = self._pause_s = pause_s
        self._longest_s = longest_s
        self._until = 0.0
        self._probing = False

    def wait_s(self, now: float) -> float:
        """How long not to call; 0: go on, and say `worked`, `failed` or `gave_up` when it is over."""
        if self._failures < AFTER:
            return 0.0
        if now < self._until:
            return self._until - now
        if self._probing:
            return self._first_s
        self._probing = True
        return 0.0

    def rests_s(self, now: float) -> float:
        """How long it is open yet; asking changes nothing."""
        return max(self._until - now, 0.0) if self._failures >= AFTER else 0.0

    def worked(self) -> None:
        self._failures, self._pause_s, self._probing = 0, self._first_s, False

    def failed(self, now: float) -> bool:
        """Whether it is open now, and was not before."""
        self._failures += 1
        opened = self._failures >= AFTER and (self._probing or self._failures == AFTER)
        if opened:
            self._until = now + self._pause_s
            self._pause_s = min(2 * self._pause_s, self._longest_s)
        self._probing = False
        return opened

    def gave_up(self) -> None:
        """Nobody knows: the caller did not wait for the answer."""
        self._probing = False
