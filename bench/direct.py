"""Durable sends: 200 people writing in pairs, against a bare SQLite loop with the same schema on the same disk.

First as fast as it goes, pipelined, in rows a second; then at half of the load that is asked for there, each message
by itself, as the time a sender waits for the answer against the time of a commit of that loop. The disk is measured
before and after each, because it changes from minute to minute.
"""

import os
import tempfile
from pathlib import Path
from statistics import median

from bench.playing import check, load
from bench.sqlite_floor import Floor, measure
from bench.verdict import RESULTS, Verdict, tell

USERS = 200
WINDOW = 32
ROWS_GOAL = 0.4
WAIT_GOAL = 5.0
CALM_RATE = 1000


def direct(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(dir=RESULTS) as folder:
        disk = Path(folder)
        most = _throughput(disk, rounds, seconds)
        return tell(most[1]) & _wait(disk, rounds, seconds, most[0] * ROWS_GOAL / 2)


def _throughput(disk: Path, rounds: int, seconds: float) -> tuple[float, Verdict]:
    """The floor's rows a second, and what the server's are of them."""
    floors, ours = [measure(disk)], []
    for _ in range(rounds):
        ours.append(load("direct", users=USERS, window=WINDOW, seconds=seconds, data=disk))
        floors.append(measure(disk))
    rows = median(report["acknowledged_per_s"] for report in ours)
    floor = median(found.rows_per_s for found in floors)
    verdict = Verdict(
        "direct",
        f"{USERS} pipelined connections: durable sends/s / bare group commit",
        rows / floor,
        ROWS_GOAL,
        at_most=False,
        unit="x",
        seen={
            "teahouse, rows/s": rows,
            "bare SQLite, 256 rows a transaction, rows/s": floor,
            "lowest and highest floor of the run": _span([found.rows_per_s for found in floors]),
            "server CPU, us a send": median(r["server"]["cpu_s"] / r["acknowledged"] for r in ours) * 1e6,
            "server CPU, cores": median(r["server"]["cpu_s"] / r["seconds"] for r in ours),
            "server waited for a core, cores": median(r["server"]["wait_s"] / r["seconds"] for r in ours),
            "generator CPU, cores": median(r["generator"]["cpu_s"] / r["seconds"] for r in ours),
            "send to answer, p99 ms": median(r["answer_ms"]["p99"] for r in ours),
            "checked": next((check(report) for report in ours if not report["ok"]), "ok"),
            "disk": ours[0]["disk"],
        },
    )
    return floor, verdict


def _wait(disk: Path, rounds: int, seconds: float, rate: float) -> bool:
    floors, ours = [measure(disk)], []
    before = stolen_s()
    for _ in range(rounds):
        ours.append(load("direct", users=USERS, rate=round(rate), seconds=seconds, data=disk))
        floors.append(measure(disk))
    stolen = (stolen_s() - before) / (rounds * seconds)
    calm = load("direct", users=USERS, rate=CALM_RATE, seconds=seconds, data=disk)
    answer = median(report["answer_ms"]["p99"] for report in ours)
    commit = median(found.batch_p99_ms for found in floors)
    return tell(
        Verdict(
            "direct",
            f"{rate:,.0f} sends/s: p99 of the sender's wait / p99 of a commit of the bare loop",
            answer / commit,
            WAIT_GOAL,
            at_most=True,
            unit="x",
            seen={
                "teahouse, send to answer, p50 ms": median(r["answer_ms"]["p50"] for r in ours),
                "teahouse, send to answer, p99 ms": answer,
                "bare commit of 256 rows, p99 ms": commit,
                "lowest and highest p99 of it": _span([found.batch_p99_ms for found in floors]),
                "for information: bare commit of one row, p50 ms": _p50(floors),
                "for information: bare commit of one row, p99 ms": median(f.commit_p99_ms for f in floors),
                f"for information: at {CALM_RATE:,} sends/s, p50 ms": calm["answer_ms"]["p50"],
                f"for information: at {CALM_RATE:,} sends/s, p99 ms": calm["answer_ms"]["p99"],
                "server CPU, cores": median(r["server"]["cpu_s"] / r["seconds"] for r in ours),
                "server waited for a core, cores": median(r["server"]["wait_s"] / r["seconds"] for r in ours),
                "generator CPU, cores": median(r["generator"]["cpu_s"] / r["seconds"] for r in ours),
                "taken by other machines on this host, cores": stolen,
                "checked": next((check(report) for report in ours if not report["ok"]), "ok"),
            },
        )
    )


def stolen_s() -> float:
    """Processor time that the host gave to others while we were ready to run (proc_stat(5), steal)."""
    fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()
    return int(fields[8]) / os.sysconf("SC_CLK_TCK")


def _p50(floors: list[Floor]) -> float:
    return median(found.commit_p50_ms for found in floors)


def _span(values: list[float]) -> str:
    return f"{min(values):,.2f} - {max(values):,.2f}"
