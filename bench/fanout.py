"""Fan-out: what a delivery costs the server, against a bare uvloop loop that writes the same bytes.

The two are measured in turn (A B A B ...) and compared by their medians. Bursts are compared with the same bare loop.
A server that is short of CPU joins more messages into one write, so `messages a read` belongs to the result; for
information the two are compared at a calm rate as well, where every message goes alone.
"""

from collections.abc import Callable
from statistics import median
from typing import Any

from bench.playing import check, load, program
from bench.verdict import Verdict, tell

USERS = 1000
RATE = 100
STEADY_GOAL = 1.5

BURST = 25
BURST_RATE = 500
BURST_SECONDS = 4.0
BURST_GOAL = 1 / 5

CALM_RATE = 20

Reports = list[dict[str, Any]]


def fanout(rounds: int, seconds: float) -> bool:
    ours: Reports = []
    bare: Reports = []
    bursts: Reports = []
    for _ in range(rounds):
        ours.append(load("fanout", users=USERS, rate=RATE, seconds=seconds))
        bare.append(_bare(RATE, 1, ours[0]["event_bytes"], seconds))
        bursts.append(load("fanout", users=USERS, rate=BURST_RATE, burst=BURST, seconds=BURST_SECONDS))
    at_rate = tell(_at_rate(ours, bare, seconds))
    in_bursts = tell(_in_bursts(bursts, bare))
    return at_rate and in_bursts and all(report["ok"] for report in ours + bursts)


def _at_rate(ours: Reports, bare: Reports, seconds: float) -> Verdict:
    calm = [load("fanout", users=USERS, rate=CALM_RATE, seconds=seconds)]
    calm_bare = [_bare(CALM_RATE, 1, ours[0]["event_bytes"], seconds)]
    return Verdict(
        "fanout",
        f"{USERS} members, {RATE} messages/s: server CPU per delivery / bare loop",
        _cost(ours) / _cost(bare),
        STEADY_GOAL,
        at_most=True,
        unit="x",
        seen={
            "teahouse, us a delivery": _cost(ours),
            "bare transport.write loop, us a delivery": _cost(bare),
            f"for information: teahouse at {CALM_RATE} messages/s": _cost(calm),
            f"for information: bare loop at {CALM_RATE} messages/s": _cost(calm_bare),
            "bare loop, deliveries/s it held": _median(bare, lambda r: r["delivered"] / r["seconds"]),
            **_seen(ours),
        },
    )


def _in_bursts(bursts: Reports, bare: Reports) -> Verdict:
    same = _bare(BURST_RATE, BURST, bursts[0]["event_bytes"], BURST_SECONDS / 4)
    return Verdict(
        "fanout",
        f"{USERS} members, {BURST} messages at once: server CPU per delivery / bare loop",
        _cost(bursts) / _cost(bare),
        BURST_GOAL,
        at_most=True,
        unit="x",
        seen={
            "teahouse, us a delivery": _cost(bursts),
            "bare transport.write loop, us a delivery": _cost(bare),
            "for information: bare loop, same bursts": _cost([same]),
            **_seen(bursts),
        },
    )


def _bare(rate: float, burst: int, size: int, seconds: float) -> dict[str, Any]:
    flags = {"members": USERS, "rate": rate, "burst": burst, "bytes": size, "seconds": seconds}
    return program("bench.bare_fanout", "receive", *(f"--{name}={value}" for name, value in flags.items()))


def _cost(reports: Reports) -> float:
    return _median(reports, lambda report: report["cpu_us_per_delivery"])


def _median(reports: Reports, value: Callable[[dict[str, Any]], float]) -> float:
    return float(median(map(value, reports)))


def _seen(reports: Reports) -> dict[str, float | str]:
    return {
        "deliveries/s": _median(reports, lambda r: r["delivered_per_s"]),
        "messages a read": _median(reports, lambda r: r["deliveries_per_read"]),
        "send to delivery, p99 ms": _median(reports, lambda r: r["delivery_ms"]["p99"]),
        "bytes of an event": float(reports[0]["event_bytes"]),
        "server CPU, cores": _median(reports, lambda r: r["server"]["cpu_s"] / r["seconds"]),
        "server waited for a core, cores": _median(reports, lambda r: r["server"]["wait_s"] / r["seconds"]),
        "generator CPU, cores": _median(reports, lambda r: r["generator"]["cpu_s"] / r["seconds"]),
        "deliveries checked": next((check(report) for report in reports if not report["ok"]), "ok"),
    }
