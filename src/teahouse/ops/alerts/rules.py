"""Rules: what is wrong, by a reading. Pure functions, a rule a line of `findings`."""

from teahouse.ops.alerts.options import AlertOptions
from teahouse.ops.readings import Reading

TEST = "test"


def findings(reading: Reading, options: AlertOptions) -> dict[str, str | None]:
    """By rule: what is wrong, empty if nothing is, None if nobody can tell: then it is as it was."""
    found: dict[str, str | None] = {
        "store": "; ".join(f"{name}: {why}" for name, why in reading.trouble.items() if name != "workers"),
        "workers": reading.trouble.get("workers", ""),
        "dead_letters": None,
        "queue": None,
    }
    if reading.stored is not None:
        dead, overdue_s = reading.stored.totals.dead_letters, reading.stored.overdue_s
        found["dead_letters"] = _letters(dead) if dead > options.dead_letters else ""
        found["queue"] = (
            f"a job waits for {overdue_s:.0f} s; {reading.stored.totals.jobs} jobs are there"
            if overdue_s > options.queue_s
            else ""
        )
    return {rule: what for rule, what in found.items() if rule not in options.silenced}


def _letters(number: int) -> str:
    jobs = "1 job was" if number == 1 else f"{number} jobs were"
    return f"{jobs} given up; see `teahouse dead list`"
