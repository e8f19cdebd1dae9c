"""A server of our own for benches that are not scenarios of the load generator."""

import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.playing import ROOT, Failed


@contextmanager
def server(disk: Path) -> Iterator[dict[str, Any]]:
    """`teahouse serve` on free ports, without limits, its data on `disk`: the ready line."""
    with tempfile.TemporaryDirectory(dir=disk) as data:
        ports = ("--http-port", "0", "--tcp-port", "0", "--xmpp-port", "0")
        command = [sys.executable, "-m", "teahouse", "serve", "--limits", "off", "--data", data, *ports]
        with process(command) as started:
            yield json.loads(line_of(started))


@contextmanager
def process(command: list[str]) -> Iterator[subprocess.Popen[str]]:
    """A program that is ended whatever happens; its standard output is a pipe."""
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT
    ) as started:
        try:
            yield started
        finally:
            started.terminate()


def line_of(started: subprocess.Popen[str]) -> str:
    assert started.stdout is not None
    line = started.stdout.readline()
    if not line:
        raise Failed("the program ended before it was ready")
    return line
