"""Fan-out: what a delivery costs the server, against a bare uvloop loop that writes the same bytes.

The two are measured in turn (A B A B ...) and compared by their medians. Bursts are compared with the same bare loop.
"""

from statistics import median
from typing import Any

from bench.playing import check, load, program
from bench.verdict import Verdict, tell

USERS = 1000
RATE = 100
BURST_RATE = 500
BURST = 25
STEADY_GOAL = 1.5
BURST_GOAL = 1 / 5


def fanout(rounds: int, seconds: float) -> bool:
    teahouse, bare, bursts = [], [], []
    size = 0
    for _ in range(rounds):
        ours = load("fanout", users=USERS, rate=RATE, seconds=seconds)
        size = ours["event_bytes"]
        teahouse.append(ours)
        bare.append(_bare(RATE, 1, size, seconds))
        bursts.append(load("fanout", users=USERS, rate=BURST_RATE, burst=BURST, seconds=seconds))
    bare_bursts = _bare(BURST_RATE, BURST, size, min(seconds, 2.0))
    reference = _cost(bare)
    at_rate = tell(
        Verdict(
            "fanout",
            f"{USERS} members, {RATE} messages/s: server CPU per delivery / bare loop",
            _cost(teahouse) / reference,
            STEADY_GOAL,
            at_most=True,
            unit="x",
            seen={
                "teahouse, us a delivery": _cost(teahouse),
                "bare transport.write loop, us a delivery": reference,
                **_seen(teahouse),
            },
        )
    )
    in_bursts = tell(
        Verdict(
            "fanout",
            f"{USERS} members, {BURST} messages at once: server CPU per delivery / bare loop",
            _cost(bursts) / reference,
            BURST_GOAL,
            at_most=True,
            unit="x",
            seen={
                "teahouse, us a delivery": _cost(bursts),
                "bare transport.write loop, us a delivery": reference,
                "for information: bare loop, same bursts": _cost([bare_bursts]),
                **_seen(bursts),
            },
        )
    )
    return at_rate and in_bursts and all(report["ok"] for report in teahouse + bursts)


def _bare(rate: float, burst: int, size: int, seconds: float) -> dict[str, Any]:
    flags = {"members": USERS, "rate": rate, "burst": burst, "bytes": size, "seconds": seconds}
    return program("bench.bare_fanout", "receive", *(f"--{name}={value}" for name, value in flags.items()))


def _cost(reports: list[dict[str, Any]]) -> float:
    return float(median(report["cpu_us_per_delivery"] for report in reports))


def _seen(reports: list[dict[str, Any]]) -> dict[str, float | str]:
    return {
        "deliveries/s": float(median(report["delivered_per_s"] for report in reports)),
        "send to delivery, p99 ms": float(median(report["delivery_ms"]["p99"] for report in reports)),
        "bytes of an event": float(reports[0]["event_bytes"]),
        "generator CPU, cores": float(median(r["generator"]["cpu_s"] / r["seconds"] for r in reports)),
        "deliveries checked": next((check(report) for report in reports if not report["ok"]), "ok"),
    }
