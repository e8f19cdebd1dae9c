"""Several server processes under one parent. Here each has a store of its own, in memory: what they share is tried in
tests/cluster; this is about processes, ports and signals."""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2
import pytest

from tests.app.server import Server, environment, serving
from tests.app.test_serve import port_of
from tests.support.doors import DOORS
from tests.support.lines import LineClient

pytestmark = pytest.mark.service

POOL = """
import sys
from teahouse.app import pool
from teahouse.app.settings import load_settings
sys.exit(pool.run(load_settings(None, {}).settings, sys.stdout, 3))
"""

VARIABLES = {
    "TEAHOUSE_STORE_KIND": "memory",
    "TEAHOUSE_NODE_NAME": "tea",
} | {f"TEAHOUSE_{door.upper()}_PORT": "0" for door in DOORS}


@contextmanager
def pooling(place: Path, **variables: str) -> Iterator[Server]:
    log = place / "stderr.log"
    with (
        log.open("w") as stderr,
        subprocess.Popen(
            [sys.executable, "-c", POOL],
            cwd=place,
            env=environment(**VARIABLES | variables),
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        ) as process,
    ):
        try:
            yield Server(process, log)
        finally:
            process.kill()  # and then its workers end by themselves


def said(server: Server, event: str) -> list[dict]:
    lines = [line for line in server.log.splitlines() if line.startswith("{")]
    return [line for line in map(json.loads, lines) if line["event"] == event]


def children(server: Server) -> list[int]:
    return [
        int(pid)
        for pid in Path(f"/proc/{server.process.pid}/task/{server.process.pid}/children").read_text().split()
    ]


def until(condition: Callable[[], bool], seconds: float = 20) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.05)


def gone(pids: list[int]) -> bool:
    return not any(Path(f"/proc/{pid}").exists() for pid in pids)


def nodes(server: Server, tries: int = 60) -> set[str]:
    """Who answers, asked so often on connections of their own."""
    url = f"{server.ready['http']}/healthz"
    return {httpx2.get(url, trust_env=False).headers["x-teahouse-node"] for _ in range(tries)}


def test_they_share_the_ports_and_end_together(tmp_path: Path) -> None:
    with pooling(tmp_path) as server:
        assert server.ready.keys() == {"ready", *DOORS}
        pids = children(server)
        assert len(pids) == 3
        until(lambda: nodes(server) == {"tea-1", "tea-2", "tea-3"})
        with socket.create_connection(("127.0.0.1", port_of(server.ready["tcp"])), timeout=5) as person:
            person.sendall(b'{"op":"hello","id":1,"nick":"alice"}\n')
            lines = person.makefile()
            assert json.loads(lines.readline())["ok"]["user"]["nick"] == "alice"
            server.process.send_signal(signal.SIGTERM)
            assert json.loads(lines.readlines()[-1])["reconnect"] is True
        assert server.process.wait(timeout=15) == 0
        assert server.rest_of_output() == ""
        assert gone(pids)
        assert {line["node"] for line in said(server, "ready")} == {"tea", "tea-1", "tea-2", "tea-3"}
        assert len(said(server, "stopped")) == 4


def test_all_drain_also_if_all_are_signalled(tmp_path: Path) -> None:
    """As systemd does it by itself: a worker then hears it twice, from there and from its parent."""
    with pooling(tmp_path) as server:
        pids = children(server)
        with socket.create_connection(("127.0.0.1", port_of(server.ready["tcp"])), timeout=5) as person:
            person.sendall(b'{"op":"hello","id":1,"nick":"alice"}\n')
            lines = person.makefile()
            assert json.loads(lines.readline())["ok"]["user"]["nick"] == "alice"
            for pid in (*pids, server.process.pid):
                os.kill(pid, signal.SIGTERM)
            assert json.loads(lines.readlines()[-1])["reconnect"] is True
        assert server.process.wait(timeout=15) == 0
        assert len(said(server, "stopped")) == 4


def test_the_metrics_of_all_whichever_is_asked(tmp_path: Path) -> None:
    with pooling(tmp_path) as server:
        for _ in range(5):
            page = httpx2.get(f"{server.ready['http']}/metrics", trust_env=False).text
            assert {f'node="tea-{number}"' for number in (1, 2, 3)} <= set(re.findall(r'node="[^"]*"', page))
            assert page.count("# HELP teahouse_messages_total") == 1


def test_one_that_died_is_started_again(tmp_path: Path) -> None:
    with pooling(tmp_path) as server:
        assert server.ready
        before = children(server)
        os.kill(before[1], signal.SIGKILL)
        until(lambda: len(children(server)) == 3 and before[1] not in children(server))
        until(lambda: nodes(server) == {"tea-1", "tea-2", "tea-3"})
        (died,) = said(server, "a worker died; another takes its place")
        assert died["code"] == -signal.SIGKILL
        assert server.stop() == 0


async def test_a_rolling_restart_keeps_the_ports_open(tmp_path: Path) -> None:
    """A new worker is there before an old one goes; whoever is connected is told to come back, and can at once."""
    with pooling(tmp_path) as server:
        before = children(server)
        port = port_of(server.ready["tcp"])
        client = await LineClient.connect(port)
        await client.ask("hello", nick="alice")
        server.process.send_signal(signal.SIGHUP)
        refused = 0
        async with asyncio.timeout(60):
            while not said(server, "rolling restart done"):
                try:
                    (await LineClient.connect(port)).close()
                except OSError:
                    refused += 1
                await asyncio.sleep(0.02)
        assert refused == 0
        assert len(children(server)) == 3
        assert not set(children(server)) & set(before)
        client.close()
        assert await asyncio.to_thread(server.stop) == 0


def test_who_has_no_parent_ends(tmp_path: Path) -> None:
    with pooling(tmp_path) as server:
        assert server.ready
        pids = children(server)
        server.process.kill()
        until(lambda: gone(pids))


def test_if_one_cannot_start_none_does(tmp_path: Path) -> None:
    with pooling(tmp_path, TEAHOUSE_PUSH_VAPID_KEY="c2hvcnQ") as server:
        assert server.first_line == ""
        assert server.process.wait(timeout=30) == 1
        assert "teahouse: tea-1: push.vapid_key is no private key" in server.log
        assert "was not ready" not in server.log
        assert "ended before it was ready (exit code 1)" in server.log
        assert "Traceback" not in server.log


def test_a_signal_while_they_start(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", POOL], cwd=tmp_path, env=environment(**VARIABLES), stdout=subprocess.PIPE
    ) as process:
        time.sleep(0.8)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=15) in (0, -signal.SIGTERM)


def test_a_port_that_others_have_is_said(tmp_path: Path) -> None:
    with serving(tmp_path) as other:
        taken = str(port_of(other.ready["tcp"]))
        place = tmp_path / "pool"
        place.mkdir()
        with pooling(place, TEAHOUSE_TCP_PORT=taken) as server:
            assert server.first_line == ""
            assert server.process.wait(timeout=15) != 0
            assert f"cannot listen on 127.0.0.1 port {taken}" in server.log
