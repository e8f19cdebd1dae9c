"""Which metrics there are: the one list that the exposition and docs/reference/metrics.md are made of.

Rule: names are kept, for dashboards of others depend on them. A label has few values, all of them ours: never a user,
a conversation or an address.
"""

from typing import Literal, NamedTuple


class Metric(NamedTuple):
    """`name` without the `_total` that a counter gets. `stored`: asked of the store, and missing while it is away."""

    name: str
    type: Literal["counter", "gauge"]
    help: str
    labels: tuple[str, ...] = ()
    stored: bool = False


METRICS = (
    Metric("teahouse_build_info", "gauge", "1; the label says which version runs.", ("version",)),
    Metric("teahouse_sessions", "gauge", "Connections, by gateway.", ("gateway",)),
    Metric("teahouse_commands", "counter", "Commands that were begun."),
    Metric("teahouse_messages", "counter", "Messages that were stored."),
    Metric(
        "teahouse_deliveries",
        "counter",
        "Messages, events and answers in their place, written to connections.",
    ),
    Metric("teahouse_delivered_bytes", "counter", "Bytes of these."),
    Metric("teahouse_commits", "counter", "Batches of entries that the log committed."),
    Metric("teahouse_store_waiting", "gauge", "Entries that wait for the log."),
    Metric("teahouse_trouble", "gauge", "1 while something is wrong with it, else 0.", ("what",)),
    Metric(
        "teahouse_cache_reads",
        "counter",
        "Reads through caches, and who answered: own (kept by this node), joined (somebody asked the same a moment "
        "before), common (kept in Redis), store (the database) or filter (there never was such an id).",
        ("cache", "by"),
    ),
    Metric(
        "teahouse_cache_values", "gauge", "Values that caches keep; ids: those in the filter.", ("cache",)
    ),
    Metric("teahouse_loop_lag_seconds", "gauge", "How late the event loop was in the last second."),
    Metric("teahouse_loop_lag_worst_seconds", "gauge", "The worst of that since the start."),
    Metric(
        "teahouse_jobs",
        "counter",
        "Jobs that ended, by kind: done, retried (they come again) or died (dead letters).",
        ("kind", "outcome"),
    ),
    Metric("teahouse_jobs_waiting", "gauge", "Jobs that wait or are being done.", ("kind",), stored=True),
    Metric(
        "teahouse_jobs_overdue_seconds",
        "gauge",
        "How long the first of the jobs that are due waits.",
        stored=True,
    ),
    Metric(
        "teahouse_dead_letters",
        "gauge",
        "Jobs that were given up and nobody decided about.",
        ("kind",),
        stored=True,
    ),
    Metric(
        "teahouse_pushes",
        "counter",
        "Calls to push services, and what they said: taken, later, refused, gone, failed.",
        ("service", "outcome"),
    ),
    Metric(
        "teahouse_webhook_deliveries",
        "counter",
        "Calls to outgoing webhooks: delivered or failed.",
        ("outcome",),
    ),
    Metric("teahouse_users", "gauge", "Users: accounts and guests.", ("kind",), stored=True),
    Metric("teahouse_conversations", "gauge", "Conversations, the lobby not counted.", stored=True),
    Metric("teahouse_stored_messages", "gauge", "Messages in the store.", stored=True),
    Metric("teahouse_store_bytes", "gauge", "Bytes the store takes on disk.", stored=True),
)
