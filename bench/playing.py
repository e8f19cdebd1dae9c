"""Runs the load generator, and programs like it, as processes of their own, and reads their JSON."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

_LIMIT_S = 600
ROOT = Path(__file__).resolve().parent.parent


class Failed(Exception):
    """The program did not give a result."""


def load(scenario: str, **options: object) -> dict[str, Any]:
    """`teahouse bench SCENARIO --option value ... --json`: its report, also when messages were lost."""
    flags = [f"--{name.replace('_', '-')}={value}" for name, value in options.items() if value is not True]
    bare = [f"--{name.replace('_', '-')}" for name, value in options.items() if value is True]
    return program("teahouse", "bench", scenario, *flags, *bare, "--json", "--quiet")


def program(module: str, *arguments: str) -> dict[str, Any]:
    """The JSON object `python -m module arguments` prints last."""
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=_LIMIT_S, check=False, cwd=ROOT)
    lines = done.stdout.strip().splitlines()
    if not lines:
        raise Failed(f"{module} {' '.join(arguments)}: {done.stderr.strip()[-1000:]}")
    found: dict[str, Any] = json.loads(lines[-1])
    return found


def check(report: dict[str, Any]) -> str:
    """`ok`, or what went wrong."""
    if report["ok"]:
        return "ok"
    wrong = {name: report[name] for name in ("errors", "lost", "duplicates", "out_of_order") if report[name]}
    return json.dumps(wrong)
