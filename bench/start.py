"""From the command to the ready line, with an empty data folder and with one that has a log."""

import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench.served import FREE
from bench.verdict import Verdict, tell

GOAL_S = 2.0
LIMIT_S = 30.0


def start(rounds: int, seconds: float) -> bool:
    with tempfile.TemporaryDirectory() as folder:
        first = [_start(Path(folder) / str(n)) for n in range(rounds)]
        again = [_start(Path(folder) / "0") for _ in range(rounds)]
    return tell(
        Verdict(
            "start",
            "start to ready",
            median(first + again),
            GOAL_S,
            at_most=True,
            unit=" s",
            seen={
                "first start, s": median(first),
                "later start, s": median(again),
                "slowest, s": max(first + again),
            },
        )
    )


def _start(data: Path) -> float:
    begin = time.perf_counter()
    server = subprocess.Popen(
        [sys.executable, "-m", "teahouse", "serve", "--data", str(data), *FREE],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    try:
        assert server.stdout is not None
        assert json.loads(server.stdout.readline())["ready"] is True
        return time.perf_counter() - begin
    finally:
        server.terminate()
        server.wait(LIMIT_S)
