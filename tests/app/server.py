"""A real server process for tests: started on free ports, stopped whatever happens."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.doors import FREE

TEAHOUSE = (sys.executable, "-m", "teahouse")


def environment(**variables: str) -> dict[str, str]:
    """Ours, without what somebody may have set: the server is to behave as it does by itself."""
    ours = {
        name: value for name, value in os.environ.items() if not name.startswith(("TEAHOUSE_", "PYTHONUNB"))
    }
    return ours | variables


def teahouse(
    *arguments: str, cwd: Path, stdin: str = "", **variables: str
) -> subprocess.CompletedProcess[str]:
    """Run a command to its end."""
    return subprocess.run(
        [*TEAHOUSE, *arguments],
        cwd=cwd,
        env=environment(**variables),
        input=stdin,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )


class Server:
    """`ready` is the ready line. Standard error is gathered in a file."""

    def __init__(self, process: subprocess.Popen[str], log: Path) -> None:
        self.process = process
        self.place = log.parent
        self._log = log
        assert process.stdout is not None
        self.first_line = process.stdout.readline()

    @property
    def ready(self) -> dict[str, Any]:
        assert self.first_line, f"exit code {self.process.wait(timeout=15)}: {self.log}"
        found: dict[str, Any] = json.loads(self.first_line)
        return found

    @property
    def log(self) -> str:
        return self._log.read_text(encoding="utf-8")

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end: the exit code."""
        self.process.send_signal(number)
        return self.process.wait(timeout=15)

    def rest_of_output(self) -> str:
        """What it wrote to standard output after the first line."""
        assert self.process.stdout is not None
        return self.process.stdout.read()


@contextmanager
def serving(cwd: Path, *arguments: str, **variables: str) -> Iterator[Server]:
    """`teahouse serve` on free ports in `cwd`, ready."""
    log = cwd / "stderr.log"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [*TEAHOUSE, "serve", *FREE, *arguments],
            cwd=cwd,
            env=environment(**variables),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        try:
            yield Server(process, log)
        finally:
            process.kill()
