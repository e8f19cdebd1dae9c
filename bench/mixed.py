"""The everyday load: 500 people, 2 messages a second each, in groups of 50. Every delivery is accounted for."""

from bench.playing import check, load
from bench.verdict import Verdict, tell

USERS = 500
RATE = 2
GROUP = 50


def mixed(rounds: int, seconds: float) -> bool:
    passed = True
    for _ in range(rounds):
        report = load("mixed", users=USERS, rate=RATE, group=GROUP, seconds=seconds)
        wrong = (
            report["lost"] + report["duplicates"] + report["out_of_order"] + sum(report["errors"].values())
        )
        holds = tell(
            Verdict(
                "mixed",
                f"{USERS} users x {RATE}/s in groups of {GROUP}: errors, lost, doubled, out of order",
                wrong,
                0,
                at_most=True,
                seen={
                    "deliveries": report["delivered"],
                    "deliveries/s": report["delivered_per_s"],
                    "send to answer, p50 ms": report["answer_ms"]["p50"],
                    "send to answer, p99 ms": report["answer_ms"]["p99"],
                    "send to delivery, p50 ms": report["delivery_ms"]["p50"],
                    "send to delivery, p99 ms": report["delivery_ms"]["p99"],
                    "server CPU, cores": report["server"]["cpu_s"] / report["seconds"],
                    "server CPU, us a delivery": report["cpu_us_per_delivery"],
                    "server waited for a core, cores": report["server"]["wait_s"] / report["seconds"],
                    "server memory, MB": report["server"]["rss"] / 1e6,
                    "generator CPU, cores": report["generator"]["cpu_s"] / report["seconds"],
                    "checked": check(report),
                },
            )
        )
        passed = passed and holds
    return passed
