"""Tally: numbers that only grow, for whoever watches the server: two readings and a clock make a rate.

Rule: plain additions where something happens anyway; no lock, no call, nothing is looked up. Names by which something
is counted are few and ours: kinds of jobs, services, outcomes. Read by gateways/rest/overview.py and ops/metrics.
"""

from collections import Counter


class Tally:
    """Since the start of the process. `deliveries` are what was written to live sessions, entries, events and the
    senders' answers that take their place; `bytes` those of these writes. `jobs` by kind and what became of them:
    done, retried, died (dead letters). `pushes` by service and what it said, `tellings` what became of calls to
    outgoing webhooks."""

    __slots__ = (
        "bytes",
        "commands",
        "deliveries",
        "jobs",
        "lag_ms",
        "messages",
        "pushes",
        "tellings",
        "worst_lag_ms",
    )

    def __init__(self) -> None:
        self.commands = 0
        self.messages = 0
        self.deliveries = 0
        self.bytes = 0
        self.jobs: Counter[tuple[str, str]] = Counter()
        self.pushes: Counter[tuple[str, str]] = Counter()
        self.tellings: Counter[str] = Counter()
        self.lag_ms = 0.0
        self.worst_lag_ms = 0.0

    @property
    def jobs_done(self) -> int:
        return sum(number for (_, outcome), number in self.jobs.items() if outcome == "done")

    @property
    def jobs_died(self) -> int:
        return sum(number for (_, outcome), number in self.jobs.items() if outcome == "died")

    def late(self, seconds: float) -> None:
        """The event loop did what was due so much later than it was."""
        self.lag_ms = max(0.0, round(seconds * 1000, 1))
        self.worst_lag_ms = max(self.worst_lag_ms, self.lag_ms)
