"""Where the server's time goes: py-spy samples it while a scenario runs; the busiest functions as tables.

    python -m bench profile mixed --users 500 --seconds 10

The tables: threads; Python functions, each with the C code and the system calls it makes; what was running in the
end. Threads that wait for work or for the GIL are left out. The stacks stay in bench/results/, for any flame graph
viewer.
"""

import asyncio
import re
import subprocess
import sys
import sysconfig
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from bench.verdict import RESULTS, keep
from teahouse.ops.load.meter import Meter
from teahouse.ops.load.options import parse
from teahouse.ops.load.plan import Plan
from teahouse.ops.load.served import own_server

SAMPLES_PER_S = 100
SHOWN = 25
_LINE_NUMBER = re.compile(r":\d+(?=\)$)")
_WAITS = ("PyThread_acquire_lock_timed", "pthread_cond_timedwait", "pthread_cond_wait", "take_gil")
_EDGE_S = 1.0  # the first and the last second are not sampled


def profile(arguments: list[str]) -> int:
    """Run `teahouse bench` with these arguments against a server under py-spy."""
    plan = parse(arguments)
    RESULTS.mkdir(exist_ok=True)
    stacks = RESULTS / f"profile-{plan.scenario}.stacks"
    asyncio.run(_record(plan, arguments, stacks))
    samples = [
        (stack, number) for stack, number in map(_sample, stacks.read_text().splitlines()) if _runs(stack)
    ]
    _table("threads", samples, lambda stack: stack[0].partition(": ")[2])
    _table("Python functions, with the C code they call", samples, _innermost_python)
    _table("what was running in the end", samples, lambda stack: stack[-1])
    print(f"stacks: {stacks}")
    return 0


async def _record(plan: Plan, arguments: list[str], stacks: Path) -> None:
    async with own_server(plan, Meter()) as (target, pid):
        playing = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "teahouse", "bench", *arguments, f"--target={target}", f"--pid={pid}"),
            stderr=asyncio.subprocess.PIPE,
        )
        assert playing.stderr is not None
        async for line in playing.stderr:
            if b": sent " in line:
                break
        else:
            raise SystemExit("the load generator ended before it measured")
        await _sample_process(pid, max(1.0, plan.seconds - 2 * _EDGE_S), stacks)
        await playing.stderr.read()
        await playing.wait()


async def _sample_process(pid: int, seconds: float, stacks: Path) -> None:
    spy = Path(sysconfig.get_path("scripts")) / "py-spy"
    flags = ("--native", "--function", "--threads", "--rate", str(SAMPLES_PER_S), "--format", "raw")
    recording = await asyncio.create_subprocess_exec(
        *(
            str(spy),
            "record",
            *flags,
            "--duration",
            str(round(seconds)),
            "--output",
            str(stacks),
            "--pid",
            str(pid),
        ),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
    )
    _, said = await recording.communicate()
    if recording.returncode:
        raise SystemExit(f"py-spy: {said.decode().strip()}")


Sample = tuple[list[str], int]


def _sample(line: str) -> Sample:
    """The stack without line numbers, outermost function first, and how often it was seen."""
    stack, _, number = line.rpartition(" ")
    return [_LINE_NUMBER.sub("", frame) for frame in stack.split(";")], int(number)


def _runs(stack: list[str]) -> bool:
    return not any(frame.startswith(_WAITS) for frame in stack[-3:])


def _innermost_python(stack: list[str]) -> str:
    return next((frame for frame in reversed(stack) if frame.endswith(".py)")), stack[-1])


def _table(title: str, samples: Iterable[Sample], place: Callable[[list[str]], str]) -> None:
    counts: Counter[str] = Counter()
    for stack, count in samples:
        counts[place(stack)] += count
    total = sum(counts.values()) or 1
    rows: list[dict[str, Any]] = [
        {"function": name, "percent": round(count / total * 100, 1)}
        for name, count in counts.most_common(SHOWN)
    ]
    print(f"\n{title} ({total:,} samples)")
    for row in rows:
        print(f"  {row['percent']:>5.1f} %  {row['function']}")
    keep({"bench": "profile", "table": title, "samples": total, "rows": rows})
