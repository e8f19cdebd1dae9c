"""The generator against a real server, its own: started, measured, stopped, whatever happens."""

import asyncio
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from teahouse.ops.load import crowd
from teahouse.ops.load.command import run
from teahouse.ops.load.meter import Meter
from teahouse.ops.load.plan import Plan, PlanError
from teahouse.ops.load.served import own_server

pytestmark = pytest.mark.service


def plan(scenario: str, tmp_path: Path, **choices: object) -> Plan:
    chosen = {"users": 10, "rate": 20.0, "seconds": 0.5, "group": 5, "timeout_s": 60.0} | choices
    return Plan(scenario, data=str(tmp_path), quiet=True, **chosen)  # type: ignore[arg-type]


def is_empty(folder: Path) -> bool:
    return not list(folder.iterdir())


@pytest.mark.parametrize("over", ["ws", "tcp"])
@pytest.mark.parametrize("scenario", ["fanout", "direct", "mixed", "idle", "storm"])
async def test_every_scenario(scenario: str, over: str, tmp_path: Path) -> None:
    report = await run(plan(scenario, tmp_path, over=over))
    assert report.ok, report
    assert report.server is not None
    assert report.server.rss > 1_000_000
    assert report.disk != "unknown"
    assert is_empty(tmp_path), "the data folder is removed"


def bench(*arguments: str) -> "subprocess.Popen[str]":
    command = [sys.executable, "-m", "teahouse", "bench", *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_the_command_prints_one_line_of_json(tmp_path: Path) -> None:
    running = bench("direct", "--users=4", "--seconds=1.5", "--json", f"--data={tmp_path}")
    out, err = running.communicate(timeout=60)
    assert running.returncode == 0, err
    assert json.loads(out)["acknowledged"] > 0
    assert "acknowledged" in err, "progress while it runs"


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_stopped_run_takes_its_server_along(number: int, tmp_path: Path) -> None:
    running = bench("mixed", "--users=4", "--seconds=60", f"--data={tmp_path}")
    assert running.stderr is not None
    for line in running.stderr:
        if "sent" in line:
            break
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children").read_text().split()
    assert len(children) == 1
    running.send_signal(number)
    running.communicate(timeout=30)
    assert running.returncode == 130
    deadline = time.monotonic() + 5
    while Path(f"/proc/{children[0]}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{children[0]}").exists()
    assert is_empty(tmp_path)


async def test_a_killed_server_is_an_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crowd, "_PATIENCE_S", 0.5)
    meter = Meter()
    async with own_server(plan("mixed", tmp_path), meter) as (target, pid):
        playing = asyncio.create_task(run(plan("mixed", tmp_path, target=target, seconds=1.5)))
        await asyncio.sleep(1)
        os.kill(pid, signal.SIGKILL)
        report = await playing
    assert report.errors["connection_lost"] == 10
    assert not report.ok
    assert meter.errors == {"server_exit_-9": 1}


async def test_a_server_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TEAHOUSE_HTTP_PROT", "80")
    with pytest.raises(PlanError) as refused:
        await run(plan("idle", tmp_path))
    assert "TEAHOUSE_HTTP_PROT" in refused.value.__notes__[0]
