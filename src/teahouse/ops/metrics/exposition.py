"""The exposition: the metrics at one moment, in the text format of Prometheus.

Rule: everything is collected when somebody asks; nothing in the server calls this. Memory, processor time and open
files of the process are those prometheus-client reads. Called by the HTTP listener, for those metrics.py of the gateway
lets in.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from teahouse import __version__
from teahouse.engine.engine import Engine
from teahouse.engine.worker import OTHER
from teahouse.ops.metrics.declared import METRICS
from teahouse.ops.readings import Reading, Readings

Samples = Iterable[tuple[tuple[str, ...], float]]
"""Values of the labels, and the number."""

TROUBLES = ("store", "workers")


class Exposition:
    def __init__(self, readings: Readings) -> None:
        self._readings = readings

    async def text(self) -> bytes:
        reading = await self._readings.take()
        engine = self._readings.engine
        found = samples(reading, engine)
        if (copies := self._readings.copies) is not None:
            found["teahouse_cache_reads"] = copies.counts().items()
            found["teahouse_cache_values"] = [((cache,), size) for cache, size in copies.sizes().items()]
        registry = CollectorRegistry()
        registry.register(_Collected(found))
        ProcessCollector(registry=registry)
        return generate_latest(registry)


class _Collected(Collector):
    def __init__(self, found: dict[str, Samples]) -> None:
        self._found = found

    def collect(self) -> Iterator[Metric]:
        for metric in METRICS:
            family = CounterMetricFamily if metric.type == "counter" else GaugeMetricFamily
            made = family(metric.name, metric.help, labels=metric.labels)
            for labels, number in self._found.get(metric.name, ()):
                made.add_metric(labels, number)
            yield made


def samples(reading: Reading, engine: Engine) -> dict[str, Samples]:
    """What there is to say, by the name of the metric."""
    tally, (commits, waiting) = engine.tally, engine.appends
    return {
        "teahouse_build_info": [((__version__,), 1)],
        "teahouse_sessions": [((gateway,), number) for gateway, number in reading.sessions.items()],
        "teahouse_commands": _one(tally.commands),
        "teahouse_messages": _one(tally.messages),
        "teahouse_deliveries": _one(tally.deliveries),
        "teahouse_delivered_bytes": _one(tally.bytes),
        "teahouse_commits": _one(commits),
        "teahouse_store_waiting": _one(waiting),
        "teahouse_trouble": [((what,), float(what in reading.trouble)) for what in TROUBLES],
        "teahouse_loop_lag_seconds": _one(tally.lag_ms / 1000),
        "teahouse_loop_lag_worst_seconds": _one(tally.worst_lag_ms / 1000),
        "teahouse_jobs": tally.jobs.items(),
        "teahouse_pushes": tally.pushes.items(),
        "teahouse_webhook_deliveries": [((outcome,), number) for outcome, number in tally.tellings.items()],
        **_stored(reading, engine.job_kinds),
    }


def _stored(reading: Reading, kinds: Collection[str]) -> dict[str, Samples]:
    if reading.stored is None:
        return {}
    totals = reading.stored.totals
    return {
        "teahouse_jobs_waiting": _by_kind(totals.waiting, kinds),
        "teahouse_jobs_overdue_seconds": _one(reading.stored.overdue_s),
        "teahouse_dead_letters": _by_kind(totals.dead, kinds),
        "teahouse_users": [(("account",), totals.accounts), (("guest",), totals.guests)],
        "teahouse_conversations": _one(totals.conversations),
        "teahouse_stored_messages": _one(totals.messages),
        "teahouse_store_bytes": _one(totals.bytes),
    }


def _by_kind(counted: Mapping[str, int], kinds: Collection[str]) -> Samples:
    """Those of kinds nobody here does are counted together, as in the tally: an old store may hold any."""
    found = dict.fromkeys((*kinds, OTHER), 0)
    for kind, number in counted.items():
        found[kind if kind in kinds else OTHER] += number
    return [((kind,), number) for kind, number in found.items()]


def _one(number: float) -> Samples:
    return [((), number)]
