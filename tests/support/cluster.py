"""Several nodes of a server, real processes on one database and one broker. Each keeps its ports for its whole life, so
that it is found again after it was killed."""

import json
import signal
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from tests.app.server import TEAHOUSE, environment
from tests.support.doors import FREE
from tests.support.nginx import Upstream, free_ports

READY_S = 60.0


class Node:
    """`teahouse serve --node NAME`. What it needs to know of the engines comes by `variables`."""

    def __init__(self, name: str, place: Path, variables: dict[str, str]) -> None:
        place.mkdir(exist_ok=True)
        self.name = name
        self.place = place
        self._variables = variables
        self.upstream = Upstream(*free_ports(2))
        self._process: subprocess.Popen[str] | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.upstream.http}"

    @property
    def log(self) -> str:
        return (self.place / f"{self.name}.log").read_text()

    @property
    def pid(self) -> int:
        assert self._process is not None
        return self._process.pid

    def start(self) -> None:
        """Begin to start; `ready` waits for it."""
        known = ("--http-port", str(self.upstream.http), "--tcp-port", str(self.upstream.tcp))
        with (self.place / f"{self.name}.log").open("a") as log:
            self._process = subprocess.Popen(
                [*TEAHOUSE, "serve", "--node", self.name, *FREE, *known],
                cwd=self.place,
                env=environment(**self._variables),
                stdout=subprocess.PIPE,
                stderr=log,
                text=True,
            )

    def ready(self) -> dict[str, Any]:
        """Its ready line. Blocks until it is there."""
        assert self._process is not None
        assert self._process.stdout is not None
        line = self._process.stdout.readline()
        assert line, f"{self.name}: exit code {self._process.wait(timeout=15)}: {self.log[-4000:]}"
        said: dict[str, Any] = json.loads(line)
        return said

    def stop(self, number: int = signal.SIGTERM) -> int:
        """Send a signal, wait for the end: the exit code."""
        assert self._process is not None
        self._process.send_signal(number)
        code = self._process.wait(timeout=15)
        self._process.stdout.close()  # type: ignore[union-attr]
        return code

    def end(self) -> None:
        if self._process is not None and self._process.poll() is None:
            with suppress(ProcessLookupError):
                self.stop(signal.SIGKILL)


@contextmanager
def nodes(place: Path, names: Sequence[str], variables: dict[str, str]) -> Iterator[dict[str, Node]]:
    """All of them, ready, by name. They keep files in one folder, as they must."""
    shared = {"TEAHOUSE_BLOBS_FOLDER": str(place / "files"), **variables}
    made = {name: Node(name, place / name, shared) for name in names}
    try:
        for node in made.values():
            node.start()
        for node in made.values():
            node.ready()
        yield made
    finally:
        for node in made.values():
            node.end()
