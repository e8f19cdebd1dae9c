"""A login storm must not stall the chat: how long senders wait while 50 logins a second arrive, against quiet.

One server, asked in turn without and with the storm (A B A B ...), and compared by the medians of the p99s. A login
is a new connection, an argon2id hash of 19 MiB, and a row in the database. What one hashing thread cannot do is told
to come back; how many were is shown.
"""

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from bench.login_storm import account
from bench.playing import ROOT, check, load
from bench.served import server
from bench.verdict import RESULTS, Verdict, tell

LOGINS = 50
SENDS = 500
USERS = 100
ACCOUNTS = 20
GOAL = 2.0
STARTING_S = 2.0


def logins(rounds: int, seconds: float) -> bool:
    RESULTS.mkdir(exist_ok=True)
    quiet: list[dict[str, Any]] = []
    stormy: list[dict[str, Any]] = []
    storms: list[dict[str, Any]] = []
    with server(RESULTS) as ready:
        for number in range(ACCOUNTS):
            _register(ready["http"], number)
        target = ready["http"].replace("http", "ws", 1) + "/ws"
        load("direct", users=USERS, rate=SENDS, seconds=1, target=target)  # warm
        for _ in range(rounds):
            quiet.append(load("direct", users=USERS, rate=SENDS, seconds=seconds, target=target))
            with _storm(ready["http"], seconds + STARTING_S) as ended:
                stormy.append(load("direct", users=USERS, rate=SENDS, seconds=seconds, target=target))
            storms.append(ended)
    before, during = _p99(quiet), _p99(stormy)
    arrived = sum(storm["arrived"] for storm in storms)
    runs = (*quiet, *stormy)
    return tell(
        Verdict(
            "logins",
            f"{SENDS} sends/s: p99 of the sender's wait while {LOGINS} logins/s arrive / quiet",
            during / before,
            GOAL,
            at_most=True,
            unit="x",
            seen={
                "quiet, p50 ms": median(run["answer_ms"]["p50"] for run in quiet),
                "quiet, p99 ms": before,
                "storm, p50 ms": median(run["answer_ms"]["p50"] for run in stormy),
                "storm, p99 ms": during,
                "logins that arrived": float(arrived),
                "of them logged in, %": 100 * sum(storm["logged_in"] for storm in storms) / arrived,
                "of them told to come back, %": 100 * sum(s["told_to_come_back"] for s in storms) / arrived,
                "of them lost": float(sum(storm["other"] for storm in storms)),
                "a login, p50 ms": median(storm["p50_ms"] for storm in storms),
                "checked": next((check(run) for run in runs if not run["ok"]), "ok"),
            },
        )
    )


def _p99(runs: list[dict[str, Any]]) -> float:
    return median(run["answer_ms"]["p99"] for run in runs)


def _register(url: str, number: int) -> None:
    headers = {"Content-Type": "application/json"}
    with urlopen(Request(f"{url}/api/v1/auth/register", account(number), headers)):  # noqa: S310
        pass


@contextmanager
def _storm(url: str, seconds: float) -> Iterator[dict[str, Any]]:
    """A storm that lasts so long; what became of it is filled in at the end."""
    ended: dict[str, Any] = {}
    command = [sys.executable, "-m", "bench.login_storm", url, str(LOGINS), str(seconds), str(ACCOUNTS)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as started:
        try:
            yield ended
            output, _ = started.communicate(timeout=60)
            ended.update(json.loads(output))
        finally:
            started.kill()
