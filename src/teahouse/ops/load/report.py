"""What a run found, as a value, as JSON and as a table for people.

Rule: pure; numbers carry their unit in the name, and a figure that could not be measured is None.
"""

from dataclasses import dataclass, field

import msgspec

from teahouse.ops.load.latency import Percentiles


@dataclass(frozen=True)
class Cost:
    """What one process used during the measurement. `wait_s`: its threads were ready but had no core. `rss` in
    bytes, at the end."""

    cpu_s: float
    wait_s: float
    rss: int


@dataclass(frozen=True)
class Report:
    """One run. `pieces` are the reads that brought the deliveries: fewer of them, where the server joined messages
    into one write. `facts` are what only this scenario measures, by name with unit."""

    scenario: str
    target: str
    users: int
    seconds: float
    sent: int
    acknowledged: int
    delivered: int
    pieces: int
    answer_ms: Percentiles
    delivery_ms: Percentiles
    errors: dict[str, int]
    lost: int
    duplicates: int
    out_of_order: int
    sampled: int
    event_bytes: int
    server: Cost | None
    generator: Cost
    disk: str = ""
    facts: dict[str, float] = field(default_factory=dict)

    @property
    def ok(self) -> bool:
        return not (self.errors or self.lost or self.duplicates or self.out_of_order)

    @property
    def acknowledged_per_s(self) -> float:
        return self.acknowledged / self.seconds if self.seconds else 0.0

    @property
    def delivered_per_s(self) -> float:
        return self.delivered / self.seconds if self.seconds else 0.0

    @property
    def cpu_us_per_delivery(self) -> float | None:
        if self.server is None or not self.delivered:
            return None
        return self.server.cpu_s / self.delivered * 1e6


def as_json(report: Report) -> str:
    """One line: the fields of Report and what is derived from them."""
    derived = {
        "ok": report.ok,
        "acknowledged_per_s": round(report.acknowledged_per_s, 1),
        "delivered_per_s": round(report.delivered_per_s, 1),
        "cpu_us_per_delivery": report.cpu_us_per_delivery,
        "deliveries_per_read": report.delivered / max(1, report.pieces),
    }
    return msgspec.json.encode({**msgspec.to_builtins(report), **derived}).decode()


def as_table(report: Report) -> str:
    lines = [
        f"{report.scenario}: {report.users:,} users, {report.target}, {report.seconds:.1f} s measured",
        "",
    ]
    if report.sent:
        lines += _traffic(report)
    lines += [f"  {name.replace('_', ' '):<28}{value:>14,.1f}" for name, value in report.facts.items()]
    if report.facts:
        lines.append("")
    lines += _costs(report)
    if report.disk:
        lines.append(f"  server data on {report.disk}")
    lines.append("  errors " + (", ".join(f"{c} {n:,}" for c, n in report.errors.items()) or "0"))
    lines.append(
        f"  lost {report.lost:,}, duplicates {report.duplicates:,}, out of order {report.out_of_order:,}"
    )
    return "\n".join(lines)


def _traffic(report: Report) -> list[str]:
    rates = (
        ("sent", report.sent, 0.0),
        ("acknowledged", report.acknowledged, report.acknowledged_per_s),
        ("delivered", report.delivered, report.delivered_per_s),
    )
    lines = [f"  {name:<20}{n:>14,}" + (f"{per_s:>14,.0f}/s" if per_s else "") for name, n, per_s in rates]
    lines += ["", f"  {'milliseconds':<20}" + "".join(f"{name:>10}" for name in ("p50", "p95", "p99", "max"))]
    for name, found in (("send to answer", report.answer_ms), ("send to delivery", report.delivery_ms)):
        if found.count:
            lines.append(
                f"  {name:<20}{found.p50:>10.2f}{found.p95:>10.2f}{found.p99:>10.2f}{found.max:>10.2f}"
            )
    return [*lines, ""]


def _costs(report: Report) -> list[str]:
    lines = [_cost("generator", report.generator, report.seconds)]
    if report.server is None:
        return ["  server     CPU and memory unknown; give --pid", *lines]
    lines.insert(0, _cost("server", report.server, report.seconds))
    if report.cpu_us_per_delivery is not None:
        lines.append(f"  server CPU {report.cpu_us_per_delivery:.2f} us a delivery")
    return lines


def _cost(name: str, cost: Cost, seconds: float) -> str:
    share = cost.cpu_s / seconds * 100 if seconds else 0.0
    return (
        f"  {name:<10} CPU {cost.cpu_s:.2f} s ({share:.0f} %), waited {cost.wait_s:.2f} s for a core, "
        f"memory {cost.rss / 1e6:.1f} MB"
    )
