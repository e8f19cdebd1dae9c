"""A promise and what was measured: printed for people, kept as JSON lines in bench/results/ for comparison."""

import json
import os
import platform
import time
from dataclasses import asdict, dataclass, field
from pathlib import Path

RESULTS = Path(__file__).parent / "results"


@dataclass(frozen=True)
class Verdict:
    """`value` is what the goal speaks of (a ratio, a size, a time); `at_most` tells on which side of `goal`
    it must lie. `seen` are the numbers it was made from, in the order they are shown."""

    bench: str
    promise: str
    value: float
    goal: float
    at_most: bool
    unit: str = ""
    seen: dict[str, float | str] = field(default_factory=dict)

    @property
    def passed(self) -> bool:
        return self.value <= self.goal if self.at_most else self.value >= self.goal


def busy_cores(seconds: float = 1.0) -> float:
    """How many cores the machine uses at the moment, before we do."""
    before, idle_before = _cpu_times()
    time.sleep(seconds)
    after, idle_after = _cpu_times()
    share = 1 - (idle_after - idle_before) / max(1, after - before)
    return share * (os.cpu_count() or 1)


def _cpu_times() -> tuple[int, int]:
    """(all, idle) of /proc/stat's first line; waiting for a disk counts as idle."""
    times = [int(number) for number in Path("/proc/stat").read_text().splitlines()[0].split()[1:9]]
    return sum(times), times[3] + times[4]


def tell(verdict: Verdict) -> bool:
    """Print a verdict and keep it; True if the promise holds."""
    sign = "<=" if verdict.at_most else ">="
    word = "PASS" if verdict.passed else "MISS"
    print(
        f"{word}  {verdict.bench}: {verdict.promise}: {verdict.value:.4g}{verdict.unit} "
        f"(goal {sign} {verdict.goal:g}{verdict.unit})",
        flush=True,
    )
    show(verdict.seen)
    keep({**asdict(verdict), "passed": verdict.passed})
    return verdict.passed


def show(seen: dict[str, float | str]) -> None:
    """Numbers by name, indented under what was said before."""
    for name, number in seen.items():
        print(f"        {name:<52}" + (f"{number:>14,.3f}" if isinstance(number, float) else f"{number:>14}"))


def keep(record: dict[str, object]) -> None:
    RESULTS.mkdir(exist_ok=True)
    (RESULTS / ".gitignore").write_text("*\n")
    place = {
        "at": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "load": round(os.getloadavg()[0], 2),
        "cores": os.cpu_count(),
        "python": platform.python_version(),
    }
    with (RESULTS / f"{record['bench']}.jsonl").open("a") as lines:
        lines.write(json.dumps(place | record) + "\n")
