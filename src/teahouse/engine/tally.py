"""Tally: numbers that only grow, for whoever watches the server: two readings and a clock make a rate.

Rule: plain additions where something happens anyway; no lock, no call, nothing is looked up. Read by
gateways/rest/overview.py.
"""


class Tally:
    """Since the start of the process. `deliveries` are what was written to live sessions, entries, events and the
    senders' answers that take their place; `bytes` those of these writes. `jobs_died` became dead letters."""

    __slots__ = (
        "bytes",
        "commands",
        "deliveries",
        "jobs_died",
        "jobs_done",
        "lag_ms",
        "messages",
        "worst_lag_ms",
    )

    def __init__(self) -> None:
        self.commands = 0
        self.messages = 0
        self.deliveries = 0
        self.bytes = 0
        self.jobs_done = 0
        self.jobs_died = 0
        self.lag_ms = 0.0
        self.worst_lag_ms = 0.0

    def late(self, seconds: float) -> None:
        """The event loop did what was due so much later than it was."""
        self.lag_ms = max(0.0, round(seconds * 1000, 1))
        self.worst_lag_ms = max(self.worst_lag_ms, self.lag_ms)
