"""gRPC: what a delivery and an idle session cost the server, against a bare grpc.aio echo on the same machine.

The two are measured in turn and compared by their medians. A message of gRPC costs the library far more than the chat
does, so a calm delivery must not cost more than an echo, and bursts must travel together. Memory is that of sessions
with a connection each, as people have; for information, also of those that share one, as behind a proxy.
"""

from statistics import median
from typing import Any

from bench.playing import program
from bench.verdict import Verdict, tell

MEMBERS = 100
RATE = 10
CALM_GOAL = 60 / 66
"""60 us a delivery, where an echo takes 66 us."""

BURST = 25
BURST_RATE = 1000
BURST_GOAL = 50_000

SESSIONS = 1000
SHARED = 50
IDLE_GOAL_BYTES = 40_000

Reports = list[dict[str, Any]]


def grpc(rounds: int, seconds: float) -> bool:
    calm: Reports = []
    bare: Reports = []
    bursts: Reports = []
    for _ in range(rounds):
        calm.append(_load("fanout", members=MEMBERS, rate=RATE, seconds=seconds))
        bare.append(_load("echo", members=MEMBERS, rate=RATE, seconds=seconds))
        bursts.append(_load("fanout", members=MEMBERS, rate=BURST_RATE, burst=BURST, seconds=seconds / 2))
    held = [tell(_calm(calm, bare)), tell(_in_bursts(bursts)), tell(_idle())]
    return all(held) and all(report["ok"] for report in calm + bare + bursts)


def _calm(calm: Reports, bare: Reports) -> Verdict:
    return Verdict(
        "grpc",
        f"{MEMBERS} members, {RATE} messages/s: server CPU per delivery / bare echo",
        _median(calm, "cpu_us_per_delivery") / _median(bare, "cpu_us_per_delivery"),
        CALM_GOAL,
        at_most=True,
        unit="x",
        seen={
            "teahouse, us a delivery": _median(calm, "cpu_us_per_delivery"),
            "bare grpc.aio echo, us each": _median(bare, "cpu_us_per_delivery"),
            **_seen(calm),
        },
    )


def _in_bursts(bursts: Reports) -> Verdict:
    return Verdict(
        "grpc",
        f"{MEMBERS} members, {BURST} messages at once, {BURST_RATE * MEMBERS:,} deliveries/s asked for",
        _median(bursts, "delivered_per_s"),
        BURST_GOAL,
        at_most=False,
        unit=" deliveries/s",
        seen={"teahouse, us a delivery": _median(bursts, "cpu_us_per_delivery"), **_seen(bursts)},
    )


def _idle() -> Verdict:
    own = _load("idle", members=SESSIONS)
    bare = _load("idle", "--bare", members=SESSIONS)
    return Verdict(
        "grpc",
        f"server memory growth for each of {SESSIONS:,} idle sessions with a connection of its own",
        own["rss_bytes_per_session"],
        IDLE_GOAL_BYTES,
        at_most=True,
        unit=" bytes",
        seen={
            "bare grpc.aio stream with a connection of its own": bare["rss_bytes_per_session"],
            f"{SHARED} on each connection": _load("idle", members=SESSIONS, streams=SHARED)[
                "rss_bytes_per_session"
            ],
            "server CPU to let one in, ms": own["cpu_ms_per_session"],
        },
    )


def _load(what: str, *flags: str, **options: float) -> dict[str, Any]:
    return program("bench.grpc_load", what, *flags, *(f"--{name}={value}" for name, value in options.items()))


def _median(reports: Reports, name: str) -> float:
    return float(median(report[name] for report in reports))


def _seen(reports: Reports) -> dict[str, float | str]:
    return {
        "deliveries/s": _median(reports, "delivered_per_s"),
        "deliveries in a message": _median(reports, "deliveries_per_message"),
        "send to delivery, p99 ms": _median(reports, "p99_ms"),
        "server CPU, cores": _median(reports, "server_cores"),
        "server waited for a core, cores": _median(reports, "server_waited_cores"),
        "generator CPU, cores": _median(reports, "generator_cores"),
        "deliveries checked": next((str(report) for report in reports if not report["ok"]), "ok"),
    }
