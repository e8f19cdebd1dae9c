"""Idle sessions: what an authenticated WebSocket that says nothing costs the server in memory."""

from bench.playing import check, load
from bench.verdict import Verdict, tell

SESSIONS = 10_000
GOAL_BYTES = 12_000


def idle(rounds: int, seconds: float) -> bool:
    report = load("idle", users=SESSIONS, seconds=seconds)
    return report["ok"] & tell(
        Verdict(
            "idle",
            f"server memory growth for each of {SESSIONS:,} idle WebSocket sessions",
            report["facts"]["rss_bytes_per_session"],
            GOAL_BYTES,
            at_most=True,
            unit=" bytes",
            seen={
                "server memory at the end, MB": report["server"]["rss"] / 1e6,
                "server CPU to let one in, ms": report["server"]["cpu_s"] / SESSIONS * 1e3,
                "checked": check(report),
            },
        )
    )
