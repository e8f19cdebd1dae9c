"""The board: which alerts stand, and when somebody is to be told of them.

Rule: an alert is told when it was raised, again every `repeat_s` while it lasts, and when it is over; what changes
within `group_s` goes into one notice, and what came and went within it is not told at all. No clock and no I/O of its
own. Called by watch.py.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from msgspec import Struct

from teahouse.ops.alerts.options import AlertOptions


class Alert(Struct, frozen=True):
    """`since` is when it was raised (milliseconds UTC), `state` whether it is still so."""

    rule: str
    state: str
    what: str
    since: int


class Notice(Struct, frozen=True):
    """What somebody is told at once."""

    server: str
    at: int
    alerts: tuple[Alert, ...]


FIRING, OVER = "firing", "over"


@dataclass
class _Standing:
    """`told` is when somebody was told that it stands (milliseconds UTC); 0: nobody was."""

    what: str
    since: int
    told: int = 0
    over: bool = False


class Board:
    def __init__(self, options: AlertOptions) -> None:
        self._group_ms = int(options.group_s * 1000)
        self._repeat_ms = int(options.repeat_s * 1000)
        self._standing: dict[str, _Standing] = {}
        self._changed = 0  # when the first change was that nobody was told of; 0: there is none

    def step(self, now: int, findings: Mapping[str, str | None]) -> tuple[Alert, ...]:
        """What is to be told now, given what was found."""
        for rule, what in findings.items():
            self._find(rule, what, now)
        if self._changed and now - self._changed >= self._group_ms:
            return self._tell(now)
        if any(s.told and now - s.told >= self._repeat_ms for s in self._standing.values()):
            return self._tell(now)
        return ()

    def _find(self, rule: str, what: str | None, now: int) -> None:
        standing = self._standing.get(rule)
        if what is None:
            return
        if what and standing is None:
            self._standing[rule] = _Standing(what, now)
            self._changed = self._changed or now
        elif what and standing is not None:
            standing.what, standing.over = what, False
        elif standing is not None and not standing.told:
            del self._standing[rule]
        elif standing is not None and not standing.over:
            standing.over = True
            self._changed = self._changed or now

    def _tell(self, now: int) -> tuple[Alert, ...]:
        self._changed = 0
        alerts = []
        for rule, standing in list(self._standing.items()):
            due = standing.over or not standing.told or now - standing.told >= self._repeat_ms
            if not due:
                continue
            alerts.append(Alert(rule, OVER if standing.over else FIRING, standing.what, standing.since))
            standing.told = now
            if standing.over:
                del self._standing[rule]
        return tuple(alerts)
