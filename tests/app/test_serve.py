"""The life of the server process: ready line, signals, drain, and what keeps it from starting."""

import asyncio
import json
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from teahouse import __file__ as package
from teahouse.client import Client, Hello, LogEvent
from teahouse.model.events import Bye
from tests.app.server import TEAHOUSE, environment, serving, teahouse
from tests.support.doors import DOORS, FREE

pytestmark = pytest.mark.service


def port_of(url: str) -> int:
    return int(url.rpartition(":")[2])


WEB_CLIENT = Path(package).parent / "webclient" / "index.html"


def test_the_ready_line_is_all_there_is_on_standard_output(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.ready.keys() == {"ready", *DOORS}
        assert server.ready["ready"] is True
        assert server.ready["http"].startswith("http://127.0.0.1:")
        assert server.ready["tcp"].startswith("tcp://127.0.0.1:")
        for name in ("http", "tcp"):
            socket.create_connection(("127.0.0.1", port_of(server.ready[name])), timeout=5).close()
        assert server.stop() == 0
        assert server.rest_of_output() == ""


def test_it_is_ready_in_two_seconds(tmp_path: Path) -> None:
    """Of its own work: what other programs take from the machine meanwhile is not its fault."""
    with serving(tmp_path) as server:
        assert server.ready
        fields = Path(f"/proc/{server.process.pid}/stat").read_text().rpartition(")")[2].split()
        user, system = int(fields[11]), int(fields[12])  # proc_pid_stat(5): utime and stime
        assert (user + system) / os.sysconf("SC_CLK_TCK") < 2


def test_the_data_directory_is_its_owners_only(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.ready
        assert stat.S_IMODE((tmp_path / "teahouse-data").stat().st_mode) == 0o700


def test_the_log_is_json_and_says_where_it_listens(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.ready
        assert server.stop() == 0
        events = [json.loads(line) for line in server.log.splitlines()]
        said = [event["event"] for event in events]
        if not WEB_CLIENT.exists():
            assert said.pop(0).startswith("there is no web client")
        assert said[0].startswith("there is no administrator yet")
        assert said[1:] == ["ready", f"open {server.ready['http']}/ in a browser", "draining", "stopped"]
        assert events[-4]["tcp"] == server.ready["tcp"]


def test_as_many_files_as_the_system_allows(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.ready
        soft, hard = resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE)
        assert soft == hard


def test_settings_come_from_file_environment_and_flags(tmp_path: Path) -> None:
    (tmp_path / "teahouse.toml").write_text(
        'data = "from-file"\n[http]\nenabled = false\n[log]\nlevel = "debug"\n'
    )
    with serving(tmp_path, TEAHOUSE_LOG_LEVEL="error", TEAHOUSE_STORE_KIND="memory") as server:
        assert server.ready.keys() == {"ready", *DOORS} - {"http"}
        assert server.stop() == 0
        assert server.log == ""
    assert not (tmp_path / "from-file").exists()


# --- the end ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_a_signal_drains(tmp_path: Path, number: int) -> None:
    with serving(tmp_path) as server:
        client = Client(server.ready["tcp"], Hello(nick="alice"))
        await client.connect()
        websocket = Client(server.ready["http"].replace("http", "ws") + "/ws", Hello(nick="bob"))
        await websocket.connect()
        stopping = asyncio.create_task(asyncio.to_thread(server.stop, number))
        async with asyncio.timeout(5):
            for who in (client, websocket):
                said = [event async for event in until_bye(who)]
                assert said[-1].reconnect
        assert await stopping == 0
        await client.close()
        await websocket.close()


async def until_bye(client: Client) -> AsyncIterator[Bye]:
    async for event in client.events():
        if isinstance(event, Bye):
            yield event
            return


def test_who_reads_late_still_reads_goodbye(tmp_path: Path) -> None:
    """Also with answers unread and commands unsent: the connection ends in order, it is not reset."""
    with serving(tmp_path) as server:
        address = ("127.0.0.1", port_of(server.ready["tcp"]))
        with socket.create_connection(address, timeout=5) as talker:
            talker.sendall(b'{"op":"hello","id":1,"nick":"alice"}\n')
            talker.sendall(b'{"op":"ping","id":2}\n' * 400)
            server.process.terminate()
            time.sleep(1.0)
            assert server.process.poll() is None, "it waits for us"
            talker.sendall(b'{"op":"ping","id":3}\n')
            said = talker.makefile().read().splitlines()
        assert json.loads(said[-1])["ev"] == "bye"
        assert server.process.wait(timeout=10) == 0


async def test_what_was_accepted_is_there_after_the_drain(tmp_path: Path) -> None:
    """Sends in flight when the signal comes are answered and stored, or neither."""
    with serving(tmp_path, "--limits", "off") as server:
        alice = Client(server.ready["tcp"], Hello(nick="alice"))
        await alice.connect()
        resume = alice.welcome.resume
        sends = [asyncio.create_task(alice.send("lobby", f"{n}", cid=f"c{n}")) for n in range(500)]
        await asyncio.sleep(0.05)
        assert await asyncio.to_thread(server.stop) == 0
        await asyncio.sleep(0.05)
        answered = {task.result().seq for task in sends if task.done() and not task.cancelled()}
        for task in sends:
            task.cancel()
        await alice.close()
    with serving(tmp_path) as server:
        async with Client(server.ready["tcp"], Hello(nick="alice", resume=resume)) as alice:
            stored: list[LogEvent] = []
            while len(page := (await alice.history("lobby", after=len(stored), limit=200)).entries):
                stored += page
        assert [entry.seq for entry in stored] == list(range(1, len(stored) + 1))
        assert len({entry.cid for entry in stored}) == len(stored)
        assert answered <= {entry.seq for entry in stored}


def test_a_second_signal_ends_it_at_once(tmp_path: Path) -> None:
    """Unless the first one was faster: an idle server drains in no time."""
    with serving(tmp_path) as server:
        assert server.ready
        server.process.send_signal(signal.SIGTERM)
        server.process.send_signal(signal.SIGINT)
        assert server.process.wait(timeout=5) in (0, 128 + signal.SIGTERM, 128 + signal.SIGINT)


def test_a_signal_while_it_starts(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*TEAHOUSE, "serve", *FREE],
        cwd=tmp_path,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as process:
        time.sleep(0.2)
        process.send_signal(signal.SIGTERM)
        assert process.wait(timeout=10) in (0, -signal.SIGTERM)


def test_nobody_reads_the_ready_line(tmp_path: Path) -> None:
    read, write = os.pipe()
    os.close(read)
    with subprocess.Popen(
        [*TEAHOUSE, "serve", *FREE],
        cwd=tmp_path,
        env=environment(),
        stdout=write,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        os.close(write)
        assert process.stderr is not None
        assert "ready" in (json.loads(line)["event"] for line in process.stderr)
        process.terminate()
        assert process.wait(timeout=10) == 0


# --- what keeps it from starting --------------------------------------------------------------------


def test_a_port_in_use(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = teahouse("serve", *FREE, "--tcp-port", str(port), cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr == (
        f"teahouse: cannot listen on 127.0.0.1 port {port}: address already in use; "
        "change tcp.port or tcp.host\n"
    )


def test_a_data_directory_in_use(tmp_path: Path) -> None:
    with serving(tmp_path) as server:
        assert server.ready
        ended = teahouse("serve", *FREE, cwd=tmp_path)
        assert (ended.returncode, ended.stdout) == (1, "")
        assert ended.stderr == (
            f"teahouse: teahouse-data is in use by another server, process {server.process.pid}\n"
        )


def test_a_data_directory_that_is_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    ended = teahouse("serve", *FREE, "--data", "file", cwd=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr.startswith("teahouse: file cannot be used: ")
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize("host", ["no such host", "198.51.100.1"])
def test_an_address_that_is_not_ours(tmp_path: Path, host: str) -> None:
    ended = teahouse("serve", *FREE, "--host", host, cwd=tmp_path)
    assert (ended.returncode, ended.stdout) == (1, "")
    assert ended.stderr.startswith("teahouse: ")
    assert ended.stderr.count("\n") == 1


def test_wrong_settings(tmp_path: Path) -> None:
    ended = teahouse("serve", "--tcp-port", "70000", cwd=tmp_path, TEAHOUSE_HTTP_PROT="1")
    assert (ended.returncode, ended.stdout) == (2, "")
    assert ended.stderr == (
        "teahouse: the settings are wrong:\n"
        "  environment: unknown variable TEAHOUSE_HTTP_PROT; did you mean TEAHOUSE_HTTP_PORT?\n"
        "  --tcp-port: tcp.port must be a whole number, at least 0, at most 65535; it is '70000'\n"
    )


def test_it_runs_as_a_module_and_as_a_command() -> None:
    assert TEAHOUSE[0] == sys.executable
    script = Path(sys.executable).with_name("teahouse")
    if script.exists():
        assert subprocess.run([script, "version"], capture_output=True, check=True).stdout
